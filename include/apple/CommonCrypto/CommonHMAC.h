/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HMAC (RFC 2104). A context is a plain value: it needs no release, and a copy of it goes on by itself. A null pointer
 * or an unknown algorithm leaves everything as it is.
 */
#ifndef _CC_COMMON_HMAC_H_
#define _CC_COMMON_HMAC_H_

#include <CommonCrypto/CommonDigest.h>

enum {
  kCCHmacAlgSHA1 = 0,
  kCCHmacAlgMD5 = 1,
  kCCHmacAlgSHA256 = 2,
  kCCHmacAlgSHA384 = 3,
  kCCHmacAlgSHA512 = 4,
  kCCHmacAlgSHA224 = 5,
};
typedef uint32_t CCHmacAlgorithm;

typedef struct {
  uint64_t ctx[56];
} CCHmacContext;

SECURETRANSPORT_CC_EXPORT void CCHmacInit(CCHmacContext* ctx, CCHmacAlgorithm algorithm, const void* key,
                                          size_t keyLength);
SECURETRANSPORT_CC_EXPORT void CCHmacUpdate(CCHmacContext* ctx, const void* data, size_t dataLength);
/* Writes as many bytes as the hash has, and wipes the context. */
SECURETRANSPORT_CC_EXPORT void CCHmacFinal(CCHmacContext* ctx, void* macOut);
/* All in one call. */
SECURETRANSPORT_CC_EXPORT void CCHmac(CCHmacAlgorithm algorithm, const void* key, size_t keyLength, const void* data,
                                      size_t dataLength, void* macOut);

#endif
