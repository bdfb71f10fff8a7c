// SPDX-License-Identifier: Apache-2.0
// The general result codes and the texts of all codes: headers and tables agree, and nobody is left without a text.
#include <Security/SecBase.h>
// SecBase.h comes first and alone, to prove that it needs nothing before it.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecCertificateOIDs.h>
#include <Security/cssmapple.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

// From the table to the header: a row without its constant, or with another value, does not compile.
#define ST_SEC_ERROR(value, Name, text) _Static_assert(errSec##Name == (value), #Name);
#define ST_SEC_NAME(value, Name) _Static_assert(errSec##Name == (value), #Name);
#include "apple/sec_errors.def"
#undef ST_SEC_ERROR
#undef ST_SEC_NAME

// Spellings of older headers.
_Static_assert(errSecInvaldCRLAuthority == -67827 && errSecInvalidTupleCredendtials == -67852, "older spellings");
// Those that trust evaluation reports (ats-facts 8), by hand.
_Static_assert(errSecHostNameMismatch == -67602 && errSecCertificateExpired == -67818, "by hand");
_Static_assert(errSecNotTrusted == -67843 && errSecCreateChainFailed == -25318, "by hand");
_Static_assert(errSecUnsupportedKeySize == -67735 && errSecInvalidDigestAlgorithm == -67815, "by hand");
_Static_assert(errSecInvalidExtendedKeyUsage == -67609 && errSecInvalidKeyUsageForPolicy == -67608, "by hand");
_Static_assert(errSecNoBasicConstraints == -67604 && errSecNoBasicConstraintsCA == -67605, "by hand");
_Static_assert(errSecPathLengthConstraintExceeded == -67611 && errSecUnknownCriticalExtensionFlag == -67603, "by hand");
_Static_assert(errSecCertificateRevoked == -67820 && errSecTrustSettingDeny == -67654, "by hand");
_Static_assert(errSecCertificateValidityPeriodTooLong == -67901 && errSecVerifyActionFailed == -67825, "by hand");
_Static_assert(errSecCertificateDuplicateExtension == -67903 && errSecUnknownCertExtension == -67618, "by hand");
// CDSA: the base of Apple's additions is 0x80012400.
_Static_assert(CSSMERR_APPLETP_HOSTNAME_MISMATCH == -2147408896, "by hand");
_Static_assert(CSSMERR_APPLETP_CA_PIN_MISMATCH == -2147408836 && CSSMERR_TP_NOT_TRUSTED == -2147409622, "by hand");
_Static_assert(CSSMERR_TP_CERT_REVOKED == -2147409652 && CSSMERR_CSP_UNSUPPORTED_KEY_SIZE == (int)0x80010918,
               "by hand");

static const struct {
  OSStatus value;
  const char* name;
  const char* text;
} kErrors[] = {
#define ST_SEC_ERROR(value, Name, text) {value, "errSec" #Name, text},
#define ST_SEC_NAME(value, Name) {value, "errSec" #Name, "errSec" #Name},
#include "apple/sec_errors.def"
#undef ST_SEC_ERROR
#undef ST_SEC_NAME
};
enum { kErrorCount = sizeof kErrors / sizeof kErrors[0] };
// Apple's header names as many.
_Static_assert(kErrorCount == 381, "381 general codes");

static const OSStatus kSecureTransportCodes[] = {
#define ST_RESULT_CODE(value, ...) value,
#define ST_RESULT_NEIGHBOUR(value, ...) value,
#include "securetransport/core/result_codes.def"
};

static const struct {
  const CFStringRef* constant;
  const char* name;
  const char* text;
} kOids[] = {
#define ST_SEC_OID(Name, text) {&kSecOID##Name, "kSecOID" #Name, text},
#include "apple/sec_oids.def"
#undef ST_SEC_OID
};
enum { kOidCount = sizeof kOids / sizeof kOids[0] };

static const char* headers;  // The folder of the headers.

static FILE* open_header(const char* name) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", headers, name);
  FILE* const file = fopen(path, "r");
  CHECK(file != NULL);
  return file;
}

/* The text of a code, in memory that the next call overwrites. */
static const char* text_of(OSStatus status) {
  static char buffer[256];
  CFStringRef const text = SecCopyErrorMessageString(status, &buffer);
  buffer[0] = '\0';
  CHECK(text != NULL && CFStringGetCString(text, buffer, sizeof buffer, kCFStringEncodingUTF8));
  CFRelease(text);
  return buffer;
}

