// SPDX-License-Identifier: Apache-2.0
// SecCertificate from C: what is read out of a certificate, and every wrong argument.
#include <Security/SecCertificate.h>
// SecCertificate.h comes first and alone, to prove that it needs nothing before it.
#include <Security/SecCertificateOIDs.h>
#include <Security/SecItem.h>
#include <Security/SecKey.h>
#include <math.h>
#include <string.h>

#include "check.h"
#include "sec_tools.h"
#include "support/rich_certificate.h"

/* The DER form of a PEM text, decoded here so that the test depends on no other reader. */
static CFDataRef der_of(const char* pem) {
  static const char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  CFMutableDataRef const data = CFDataCreateMutable(NULL, 0);
  unsigned bits = 0;
  int count = 0;
  for (const char* at = strchr(pem, '\n'); *at != '-'; ++at) {
    const char* const digit = strchr(kAlphabet, *at);
    if (digit == NULL || *at == '\n') continue;
    bits = (bits << 6U | (unsigned)(digit - kAlphabet)) & 0xFFFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const UInt8 byte = (UInt8)(bits >> (unsigned)count & 0xFFU);
    CFDataAppendBytes(data, &byte, 1);
  }
  return data;
}

static SecCertificateRef rich(void) {
  CFDataRef const der = der_of(kRichCertificate);
  SecCertificateRef const certificate = SecCertificateCreateWithData(NULL, der);
  CHECK(certificate != NULL);
  CFRelease(der);
  return certificate;
}

static bool equals_bytes(CFDataRef data, const char* bytes, size_t size) {
  return data != NULL && (size_t)CFDataGetLength(data) == size && memcmp(CFDataGetBytePtr(data), bytes, size) == 0;
}

static void is_made_of_exactly_one_certificate(void) {
  CFDataRef const der = der_of(kRichCertificate);
  const CFIndex size = CFDataGetLength(der);
  const UInt8* const bytes = CFDataGetBytePtr(der);
  SecCertificateRef const certificate = SecCertificateCreateWithBytes(NULL, bytes, size);
  CHECK(certificate != NULL && CFGetTypeID(certificate) == SecCertificateGetTypeID());
  CHECK_NUMBER(size, SecCertificateGetLength(certificate));
  CHECK(memcmp(SecCertificateGetBytePtr(certificate), bytes, (size_t)size) == 0);
  CFDataRef const copy = SecCertificateCopyData(certificate);
  CHECK(CFEqual(copy, der));
  CFRelease(copy);

  CHECK(SecCertificateCreateWithBytes(NULL, bytes, size - 1) == NULL);
  CHECK(SecCertificateCreateWithBytes(NULL, bytes, 0) == NULL);
  CHECK(SecCertificateCreateWithBytes(NULL, bytes, -1) == NULL);
  CHECK(SecCertificateCreateWithBytes(NULL, NULL, 10) == NULL);
  CHECK(SecCertificateCreateWithData(NULL, NULL) == NULL);
  CHECK(SecCertificateCreateWithData(NULL, FOREIGN(CFDataRef)) == NULL);
  CFMutableDataRef const longer = CFDataCreateMutableCopy(NULL, 0, der);
  CFDataAppendBytes(longer, (const UInt8*)"x", 1);
  CHECK(SecCertificateCreateWithData(NULL, longer) == NULL);
  CFDataRef const pem = CFDataCreate(NULL, (const UInt8*)kRichCertificate, (CFIndex)strlen(kRichCertificate));
  CHECK(SecCertificateCreateWithData(NULL, pem) == NULL);
  CFRelease(pem);
  CFRelease(longer);
  CFRelease(certificate);
  CFRelease(der);
}

static void equals_another_of_the_same_bytes(void) {
  SecCertificateRef const first = rich();
  SecCertificateRef const second = rich();
  CHECK(first != second && CFEqual(first, second) && CFHash(first) == CFHash(second));
  CHECK(!CFEqual(first, pki_root()));
  CFStringRef const text = CFCopyDescription(first);
  CHECK(contains_text(text, "Rich Issuer"));
  CFRelease(text);
  CFRelease(second);
  CFRelease(first);
}

