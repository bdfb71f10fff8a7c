/* SPDX-License-Identifier: Apache-2.0 */
/* CommonCrypto under the names of OpenSSL, for which programs ask before they include it. */
#define COMMON_DIGEST_FOR_OPENSSL 1
#include <CommonCrypto/CommonDigest.h>
#include <string.h>

#include "check.h"

/* The digest of "abc" from RFC 1321 (MD5) and FIPS 180-4 (all others), its first four bytes. */
#define GIVES(family, context_type, length, a, b, c, d)    \
  do {                                                     \
    const unsigned char expected[] = {a, b, c, d};         \
    unsigned char digest[length];                          \
    context_type context;                                  \
    about(#family);                                        \
    CHECK_NUMBER(1, family##_Init(&context));              \
    CHECK_NUMBER(1, family##_Update(&context, "abc", 3));  \
    CHECK_NUMBER(1, family##_Final(digest, &context));     \
    CHECK(memcmp(digest, expected, sizeof expected) == 0); \
  } while (0)

static void computes_under_the_other_names(void) {
  GIVES(MD5, MD5_CTX, MD5_DIGEST_LENGTH, 0x90, 0x01, 0x50, 0x98);
  GIVES(SHA1, SHA_CTX, SHA_DIGEST_LENGTH, 0xA9, 0x99, 0x3E, 0x36);
  GIVES(SHA224, SHA256_CTX, SHA224_DIGEST_LENGTH, 0x23, 0x09, 0x7D, 0x22);
  GIVES(SHA256, SHA256_CTX, SHA256_DIGEST_LENGTH, 0xBA, 0x78, 0x16, 0xBF);
  GIVES(SHA384, SHA512_CTX, SHA384_DIGEST_LENGTH, 0xCB, 0x00, 0x75, 0x3F);
  GIVES(SHA512, SHA512_CTX, SHA512_DIGEST_LENGTH, 0xDD, 0xAF, 0x35, 0xA1);
}

int main(int argc, char** argv) {
  const Case cases[] = {{"OpenSSL's names give the published digests", computes_under_the_other_names}};
  return RUN_CASES(cases, argc, argv);
}
