/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int failures;
static const char* running = "";
static char subject[200];

void about(const char* format, ...) {
  subject[0] = '\0';
  if (format == NULL) return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(subject, sizeof subject, format, arguments);
  va_end(arguments);
}

/* The first failures say it all; thousands of them only hide it. */
enum { kMostMessages = 40 };

static bool fails(const char* file, int line) {
  if (++failures > kMostMessages) return false;
  printf("%s:%d: in \"%s\"%s%s: ", file, line, running, subject[0] != '\0' ? ", " : "", subject);
  return true;
}

void check_true(bool holds, const char* text, const char* file, int line) {
  if (!holds && fails(file, line)) printf("not so: %s\n", text);
}

void check_status(OSStatus expected, OSStatus actual, const char* text, const char* file, int line) {
  if (expected != actual && fails(file, line)) printf("%s is %d, not %d\n", text, (int)actual, (int)expected);
}

void check_number(long long expected, long long actual, const char* text, const char* file, int line) {
  if (expected != actual && fails(file, line)) printf("%s is %lld, not %lld\n", text, actual, expected);
}

static bool is_wanted(const char* name, int argc, char** argv) {
  if (argc < 2) return true;
  for (int i = 1; i < argc; ++i) {
    if (strstr(name, argv[i]) != NULL) return true;
  }
  return false;
}

int run_cases(const Case* cases, size_t count, int argc, char** argv) {
  setvbuf(stdout, NULL, _IOLBF, 0); /* what a killed program printed is not lost */
  int run = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!is_wanted(cases[i].name, argc, argv)) continue;
    running = cases[i].name;
    about(NULL);
    const int before = failures;
    cases[i].run();
    ++run;
    printf("%s  %s\n", failures == before ? "ok    " : "FAILED", cases[i].name);
    fflush(stdout);
  }
  printf("%d cases, %d failed checks\n", run, failures);
  return failures == 0 && run > 0 ? 0 : 1;
}