static void says_whom_it_is_about(void) {
  SecCertificateRef const certificate = rich();
  CFStringRef text = SecCertificateCopySubjectSummary(certificate);
  CHECK(equals_text(text, "inner  name"));
  release(text);
  CHECK_STATUS(errSecSuccess, SecCertificateCopyCommonName(certificate, &text));
  CHECK(equals_text(text, "inner  name"));
  release(text);
  CHECK_STATUS(errSecSuccess, SecCertificateCopyCommonName(certificate, NULL));
  CFErrorRef error = NULL;
  text = SecCertificateCopyShortDescription(NULL, certificate, &error);
  CHECK(equals_text(text, "inner  name") && error == NULL);
  release(text);
  text = SecCertificateCopyLongDescription(NULL, certificate, NULL);
  CHECK(equals_text(text, "inner  name"));
  release(text);
  CFArrayRef names = NULL;
  CHECK_STATUS(errSecSuccess, SecCertificateCopyEmailAddresses(certificate, &names));
  CHECK_NUMBER(2, CFArrayGetCount(names));
  CHECK(equals_text(CFArrayGetValueAtIndex(names, 0), "first@example.com"));
  release(names);
  names = SecCertificateCopyCommonNames(certificate);
  CHECK(names != NULL && CFArrayGetCount(names) == 2);
  release(names);
  names = SecCertificateCopyDNSNames(certificate);
  CHECK(names != NULL && equals_text(CFArrayGetValueAtIndex(names, 1), "*.example.net"));
  release(names);
  CHECK_STATUS(errSecSuccess, SecCertificateCopyEmailAddresses(pki_root(), &names));
  CHECK_NUMBER(0, CFArrayGetCount(names));
  release(names);
  CHECK(SecCertificateCopyRFC822Names(pki_root()) == NULL);
  CHECK(SecCertificateCopyDNSNames(pki_root()) == NULL);
  CFRelease(certificate);
}

static void hands_out_names_numbers_and_dates(void) {
  static const char kIssuer[] =
      "\x30\x3C\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02"
      "DE\x31\x17\x30\x15\x06\x03\x55\x04\x0A\x0C\x0E"
      "EXAMPLE ISSUER\x31\x14\x30\x12\x06\x03\x55\x04\x03\x0C\x0B"
      "RICH ISSUER";
  SecCertificateRef const certificate = rich();
  CFDataRef data = SecCertificateCopyNormalizedIssuerSequence(certificate);
  CHECK(equals_bytes(data, kIssuer, sizeof kIssuer - 1));
  release(data);
  data = SecCertificateCopyNormalizedIssuerContent(certificate, NULL);
  CHECK(equals_bytes(data, kIssuer + 2, sizeof kIssuer - 3));
  release(data);
  data = SecCertificateCopyNormalizedSubjectSequence(certificate);
  CFDataRef const content = SecCertificateCopyNormalizedSubjectContent(certificate, NULL);
  CHECK(data != NULL && content != NULL && CFDataGetLength(data) > CFDataGetLength(content));
  release(content);
  release(data);
  data = SecCertificateCopySerialNumberData(certificate, NULL);
  CHECK(equals_bytes(data, "\x00\xAE\xC5\x56\xCC\x72\x37\x50\xA2", 9));
  release(data);
  data = SecCertificateCopySHA256Digest(certificate);
  CHECK(equals_bytes(data,
                     "\x2B\x32\x77\x95\xDC\x8A\x1F\x73\x93\x01\x76\x38\xC1\x5C\x56\x33"
                     "\x55\xAE\x8D\x1C\x2D\x3B\xC0\xEC\x27\x7F\xD4\x27\xEC\xB6\x6A\x10",
                     32));
  release(data);
  data = SecCertificateCopySubjectPublicKeyInfoSHA256Digest(certificate);
  CHECK(equals_bytes(data,
                     "\xd5\x99\x75\xba\x9f\xfa\xb2\x07\xdf\x80\x54\x7a\xe9\x52\xa0\xa0"
                     "\x32\x64\x04\xe2\x04\x8e\xcd\x4d\x35\x6c\xf4\x4e\x35\xbe\xf2\xe4",
                     32));
  release(data);
  // 2026-11-27T17:34:59Z and 2126-11-03T17:34:59Z, in seconds since 2001 (978307200 after 1970).
  CFDateRef date = SecCertificateCopyNotValidBeforeDate(certificate);
  CHECK(CFDateGetAbsoluteTime(date) == 1795800899.0 - 978307200);
  CFRelease(date);
  date = SecCertificateCopyNotValidAfterDate(certificate);
  CHECK(CFDateGetAbsoluteTime(date) == 4949400899.0 - 978307200);
  CFRelease(date);
  CHECK(SecCertificateNotValidBefore(certificate) == 1795800899.0 - 978307200);
  CHECK(SecCertificateNotValidAfter(certificate) == 4949400899.0 - 978307200);
  CHECK(SecCertificateIsValid(certificate, 2000000000.0));
  CHECK(!SecCertificateIsValid(certificate, 800000000.0));
  CHECK(!SecCertificateIsValid(certificate, 4000000000.0));
  CHECK(!SecCertificateIsValid(certificate, (CFAbsoluteTime)NAN));
  SecKeyRef key = SecCertificateCopyKey(certificate);
  CHECK(key != NULL && CFGetTypeID(key) == SecKeyGetTypeID());
  release(key);
  CHECK_STATUS(errSecSuccess, SecCertificateCopyPublicKey(certificate, &key));
  CHECK(key != NULL);
  release(key);
  CHECK_STATUS(errSecParam, SecCertificateCopyPublicKey(certificate, NULL));
  CFRelease(certificate);
}

