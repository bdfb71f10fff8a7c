/* SPDX-License-Identifier: Apache-2.0 */
/* SecTransform from C: reading, signing and verifying, encrypting and decrypting, base64. */
#include <Security/Security.h>
#include <string.h>

#include "check.h"
#include "key_files.h"

/* RFC 6979 appendix A.2.5: 04 X Y K. */
static const unsigned char ec_key[] = {
    0x04, 0x60, 0xFE, 0xD4, 0xBA, 0x25, 0x5A, 0x9D, 0x31, 0xC9, 0x61, 0xEB, 0x74, 0xC6, 0x35, 0x6D, 0x68,
    0xC0, 0x49, 0xB8, 0x92, 0x3B, 0x61, 0xFA, 0x6C, 0xE6, 0x69, 0x62, 0x2E, 0x60, 0xF2, 0x9F, 0xB6, 0x79,
    0x03, 0xFE, 0x10, 0x08, 0xB8, 0xBC, 0x99, 0xA4, 0x1A, 0xE9, 0xE9, 0x56, 0x28, 0xBC, 0x64, 0xF2, 0xF1,
    0xB2, 0x0C, 0x2D, 0x7E, 0x9F, 0x51, 0x77, 0xA3, 0xC2, 0x94, 0xD4, 0x46, 0x22, 0x99, 0xC9, 0xAF, 0xA9,
    0xD8, 0x45, 0xBA, 0x75, 0x16, 0x6B, 0x5C, 0x21, 0x57, 0x67, 0xB1, 0xD6, 0x93, 0x4E, 0x50, 0xC3, 0xDB,
    0x36, 0xE8, 0x9B, 0x12, 0x7B, 0x8A, 0x62, 0x2B, 0x12, 0x0F, 0x67, 0x21};
/* And the signature of "sample" with SHA-256. */
static const unsigned char ec_signature[] = {
    0x30, 0x46, 0x02, 0x21, 0x00, 0xEF, 0xD4, 0x8B, 0x2A, 0xAC, 0xB6, 0xA8, 0xFD, 0x11, 0x40, 0xDD, 0x9C, 0xD4,
    0x5E, 0x81, 0xD6, 0x9D, 0x2C, 0x87, 0x7B, 0x56, 0xAA, 0xF9, 0x91, 0xC3, 0x4D, 0x0E, 0xA8, 0x4E, 0xAF, 0x37,
    0x16, 0x02, 0x21, 0x00, 0xF7, 0xCB, 0x1C, 0x94, 0x2D, 0x65, 0x7C, 0x41, 0xD4, 0x36, 0xC7, 0xA1, 0xB6, 0xE2,
    0x9F, 0x65, 0xF3, 0xE9, 0x00, 0xDB, 0xB9, 0xAF, 0xF4, 0x06, 0x4D, 0xC4, 0xAB, 0x2F, 0x84, 0x3A, 0xCD, 0xA8};
/* FIPS 180-2 gives the SHA-256 of "abc". */
static const unsigned char abc_digest[] = {0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40,
                                           0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17,
                                           0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD};

static SecKeyRef published_key(void) {
  CFDataRef bytes = data_of(ec_key, sizeof ec_key);
  CFDictionaryRef attributes =
      dictionary(kSecAttrKeyType, kSecAttrKeyTypeEC, kSecAttrKeyClass, kSecAttrKeyClassPrivate, NULL);
  SecKeyRef key = SecKeyCreateWithData(bytes, attributes, NULL);
  CHECK(key != NULL);
  release(attributes);
  release(bytes);
  return key;
}

static SecKeyRef new_rsa_key(void) {
  const int bits = 1024;
  CFNumberRef size = CFNumberCreate(NULL, kCFNumberIntType, &bits);
  CFDictionaryRef parameters = dictionary(kSecAttrKeyType, kSecAttrKeyTypeRSA, kSecAttrKeySizeInBits, size, NULL);
  SecKeyRef key = SecKeyCreateRandomKey(parameters, NULL);
  CHECK(key != NULL);
  release(parameters);
  release(size);
  return key;
}

static void set(SecTransformRef transform, CFStringRef key, CFTypeRef value) {
  CFErrorRef error = NULL;
  CHECK(SecTransformSetAttribute(transform, key, value, &error));
  CHECK(error == NULL);
}

static void set_sha2(SecTransformRef transform, int bits) {
  CFNumberRef length = CFNumberCreate(NULL, kCFNumberIntType, &bits);
  set(transform, kSecDigestTypeAttribute, kSecDigestSHA2);
  set(transform, kSecDigestLengthAttribute, length);
  release(length);
}

/* What the transform makes of the input; releases the transform. */
static CFTypeRef result_of(SecTransformRef transform, const void* input, size_t size) {
  CFDataRef data = data_of(input, size);
  CFErrorRef error = NULL;
  set(transform, kSecTransformInputAttributeName, data);
  CFTypeRef result = SecTransformExecute(transform, &error);
  CHECK((result == NULL) == (error != NULL));
  release(error);
  release(data);
  release(transform);
  return result;
}

