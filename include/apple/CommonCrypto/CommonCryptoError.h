/* SPDX-License-Identifier: Apache-2.0 */
/* The result codes of the functions of CommonCrypto, and the mark of an exported function. */
#ifndef _CC_CommonCryptoError_
#define _CC_CommonCryptoError_

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
#define SECURETRANSPORT_CC_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define SECURETRANSPORT_CC_EXPORT extern __attribute__((visibility("default")))
#endif

enum {
  kCCSuccess = 0,
  kCCParamError = -4300,        /* an impossible argument */
  kCCBufferTooSmall = -4301,    /* the buffer for the result is too small; nothing was written */
  kCCMemoryFailure = -4302,     /* no memory */
  kCCAlignmentError = -4303,    /* the input is no multiple of the block size and there is no padding */
  kCCDecodeError = -4304,       /* the decrypted data does not end in padding: wrong key, or damaged */
  kCCUnimplemented = -4305,     /* an algorithm or mode that this library does not have */
  kCCOverflow = -4306,          /* never returned here */
  kCCRNGFailure = -4307,        /* the system has no random bytes */
  kCCUnspecifiedError = -4308,  /* OpenSSL failed for another reason */
  kCCCallSequenceError = -4309, /* the object is finished */
  kCCKeySizeError = -4310,      /* the algorithm has no keys of this length */
  kCCInvalidKey = -4311,        /* never returned here */
};

typedef int32_t CCStatus;
typedef int32_t CCCryptorStatus;
typedef CCCryptorStatus CCRNGStatus;

#endif
