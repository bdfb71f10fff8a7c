/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hashes. A context is a plain value: it needs no release, and a copy of it goes on by itself. Init, Update and Final
 * return 1, or 0 for a null pointer; Final wipes the context. The one-call forms return `md`, or NULL for a null one.
 * MD2 and MD4 are not there. MD5 and SHA-1 are broken as signatures: for old formats only.
 */
#ifndef _CC_COMMON_DIGEST_H_
#define _CC_COMMON_DIGEST_H_

#include <CommonCrypto/CommonCryptoError.h>

typedef uint32_t CC_LONG;
typedef uint64_t CC_LONG64;

/* Lengths of results and of blocks, in bytes. */
#define CC_MD5_DIGEST_LENGTH 16
#define CC_MD5_BLOCK_BYTES 64
#define CC_MD5_BLOCK_LONG (CC_MD5_BLOCK_BYTES / sizeof(CC_LONG))
#define CC_SHA1_DIGEST_LENGTH 20
#define CC_SHA1_BLOCK_BYTES 64
#define CC_SHA1_BLOCK_LONG (CC_SHA1_BLOCK_BYTES / sizeof(CC_LONG))
#define CC_SHA224_DIGEST_LENGTH 28
#define CC_SHA224_BLOCK_BYTES 64
#define CC_SHA256_DIGEST_LENGTH 32
#define CC_SHA256_BLOCK_BYTES 64
#define CC_SHA384_DIGEST_LENGTH 48
#define CC_SHA384_BLOCK_BYTES 128
#define CC_SHA512_DIGEST_LENGTH 64
#define CC_SHA512_BLOCK_BYTES 128

/* Only their size is an interface: what lies inside is OpenSSL's. */
typedef struct CC_MD5state_st {
  CC_LONG state[23];
} CC_MD5_CTX;
typedef struct CC_SHA1state_st {
  CC_LONG state[24];
} CC_SHA1_CTX;
typedef struct CC_SHA256state_st {
  CC_LONG state[28];
} CC_SHA256_CTX;
typedef struct CC_SHA512state_st {
  CC_LONG64 state[27];
} CC_SHA512_CTX;

SECURETRANSPORT_CC_EXPORT int CC_MD5_Init(CC_MD5_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_MD5_Update(CC_MD5_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_MD5_Final(unsigned char* md, CC_MD5_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_MD5(const void* data, CC_LONG len, unsigned char* md);

SECURETRANSPORT_CC_EXPORT int CC_SHA1_Init(CC_SHA1_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_SHA1_Update(CC_SHA1_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_SHA1_Final(unsigned char* md, CC_SHA1_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_SHA1(const void* data, CC_LONG len, unsigned char* md);

SECURETRANSPORT_CC_EXPORT int CC_SHA224_Init(CC_SHA256_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_SHA224_Update(CC_SHA256_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_SHA224_Final(unsigned char* md, CC_SHA256_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_SHA224(const void* data, CC_LONG len, unsigned char* md);

SECURETRANSPORT_CC_EXPORT int CC_SHA256_Init(CC_SHA256_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_SHA256_Update(CC_SHA256_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_SHA256_Final(unsigned char* md, CC_SHA256_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_SHA256(const void* data, CC_LONG len, unsigned char* md);

SECURETRANSPORT_CC_EXPORT int CC_SHA384_Init(CC_SHA512_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_SHA384_Update(CC_SHA512_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_SHA384_Final(unsigned char* md, CC_SHA512_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_SHA384(const void* data, CC_LONG len, unsigned char* md);

SECURETRANSPORT_CC_EXPORT int CC_SHA512_Init(CC_SHA512_CTX* c);
SECURETRANSPORT_CC_EXPORT int CC_SHA512_Update(CC_SHA512_CTX* c, const void* data, CC_LONG len);
SECURETRANSPORT_CC_EXPORT int CC_SHA512_Final(unsigned char* md, CC_SHA512_CTX* c);
SECURETRANSPORT_CC_EXPORT unsigned char* CC_SHA512(const void* data, CC_LONG len, unsigned char* md);

/* For programs that were written for OpenSSL: its names for the same functions. Not together with its headers. */
#ifdef COMMON_DIGEST_FOR_OPENSSL
#define MD5_DIGEST_LENGTH CC_MD5_DIGEST_LENGTH
#define MD5_CTX CC_MD5_CTX
#define MD5_Init CC_MD5_Init
#define MD5_Update CC_MD5_Update
#define MD5_Final CC_MD5_Final
#define SHA_DIGEST_LENGTH CC_SHA1_DIGEST_LENGTH
#define SHA_CTX CC_SHA1_CTX
#define SHA1_Init CC_SHA1_Init
#define SHA1_Update CC_SHA1_Update
#define SHA1_Final CC_SHA1_Final
#define SHA224_DIGEST_LENGTH CC_SHA224_DIGEST_LENGTH
#define SHA224_Init CC_SHA224_Init
#define SHA224_Update CC_SHA224_Update
#define SHA224_Final CC_SHA224_Final
#define SHA256_DIGEST_LENGTH CC_SHA256_DIGEST_LENGTH
#define SHA256_CTX CC_SHA256_CTX
#define SHA256_Init CC_SHA256_Init
#define SHA256_Update CC_SHA256_Update
#define SHA256_Final CC_SHA256_Final
#define SHA384_DIGEST_LENGTH CC_SHA384_DIGEST_LENGTH
#define SHA384_Init CC_SHA384_Init
#define SHA384_Update CC_SHA384_Update
#define SHA384_Final CC_SHA384_Final
#define SHA512_DIGEST_LENGTH CC_SHA512_DIGEST_LENGTH
#define SHA512_CTX CC_SHA512_CTX
#define SHA512_Init CC_SHA512_Init
#define SHA512_Update CC_SHA512_Update
#define SHA512_Final CC_SHA512_Final
#endif

#endif