static CFTypeRef value_of(CFDictionaryRef values, CFStringRef oid) {
  CFTypeRef const entry = CFDictionaryGetValue(values, oid);
  return entry == NULL ? NULL : CFDictionaryGetValue((CFDictionaryRef)entry, kSecPropertyKeyValue);
}

/* The way in which programs look for a host's names. */
static void lists_its_values(void) {
  SecCertificateRef const certificate = rich();
  CFDictionaryRef const values = SecCertificateCopyValues(certificate, NULL, NULL);
  CHECK(values != NULL && CFDictionaryGetCount(values) > 15);
  CFArrayRef const names = (CFArrayRef)value_of(values, kSecOIDSubjectAltName);
  int dns_names = 0;
  for (CFIndex at = 0; at < CFArrayGetCount(names); ++at) {
    CFDictionaryRef const name = (CFDictionaryRef)CFArrayGetValueAtIndex(names, at);
    if (!equals_text(CFDictionaryGetValue(name, kSecPropertyKeyLabel), "DNS Name")) continue;
    CHECK(CFEqual(CFDictionaryGetValue(name, kSecPropertyKeyType), kSecPropertyTypeString));
    ++dns_names;
  }
  CHECK_NUMBER(2, dns_names);
  CFArrayRef const subject = (CFArrayRef)value_of(values, kSecOIDX509V1SubjectName);
  CFDictionaryRef const country = (CFDictionaryRef)CFArrayGetValueAtIndex(subject, 0);
  CHECK(CFEqual(CFDictionaryGetValue(country, kSecPropertyKeyLabel), kSecOIDCountryName));
  CHECK(CFEqual(CFDictionaryGetValue(country, kSecPropertyKeyLocalizedLabel), kSecOIDCountryName));
  CHECK(equals_text(CFDictionaryGetValue(country, kSecPropertyKeyValue), "DE"));
  double moment = 0;
  CHECK(CFNumberGetValue((CFNumberRef)value_of(values, kSecOIDX509V1ValidityNotAfter), kCFNumberDoubleType, &moment));
  CHECK(moment == 4949400899.0 - 978307200);
  SInt32 usage = 0;
  CHECK(CFNumberGetValue((CFNumberRef)value_of(values, kSecOIDKeyUsage), kCFNumberSInt32Type, &usage));
  CHECK_NUMBER(kSecKeyUsageDigitalSignature | kSecKeyUsageKeyCertSign | kSecKeyUsageCRLSign | kSecKeyUsageDecipherOnly,
               usage);
  CFArrayRef const purposes = (CFArrayRef)value_of(values, kSecOIDExtendedKeyUsage);
  CHECK(equals_bytes((CFDataRef)CFArrayGetValueAtIndex(purposes, 0), "\x2B\x06\x01\x05\x05\x07\x03\x01", 8));
  CHECK(equals_text(value_of(values, kSecOIDX509V1SerialNumber), "00 AE C5 56 CC 72 37 50 A2"));
  CFTypeRef const expires = value_of(values, kSecOIDInvalidityDate);
  CHECK(expires != NULL && CFGetTypeID(expires) == CFDateGetTypeID());
  CFRelease(values);

  CFArrayRef const keys = array_of_two(kSecOIDX509V1IssuerName, stranger());
  CFErrorRef error = NULL;
  CFDictionaryRef const some = SecCertificateCopyValues(certificate, keys, &error);
  CHECK(error == NULL && some != NULL && CFDictionaryGetCount(some) == 1);
  CHECK(CFDictionaryContainsKey(some, kSecOIDX509V1IssuerName));
  CFRelease(some);
  CHECK(SecCertificateCopyValues(certificate, FOREIGN(CFArrayRef), &error) == NULL);
  CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
  CFRelease(error);
  CFRelease(keys);
  CFRelease(certificate);
}

