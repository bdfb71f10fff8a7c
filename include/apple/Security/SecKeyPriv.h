/* SPDX-License-Identifier: Apache-2.0 */
/* Calls on keys that are private on a Mac, and used all the same. */
#ifndef _SECURITY_SECKEYPRIV_H_
#define _SECURITY_SECKEYPRIV_H_

#include <Security/SecKey.h>

CF_EXTERN_C_BEGIN

typedef CF_ENUM(uint32_t, SecKeyEncoding) {
  kSecKeyEncodingRaw = 0,
  kSecKeyEncodingPkcs1 = 1,
  kSecKeyEncodingApplePkcs1 = 2,
  kSecKeyEncodingRSAPublicParams = 3, /* refused */
  kSecKeyEncodingBytes = 7,
};

enum { kSecNullAlgorithmID = 0, kSecRSAAlgorithmID = 1, kSecDSAAlgorithmID = 2, kSecECDSAAlgorithmID = 3 };

CF_EXPORT CFIndex SecKeyGetAlgorithmId(SecKeyRef key);
/* PKCS#1 in DER. */
CF_EXPORT SecKeyRef SecKeyCreateRSAPrivateKey(CFAllocatorRef allocator, const uint8_t* keyData, CFIndex keyDataLength,
                                              SecKeyEncoding encoding);
CF_EXPORT SecKeyRef SecKeyCreateRSAPublicKey(CFAllocatorRef allocator, const uint8_t* keyData, CFIndex keyDataLength,
                                             SecKeyEncoding encoding);
/* 04 X Y K, or ECPrivateKey of RFC 5915 with kSecKeyEncodingPkcs1. */
CF_EXPORT SecKeyRef SecKeyCreateECPrivateKey(CFAllocatorRef allocator, const uint8_t* keyData, CFIndex keyDataLength,
                                             SecKeyEncoding encoding);
/* 04 X Y */
CF_EXPORT SecKeyRef SecKeyCreateECPublicKey(CFAllocatorRef allocator, const uint8_t* keyData, CFIndex keyDataLength,
                                            SecKeyEncoding encoding);

CF_EXTERN_C_END

#endif