static void reads_stream(void) {
  release(made_by("printf text >out"));
  const char* const path = in_folder("out");
  CFURLRef url = CFURLCreateFromFileSystemRepresentation(NULL, (const UInt8*)path, (CFIndex)strlen(path), false);
  CFReadStreamRef stream = CFReadStreamCreateWithFile(NULL, url);
  release(url);
  SecTransformRef transform = SecTransformCreateReadTransformWithReadStream(stream);
  CHECK(transform != NULL);
  CHECK_NUMBER(SecTransformGetTypeID(), CFGetTypeID(transform));
  CHECK(SecTransformGetAttribute(transform, kSecTransformInputAttributeName) == stream);
  CFTypeRef result = SecTransformExecute(transform, NULL);
  CHECK(result != NULL && CFDataGetLength(result) == 4 && memcmp(CFDataGetBytePtr(result), "text", 4) == 0);
  release(result);
  release(transform);
  release(stream);
  CHECK(SecTransformCreateReadTransformWithReadStream(NULL) == NULL);
}

static void verifies_published_signature(void) {
  SecKeyRef key = published_key();
  CFDataRef signature = data_of(ec_signature, sizeof ec_signature);
  SecTransformRef transform = SecVerifyTransformCreate(key, signature, NULL);
  set_sha2(transform, 256);
  CHECK(result_of(transform, "sample", 6) == kCFBooleanTrue);

  transform = SecVerifyTransformCreate(key, NULL, NULL);
  set(transform, kSecSignatureAttributeName, signature);
  set_sha2(transform, 0);
  CHECK(result_of(transform, "Sample", 6) == kCFBooleanFalse);

  CHECK(result_of(SecVerifyTransformCreate(key, NULL, NULL), "sample", 6) == NULL);
  release(signature);
  release(key);
}

static void signs_text_digests_and_raw_bytes(void) {
  SecKeyRef key = new_rsa_key();
  SecKeyRef open = SecKeyCopyPublicKey(key);
  CFDataRef text = data_of("abc", 3);
  CFErrorRef error = NULL;

  SecTransformRef transform = SecSignTransformCreate(key, &error);
  CHECK(error == NULL);
  CFTypeRef signature = result_of(transform, "abc", 3);
  about("a digest is SHA-1 unless it is named");
  CHECK(SecKeyVerifySignature(open, kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA1, text, signature, NULL));
  release(signature);
  about(NULL);

  transform = SecSignTransformCreate(key, NULL);
  set_sha2(transform, 512);
  signature = result_of(transform, "abc", 3);
  CHECK(SecKeyVerifySignature(open, kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA512, text, signature, NULL));
  release(signature);

  transform = SecSignTransformCreate(key, NULL);
  set_sha2(transform, 256);
  set(transform, kSecInputIsAttributeName, kSecInputIsDigest);
  set(transform, kSecPaddingKey, kSecPaddingPKCS1Key);
  signature = result_of(transform, abc_digest, sizeof abc_digest);
  CHECK(SecKeyVerifySignature(open, kSecKeyAlgorithmRSASignatureMessagePKCS1v15SHA256, text, signature, NULL));
  release(signature);

  transform = SecSignTransformCreate(key, NULL);
  set(transform, kSecInputIsAttributeName, kSecInputIsRaw);
  signature = result_of(transform, "abc", 3);
  CHECK(SecKeyVerifySignature(open, kSecKeyAlgorithmRSASignatureDigestPKCS1v15Raw, text, signature, NULL));
  release(signature);

  CHECK(SecSignTransformCreate(open, &error) == NULL);
  CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
  release(error);
  release(text);
  release(open);
  release(key);
}

static void refuses_what_makes_no_sense(void) {
  SecKeyRef key = published_key();
  SecTransformRef transform = SecSignTransformCreate(key, NULL);
  CFErrorRef error = NULL;
  CHECK(!SecTransformSetAttribute(transform, kSecInputIsAttributeName, CFSTR("Poetry"), &error));
  CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
  release(error);
  CHECK(!SecTransformSetAttribute(transform, kSecSignatureAttributeName, CFSTR("text"), NULL));
  CHECK(!SecTransformSetAttribute(transform, kSecTransformInputAttributeName, CFSTR("text"), NULL));
  CHECK(!SecTransformSetAttribute(transform, kSecKeyAttributeName, NULL, NULL));
  CHECK(!SecTransformSetAttribute(CFSTR("no transform"), kSecKeyAttributeName, key, NULL));
  CHECK(SecTransformGetAttribute(transform, kSecTransformInputAttributeName) == NULL);
  CHECK(SecTransformExecute(transform, &error) == NULL);
  CHECK(error != NULL);
  release(error);
  CHECK(SecTransformExecute(NULL, NULL) == NULL);

  const int bits = 225;
  CFNumberRef length = CFNumberCreate(NULL, kCFNumberIntType, &bits);
  set(transform, kSecDigestLengthAttribute, length);
  release(length);
  CHECK(result_of(transform, "abc", 3) == NULL);

  CHECK(SecVerifyTransformCreate(NULL, NULL, NULL) == NULL);
  CHECK(SecEncryptTransformCreate(key, NULL) == NULL);
  release(key);
}

