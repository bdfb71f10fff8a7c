// SPDX-License-Identifier: Apache-2.0
// SecPolicy, SecPolicySearch and SecRandom from C.
#include <Security/SecPolicy.h>
// SecPolicy.h comes first and alone, to prove that it needs nothing before it.
#include <Security/SecPolicySearch.h>
#include <Security/SecRandom.h>
#include <Security/cssmapple.h>
#include <Security/oidsalg.h>
#include <string.h>

#include "check.h"
#include "sec_tools.h"

static SecPolicyRef with_properties(CFStringRef identifier, CFStringRef key, CFTypeRef value) {
  CFDictionaryRef const properties =
      CFDictionaryCreate(NULL, (const void**)&key, (const void**)&value, 1, &kCFTypeDictionaryKeyCallBacks,
                         &kCFTypeDictionaryValueCallBacks);
  SecPolicyRef const policy = SecPolicyCreateWithProperties(identifier, properties);
  CFRelease(properties);
  return policy;
}

static void check_property(SecPolicyRef policy, CFStringRef key, CFTypeRef expected) {
  CFDictionaryRef const properties = SecPolicyCopyProperties(policy);
  CFTypeRef const value = CFDictionaryGetValue(properties, key);
  CHECK(expected == NULL ? value == NULL : value != NULL && CFEqual(value, expected));
  CFRelease(properties);
}

// The texts are interface: api-facts 5.3.
static void has_the_identifiers_of_apple(void) {
  CHECK(equals_text(kSecPolicyAppleSSL, "1.2.840.113635.100.1.3"));
  CHECK(equals_text(kSecPolicyAppleX509Basic, "1.2.840.113635.100.1.2"));
  CHECK(equals_text(kSecPolicyOid, "SecPolicyOid"));
  CHECK(equals_text(kSecPolicyName, "SecPolicyName"));
  CHECK(equals_text(kSecPolicyClient, "SecPolicyClient"));
  CHECK(equals_text(kSecPolicyRevocationFlags, "SecPolicyRevocationFlags"));
  CHECK(equals_text(kSecPolicyTeamIdentifier, "SecPolicyTeamIdentifier"));
  CHECK_NUMBER(1, kSecRevocationOCSPMethod);
  CHECK_NUMBER(2, kSecRevocationCRLMethod);
  CHECK_NUMBER(4, kSecRevocationPreferCRL);
  CHECK_NUMBER(8, kSecRevocationRequirePositiveResponse);
  CHECK_NUMBER(16, kSecRevocationNetworkAccessDisabled);
  CHECK_NUMBER(3, kSecRevocationUseAnyAvailableMethod);
}

static void tells_its_properties(void) {
  SecPolicyRef policy = SecPolicyCreateSSL(true, CFSTR("www.example.com"));
  CHECK(CFGetTypeID(policy) == SecPolicyGetTypeID());
  check_property(policy, kSecPolicyOid, kSecPolicyAppleSSL);
  check_property(policy, kSecPolicyName, CFSTR("www.example.com"));
  check_property(policy, kSecPolicyClient, NULL);
  check_property(policy, kSecPolicyRevocationFlags, NULL);
  CFRelease(policy);
  policy = SecPolicyCreateSSL(false, NULL);
  check_property(policy, kSecPolicyName, NULL);
  check_property(policy, kSecPolicyClient, kCFBooleanTrue);
  CFRelease(policy);
  policy = SecPolicyCreateBasicX509();
  check_property(policy, kSecPolicyOid, kSecPolicyAppleX509Basic);
  CFRelease(policy);
  const SInt32 flags = kSecRevocationOCSPMethod | kSecRevocationRequirePositiveResponse;
  CFNumberRef const number = CFNumberCreate(NULL, kCFNumberSInt32Type, &flags);
  policy = SecPolicyCreateRevocation((CFOptionFlags)flags);
  check_property(policy, kSecPolicyOid, kSecPolicyAppleRevocation);
  check_property(policy, kSecPolicyRevocationFlags, number);
  CFRelease(policy);
  policy = with_properties(kSecPolicyAppleRevocation, kSecPolicyRevocationFlags, number);
  check_property(policy, kSecPolicyRevocationFlags, number);
  CFRelease(policy);
  CFRelease(number);
  policy = with_properties(kSecPolicyAppleSSL, kSecPolicyName, CFSTR("a.example.com"));
  check_property(policy, kSecPolicyName, CFSTR("a.example.com"));
  SecPolicyRef const same = SecPolicyCreateSSL(true, CFSTR("a.example.com"));
  CHECK(CFEqual(policy, same) && CFHash(policy) == CFHash(same));
  CFRelease(same);
  CFRelease(policy);
  policy = with_properties(kSecPolicyAppleEAP, kSecPolicyClient, kCFBooleanTrue);
  check_property(policy, kSecPolicyOid, kSecPolicyAppleEAP);
  check_property(policy, kSecPolicyClient, kCFBooleanTrue);
  CFRelease(policy);
  policy = SecPolicyCreateWithProperties(kSecPolicyAppleSSL, NULL);
  CHECK(policy != NULL);
  CFRelease(policy);
}

