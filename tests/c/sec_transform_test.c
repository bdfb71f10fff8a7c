/* SPDX-License-Identifier: Apache-2.0 */
/* SecTransform from C: reading, signing and verifying, encrypting and decrypting, base64. */
#include <Security/Security.h>
#include <string.h>

#include "check.h"
#include "key_files.h"
#include "key_samples.h"

/* FIPS 180-2 gives the SHA-256 of "abc". */
static const unsigned char abc_digest[] = {0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40,
                                           0xDE, 0x5D, 0xAE, 0x22, 0x23, 0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17,
                                           0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD};

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
  SecKeyRef key = new_key(kSecAttrKeyTypeRSA, 1024);
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
  SecKeyRef key = new_key(kSecAttrKeyTypeRSA, 1024);
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
