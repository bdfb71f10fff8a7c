// SPDX-License-Identifier: Apache-2.0
// The hand-written Security/SecBase.h and the table result_codes.def hold the same codes, in both directions.
#include <Security/SecBase.h>
// SecBase.h comes first and alone, to prove that it needs nothing before it.
#include <stddef.h>
#include <stdio.h>
#include <string.h>

// From the table to the header: a row without its constant, or with another value, does not compile.
#define ST_RESULT_CODE(value, Name, ...) _Static_assert(errSSL##Name == (value), #Name);
#define ST_RESULT_NEIGHBOUR(value, Name, ...) _Static_assert(errSSL##Name == (value), #Name);
#include "securetransport/core/result_codes.def"

_Static_assert(errSecSuccess == 0, "success is zero");
_Static_assert(errSSLServerAuthCompleted == -9841, "older spelling");
_Static_assert(errSSLClientAuthCompleted == -9841, "older spelling");
_Static_assert(errSSLLast == -9849, "older spelling");
_Static_assert(sizeof(OSStatus) == 4, "OSStatus has 32 bits");

static const struct {
  OSStatus value;
  const char* name;
} kTable[] = {
#define ST_RESULT_CODE(value, Name, ...) {value, "errSSL" #Name},
#define ST_RESULT_NEIGHBOUR(value, Name, ...) {value, "errSSL" #Name},
#include "securetransport/core/result_codes.def"
};
enum { kRows = sizeof kTable / sizeof kTable[0] };

_Static_assert(kRows == 73 + 1, "the 73 codes and errSSLEarlyDataRejected");

static int row_of(const char* name, int value) {
  for (int row = 0; row < (int)kRows; ++row) {
    if (strcmp(kTable[row].name, name) == 0 && kTable[row].value == value) return row;
  }
  return -1;
}

// From the header to the table: reads the header as text, because C cannot list the constants of an enum.
int main(int argc, char** argv) {
  FILE* const header = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (header == NULL) {
    fputs("usage: c_result_codes path/to/SecBase.h\n", stderr);
    return 2;
  }
  int failures = 0;
  int declared[kRows] = {0};
  char line[256];
  while (fgets(line, sizeof line, header) != NULL) {
    char name[64];
    int value = 0;
    if (sscanf(line, " %63[A-Za-z] = %d", name, &value) != 2 || strncmp(name, "errSSL", 6) != 0) continue;
    const int row = row_of(name, value);
    if (row < 0) {
      printf("%s = %d is declared, but not in the table\n", name, value);
      ++failures;
    } else {
      ++declared[row];
    }
  }
  fclose(header);
  for (int row = 0; row < (int)kRows; ++row) {
    if (declared[row] == 1) continue;
    printf("%s is declared %d times\n", kTable[row].name, declared[row]);
    ++failures;
  }
  return failures == 0 ? 0 : 1;
}
