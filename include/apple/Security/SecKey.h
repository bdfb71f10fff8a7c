/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public and private keys: RSA, and EC on P-256, P-384 and P-521. Keys of other kinds (Ed25519) can be imported and be
 * part of an identity. Immutable; may be used by several threads. Two keys of the same numbers are equal (CFEqual).
 *
 * A NULL key, or an object of another type in its place, is errSecParam, or NULL, 0 or false where a function does not
 * return a code. What a function with Copy or Create in its name returns, the caller releases. Where there is an
 * `error`, it is set to a CFError in the domain of OSStatus when the result is NULL or false; NULL is accepted.
 */
#ifndef _SECURITY_SECKEY_H_
#define _SECURITY_SECKEY_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

typedef CF_ENUM(uint32_t, SecPadding) {
  kSecPaddingNone = 0,
  kSecPaddingPKCS1 = 1,
  kSecPaddingOAEP = 2, /* with SHA-1; encryption only */
  kSecPaddingSigRaw = 0x4000,
  /* The input is the hash of this name. */
  kSecPaddingPKCS1MD2 = 0x8000, /* refused: errSecParam */
  kSecPaddingPKCS1MD5 = 0x8001,
  kSecPaddingPKCS1SHA1 = 0x8002,
  kSecPaddingPKCS1SHA224 = 0x8003,
  kSecPaddingPKCS1SHA256 = 0x8004,
  kSecPaddingPKCS1SHA384 = 0x8005,
  kSecPaddingPKCS1SHA512 = 0x8006,
};

typedef CF_ENUM(uint32_t, SecKeySizes) {
  kSecDefaultKeySize = 0,
  kSec3DES192 = 192,
  kSecAES128 = 128,
  kSecAES192 = 192,
  kSecAES256 = 256,
  kSecp192r1 = 192,
  kSecp256r1 = 256,
  kSecp384r1 = 384,
  kSecp521r1 = 521,
  kSecRSAMin = 1024,
  kSecRSAMax = 4096,
};

typedef CF_ENUM(uint32_t, SecCredentialType) {
  kSecCredentialTypeDefault = 0,
  kSecCredentialTypeWithUI,
  kSecCredentialTypeNoUI,
};

/* Attributes of keys in keychains. */
enum {
  kSecKeyKeyClass = 0,
  kSecKeyPrintName = 1,
  kSecKeyAlias = 2,
  kSecKeyPermanent = 3,
  kSecKeyPrivate = 4,
  kSecKeyModifiable = 5,
  kSecKeyLabel = 6,
  kSecKeyApplicationTag = 7,
  kSecKeyKeyCreator = 8,
  kSecKeyKeyType = 9,
  kSecKeyKeySizeInBits = 10,
  kSecKeyEffectiveKeySize = 11,
  kSecKeyStartDate = 12,
  kSecKeyEndDate = 13,
  kSecKeySensitive = 14,
  kSecKeyAlwaysSensitive = 15,
  kSecKeyExtractable = 16,
  kSecKeyNeverExtractable = 17,
  kSecKeyEncrypt = 18,
  kSecKeyDecrypt = 19,
  kSecKeyDerive = 20,
  kSecKeySign = 21,
  kSecKeyVerify = 22,
  kSecKeySignRecover = 23,
  kSecKeyVerifyRecover = 24,
  kSecKeyWrap = 25,
  kSecKeyUnwrap = 26,
};

CF_EXPORT CFTypeID SecKeyGetTypeID(void);

/* Of the modulus or of a coordinate, in bytes. */
CF_EXPORT size_t SecKeyGetBlockSize(SecKeyRef key);
/* The public half; of a public key the key itself. */
CF_EXPORT SecKeyRef SecKeyCopyPublicKey(SecKeyRef key);
/* Keys of SecItem.h: type, class, size, label (the hash of the public key), and what it can do. */
CF_EXPORT CFDictionaryRef SecKeyCopyAttributes(SecKeyRef key);

/*
 * RSA: PKCS#1 in DER. EC: 04 X Y, and for a private key 04 X Y K. `attributes` needs kSecAttrKeyType and
 * kSecAttrKeyClass; a size that is there must be right.
 */
CF_EXPORT SecKeyRef SecKeyCreateWithData(CFDataRef keyData, CFDictionaryRef attributes, CFErrorRef* error);
CF_EXPORT CFDataRef SecKeyCopyExternalRepresentation(SecKeyRef key, CFErrorRef* error);
/* As SecKeyCreateWithData, and PKCS#8 and SubjectPublicKeyInfo as well. Of the first edition. */
CF_EXPORT SecKeyRef SecKeyCreateFromData(CFDictionaryRef parameters, CFDataRef keyData, CFErrorRef* error);

/*
 * A new private key. `parameters` needs kSecAttrKeyType and kSecAttrKeySizeInBits: RSA with 1024 to 8192 bits, EC with
 * 256, 384 or 521. With kSecAttrIsPermanent (there, or under kSecPrivateKeyAttrs) it is added to the default keychain.
 */