// From the header to the table: reads the header as text, because C cannot list the constants of an enum.
static void every_general_code_of_the_header_is_in_the_table_once(void) {
  int declared[kErrorCount] = {0};
  char line[256];
  FILE* const header = open_header("SecBaseErrors.h");
  while (header != NULL && fgets(line, sizeof line, header) != NULL) {
    char name[64];
    int value = 0;
    if (sscanf(line, " %63[A-Za-z0-9_] = %d", name, &value) != 2) continue;
    int row = 0;
    while (row < (int)kErrorCount && (strcmp(kErrors[row].name, name) != 0 || kErrors[row].value != value)) ++row;
    about("%s", name);
    CHECK(row < (int)kErrorCount);
    if (row < (int)kErrorCount) ++declared[row];
  }
  if (header != NULL) fclose(header);
  for (int row = 0; row < (int)kErrorCount; ++row) {
    about("%s", kErrors[row].name);
    CHECK_NUMBER(1, declared[row]);
  }
  about(NULL);
}

static void every_general_code_has_its_text(void) {
  for (int row = 0; row < (int)kErrorCount; ++row) {
    about("%s", kErrors[row].name);
    CHECK(strcmp(text_of(kErrors[row].value), kErrors[row].text) == 0);
  }
  about(NULL);
  CHECK(strcmp(text_of(errSecSuccess), "no error") == 0);
}

// What Secure Transport and trust evaluation return is explained, not only named.
static void every_code_of_secure_transport_is_explained(void) {
  for (size_t at = 0; at < sizeof kSecureTransportCodes / sizeof kSecureTransportCodes[0]; ++at) {
    about("%d", (int)kSecureTransportCodes[at]);
    const char* const text = text_of(kSecureTransportCodes[at]);
    CHECK(strlen(text) > 10 && strncmp(text, "OSStatus", 8) != 0 && strncmp(text, "errSSL", 6) != 0);
  }
  about(NULL);
  CHECK(sizeof kSecureTransportCodes / sizeof kSecureTransportCodes[0] == 74);
}

// Programs match on this form.
static void an_unknown_number_keeps_its_number(void) {
  CHECK(strcmp(text_of(12345), "OSStatus 12345") == 0);
  CHECK(strcmp(text_of(-1), "OSStatus -1") == 0);
  CHECK(strcmp(text_of(-9879), "OSStatus -9879") == 0);
  CHECK(strcmp(text_of(2147483647), "OSStatus 2147483647") == 0);
  CHECK(strcmp(text_of(-2147483647 - 1), "OSStatus -2147483648") == 0);
  CHECK(strcmp(text_of(errSecErrnoBase - 1), "OSStatus 99999") == 0);
  CHECK(strcmp(text_of(errSecErrnoLimit + 1), "OSStatus 100256") == 0);
}

static void an_errno_is_explained_as_unix_does(void) {
  char expected[256];
  snprintf(expected, sizeof expected, "UNIX[%s]", strerror(ENOENT));
  CHECK(strcmp(text_of(errSecErrnoBase + ENOENT), expected) == 0);
  CHECK(strncmp(text_of(errSecErrnoLimit), "UNIX[", 5) == 0);
}

static void every_object_identifier_has_its_text(void) {
  for (int row = 0; row < (int)kOidCount; ++row) {
    about("%s", kOids[row].name);
    CFStringRef const text = CFStringCreateWithCString(NULL, kOids[row].text, kCFStringEncodingASCII);
    CHECK(CFEqual(*kOids[row].constant, text));
    CFRelease(text);
  }
  int declared = 0;
  char line[256];
  FILE* const header = open_header("SecCertificateOIDs.h");
  while (header != NULL && fgets(line, sizeof line, header) != NULL) {
    if (strncmp(line, "CF_EXPORT const CFStringRef kSecOID", 35) == 0) ++declared;
  }
  if (header != NULL) fclose(header);
  about(NULL);
  CHECK_NUMBER(kOidCount, declared);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"every general code of the header is in the table once", every_general_code_of_the_header_is_in_the_table_once},
      {"every general code has its text", every_general_code_has_its_text},
      {"every code of Secure Transport is explained", every_code_of_secure_transport_is_explained},
      {"an unknown number keeps its number", an_unknown_number_keeps_its_number},
      {"an errno is explained as UNIX does", an_errno_is_explained_as_unix_does},
      {"every object identifier has its text", every_object_identifier_has_its_text},
  };
  if (argc < 2) {
    fputs("usage: c_sec_error_text path/to/include/apple/Security [case...]\n", stderr);
    return 2;
  }
  headers = argv[1];
  return RUN_CASES(kCases, argc - 1, argv + 1);
}
