/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates that a program makes for itself, as CUPS does for its server. */
#include <Security/SecCertificateRequest.h>
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <Security/Security.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"

static CFArrayRef array(const void* first, const void* second) {
  const void* values[] = {first, second};
  return CFArrayCreate(NULL, values, second != NULL ? 2 : 1, &kCFTypeArrayCallBacks);
}

static CFNumberRef number(int64_t value) { return CFNumberCreate(NULL, kCFNumberSInt64Type, &value); }

/* One attribute in an RDN of its own. */
static CFArrayRef rdn(CFStringRef type, CFStringRef value) {
  CFArrayRef attribute = array(type, value);
  CFArrayRef made = array(attribute, NULL);
  CFRelease(attribute);
  return made;
}

static CFArrayRef subject_of(CFStringRef organization, CFStringRef name) {
  CFArrayRef first = rdn(kSecOidOrganization, organization);
  CFArrayRef second = rdn(kSecOidCommonName, name);
  CFArrayRef subject = array(first, second);
  CFRelease(first);
  CFRelease(second);
  return subject;
}

static void make_keys(CFStringRef type, int64_t bits, SecKeyRef* open, SecKeyRef* secret) {
  CFNumberRef size = number(bits);
  const void* keys[] = {kSecAttrKeyType, kSecAttrKeySizeInBits};
  const void* values[] = {type, size};
  CFDictionaryRef attributes =
      CFDictionaryCreate(NULL, keys, values, 2, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  *secret = SecKeyCreateRandomKey(attributes, NULL);
  *open = SecKeyCopyPublicKey(*secret);
  CFRelease(attributes);
  CFRelease(size);
}

static bool holds(SecCertificateRef certificate, const char* bytes, size_t size) {
  CFDataRef der = SecCertificateCopyData(certificate);
  bool found = false;
  for (CFIndex i = 0; i + (CFIndex)size <= CFDataGetLength(der); ++i) {
    found = found || memcmp(CFDataGetBytePtr(der) + i, bytes, size) == 0;
  }
  CFRelease(der);
  return found;
}

static CFMutableDictionaryRef parameters_of_cups(void) {
  CFMutableDictionaryRef parameters =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFNumberRef none = number(0);
  CFNumberRef usage = number(kSecKeyUsageAll);
  CFDictionarySetValue(parameters, kSecCSRBasicContraintsPathLen, none);
  CFDictionarySetValue(parameters, kSecSubjectAltName, CFSTR("www.example.com"));
  CFDictionarySetValue(parameters, kSecCertificateKeyUsage, usage);
  CFRelease(usage);
  CFRelease(none);
  return parameters;
}

/* A client that trusts the certificate itself connects to the server that made it. */
static void servers_can_make_their_own_certificate(void) {
  static const struct {
    int is_rsa;
    int bits;
  } kRows[] = {{1, 2048}, {0, 256}};
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    SecKeyRef open = NULL;
    SecKeyRef secret = NULL;
    make_keys(kRows[i].is_rsa ? kSecAttrKeyTypeRSA : kSecAttrKeyTypeEC, kRows[i].bits, &open, &secret);
    CFMutableDictionaryRef parameters = parameters_of_cups();
    CFArrayRef subject = subject_of(CFSTR(""), CFSTR("www.example.com"));
    SecCertificateRef certificate = SecGenerateSelfSignedCertificate(subject, parameters, open, secret);
    CHECK(certificate != NULL);
    CFStringRef summary = SecCertificateCopySubjectSummary(certificate);
    CHECK(summary != NULL && CFEqual(summary, CFSTR("www.example.com")));
    /* RFC 5280 section 4.2.1.9: the authority's constraints, critical, with a path length of zero. */
    CHECK(holds(certificate, "\x06\x03\x55\x1D\x13\x01\x01\xFF\x04\x08\x30\x06\x01\x01\xFF\x02\x01\x00", 18));
    SecIdentityRef identity = SecIdentityCreate(NULL, certificate, secret);
    CHECK(identity != NULL);
    CFArrayRef chain = array(identity, NULL);
    CFArrayRef roots = array(certificate, NULL);
    for (int trusts = 0; trusts <= 1; ++trusts) {
      Pair* const pair = make_pair((PairOptions){.has_no_identity = true});
      OSStatus client = noErr;
      OSStatus server = noErr;
      CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, chain));
      if (trusts) CHECK_STATUS(noErr, SSLSetTrustedLeafCertificates(pair->client.context, roots));
      drive(pair, &client, &server);
      CHECK_STATUS(trusts ? noErr : errSSLUnknownRootCert, client);
      free_pair(pair);
    }
    CFRelease(roots);
    CFRelease(chain);
    CFRelease(identity);
    CFRelease(summary);
    CFRelease(certificate);
    CFRelease(subject);
    CFRelease(parameters);
    CFRelease(secret);
    CFRelease(open);
  }
}