static void is_not_made_of_what_it_does_not_know(void) {
  CHECK(SecPolicyCreateSSL(true, (CFStringRef)kCFBooleanTrue) == NULL);
  CHECK(SecPolicyCreateRevocation(0) == NULL);
  CHECK(SecPolicyCreateRevocation(kSecRevocationRequirePositiveResponse) == NULL);
  CHECK(SecPolicyCreateWithProperties(NULL, NULL) == NULL);
  CHECK(SecPolicyCreateWithProperties(kCFBooleanTrue, NULL) == NULL);
  CHECK(SecPolicyCreateWithProperties(CFSTR("1.2.3"), NULL) == NULL);
  CHECK(SecPolicyCreateWithProperties(kSecPolicyAppleCodeSigning, NULL) == NULL);
  CHECK(SecPolicyCreateWithProperties(kSecPolicyAppleSSL, FOREIGN(CFDictionaryRef)) == NULL);
  CHECK(with_properties(kSecPolicyAppleSSL, kSecPolicyName, kCFBooleanTrue) == NULL);
  CHECK(with_properties(kSecPolicyAppleSSL, kSecPolicyClient, CFSTR("yes")) == NULL);
  CHECK(with_properties(kSecPolicyAppleRevocation, kSecPolicyRevocationFlags, CFSTR("3")) == NULL);
}

static void refuses_what_is_no_policy(void) {
  SecPolicyRef const wrong[] = {NULL, FOREIGN(SecPolicyRef)};
  SecPolicyRef const good = SecPolicyCreateSSL(true, NULL);
  CFDictionaryRef const properties = SecPolicyCopyProperties(good);
  CSSM_OID oid = {0, NULL};
  CSSM_DATA data = {0, NULL};
  for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; ++at) {
    about("object %zu", at);
    CHECK(SecPolicyCopyProperties(wrong[at]) == NULL);
    CHECK_STATUS(errSecParam, SecPolicySetProperties(wrong[at], properties));
    CHECK_STATUS(errSecParam, SecPolicyGetOID(wrong[at], &oid));
    CHECK_STATUS(errSecParam, SecPolicySetValue(wrong[at], &data));
    CHECK_STATUS(errSecParam, SecPolicyGetValue(wrong[at], &data));
  }
  about(NULL);
  CHECK_STATUS(errSecParam, SecPolicySetProperties(good, NULL));
  CHECK_STATUS(errSecParam, SecPolicySetProperties(good, FOREIGN(CFDictionaryRef)));
  CHECK_STATUS(errSecParam, SecPolicyGetOID(good, NULL));
  CHECK_STATUS(errSecParam, SecPolicySetValue(good, NULL));
  CHECK_STATUS(errSecUnimplemented, SecPolicySetValue(good, &data));
  CHECK_STATUS(errSecUnimplemented, SecPolicyGetValue(good, &data));
  CFRelease(properties);
  CFRelease(good);
}

