/* SPDX-License-Identifier: Apache-2.0 */
/* Keys from passwords: PBKDF2 (RFC 8018). */
#ifndef _CC_PBKDF_H_
#define _CC_PBKDF_H_

#include <CommonCrypto/CommonCryptoError.h>

enum { kCCPBKDF2 = 2 };
typedef uint32_t CCPBKDFAlgorithm;

enum {
  kCCPRFHmacAlgSHA1 = 1,
  kCCPRFHmacAlgSHA224 = 2,
  kCCPRFHmacAlgSHA256 = 3,
  kCCPRFHmacAlgSHA384 = 4,
  kCCPRFHmacAlgSHA512 = 5,
};
typedef uint32_t CCPseudoRandomAlgorithm;

/* kCCParamError: an unknown algorithm, no rounds, an empty key, or a null pointer with a length. */
SECURETRANSPORT_CC_EXPORT int CCKeyDerivationPBKDF(CCPBKDFAlgorithm algorithm, const char* password, size_t passwordLen,
                                                   const uint8_t* salt, size_t saltLen, CCPseudoRandomAlgorithm prf,
                                                   unsigned rounds, uint8_t* derivedKey, size_t derivedKeyLen);
/* How many rounds take about so many milliseconds on this machine; 0 for an impossible argument. */
SECURETRANSPORT_CC_EXPORT unsigned CCCalibratePBKDF(CCPBKDFAlgorithm algorithm, size_t passwordLen, size_t saltLen,
                                                    CCPseudoRandomAlgorithm prf, size_t derivedKeyLen, uint32_t msec);

#endif
