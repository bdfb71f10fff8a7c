/* SPDX-License-Identifier: Apache-2.0 */
/* SecKey from C: keys from data and to data, signing, encrypting, making. */
#include <Security/SecKeyPriv.h>
#include <string.h>

#include "check.h"
#include "key_files.h"
#include "key_samples.h"

static void takes_published_key(void) {
  CFDataRef bytes = data_of(ec_key, sizeof ec_key);
  CFDictionaryRef attributes =
      dictionary(kSecAttrKeyType, kSecAttrKeyTypeEC, kSecAttrKeyClass, kSecAttrKeyClassPrivate, NULL);
  SecKeyRef key = SecKeyCreateWithData(bytes, attributes, NULL);
  CHECK(key != NULL);
  CHECK_NUMBER(SecKeyGetTypeID(), CFGetTypeID(key));
  CHECK_NUMBER(32, SecKeyGetBlockSize(key));
  CHECK_NUMBER(kSecECDSAAlgorithmID, SecKeyGetAlgorithmId(key));
  CFDataRef again = SecKeyCopyExternalRepresentation(key, NULL);
  CHECK(again != NULL && CFEqual(again, bytes));
  release(again);

  SecKeyRef open = SecKeyCopyPublicKey(key);
  CFDataRef message = data_of("sample", 6);
  CFDataRef signature = data_of(ec_signature, sizeof ec_signature);
  CHECK(SecKeyVerifySignature(open, kSecKeyAlgorithmECDSASignatureMessageX962SHA256, message, signature, NULL));
  CFErrorRef error = NULL;
  CHECK(!SecKeyVerifySignature(open, kSecKeyAlgorithmECDSASignatureMessageX962SHA256, bytes, signature, &error));
  CHECK(error != NULL && CFErrorGetCode(error) == errSecVerifyFailed);
  CHECK(error != NULL && CFEqual(CFErrorGetDomain(error), kCFErrorDomainOSStatus));
  release(error);

  SecKeyRef private_too = SecKeyCreateECPrivateKey(NULL, ec_key, sizeof ec_key, kSecKeyEncodingBytes);
  CHECK(private_too != NULL && CFEqual(private_too, key) && CFHash(private_too) == CFHash(key));
  CHECK(!CFEqual(open, key));
  release(private_too);
  release(signature);
  release(message);
  release(open);
  release(key);
  release(attributes);
  release(bytes);
}

static void tells_attributes(void) {
  SecKeyRef key = new_key(kSecAttrKeyTypeRSA, 1024);
  SecKeyRef open = SecKeyCopyPublicKey(key);
  CFDictionaryRef attributes = SecKeyCopyAttributes(key);
  CFDictionaryRef open_attributes = SecKeyCopyAttributes(open);
  int bits = 0;
  CFNumberGetValue(CFDictionaryGetValue(attributes, kSecAttrKeySizeInBits), kCFNumberIntType, &bits);
  CHECK_NUMBER(1024, bits);
  CHECK(CFEqual(CFDictionaryGetValue(attributes, kSecAttrKeyType), kSecAttrKeyTypeRSA));
  CHECK(CFEqual(CFDictionaryGetValue(attributes, kSecAttrKeyClass), kSecAttrKeyClassPrivate));
  CHECK(CFEqual(CFDictionaryGetValue(open_attributes, kSecAttrKeyClass), kSecAttrKeyClassPublic));
  CHECK(CFEqual(CFDictionaryGetValue(attributes, kSecAttrApplicationLabel),
                CFDictionaryGetValue(open_attributes, kSecAttrApplicationLabel)));
  CHECK(CFDictionaryGetValue(attributes, kSecAttrCanSign) == kCFBooleanTrue);
  CHECK(CFDictionaryGetValue(open_attributes, kSecAttrCanSign) == kCFBooleanFalse);
  CHECK(CFDictionaryGetValue(attributes, kSecValueData) == NULL);
  release(open_attributes);
  release(attributes);
  release(open);
  release(key);
}