static void may_be_given_other_properties(void) {
  SecPolicyRef const policy = SecPolicyCreateSSL(true, NULL);
  CFStringRef const key = kSecPolicyName;
  CFStringRef const value = CFSTR("b.example.com");
  CFDictionaryRef const properties =
      CFDictionaryCreate(NULL, (const void**)(uintptr_t)&key, (const void**)(uintptr_t)&value, 1,
                         &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CHECK_STATUS(errSecSuccess, SecPolicySetProperties(policy, properties));
  check_property(policy, kSecPolicyName, value);
  CFRelease(properties);
  CFRelease(policy);
}

// Two programs search for the policy of TLS in this way.
static void is_found_by_its_identifier(void) {
  SecPolicySearchRef search = NULL;
  SecPolicyRef policy = NULL;
  CHECK_STATUS(errSecSuccess, SecPolicySearchCreate(CSSM_CERT_X_509v3, &CSSMOID_APPLE_TP_SSL, NULL, &search));
  CHECK(CFGetTypeID(search) == SecPolicySearchGetTypeID());
  CHECK_STATUS(errSecSuccess, SecPolicySearchCopyNext(search, &policy));
  check_property(policy, kSecPolicyOid, kSecPolicyAppleSSL);
  CSSM_OID oid = {0, NULL};
  CHECK_STATUS(errSecSuccess, SecPolicyGetOID(policy, &oid));
  CHECK(oid.Length == CSSMOID_APPLE_TP_SSL.Length && memcmp(oid.Data, CSSMOID_APPLE_TP_SSL.Data, oid.Length) == 0);
  // 1.2.840.113635.100.1.3
  CHECK(oid.Length == 9 && memcmp(oid.Data, "\x2A\x86\x48\x86\xF7\x63\x64\x01\x03", 9) == 0);
  CFRelease(policy);
  CHECK_STATUS(errSecPolicyNotFound, SecPolicySearchCopyNext(search, &policy));
  CHECK(policy == NULL);
  CFRelease(search);
  CHECK_STATUS(errSecSuccess, SecPolicySearchCreate(CSSM_CERT_X_509v3, NULL, NULL, &search));
  int count = 0;
  while (SecPolicySearchCopyNext(search, &policy) == errSecSuccess) {
    CFRelease(policy);
    ++count;
  }
  CHECK_NUMBER(4, count);
  CHECK_STATUS(errSecParam, SecPolicySearchCopyNext(search, NULL));
  CFRelease(search);
  // oscrypto looks for both of these, with a number for the type that means something else.
  const CSSM_OID* const revocation[] = {&CSSMOID_APPLE_TP_REVOCATION_CRL, &CSSMOID_APPLE_TP_REVOCATION_OCSP};
  const unsigned char last_arc[] = {6, 7};
  for (int i = 0; i < 2; ++i) {
    CHECK(revocation[i]->Length == 9 && revocation[i]->Data[8] == last_arc[i]);
    CHECK_STATUS(errSecSuccess, SecPolicySearchCreate(4, revocation[i], NULL, &search));
    CHECK_STATUS(errSecSuccess, SecPolicySearchCopyNext(search, &policy));
    check_property(policy, kSecPolicyOid, kSecPolicyAppleRevocation);
    CSSM_APPLE_TP_CRL_OPTIONS options = {CSSM_APPLE_TP_CRL_OPTS_VERSION, CSSM_TP_ACTION_CRL_SUFFICIENT, NULL};
    CSSM_DATA value = {sizeof options, (uint8*)&options};
    CHECK_STATUS(errSecSuccess, SecPolicySetValue(policy, &value));
    options.CrlFlags |= CSSM_TP_ACTION_REQUIRE_CRL_PER_CERT;
    CHECK_STATUS(errSecUnimplemented, SecPolicySetValue(policy, &value));
    value.Length = 7;
    CHECK_STATUS(errSecUnimplemented, SecPolicySetValue(policy, &value));
    CFRelease(policy);
    CHECK_STATUS(errSecPolicyNotFound, SecPolicySearchCopyNext(search, &policy));
    CFRelease(search);
  }
  const CSSM_OID unknown = {3, (uint8*)(uintptr_t) "\x2A\x03\x04"};
  const CSSM_OID empty = {0, NULL};
  CHECK_STATUS(errSecSuccess, SecPolicySearchCreate(CSSM_CERT_X_509v3, &unknown, NULL, &search));
  CHECK_STATUS(errSecPolicyNotFound, SecPolicySearchCopyNext(search, &policy));
  CFRelease(search);
  CHECK_STATUS(errSecSuccess, SecPolicySearchCreate(CSSM_CERT_X_509v3, &empty, NULL, &search));
  CHECK_STATUS(errSecPolicyNotFound, SecPolicySearchCopyNext(search, &policy));
  CFRelease(search);
  CHECK_STATUS(errSecParam, SecPolicySearchCreate(CSSM_CERT_X_509v3, NULL, NULL, NULL));
  CHECK_STATUS(errSecParam, SecPolicySearchCopyNext(NULL, &policy));
  CHECK_STATUS(errSecParam, SecPolicySearchCopyNext(FOREIGN(SecPolicySearchRef), &policy));
}

static void random_bytes_are_not_always_the_same(void) {
  UInt8 first[32] = {0};
  UInt8 second[32] = {0};
  CHECK_NUMBER(0, SecRandomCopyBytes(kSecRandomDefault, sizeof first, first));
  CHECK_NUMBER(0, SecRandomCopyBytes(NULL, sizeof second, second));
  CHECK(memcmp(first, second, sizeof first) != 0);
  CHECK_NUMBER(0, SecRandomCopyBytes(kSecRandomDefault, 0, NULL));
  CHECK_NUMBER(errSecParam, SecRandomCopyBytes(kSecRandomDefault, 1, NULL));
  CHECK_NUMBER(errSecParam, SecRandomCopyBytes(FOREIGN(SecRandomRef), sizeof first, first));
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"has the identifiers of Apple", has_the_identifiers_of_apple},
      {"tells its properties", tells_its_properties},
      {"is not made of what it does not know", is_not_made_of_what_it_does_not_know},
      {"refuses what is no policy", refuses_what_is_no_policy},
      {"may be given other properties", may_be_given_other_properties},
      {"is found by its identifier", is_found_by_its_identifier},
      {"random bytes are not always the same", random_bytes_are_not_always_the_same},
  };
  return RUN_CASES(kCases, argc, argv);
}