static void parameters_become_extensions(void) {
  /* RFC 5280 section 4.2.1.12: extKeyUsage with serverAuth. */
  static const UInt8 kServerAuth[] = "\x30\x0A\x06\x08\x2B\x06\x01\x05\x05\x07\x03\x01";
  SecKeyRef open = NULL;
  SecKeyRef secret = NULL;
  make_keys(kSecAttrKeyTypeEC, 256, &open, &secret);
  CFArrayRef subject = subject_of(CFSTR("An Organization"), CFSTR("a name"));
  SecCertificateRef plain = SecGenerateSelfSignedCertificate(subject, NULL, open, secret);
  CHECK(plain != NULL);
  CHECK(holds(plain,
              "\x06\x03\x55\x04\x0A\x0C\x0F"
              "An Organization",
              22));
  CHECK(!holds(plain, "\x06\x03\x55\x1D\x0F", 5)); /* no key usage, no alternative name, no constraints */
  CHECK(!holds(plain, "\x06\x03\x55\x1D\x11", 5));
  CHECK(!holds(plain, "\x06\x03\x55\x1D\x13", 5));

  CFMutableDictionaryRef parameters =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFMutableDictionaryRef names =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFArrayRef hosts = array(CFSTR("one.example"), CFSTR("two.example"));
  CFDictionarySetValue(names, kSecSubjectAltNameDNSName, hosts);
  CFDictionarySetValue(names, kSecSubjectAltNameEmailAddress, CFSTR("me@example.com"));
  CFDictionarySetValue(names, kSecSubjectAltNameURI, CFSTR("urn:x"));
  CFDictionarySetValue(parameters, kSecSubjectAltName, names);
  CFNumberRef usage = number((int64_t)kSecKeyUsageCritical | kSecKeyUsageDigitalSignature);
  CFDictionarySetValue(parameters, kSecCertificateKeyUsage, usage);
  CFNumberRef unlimited = number(-1);
  CFDictionarySetValue(parameters, kSecCSRBasicContraintsPathLen, unlimited);
  CFDataRef encoded = CFDataCreate(NULL, kServerAuth, sizeof kServerAuth - 1);
  const void* oid = CFSTR("2.5.29.37");
  const void* value = encoded;
  CFDictionaryRef extensions =
      CFDictionaryCreate(NULL, &oid, &value, 1, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFDictionarySetValue(parameters, kSecCertificateExtensionsEncoded, extensions);
  SecCertificateRef full = SecGenerateSelfSignedCertificate(subject, parameters, open, secret);
  CHECK(full != NULL);
  CHECK(holds(full,
              "\x82\x0B"
              "one.example\x82\x0B"
              "two.example",
              26));
  CHECK(holds(full,
              "\x81\x0E"
              "me@example.com",
              16));
  CHECK(holds(full,
              "\x86\x05"
              "urn:x",
              7));
  CHECK(holds(full, "\x06\x03\x55\x1D\x0F\x01\x01\xFF\x04\x04\x03\x02\x07\x80", 14));
  CHECK(holds(full, "\x06\x03\x55\x1D\x13\x01\x01\xFF\x04\x05\x30\x03\x01\x01\xFF", 15));
  CHECK(holds(full, (const char*)kServerAuth, sizeof kServerAuth - 1));
  CFRelease(full);

  static const CFStringRef* const kKeys[] = {&kSecSubjectAltName, &kSecCertificateKeyUsage,
                                             &kSecCSRBasicContraintsPathLen, &kSecCertificateExtensionsEncoded,
                                             &kSecCertificateExtensions};
  for (size_t i = 0; i < sizeof kKeys / sizeof kKeys[0]; ++i) {
    about("nonsense under key %zu", i);
    CFMutableDictionaryRef changed = CFDictionaryCreateMutableCopy(NULL, 0, parameters);
    CFDictionarySetValue(changed, *kKeys[i], kCFBooleanTrue);
    CHECK(SecGenerateSelfSignedCertificate(subject, changed, open, secret) == NULL);
    CFRelease(changed);
  }
  CFRelease(extensions);
  CFRelease(encoded);
  CFRelease(unlimited);
  CFRelease(usage);
  CFRelease(hosts);
  CFRelease(names);
  CFRelease(parameters);
  CFRelease(plain);
  CFRelease(subject);
  CFRelease(secret);
  CFRelease(open);
}

static void nonsense_makes_no_certificate(void) {
  SecKeyRef open = NULL;
  SecKeyRef secret = NULL;
  SecKeyRef other = NULL;
  SecKeyRef other_secret = NULL;
  make_keys(kSecAttrKeyTypeEC, 256, &open, &secret);
  make_keys(kSecAttrKeyTypeEC, 256, &other, &other_secret);
  CFArrayRef subject = subject_of(CFSTR("An Organization"), CFSTR("a name"));
  CFArrayRef flat = array(CFSTR("CN"), CFSTR("a name"));
  CFArrayRef unknown = rdn(CFSTR("no such type"), CFSTR("a name"));
  CFArrayRef inner = array(unknown, NULL);
  CHECK(SecGenerateSelfSignedCertificate(NULL, NULL, open, secret) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(flat, NULL, open, secret) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(inner, NULL, open, secret) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(subject, (CFDictionaryRef)(CFTypeRef)subject, open, secret) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(subject, NULL, NULL, secret) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(subject, NULL, open, NULL) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(subject, NULL, open, open) == NULL);
  CHECK(SecGenerateSelfSignedCertificate(subject, NULL, other, secret) == NULL);
  CFRelease(inner);
  CFRelease(unknown);
  CFRelease(flat);
  CFRelease(subject);
  CFRelease(other_secret);
  CFRelease(other);
  CFRelease(secret);
  CFRelease(open);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"servers can make their own certificate", servers_can_make_their_own_certificate},
      {"parameters become extensions", parameters_become_extensions},
      {"nonsense makes no certificate", nonsense_makes_no_certificate},
  };
  return RUN_CASES(kCases, argc, argv);
}
