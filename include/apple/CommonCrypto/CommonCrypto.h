/* SPDX-License-Identifier: Apache-2.0 */
/* All of CommonCrypto that is there. */
#ifndef _CC_COMMON_CRYPTO_H_
#define _CC_COMMON_CRYPTO_H_

#include <CommonCrypto/CommonCryptoError.h>
#include <CommonCrypto/CommonCryptor.h>
#include <CommonCrypto/CommonDigest.h>
#include <CommonCrypto/CommonHMAC.h>
#include <CommonCrypto/CommonKeyDerivation.h>
#include <CommonCrypto/CommonRandom.h>

#endif