static void serves_programs_of_the_first_edition(void) {
  CFDataRef const der = der_of(kRichCertificate);
  CSSM_DATA data = {(CSSM_SIZE)CFDataGetLength(der), (uint8*)(uintptr_t)CFDataGetBytePtr(der)};
  SecCertificateRef certificate = NULL;
  CHECK_STATUS(errSecSuccess,
               SecCertificateCreateFromData(&data, CSSM_CERT_X_509v3, CSSM_CERT_ENCODING_DER, &certificate));
  CSSM_DATA out = {0, NULL};
  CHECK_STATUS(errSecSuccess, SecCertificateGetData(certificate, &out));
  CHECK(out.Length == data.Length && memcmp(out.Data, data.Data, out.Length) == 0);
  CSSM_CERT_TYPE type = CSSM_CERT_UNKNOWN;
  CHECK_STATUS(errSecSuccess, SecCertificateGetType(certificate, &type));
  CHECK_NUMBER(CSSM_CERT_X_509v3, type);
  CHECK_STATUS(errSecParam, SecCertificateGetData(certificate, NULL));
  CHECK_STATUS(errSecParam, SecCertificateGetType(certificate, NULL));
  CFRelease(certificate);
  data.Length -= 1;
  CHECK_STATUS(errSecUnknownFormat,
               SecCertificateCreateFromData(&data, CSSM_CERT_X_509v3, CSSM_CERT_ENCODING_DER, &certificate));
  CHECK(certificate == NULL);
  CHECK_STATUS(errSecParam,
               SecCertificateCreateFromData(NULL, CSSM_CERT_X_509v3, CSSM_CERT_ENCODING_DER, &certificate));
  CHECK_STATUS(errSecParam, SecCertificateCreateFromData(&data, CSSM_CERT_X_509v3, CSSM_CERT_ENCODING_DER, NULL));
  CHECK_STATUS(errSecParam, SecCertificateCreateFromData(&data, 99, CSSM_CERT_ENCODING_DER, &certificate));
  CHECK(SecCertificateCopyPreferred(CFSTR("name"), NULL) == NULL);
  CFRelease(der);
}