static void encrypts_and_decrypts(void) {
  SecKeyRef key = new_rsa_key();
  SecKeyRef open = SecKeyCopyPublicKey(key);
  CFDataRef text = data_of("abc", 3);
  const struct {
    CFStringRef padding; /* NULL: not set */
    SecKeyAlgorithm algorithm;
  } rows[] = {{NULL, kSecKeyAlgorithmRSAEncryptionPKCS1},
              {kSecPaddingPKCS1Key, kSecKeyAlgorithmRSAEncryptionPKCS1},
              {kSecPaddingOAEPKey, kSecKeyAlgorithmRSAEncryptionOAEPSHA1}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    about("row %zu", i);
    SecTransformRef transform = SecEncryptTransformCreate(open, NULL);
    if (rows[i].padding != NULL) set(transform, kSecPaddingKey, rows[i].padding);
    CFDataRef secret = result_of(transform, "abc", 3);
    CFDataRef back = SecKeyCreateDecryptedData(key, rows[i].algorithm, secret, NULL);
    CHECK(back != NULL && CFEqual(back, text));
    release(back);
    transform = SecDecryptTransformCreate(key, NULL);
    if (rows[i].padding != NULL) set(transform, kSecPaddingKey, rows[i].padding);
    back = result_of(transform, CFDataGetBytePtr(secret), (size_t)CFDataGetLength(secret));
    CHECK(back != NULL && CFEqual(back, text));
    release(back);
    release(secret);
  }
  about(NULL);
  CHECK(SecDecryptTransformCreate(open, NULL) == NULL);
  release(text);
  release(open);
  release(key);
}

/* RFC 4648 section 10. */
static void encodes_and_decodes_published_texts(void) {
  const char* const rows[][2] = {{"", ""},
                                 {"f", "Zg=="},
                                 {"fo", "Zm8="},
                                 {"foo", "Zm9v"},
                                 {"foob", "Zm9vYg=="},
                                 {"fooba", "Zm9vYmE="},
                                 {"foobar", "Zm9vYmFy"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    about("%s", rows[i][0]);
    for (int side = 0; side < 2; ++side) {
      const char* const input = rows[i][side];
      CFDataRef expected = data_of(rows[i][1 - side], strlen(rows[i][1 - side]));
      SecTransformRef transform = side == 0 ? SecEncodeTransformCreate(kSecBase64Encoding, NULL)
                                            : SecDecodeTransformCreate(kSecBase64Encoding, NULL);
      CFTypeRef result = result_of(transform, input, strlen(input));
      CHECK(result != NULL && CFEqual(result, expected));
      release(result);
      release(expected);
    }
  }
  about(NULL);
}

static void decodes_lines_and_nothing_else(void) {
  CFTypeRef lines = result_of(SecDecodeTransformCreate(kSecBase64Encoding, NULL), "Zm9v\r\nYg =\n=\n", 13);
  CHECK(lines != NULL && CFDataGetLength(lines) == 4 && memcmp(CFDataGetBytePtr(lines), "foob", 4) == 0);
  release(lines);
  const char* const wrong[] = {"Zg", "Zg=", "Z===", "====", "Zg=a", "Zm9v!", "Zg==Zg=="};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; ++i) {
    about("%s", wrong[i]);
    CHECK(result_of(SecDecodeTransformCreate(kSecBase64Encoding, NULL), wrong[i], strlen(wrong[i])) == NULL);
  }
  about(NULL);
  CHECK(SecEncodeTransformCreate(CFSTR("base85"), NULL) == NULL);
  CHECK(SecDecodeTransformCreate(NULL, NULL) == NULL);
}

int main(int argc, char** argv) {
  const Case cases[] = {
      {"A transform reads a stream to its end", reads_stream},
      {"A transform verifies a published signature", verifies_published_signature},
      {"A transform signs text, digests and raw bytes", signs_text_digests_and_raw_bytes},
      {"Transforms refuse what makes no sense", refuses_what_makes_no_sense},
      {"Transforms encrypt and decrypt with RSA", encrypts_and_decrypts},
      {"Transforms encode and decode the texts of RFC 4648", encodes_and_decodes_published_texts},
      {"Base64 may have lines and nothing else", decodes_lines_and_nothing_else},
  };
  return RUN_CASES(cases, argc, argv);
}
