/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ciphers: AES in all modes below but XTS and RC4, triple DES in ECB and CBC. Everything else (DES, CAST, RC4, RC2,
 * Blowfish) is kCCUnimplemented: today's OpenSSL keeps them apart. A cryptor is used by one thread at a time.
 */
#ifndef _CC_COMMON_CRYPTOR_
#define _CC_COMMON_CRYPTOR_

#include <stdbool.h>

#include <CommonCrypto/CommonCryptoError.h>

typedef struct _CCCryptor* CCCryptorRef;

enum { kCCEncrypt = 0, kCCDecrypt = 1 };
typedef uint32_t CCOperation;

enum {
  kCCAlgorithmAES128 = 0, /* the block has 128 bits; the key has 16, 24 or 32 bytes */
  kCCAlgorithmAES = 0,
  kCCAlgorithmDES = 1,
  kCCAlgorithm3DES = 2,
  kCCAlgorithmCAST = 3,
  kCCAlgorithmRC4 = 4,
  kCCAlgorithmRC2 = 5,
  kCCAlgorithmBlowfish = 6,
};
typedef uint32_t CCAlgorithm;

enum {
  kCCOptionPKCS7Padding = 0x0001,
  kCCOptionECBMode = 0x0002, /* CBC without it */
};
typedef uint32_t CCOptions;

enum {
  kCCKeySizeAES128 = 16,
  kCCKeySizeAES192 = 24,
  kCCKeySizeAES256 = 32,
  kCCKeySizeDES = 8,
  kCCKeySize3DES = 24,
  kCCKeySizeMinCAST = 5,
  kCCKeySizeMaxCAST = 16,
  kCCKeySizeMinRC4 = 1,
  kCCKeySizeMaxRC4 = 512,
  kCCKeySizeMinRC2 = 1,
  kCCKeySizeMaxRC2 = 128,
  kCCKeySizeMinBlowfish = 8,
  kCCKeySizeMaxBlowfish = 56,
};

enum {
  kCCBlockSizeAES128 = 16,
  kCCBlockSizeDES = 8,
  kCCBlockSize3DES = 8,
  kCCBlockSizeCAST = 8,
  kCCBlockSizeRC2 = 8,
  kCCBlockSizeBlowfish = 8,
};

/* For CCCryptorCreateFromData: room that programs set aside. */
enum {
  kCCContextSizeAES128 = 404,
  kCCContextSizeDES = 240,
  kCCContextSize3DES = 496,
  kCCContextSizeCAST = 240,
  kCCContextSizeRC4 = 1072,
};

enum {
  kCCModeECB = 1,
  kCCModeCBC = 2,
  kCCModeCFB = 3,
  kCCModeCTR = 4,
  kCCModeOFB = 7,
  kCCModeXTS = 8,
  kCCModeRC4 = 9,
  kCCModeCFB8 = 10,
};
typedef uint32_t CCMode;

enum { ccNoPadding = 0, ccPKCS7Padding = 1 };
typedef uint32_t CCPadding;

enum { kCCModeOptionCTR_LE = 0x0001, kCCModeOptionCTR_BE = 0x0002 };
typedef uint32_t CCModeOptions;

/*
 * Encrypts or decrypts in one call. `iv` has one block, or is NULL for zeros; ECB has none. *dataOutMoved is what was
 * written; with kCCBufferTooSmall what would have been. dataIn and dataOut may be the same.
 */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCrypt(CCOperation op, CCAlgorithm alg, CCOptions options, const void* key,
                                                  size_t keyLength, const void* iv, const void* dataIn,
                                                  size_t dataInLength, void* dataOut, size_t dataOutAvailable,
                                                  size_t* dataOutMoved);

/* The caller releases *cryptorRef, which wipes its key. */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorCreate(CCOperation op, CCAlgorithm alg, CCOptions options,
                                                          const void* key, size_t keyLength, const void* iv,
                                                          CCCryptorRef* cryptorRef);
/*
 * The same for programs that have memory for it. The cipher is OpenSSL's and lies elsewhere: nothing is put into
 * `data`, *dataUsed is 0, and *cryptorRef is released as any other.
 */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorCreateFromData(CCOperation op, CCAlgorithm alg, CCOptions options,
                                                                  const void* key, size_t keyLength, const void* iv,
                                                                  const void* data, size_t dataLength,
                                                                  CCCryptorRef* cryptorRef, size_t* dataUsed);
/* `tweak`, `tweakLength` and `numRounds` belong to ciphers that are not there. kCCModeOptionCTR_LE likewise. */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorCreateWithMode(CCOperation op, CCMode mode, CCAlgorithm alg,
                                                                  CCPadding padding, const void* iv, const void* key,
                                                                  size_t keyLength, const void* tweak,
                                                                  size_t tweakLength, int numRounds,
                                                                  CCModeOptions options, CCCryptorRef* cryptorRef);
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorRelease(CCCryptorRef cryptorRef);

SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorUpdate(CCCryptorRef cryptorRef, const void* dataIn,
                                                          size_t dataInLength, void* dataOut, size_t dataOutAvailable,
                                                          size_t* dataOutMoved);
/* Writes what is left. After it the cryptor only knows CCCryptorReset. */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorFinal(CCCryptorRef cryptorRef, void* dataOut,
                                                         size_t dataOutAvailable, size_t* dataOutMoved);
/* How much room the next CCCryptorUpdate of so many bytes needs, or all that follows it as well if `final`. */
SECURETRANSPORT_CC_EXPORT size_t CCCryptorGetOutputLength(CCCryptorRef cryptorRef, size_t inputLength, bool final);
/* Begins anew with the same key; `iv` as in CCCrypt. */
SECURETRANSPORT_CC_EXPORT CCCryptorStatus CCCryptorReset(CCCryptorRef cryptorRef, const void* iv);

#endif