/* The default keychain is in the memory of this process, and empty at first. */
static void goes_into_a_keychain_once(void) {
  SecCertificateRef const certificate = rich();
  CHECK_STATUS(errSecParam, SecCertificateAddToKeychain(NULL, NULL));
  CHECK_STATUS(errSecParam, SecCertificateAddToKeychain(FOREIGN(SecCertificateRef), NULL));
  CHECK_STATUS(errSecParam, SecCertificateAddToKeychain(certificate, FOREIGN(SecKeychainRef)));
  CHECK_STATUS(errSecSuccess, SecCertificateAddToKeychain(certificate, NULL));
  CHECK_STATUS(errSecDuplicateItem, SecCertificateAddToKeychain(certificate, NULL));
  const void* keys[] = {kSecClass, kSecReturnRef};
  const void* values[] = {kSecClassCertificate, kCFBooleanTrue};
  CFDictionaryRef const query =
      CFDictionaryCreate(NULL, keys, values, 2, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFTypeRef found = NULL;
  CHECK_STATUS(errSecSuccess, SecItemCopyMatching(query, &found));
  CHECK(found != NULL && CFEqual(found, certificate));
  release(found);
  CFRelease(query);
  CFRelease(certificate);
}

static void refuses_what_is_no_certificate(void) {
  SecCertificateRef const wrong[] = {NULL, FOREIGN(SecCertificateRef)};
  for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; ++at) {
    about("object %zu", at);
    SecCertificateRef const certificate = wrong[at];
    CFStringRef text = NULL;
    CFArrayRef array = NULL;
    SecKeyRef key = NULL;
    CSSM_DATA data = {0, NULL};
    CSSM_CERT_TYPE type = 0;
    CFErrorRef error = NULL;
    CHECK(SecCertificateCopyData(certificate) == NULL);
    CHECK(SecCertificateGetBytePtr(certificate) == NULL);
    CHECK_NUMBER(0, SecCertificateGetLength(certificate));
    CHECK(SecCertificateCopySubjectSummary(certificate) == NULL);
    CHECK(SecCertificateCopyShortDescription(NULL, certificate, NULL) == NULL);
    CHECK(SecCertificateCopyLongDescription(NULL, certificate, &error) == NULL);
    CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
    release(error);
    CHECK_STATUS(errSecParam, SecCertificateCopyCommonName(certificate, &text));
    CHECK_STATUS(errSecParam, SecCertificateCopyEmailAddresses(certificate, &array));
    CHECK(SecCertificateCopyCommonNames(certificate) == NULL);
    CHECK(SecCertificateCopyRFC822Names(certificate) == NULL);
    CHECK(SecCertificateCopyDNSNames(certificate) == NULL);
    CHECK(SecCertificateCopyNormalizedIssuerSequence(certificate) == NULL);
    CHECK(SecCertificateCopyNormalizedSubjectSequence(certificate) == NULL);
    CHECK(SecCertificateCopyNormalizedIssuerContent(certificate, NULL) == NULL);
    CHECK(SecCertificateCopyNormalizedSubjectContent(certificate, NULL) == NULL);
    CHECK(SecCertificateCopySerialNumberData(certificate, NULL) == NULL);
    CHECK(SecCertificateCopySerialNumber(certificate, NULL) == NULL);
    CHECK(SecCertificateCopyNotValidBeforeDate(certificate) == NULL);
    CHECK(SecCertificateCopyNotValidAfterDate(certificate) == NULL);
    CHECK(SecCertificateNotValidBefore(certificate) == 0 && SecCertificateNotValidAfter(certificate) == 0);
    CHECK(!SecCertificateIsValid(certificate, 0));
    CHECK(SecCertificateCopySHA256Digest(certificate) == NULL);
    CHECK(SecCertificateCopySubjectPublicKeyInfoSHA256Digest(certificate) == NULL);
    CHECK(SecCertificateCopyKey(certificate) == NULL);
    CHECK_STATUS(errSecParam, SecCertificateCopyPublicKey(certificate, &key));
    CHECK(SecCertificateCopyValues(certificate, NULL, &error) == NULL);
    CHECK(error != NULL && CFErrorGetCode(error) == errSecInvalidCertificateRef);
    release(error);
    CHECK(SecCertificateCopyValues(certificate, NULL, NULL) == NULL);
    CHECK_STATUS(errSecParam, SecCertificateGetData(certificate, &data));
    CHECK_STATUS(errSecParam, SecCertificateGetType(certificate, &type));
  }
  about(NULL);
  CHECK_STATUS(errSecParam, SecCertificateCopyEmailAddresses(pki_root(), NULL));
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"is made of exactly one certificate", is_made_of_exactly_one_certificate},
      {"equals another of the same bytes", equals_another_of_the_same_bytes},
      {"says whom it is about", says_whom_it_is_about},
      {"hands out names, numbers and dates", hands_out_names_numbers_and_dates},
      {"lists its values", lists_its_values},
      {"serves programs of the first edition", serves_programs_of_the_first_edition},
      {"goes into a keychain once", goes_into_a_keychain_once},
      {"refuses what is no certificate", refuses_what_is_no_certificate},
  };
  return RUN_CASES(kCases, argc, argv);
}