CF_EXPORT SecKeyRef SecKeyCreateRandomKey(CFDictionaryRef parameters, CFErrorRef* error);
CF_EXPORT OSStatus SecKeyGeneratePair(CFDictionaryRef parameters, SecKeyRef* publicKey, SecKeyRef* privateKey);
/* Of the first edition: CSSM_ALGID_RSA or CSSM_ALGID_ECDSA. The usages and the access are not looked at. */
CF_EXPORT OSStatus SecKeyCreatePair(SecKeychainRef keychain, CSSM_ALGORITHMS algorithm, uint32 keySizeInBits,
                                    CSSM_CC_HANDLE contextHandle, CSSM_KEYUSE publicKeyUsage, uint32 publicKeyAttr,
                                    CSSM_KEYUSE privateKeyUsage, uint32 privateKeyAttr, SecAccessRef initialAccess,
                                    SecKeyRef* publicKey, SecKeyRef* privateKey);

CF_EXPORT const CFStringRef kSecPrivateKeyAttrs; /* "private": a dictionary for the private key alone */
CF_EXPORT const CFStringRef kSecPublicKeyAttrs;  /* "public" */

/*
 * What a key can do. "Digest" takes the hash of a message, "Message" the message itself. There are no others: neither
 * RFC 4754 signatures nor RSA and EC encryption with AES-GCM are known.
 */
typedef CFStringRef SecKeyAlgorithm;

CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureRaw;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15Raw;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPSSSHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPSSSHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPSSSHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPSSSHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureDigestPSSSHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePSSSHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePSSSHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePSSSHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePSSSHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSASignatureMessagePSSSHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962SHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962SHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962SHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962SHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureDigestX962SHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureMessageX962SHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureMessageX962SHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureMessageX962SHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureMessageX962SHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDSASignatureMessageX962SHA512;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionRaw;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionPKCS1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionOAEPSHA1;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionOAEPSHA224;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionOAEPSHA256;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionOAEPSHA384;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmRSAEncryptionOAEPSHA512;
/* The bare X coordinate, without a key derivation; the cofactor of the three curves is 1. */
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDHKeyExchangeStandard;
CF_EXPORT const SecKeyAlgorithm kSecKeyAlgorithmECDHKeyExchangeCofactor;

typedef CF_ENUM(CFIndex, SecKeyOperationType) {
  kSecKeyOperationTypeSign = 0,
  kSecKeyOperationTypeVerify = 1,
  kSecKeyOperationTypeEncrypt = 2,
  kSecKeyOperationTypeDecrypt = 3,
  kSecKeyOperationTypeKeyExchange = 4,
};

/* Whether this key, public or private as the operation needs it, knows the algorithm. */
CF_EXPORT Boolean SecKeyIsAlgorithmSupported(SecKeyRef key, SecKeyOperationType operation, SecKeyAlgorithm algorithm);
CF_EXPORT CFDataRef SecKeyCreateSignature(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef dataToSign,
                                          CFErrorRef* error);
/* A signature that does not verify is errSecVerifyFailed in `error`. */
CF_EXPORT Boolean SecKeyVerifySignature(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef signedData,
                                        CFDataRef signature, CFErrorRef* error);
CF_EXPORT CFDataRef SecKeyCreateEncryptedData(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef plaintext,
                                              CFErrorRef* error);
CF_EXPORT CFDataRef SecKeyCreateDecryptedData(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef ciphertext,
                                              CFErrorRef* error);
/* `parameters` is not looked at. */
CF_EXPORT CFDataRef SecKeyCopyKeyExchangeResult(SecKeyRef privateKey, SecKeyAlgorithm algorithm, SecKeyRef publicKey,
                                                CFDictionaryRef parameters, CFErrorRef* error);

/* The older calls. *sigLen and its like hold the room and on return the length; errSecBufferTooSmall if it is short. */
CF_EXPORT OSStatus SecKeyRawSign(SecKeyRef key, SecPadding padding, const uint8_t* dataToSign, size_t dataToSignLen,
                                 uint8_t* sig, size_t* sigLen);
/* -9809 (errSSLCrypto) if the signature does not verify, as on a phone. */
CF_EXPORT OSStatus SecKeyRawVerify(SecKeyRef key, SecPadding padding, const uint8_t* signedData, size_t signedDataLen,
                                   const uint8_t* sig, size_t sigLen);
CF_EXPORT OSStatus SecKeyEncrypt(SecKeyRef key, SecPadding padding, const uint8_t* plainText, size_t plainTextLen,
                                 uint8_t* cipherText, size_t* cipherTextLen);
CF_EXPORT OSStatus SecKeyDecrypt(SecKeyRef key, SecPadding padding, const uint8_t* cipherText, size_t cipherTextLen,
                                 uint8_t* plainText, size_t* plainTextLen);

CF_EXTERN_C_END

#endif