static void signs_and_encrypts(void) {
  SecKeyRef key = new_key(kSecAttrKeyTypeRSA, 2048);
  SecKeyRef open = SecKeyCopyPublicKey(key);
  CFDataRef text = data_of("a text of some bytes", 20);
  const SecKeyAlgorithm signatures[] = {kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA256,
                                        kSecKeyAlgorithmRSASignatureMessagePSSSHA512,
                                        kSecKeyAlgorithmRSASignatureDigestPKCS1v15SHA1};
  for (size_t i = 0; i < 3; ++i) {
    about("signature %zu", i);
    CHECK(SecKeyIsAlgorithmSupported(key, kSecKeyOperationTypeSign, signatures[i]));
    CHECK(!SecKeyIsAlgorithmSupported(open, kSecKeyOperationTypeSign, signatures[i]));
    CHECK(SecKeyIsAlgorithmSupported(open, kSecKeyOperationTypeVerify, signatures[i]));
    CHECK(!SecKeyIsAlgorithmSupported(open, kSecKeyOperationTypeEncrypt, signatures[i]));
    CFDataRef signature = SecKeyCreateSignature(key, signatures[i], text, NULL);
    CHECK(signature != NULL && SecKeyVerifySignature(open, signatures[i], text, signature, NULL));
    CHECK(SecKeyCreateSignature(open, signatures[i], text, NULL) == NULL);
    release(signature);
  }
  const SecKeyAlgorithm ciphers[] = {kSecKeyAlgorithmRSAEncryptionPKCS1, kSecKeyAlgorithmRSAEncryptionOAEPSHA256};
  for (size_t i = 0; i < 2; ++i) {
    about("cipher %zu", i);
    CHECK(SecKeyIsAlgorithmSupported(key, kSecKeyOperationTypeDecrypt, ciphers[i]));
    CFDataRef locked = SecKeyCreateEncryptedData(open, ciphers[i], text, NULL);
    CFDataRef opened = SecKeyCreateDecryptedData(key, ciphers[i], locked, NULL);
    CHECK(opened != NULL && CFEqual(opened, text));
    CFErrorRef error = NULL;
    CHECK(SecKeyCreateDecryptedData(key, ciphers[i], text, &error) == NULL);
    CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
    release(error);
    release(opened);
    release(locked);
  }
  release(text);
  release(open);
  release(key);
}

