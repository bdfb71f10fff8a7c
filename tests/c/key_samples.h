/* SPDX-License-Identifier: Apache-2.0 */
/* Keys for tests: one that was published with its signature, and new ones. The caller releases them. */
#ifndef SECURETRANSPORT_TESTS_C_KEY_SAMPLES_H
#define SECURETRANSPORT_TESTS_C_KEY_SAMPLES_H

#include <Security/Security.h>

enum { EC_KEY_SIZE = 97, EC_SIGNATURE_SIZE = 72 };

/* RFC 6979 appendix A.2.5: 04 X Y K. */
extern const unsigned char ec_key[EC_KEY_SIZE];
/* And the signature of "sample" with SHA-256. */
extern const unsigned char ec_signature[EC_SIGNATURE_SIZE];

SecKeyRef published_key(void);
SecKeyRef new_key(CFStringRef type, int bits);

#endif
