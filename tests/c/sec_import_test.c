/* SPDX-License-Identifier: Apache-2.0 */
/* Import and export from C: what the openssl command makes is read, and what is written it reads. */
#include <string.h>

#include "check.h"
#include "key_files.h"

static SecItemImportExportKeyParameters with_passphrase(CFTypeRef passphrase) {
  SecItemImportExportKeyParameters parameters;
  memset(&parameters, 0, sizeof parameters);
  parameters.version = SEC_KEY_IMPORT_EXPORT_PARAMS_VERSION;
  parameters.passphrase = passphrase;
  return parameters;
}

/* Imports, checks what it was, and returns the items. */
static CFArrayRef imported(CFDataRef data, CFTypeRef passphrase, SecExternalFormat format, SecExternalItemType type) {
  const SecItemImportExportKeyParameters parameters = with_passphrase(passphrase);
  SecExternalFormat found_format = kSecFormatUnknown;
  SecExternalItemType found_type = kSecItemTypeUnknown;
  CFArrayRef items = NULL;
  CHECK_STATUS(errSecSuccess, SecItemImport(data, NULL, &found_format, &found_type, 0, &parameters, NULL, &items));
  CHECK_NUMBER(format, found_format);
  CHECK_NUMBER(type, found_type);
  CHECK(items != NULL);
  return items;
}

static void reads_every_form(void) {
  const struct {
    const char* command;
    SecExternalFormat format;
    SecExternalItemType type;
    CFIndex count;
  } rows[] = {
      {"cp leaf.pem out", kSecFormatX509Cert, kSecItemTypeCertificate, 1},
      {"openssl x509 -in leaf.pem -outform DER -out out", kSecFormatX509Cert, kSecItemTypeCertificate, 1},
      {"cat leaf.pem ca.pem > out", kSecFormatPEMSequence, kSecItemTypeAggregate, 2},
      {"cat leaf.pem key.pem ca.pem > out", kSecFormatPEMSequence, kSecItemTypeAggregate, 3},
      {"cp key.pem out", kSecFormatOpenSSL, kSecItemTypePrivateKey, 1},
      {"cp rsa_key.pem out", kSecFormatOpenSSL, kSecItemTypePrivateKey, 1},
      {"openssl rsa -traditional -in rsa_key.pem -outform DER -out out", kSecFormatOpenSSL, kSecItemTypePrivateKey, 1},
      {"openssl pkey -in key.pem -pubout -out out", kSecFormatOpenSSL, kSecItemTypePublicKey, 1},
      {"openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile ca.pem -outform DER -out out", kSecFormatPKCS7,
       kSecItemTypeAggregate, 2},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    about("%s", rows[i].command);
    CFDataRef data = made_by(rows[i].command);
    CFArrayRef items = imported(data, NULL, rows[i].format, rows[i].type);
    CHECK_NUMBER(rows[i].count, items != NULL ? CFArrayGetCount(items) : 0);
    release(items);
    release(data);
  }
}

