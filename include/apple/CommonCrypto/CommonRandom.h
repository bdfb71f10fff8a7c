/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes, good enough for keys. */
#ifndef _CC_COMMON_RANDOM_H_
#define _CC_COMMON_RANDOM_H_

#include <CommonCrypto/CommonCryptoError.h>

/* kCCParamError: a null pointer with a length. */
SECURETRANSPORT_CC_EXPORT CCRNGStatus CCRandomGenerateBytes(void* bytes, size_t count);

#endif