static void has_older_calls(void) {
  SecKeyRef key = new_key(kSecAttrKeyTypeRSA, 2048);
  SecKeyRef open = SecKeyCopyPublicKey(key);
  const unsigned char hash[20] = {1, 2, 3};
  unsigned char signature[300];
  size_t size = 255;
  CHECK_STATUS(errSecBufferTooSmall, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, hash, sizeof hash, signature, &size));
  CHECK_NUMBER(256, size);
  size = sizeof signature;
  CHECK_STATUS(errSecSuccess, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, hash, sizeof hash, signature, &size));
  CHECK_NUMBER(256, size);
  CHECK_STATUS(errSecSuccess, SecKeyRawVerify(open, kSecPaddingPKCS1SHA1, hash, sizeof hash, signature, size));
  CHECK_STATUS(errSSLCrypto, SecKeyRawVerify(open, kSecPaddingPKCS1MD5, hash, 16, signature, size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, hash, 19, signature, &size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(key, kSecPaddingPKCS1MD2, hash, 16, signature, &size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(open, kSecPaddingPKCS1SHA1, hash, sizeof hash, signature, &size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, NULL, 20, signature, &size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, hash, 20, NULL, &size));
  CHECK_STATUS(errSecParam, SecKeyRawSign(key, kSecPaddingPKCS1SHA1, hash, 20, signature, NULL));
  unsigned char locked[256];
  unsigned char opened[256];
  size_t locked_size = sizeof locked;
  size_t opened_size = sizeof opened;
  CHECK_STATUS(errSecSuccess, SecKeyEncrypt(open, kSecPaddingOAEP, hash, sizeof hash, locked, &locked_size));
  CHECK_STATUS(errSecSuccess, SecKeyDecrypt(key, kSecPaddingOAEP, locked, locked_size, opened, &opened_size));
  CHECK(opened_size == sizeof hash && memcmp(opened, hash, sizeof hash) == 0);
  release(open);
  release(key);
}

static void makes_pairs(void) {
  SecKeyRef open = NULL;
  SecKeyRef secret = NULL;
  CHECK_STATUS(errSecSuccess,
               SecKeyCreatePair(NULL, CSSM_ALGID_ECDSA, 256, 0, CSSM_KEYUSE_VERIFY, CSSM_KEYATTR_EXTRACTABLE,
                                CSSM_KEYUSE_SIGN, CSSM_KEYATTR_EXTRACTABLE, NULL, &open, &secret));
  SecKeyRef half = SecKeyCopyPublicKey(secret);
  CHECK(CFEqual(half, open));
  release(half);
  CFDataRef ours = SecKeyCopyKeyExchangeResult(secret, kSecKeyAlgorithmECDHKeyExchangeStandard, open, NULL, NULL);
  CHECK(ours != NULL && CFDataGetLength(ours) == 32);
  release(ours);
  release(open);
  release(secret);
  CHECK_STATUS(errSecParam, SecKeyCreatePair(NULL, CSSM_ALGID_DSA, 1024, 0, 0, 0, 0, 0, NULL, &open, &secret));
  CHECK(open == NULL && secret == NULL);
  CHECK_STATUS(errSecParam, SecKeyGeneratePair(NULL, &open, &secret));
  CFErrorRef error = NULL;
  CFDictionaryRef no_size = dictionary(kSecAttrKeyType, kSecAttrKeyTypeRSA, NULL);
  CHECK(SecKeyCreateRandomKey(no_size, &error) == NULL);
  CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
  release(error);
  release(no_size);
}

static void refuses_impossible_arguments(void) {
  CFTypeRef wrong = CFSTR("no key");
  SecKeyRef no_key = (SecKeyRef)wrong;
  CFErrorRef error = NULL;
  CFDataRef data = data_of("x", 1);
  for (int i = 0; i < 2; ++i, no_key = NULL) {
    CHECK_NUMBER(0, SecKeyGetBlockSize(no_key));
    CHECK(SecKeyCopyPublicKey(no_key) == NULL);
    CHECK(SecKeyCopyAttributes(no_key) == NULL);
    CHECK_NUMBER(0, SecKeyGetAlgorithmId(no_key));
    CHECK(SecKeyCopyExternalRepresentation(no_key, &error) == NULL);
    CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
    release(error);
    error = NULL;
    CHECK(!SecKeyIsAlgorithmSupported(no_key, kSecKeyOperationTypeSign, kSecKeyAlgorithmRSASignatureRaw));
    CHECK(SecKeyCreateSignature(no_key, kSecKeyAlgorithmRSASignatureRaw, data, NULL) == NULL);
    CHECK(!SecKeyVerifySignature(no_key, kSecKeyAlgorithmRSASignatureRaw, data, data, NULL));
    CHECK(SecKeyCreateEncryptedData(no_key, kSecKeyAlgorithmRSAEncryptionRaw, data, NULL) == NULL);
    CHECK(SecKeyCreateDecryptedData(no_key, kSecKeyAlgorithmRSAEncryptionRaw, data, NULL) == NULL);
    CHECK_STATUS(errSecParam, SecKeyRawVerify(no_key, kSecPaddingNone, ec_key, 1, ec_key, 1));
  }
  CFDictionaryRef attributes =
      dictionary(kSecAttrKeyType, kSecAttrKeyTypeRSA, kSecAttrKeyClass, kSecAttrKeyClassPrivate, NULL);
  CHECK(SecKeyCreateWithData(data, attributes, NULL) == NULL);
  CHECK(SecKeyCreateWithData(NULL, attributes, NULL) == NULL);
  CHECK(SecKeyCreateWithData(data, NULL, NULL) == NULL);
  CHECK(SecKeyCreateWithData((CFDataRef)wrong, (CFDictionaryRef)wrong, NULL) == NULL);
  CHECK(SecKeyCreateFromData(attributes, data, NULL) == NULL);
  CHECK(SecKeyCreateRSAPrivateKey(NULL, NULL, 10, kSecKeyEncodingPkcs1) == NULL);
  CHECK(SecKeyCreateRSAPrivateKey(NULL, ec_key, -1, kSecKeyEncodingPkcs1) == NULL);
  SecKeyRef key = SecKeyCreateECPrivateKey(NULL, ec_key, sizeof ec_key, kSecKeyEncodingBytes);
  CHECK(SecKeyCreateSignature(key, NULL, data, NULL) == NULL);
  CHECK(SecKeyCreateSignature(key, CFSTR("algid:unknown"), data, NULL) == NULL);
  CHECK(SecKeyCreateSignature(key, kSecKeyAlgorithmECDSASignatureDigestX962, NULL, NULL) == NULL);
  CHECK(SecKeyCreateSignature(key, kSecKeyAlgorithmECDSASignatureDigestX962SHA256, data, &error) == NULL);
  CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
  release(error);
  release(key);
  release(attributes);
  release(data);
}

int main(int argc, char** argv) {
  const Case cases[] = {
      {"a published key verifies a published signature", takes_published_key},
      {"a key tells its attributes, and not its secret", tells_attributes},
      {"a pair signs and verifies, encrypts and decrypts", signs_and_encrypts},
      {"the older calls work on buffers", has_older_calls},
      {"pairs are made, and agree", makes_pairs},
      {"impossible arguments are refused", refuses_impossible_arguments},
  };
  return RUN_CASES(cases, argc, argv);
}