static void reads_old_and_new_pkcs12(void) {
  const char* const commands[] = {
      "openssl pkcs12 -export -in leaf.pem -inkey key.pem -certfile ca.pem -name label -passout pass:word -out out",
      "openssl pkcs12 -export -legacy -in leaf.pem -inkey key.pem -certfile ca.pem -name label -passout pass:word "
      "-out out",
      "openssl pkcs12 -export -in leaf.pem -inkey key.pem -certfile ca.pem -name label -passout pass:word "
      "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg SHA1 -out out",
  };
  for (size_t i = 0; i < 3; ++i) {
    about("%s", commands[i]);
    CFDataRef data = made_by(commands[i]);
    CFDictionaryRef options =
        dictionary(kSecImportExportPassphrase, CFSTR("word"), kSecImportToMemoryOnly, kCFBooleanTrue, NULL);
    CFArrayRef items = NULL;
    CHECK_STATUS(errSecSuccess, SecPKCS12Import(data, options, &items));
    CHECK_NUMBER(1, items != NULL ? CFArrayGetCount(items) : 0);
    if (items == NULL) continue;
    CFDictionaryRef item = CFArrayGetValueAtIndex(items, 0);
    CHECK(CFEqual(CFDictionaryGetValue(item, kSecImportItemLabel), CFSTR("label")));
    CHECK_NUMBER(20, CFDataGetLength(CFDictionaryGetValue(item, kSecImportItemKeyID)));
    CFArrayRef chain = CFDictionaryGetValue(item, kSecImportItemCertChain);
    CHECK_NUMBER(2, CFArrayGetCount(chain));
    CHECK_NUMBER(SecTrustGetTypeID(), CFGetTypeID(CFDictionaryGetValue(item, kSecImportItemTrust)));
    SecIdentityRef identity = (SecIdentityRef)CFDictionaryGetValue(item, kSecImportItemIdentity);
    CHECK_NUMBER(SecIdentityGetTypeID(), CFGetTypeID(identity));
    SecCertificateRef certificate = NULL;
    SecKeyRef key = NULL;
    CHECK_STATUS(errSecSuccess, SecIdentityCopyCertificate(identity, &certificate));
    CHECK_STATUS(errSecSuccess, SecIdentityCopyPrivateKey(identity, &key));
    CHECK(CFEqual(certificate, CFArrayGetValueAtIndex(chain, 0)));
    SecIdentityRef again = SecIdentityCreate(NULL, certificate, key);
    CHECK(again != NULL && CFEqual(again, identity) && CFHash(again) == CFHash(identity));
    release(again);
    release(key);
    release(certificate);
    release(items);
    release(options);

    CFArrayRef joined = imported(data, CFSTR("word"), kSecFormatPKCS12, kSecItemTypeAggregate);
    CHECK_NUMBER(2, CFArrayGetCount(joined));
    CHECK(first_of_type(joined, SecIdentityGetTypeID()) != NULL);
    CHECK(first_of_type(joined, SecCertificateGetTypeID()) != NULL);
    release(joined);
    release(data);
  }
}

/* As curl does: the certificate comes alone, into no keychain, and knows its key all the same. */
static void keeps_the_key_of_a_certificate_that_was_asked_for_alone(void) {
  CFDataRef data = made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -passout pass:word -out out");
  SecItemImportExportKeyParameters parameters = {.version = SEC_KEY_IMPORT_EXPORT_PARAMS_VERSION,
                                                 .passphrase = CFSTR("word")};
  SecExternalFormat format = kSecFormatPKCS12;
  SecExternalItemType type = kSecItemTypeCertificate;
  CFArrayRef items = NULL;
  CHECK_STATUS(errSecSuccess, SecItemImport(data, NULL, &format, &type, 0, &parameters, NULL, &items));
  CHECK_NUMBER(1, items != NULL ? CFArrayGetCount(items) : 0);
  SecCertificateRef certificate = (SecCertificateRef)CFArrayGetValueAtIndex(items, 0);
  CHECK_NUMBER(SecCertificateGetTypeID(), CFGetTypeID(certificate));
  SecIdentityRef identity = NULL;
  CHECK_STATUS(errSecSuccess, SecIdentityCreateWithCertificate(NULL, certificate, &identity));
  CHECK(identity != NULL);
  release(identity);
  release(items);
  release(data);
}

static void tells_certificates_without_chain_apart(void) {
  CFDataRef data =
      made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -certfile rsa.pem -passout pass: -out out");
  CFDictionaryRef options = dictionary(kSecImportToMemoryOnly, kCFBooleanTrue, NULL);
  CFArrayRef items = NULL;
  CHECK_STATUS(errSecSuccess, SecPKCS12Import(data, options, &items));
  CHECK_NUMBER(2, items != NULL ? CFArrayGetCount(items) : 0);
  if (items != NULL && CFArrayGetCount(items) == 2) {
    CFDictionaryRef last = CFArrayGetValueAtIndex(items, 1);
    CHECK_NUMBER(1, CFDictionaryGetCount(last));
    CHECK_NUMBER(1, CFArrayGetCount(CFDictionaryGetValue(last, kSecImportItemCertChain)));
  }
  release(items);
  release(options);
  release(data);
}

