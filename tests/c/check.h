/* SPDX-License-Identifier: Apache-2.0 */
/* A harness for tests in C: cases with sentences for names, checks that print what they saw and go on. */
#ifndef SECURETRANSPORT_TESTS_C_CHECK_H
#define SECURETRANSPORT_TESTS_C_CHECK_H

#include <CoreFoundation/CFBase.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  const char* name; /* a sentence */
  void (*run)(void);
} Case;

/* Runs the cases, of which arguments may name some by a part of the name; the exit status of the program. */
int run_cases(const Case* cases, size_t count, int argc, char** argv);
#define RUN_CASES(cases, argc, argv) run_cases(cases, sizeof(cases) / sizeof((cases)[0]), argc, argv)

/* What the checks that follow are about, for the message of a failure; NULL: nothing in particular. */
void about(const char* format, ...) __attribute__((format(printf, 1, 2)));

void check_true(bool holds, const char* text, const char* file, int line);
void check_status(OSStatus expected, OSStatus actual, const char* text, const char* file, int line);
void check_number(long long expected, long long actual, const char* text, const char* file, int line);

#define CHECK(condition) check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_STATUS(expected, call) check_status((expected), (call), #call, __FILE__, __LINE__)
#define CHECK_NUMBER(expected, value) \
  check_number((long long)(expected), (long long)(value), #value, __FILE__, __LINE__)

#endif