static void says_what_is_wrong(void) {
  CFDataRef store = made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -passout pass:word -out out");
  CFDictionaryRef wrong = dictionary(kSecImportExportPassphrase, CFSTR("other"), NULL);
  CFDictionaryRef none = dictionary(NULL);
  CFDictionaryRef of_wrong_type = dictionary(kSecImportExportPassphrase, kCFBooleanTrue, NULL);
  CFArrayRef items = (CFArrayRef)1;
  CHECK_STATUS(errSecAuthFailed, SecPKCS12Import(store, wrong, &items));
  CHECK(items == NULL);
  CHECK_STATUS(errSecAuthFailed, SecPKCS12Import(store, none, &items));
  CHECK_STATUS(errSecAuthFailed, SecPKCS12Import(store, NULL, &items));
  CHECK_STATUS(errSecParam, SecPKCS12Import(store, of_wrong_type, &items));
  CHECK_STATUS(errSecParam, SecPKCS12Import(store, wrong, NULL));
  CHECK_STATUS(errSecParam, SecPKCS12Import(NULL, wrong, &items));
  CHECK_STATUS(errSecParam, SecPKCS12Import((CFDataRef)CFSTR("text"), wrong, &items));
  CHECK_STATUS(errSecParam, SecPKCS12Import(store, (CFDictionaryRef)CFSTR("text"), &items));
  CFDataRef garbage = data_of("garbage", 7);
  CFDataRef half = CFDataCreate(NULL, CFDataGetBytePtr(store), CFDataGetLength(store) / 2);
  CFDataRef leaf = contents_of("leaf.pem");
  CHECK_STATUS(errSecDecode, SecPKCS12Import(garbage, wrong, &items));
  CHECK_STATUS(errSecDecode, SecPKCS12Import(half, wrong, &items));
  CHECK_STATUS(errSecDecode, SecPKCS12Import(leaf, wrong, &items));

  CFDataRef damaged = made_by("sed 3s/./!/ leaf.pem > out");
  CFDataRef locked = made_by("openssl pkcs8 -topk8 -in key.pem -passout pass:word -out out");
  const SecItemImportExportKeyParameters wrong_parameters = with_passphrase(CFSTR("other"));
  const SecItemImportExportKeyParameters typed = with_passphrase(kCFBooleanTrue);
  CHECK_STATUS(errSecUnknownFormat, SecItemImport(garbage, NULL, NULL, NULL, 0, NULL, NULL, &items));
  CHECK_STATUS(errSecUnknownFormat, SecItemImport(half, NULL, NULL, NULL, 0, &wrong_parameters, NULL, &items));
  CHECK_STATUS(errSecDecode, SecItemImport(damaged, NULL, NULL, NULL, 0, NULL, NULL, &items));
  CHECK_STATUS(errSecPassphraseRequired, SecItemImport(locked, NULL, NULL, NULL, 0, NULL, NULL, &items));
  CHECK_STATUS(errSecPkcs12VerifyFailure, SecItemImport(locked, NULL, NULL, NULL, 0, &wrong_parameters, NULL, &items));
  CHECK_STATUS(errSecPkcs12VerifyFailure, SecItemImport(store, NULL, NULL, NULL, 0, &wrong_parameters, NULL, &items));
  CHECK_STATUS(errSecParam, SecItemImport(locked, NULL, NULL, NULL, 0, &typed, NULL, &items));
  CHECK_STATUS(errSecParam, SecItemImport(NULL, NULL, NULL, NULL, 0, NULL, NULL, &items));
  CHECK_STATUS(errSecParam, SecItemImport(locked, NULL, NULL, NULL, 0, NULL, (SecKeychainRef)leaf, &items));
  CHECK(items == NULL);

  CFArrayRef opened = imported(locked, CFSTR("word"), kSecFormatOpenSSL, kSecItemTypePrivateKey);
  release(opened);
  release(locked);
  release(damaged);
  release(leaf);
  release(half);
  release(garbage);
  release(of_wrong_type);
  release(none);
  release(wrong);
  release(store);
}

static void writes_what_it_reads(void) {
  CFDataRef all = made_by("cat leaf.pem ca.pem key.pem > out");
  CFArrayRef items = imported(all, NULL, kSecFormatPEMSequence, kSecItemTypeAggregate);
  CFTypeRef certificate = first_of_type(items, SecCertificateGetTypeID());
  CFTypeRef key = first_of_type(items, SecKeyGetTypeID());
  const struct {
    const char* name;
    CFTypeRef what;
    SecExternalFormat format;
    SecItemImportExportFlags flags;
    const char* passphrase;
    SecExternalFormat read_as;
    CFIndex count;
  } rows[] = {
      {"a certificate", certificate, kSecFormatUnknown, 0, NULL, kSecFormatX509Cert, 1},
      {"a certificate in PEM", certificate, kSecFormatX509Cert, kSecItemPemArmour, NULL, kSecFormatX509Cert, 1},
      {"a key", key, kSecFormatUnknown, 0, NULL, kSecFormatOpenSSL, 1},
      {"a key in PEM", key, kSecFormatOpenSSL, kSecItemPemArmour, NULL, kSecFormatOpenSSL, 1},
      {"a key as PKCS#8", key, kSecFormatBSAFE, kSecItemPemArmour, NULL, kSecFormatOpenSSL, 1},
      {"a wrapped key", key, kSecFormatWrappedPKCS8, 0, "word", kSecFormatOpenSSL, 1},
      {"a sequence", items, kSecFormatPEMSequence, 0, NULL, kSecFormatPEMSequence, 3},
      {"whatever fits", items, kSecFormatUnknown, 0, NULL, kSecFormatPEMSequence, 3},
      {"PKCS#12", items, kSecFormatPKCS12, 0, "word", kSecFormatPKCS12, 2},
      {"PKCS#7", certificate, kSecFormatPKCS7, 0, NULL, kSecFormatPKCS7, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    about("%s", rows[i].name);
    CFStringRef passphrase = rows[i].passphrase != NULL ? text_of(rows[i].passphrase) : NULL;
    const SecItemImportExportKeyParameters parameters = with_passphrase(passphrase);
    CFDataRef data = NULL;
    CHECK_STATUS(errSecSuccess, SecItemExport(rows[i].what, rows[i].format, rows[i].flags, &parameters, &data));
    SecExternalFormat format = kSecFormatUnknown;
    CFArrayRef again = NULL;
    CHECK_STATUS(errSecSuccess, SecItemImport(data, NULL, &format, NULL, 0, &parameters, NULL, &again));
    CHECK_NUMBER(rows[i].read_as, format);
    CHECK_NUMBER(rows[i].count, again != NULL ? CFArrayGetCount(again) : 0);
    if (rows[i].count == 1 && again != NULL) CHECK(CFEqual(CFArrayGetValueAtIndex(again, 0), rows[i].what));
    release(again);
    release(data);
    release(passphrase);
  }
  about(NULL);
  CFDataRef data = (CFDataRef)1;
  CHECK_STATUS(errSecPassphraseRequired, SecItemExport(items, kSecFormatPKCS12, 0, NULL, &data));
  CHECK(data == NULL);
  CHECK_STATUS(errSecPassphraseRequired, SecItemExport(key, kSecFormatWrappedPKCS8, 0, NULL, &data));
  CHECK_STATUS(errSecUnsupportedFormat, SecItemExport(key, kSecFormatX509Cert, 0, NULL, &data));
  CHECK_STATUS(errSecUnsupportedFormat, SecItemExport(key, kSecFormatPKCS7, 0, NULL, &data));
  CHECK_STATUS(errSecUnsupportedFormat, SecItemExport(certificate, kSecFormatSSH, 0, NULL, &data));
  CHECK_STATUS(errSecUnsupportedFormat, SecItemExport(items, kSecFormatX509Cert, 0, NULL, &data));
  CHECK_STATUS(errSecParam, SecItemExport(NULL, kSecFormatUnknown, 0, NULL, &data));
  CHECK_STATUS(errSecParam, SecItemExport(CFSTR("text"), kSecFormatUnknown, 0, NULL, &data));
  CHECK_STATUS(errSecParam, SecItemExport(certificate, kSecFormatUnknown, 0, NULL, NULL));
  release(items);
  release(all);
}

int main(int argc, char** argv) {
  const Case cases[] = {
      {"every form is read and named", reads_every_form},
      {"old and new PKCS#12 give identities", reads_old_and_new_pkcs12},
      {"a certificate asked for alone keeps its key", keeps_the_key_of_a_certificate_that_was_asked_for_alone},
      {"certificates of no chain come by themselves", tells_certificates_without_chain_apart},
      {"a wrong passphrase, damage and impossible arguments have codes of their own", says_what_is_wrong},
      {"what is written is read again", writes_what_it_reads},
  };
  return RUN_CASES(cases, argc, argv);
}
