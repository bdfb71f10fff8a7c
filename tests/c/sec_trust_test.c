// SPDX-License-Identifier: Apache-2.0
// SecTrust from C: judgements, what may be asked about them, and every wrong argument.
#include <Security/SecTrust.h>
// SecTrust.h comes first and alone, to prove that it needs nothing before it.
#include <Security/SecTrustSettings.h>
#include <Security/cssmapple.h>
#include <string.h>

#include "check.h"
#include "sec_tools.h"

// Apple's numbers.
_Static_assert(kSecTrustResultInvalid == 0 && kSecTrustResultProceed == 1 && kSecTrustResultDeny == 3, "Apple's");
_Static_assert(kSecTrustResultUnspecified == 4 && kSecTrustResultRecoverableTrustFailure == 5, "Apple's");
_Static_assert(kSecTrustResultFatalTrustFailure == 6 && kSecTrustResultOtherError == 7, "Apple's");
_Static_assert(kSecTrustOptionAllowExpired == 1 && kSecTrustOptionImplicitAnchors == 0x40, "Apple's");

static void judges_by_the_policy_and_the_anchors(void) {
  static const struct {
    Leaf leaf;
    const char* host;
    SecTrustResultType result;
    OSStatus status;  // Of SecTrustEvaluateWithError.
    CSSM_RETURN cssm;
  } kRows[] = {
      {kServerLeaf, "www.example.com", kSecTrustResultUnspecified, 0, 0},
      {kServerLeaf, "WWW.Example.COM.", kSecTrustResultUnspecified, 0, 0},
      {kServerLeaf, NULL, kSecTrustResultUnspecified, 0, 0},
      {kServerLeaf, "other.example.com", kSecTrustResultRecoverableTrustFailure, errSecHostNameMismatch,
       CSSMERR_APPLETP_HOSTNAME_MISMATCH},
      // An empty name is not the same as none: a program that lost the name must not trust everybody.
      {kServerLeaf, "", kSecTrustResultRecoverableTrustFailure, errSecHostNameMismatch,
       CSSMERR_APPLETP_HOSTNAME_MISMATCH},
      {kExpiredLeaf, NULL, kSecTrustResultRecoverableTrustFailure, errSecCertificateExpired, CSSMERR_TP_CERT_EXPIRED},
      // Both directions have one code (api: "never -67819"); the first edition tells them apart.
      {kFutureLeaf, NULL, kSecTrustResultRecoverableTrustFailure, errSecCertificateExpired,
       CSSMERR_TP_CERT_NOT_VALID_YET},
      // The name is more serious than the dates.
      {kExpiredLeaf, "other.example.com", kSecTrustResultRecoverableTrustFailure, errSecHostNameMismatch,
       CSSMERR_APPLETP_HOSTNAME_MISMATCH},
      {kClientLeaf, NULL, kSecTrustResultRecoverableTrustFailure, errSecInvalidExtendedKeyUsage,
       CSSMERR_APPLETP_INVALID_EXTENDED_KEY_USAGE},
      {kStrangerLeaf, NULL, kSecTrustResultRecoverableTrustFailure, errSecCreateChainFailed, CSSMERR_TP_NOT_TRUSTED},
  };
  for (size_t at = 0; at < sizeof kRows / sizeof kRows[0]; ++at) {
    about("row %zu", at);
    SecTrustRef const trust = make_trust(kRows[at].leaf, kRows[at].host);
    CHECK_NUMBER(kRows[at].result, result_of(trust));
    CFErrorRef error = NULL;
    CHECK(SecTrustEvaluateWithError(trust, &error) == (kRows[at].status == 0));
    CHECK((error == NULL) == (kRows[at].status == 0));
    if (error != NULL) {
      CHECK(CFEqual(CFErrorGetDomain(error), kCFErrorDomainOSStatus));
      CHECK_NUMBER(kRows[at].status, CFErrorGetCode(error));
      CFRelease(error);
    }
    OSStatus cssm = 1;
    CHECK_STATUS(errSecSuccess, SecTrustGetCssmResultCode(trust, &cssm));
    CHECK_STATUS(kRows[at].cssm, cssm);
    CFRelease(trust);
  }
  about(NULL);
}

// api-facts 5.2: "weak key: recoverable, absolutely weak: fatal"; both have the code of the key.
static void calls_weak_keys_and_hashes_by_their_codes(void) {
  SecTrustRef trust = make_trust(kWeakKeyLeaf, NULL);
  CFErrorRef error = NULL;
  CHECK(!SecTrustEvaluateWithError(trust, &error));
  CHECK_NUMBER(errSecUnsupportedKeySize, CFErrorGetCode(error));
  CFRelease(error);
  CFRelease(trust);
  trust = make_trust(kWeakHashLeaf, NULL);
  CHECK(!SecTrustEvaluateWithError(trust, &error));
  CHECK_NUMBER(errSecInvalidDigestAlgorithm, CFErrorGetCode(error));
  CFRelease(error);
  CFRelease(trust);
}

static void names_every_failure_under_the_most_serious(void) {
  SecTrustRef const trust = make_trust(kExpiredLeaf, "other.example.com");
  CFErrorRef error = NULL;
  CHECK(!SecTrustEvaluateWithError(trust, &error));
  CFStringRef const text = CFErrorCopyDescription(error);
  CHECK(contains_text(text, "certificate 0"));
  CHECK(contains_text(text, "other.example.com"));
  CFRelease(text);
  CFDictionaryRef const info = CFErrorCopyUserInfo(error);
  CFErrorRef const cause = (CFErrorRef)(uintptr_t)CFDictionaryGetValue(info, kCFErrorUnderlyingErrorKey);
  CHECK(cause != NULL);
  if (cause != NULL) CHECK_NUMBER(errSecCertificateExpired, CFErrorGetCode(cause));
  CFRelease(info);
  CFRelease(error);
  CHECK(!SecTrustEvaluateWithError(trust, NULL));
  CFRelease(trust);
}

static void shows_the_path_as_objects(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, NULL);
  CHECK(SecTrustGetCertificateAtIndex(trust, 0) == pki_certificate(kServerLeaf));
  CHECK_NUMBER(3, SecTrustGetCertificateCount(trust));
  CHECK(SecTrustGetCertificateAtIndex(trust, 1) == pki_intermediate());
  CHECK(SecTrustGetCertificateAtIndex(trust, 2) == pki_root());
  CHECK(SecTrustGetCertificateAtIndex(trust, 3) == NULL);
  CHECK(SecTrustGetCertificateAtIndex(trust, -1) == NULL);
  CFArrayRef const chain = SecTrustCopyCertificateChain(trust);
  CHECK_NUMBER(3, CFArrayGetCount(chain));
  CHECK(CFArrayGetValueAtIndex(chain, 2) == pki_root());
  CFRelease(chain);
  SecKeyRef const key = SecTrustCopyKey(trust);
  SecKeyRef const older = SecTrustCopyPublicKey(trust);
  SecKeyRef const of_leaf = SecCertificateCopyKey(pki_certificate(kServerLeaf));
  CHECK(key != NULL && older != NULL && CFEqual(key, of_leaf) && CFEqual(older, of_leaf));
  release(key);
  release(older);
  release(of_leaf);
  CFRelease(trust);
}

static void anchors_replace_the_systems_roots_until_told_otherwise(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, NULL);
  CFArrayRef anchors = NULL;
  CHECK_STATUS(errSecSuccess, SecTrustCopyCustomAnchorCertificates(trust, &anchors));
  CHECK(anchors != NULL && CFEqual(anchors, pki_roots()));
  release(anchors);
  CHECK_STATUS(errSecSuccess, SecTrustSetAnchorCertificatesOnly(trust, false));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetAnchorCertificates(trust, NULL));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustCopyCustomAnchorCertificates(trust, &anchors));
  CHECK(anchors == NULL);
  CFArrayRef const none = CFArrayCreate(NULL, NULL, 0, &kCFTypeArrayCallBacks);
  CHECK_STATUS(errSecSuccess, SecTrustSetAnchorCertificates(trust, none));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CFArrayRef const strangers = array_of_two(pki_root(), stranger());
  CHECK_STATUS(errSecParam, SecTrustSetAnchorCertificates(trust, strangers));
  CHECK_STATUS(errSecParam, SecTrustSetAnchorCertificates(trust, FOREIGN(CFArrayRef)));
  CHECK_STATUS(errSecParam, SecTrustCopyCustomAnchorCertificates(trust, NULL));
  CHECK_STATUS(errSecParam, SecTrustCopyAnchorCertificates(NULL));
  CHECK_STATUS(errSecSuccess, SecTrustCopyAnchorCertificates(&anchors));
  CHECK(anchors != NULL && CFGetTypeID(anchors) == CFArrayGetTypeID());
  release(anchors);
  CFRelease(strangers);
  CFRelease(none);
  CFRelease(trust);
}

static void a_new_policy_or_date_asks_anew(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, "other.example.com");
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  SecPolicyRef const basic = SecPolicyCreateBasicX509();
  CHECK_STATUS(errSecSuccess, SecTrustSetPolicies(trust, basic));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  CFArrayRef policies = NULL;
  CHECK_STATUS(errSecSuccess, SecTrustCopyPolicies(trust, &policies));
  CHECK_NUMBER(1, CFArrayGetCount(policies));
  CHECK(CFArrayGetValueAtIndex(policies, 0) == basic);
  CFRelease(policies);
  CFDateRef const late = CFDateCreate(NULL, CFAbsoluteTimeGetCurrent() + 3000.0 * 86400);
  CHECK_STATUS(errSecSuccess, SecTrustSetVerifyDate(trust, late));
  CHECK(SecTrustGetVerifyTime(trust) > CFAbsoluteTimeGetCurrent() + 2999.0 * 86400);
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetVerifyDate(trust, NULL));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  const CFAbsoluteTime now = SecTrustGetVerifyTime(trust);
  CHECK(now > CFAbsoluteTimeGetCurrent() - 60 && now <= CFAbsoluteTimeGetCurrent());
  CHECK_STATUS(errSecParam, SecTrustSetVerifyDate(trust, FOREIGN(CFDateRef)));
  CHECK_STATUS(errSecParam, SecTrustSetPolicies(trust, NULL));
  CHECK_STATUS(errSecParam, SecTrustSetPolicies(trust, stranger()));
  CFArrayRef const mixed = array_of_two(basic, stranger());
  CFArrayRef const none = CFArrayCreate(NULL, NULL, 0, &kCFTypeArrayCallBacks);
  CHECK_STATUS(errSecParam, SecTrustSetPolicies(trust, mixed));
  CHECK_STATUS(errSecParam, SecTrustSetPolicies(trust, none));
  CHECK_STATUS(errSecParam, SecTrustCopyPolicies(trust, NULL));
  CFRelease(none);
  CFRelease(mixed);
  CFRelease(late);
  CFRelease(basic);
  CFRelease(trust);
}

static void exceptions_make_a_failure_proceed(void) {
  SecTrustRef const trust = make_trust(kExpiredLeaf, "other.example.com");
  CFDataRef const exceptions = SecTrustCopyExceptions(trust);
  CHECK(exceptions != NULL);
  CHECK(SecTrustSetExceptions(trust, exceptions));
  CHECK_NUMBER(kSecTrustResultProceed, result_of(trust));
  CHECK(SecTrustEvaluateWithError(trust, NULL));
  CHECK(!SecTrustSetExceptions(trust, NULL));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  SecTrustRef const other = make_trust(kServerLeaf, "other.example.com");
  CHECK(!SecTrustSetExceptions(other, exceptions));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(other));
  CHECK(!SecTrustSetExceptions(other, FOREIGN(CFDataRef)));
  CFRelease(other);
  CFRelease(exceptions);
  CFRelease(trust);
}

static void options_accept_expired_certificates_and_given_roots(void) {
  SecTrustRef trust = make_trust(kExpiredLeaf, NULL);
  CHECK_STATUS(errSecSuccess, SecTrustSetOptions(trust, kSecTrustOptionAllowExpired));
  CHECK_NUMBER(kSecTrustResultProceed, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetOptions(trust, 0));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CFRelease(trust);
  trust = make_trust(kServerLeaf, NULL);
  CHECK_STATUS(errSecSuccess, SecTrustSetOptions(trust, kSecTrustOptionRequireRevPerCert));
  CFErrorRef error = NULL;
  CHECK(!SecTrustEvaluateWithError(trust, &error));
  CHECK_NUMBER(errSecIncompleteCertRevocationCheck, CFErrorGetCode(error));
  CFRelease(error);
  CFRelease(trust);
  SecPolicyRef const basic = SecPolicyCreateBasicX509();
  CHECK_STATUS(errSecSuccess, SecTrustCreateWithCertificates(pki_root(), basic, &trust));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetOptions(trust, kSecTrustOptionImplicitAnchors));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  CFRelease(trust);
  CFRelease(basic);
}

static void a_revocation_policy_may_demand_an_answer(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, NULL);
  SecPolicyRef const server = SecPolicyCreateSSL(true, NULL);
  SecPolicyRef const lenient = SecPolicyCreateRevocation(kSecRevocationUseAnyAvailableMethod);
  SecPolicyRef const strict =
      SecPolicyCreateRevocation(kSecRevocationUseAnyAvailableMethod | kSecRevocationRequirePositiveResponse);
  CFArrayRef policies = array_of_two(server, lenient);
  CHECK_STATUS(errSecSuccess, SecTrustSetPolicies(trust, policies));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  CFRelease(policies);
  policies = array_of_two(server, strict);
  CHECK_STATUS(errSecSuccess, SecTrustSetPolicies(trust, policies));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CFRelease(policies);
  CFRelease(strict);
  CFRelease(lenient);
  CFRelease(server);
  CFRelease(trust);
}

static void takes_staples_and_timestamps(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, NULL);
  CFDataRef const nonsense = CFDataCreate(NULL, (const UInt8*)"nonsense", 8);
  CFDataRef const empty = CFDataCreate(NULL, NULL, 0);
  CFArrayRef const one = array_of_one(nonsense);
  CFArrayRef const strangers = array_of_one(stranger());
  CFArrayRef const empties = array_of_one(empty);
  CHECK_STATUS(errSecSuccess, SecTrustSetOCSPResponse(trust, nonsense));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetOCSPResponse(trust, one));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result_of(trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetOCSPResponse(trust, NULL));
  CHECK_NUMBER(kSecTrustResultUnspecified, result_of(trust));
  CHECK_STATUS(errSecParam, SecTrustSetOCSPResponse(trust, stranger()));
  CHECK_STATUS(errSecParam, SecTrustSetOCSPResponse(trust, strangers));
  CHECK_STATUS(errSecSuccess, SecTrustSetSignedCertificateTimestamps(trust, one));
  CHECK_STATUS(errSecSuccess, SecTrustSetSignedCertificateTimestamps(trust, NULL));
  CHECK_STATUS(errSecParam, SecTrustSetSignedCertificateTimestamps(trust, strangers));
  CHECK_STATUS(errSecParam, SecTrustSetSignedCertificateTimestamps(trust, empties));
  CHECK_STATUS(errSecParam, SecTrustSetSignedCertificateTimestamps(trust, FOREIGN(CFArrayRef)));
  CFRelease(empties);
  CFRelease(strangers);
  CFRelease(one);
  CFRelease(empty);
  CFRelease(nonsense);
  CFRelease(trust);
}

static void tells_what_is_wrong_with_each_certificate(void) {
  SecTrustRef const trust = make_trust(kExpiredLeaf, NULL);
  CFArrayRef const properties = SecTrustCopyProperties(trust);
  CHECK_NUMBER(3, CFArrayGetCount(properties));
  CFDictionaryRef const of_leaf = (CFDictionaryRef)CFArrayGetValueAtIndex(properties, 0);
  CFDictionaryRef const of_root = (CFDictionaryRef)CFArrayGetValueAtIndex(properties, 2);
  CHECK(equals_text(CFDictionaryGetValue(of_leaf, kSecPropertyTypeTitle), "leaf"));
  CHECK(CFDictionaryContainsKey(of_leaf, kSecPropertyTypeError));
  CHECK(equals_text(CFDictionaryGetValue(of_root, kSecPropertyTypeTitle), "Test Root"));
  CHECK(!CFDictionaryContainsKey(of_root, kSecPropertyTypeError));
  CFRelease(properties);
  CFDictionaryRef const result = SecTrustCopyResult(trust);
  CFTypeRef const value = CFDictionaryGetValue(result, kSecTrustResultValue);
  SInt32 number = 0;
  CHECK(value != NULL && CFNumberGetValue((CFNumberRef)value, kCFNumberSInt32Type, &number));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, number);
  CFTypeRef const date = CFDictionaryGetValue(result, kSecTrustEvaluationDate);
  CHECK(date != NULL && CFGetTypeID(date) == CFDateGetTypeID());
  CHECK(!CFDictionaryContainsKey(result, kSecTrustRevocationChecked));
  CFRelease(result);
  CFRelease(trust);
}

static void answers_programs_of_the_first_edition(void) {
  SecTrustRef const trust = make_trust(kExpiredLeaf, NULL);
  OSStatus cssm = 1;
  CHECK_STATUS(errSecTrustNotAvailable, SecTrustGetCssmResultCode(trust, &cssm));
  SecTrustResultType result = kSecTrustResultInvalid;
  CFArrayRef chain = NULL;
  CSSM_TP_APPLE_EVIDENCE_INFO* evidence = NULL;
  CHECK_STATUS(errSecSuccess, SecTrustGetResult(trust, &result, &chain, &evidence));
  CHECK_NUMBER(kSecTrustResultRecoverableTrustFailure, result);
  CHECK_NUMBER(3, CFArrayGetCount(chain));
  CHECK_NUMBER(CSSM_CERT_STATUS_EXPIRED | CSSM_CERT_STATUS_IS_IN_INPUT_CERTS, evidence[0].StatusBits);
  CHECK_NUMBER(1, evidence[0].NumStatusCodes);
  CHECK_STATUS(CSSMERR_TP_CERT_EXPIRED, evidence[0].StatusCodes[0]);
  CHECK_NUMBER(CSSM_CERT_STATUS_IS_IN_INPUT_CERTS, evidence[1].StatusBits);
  CHECK_NUMBER(1, evidence[1].Index);
  CHECK_NUMBER(0, evidence[1].NumStatusCodes);
  CHECK_NUMBER(CSSM_CERT_STATUS_IS_IN_ANCHORS | CSSM_CERT_STATUS_IS_ROOT, evidence[2].StatusBits);
  CFRelease(chain);
  CHECK_STATUS(errSecSuccess, SecTrustGetResult(trust, NULL, NULL, NULL));
  CHECK_STATUS(errSecParam, SecTrustGetCssmResultCode(trust, NULL));
  CFRelease(trust);
}

static void is_made_of_certificates_and_policies_only(void) {
  SecPolicyRef const basic = SecPolicyCreateBasicX509();
  CFArrayRef const none = CFArrayCreate(NULL, NULL, 0, &kCFTypeArrayCallBacks);
  CFArrayRef const mixed = array_of_two(pki_certificate(kServerLeaf), stranger());
  SecTrustRef trust = (SecTrustRef)(uintptr_t)1;
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(NULL, basic, &trust));
  CHECK(trust == NULL);
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(stranger(), basic, &trust));
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(none, basic, &trust));
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(mixed, basic, &trust));
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(pki_root(), stranger(), &trust));
  CHECK_STATUS(errSecParam, SecTrustCreateWithCertificates(pki_root(), none, &trust));
  CHECK_STATUS(errSecSuccess, SecTrustCreateWithCertificates(pki_root(), basic, NULL));
  CHECK_STATUS(errSecSuccess, SecTrustCreateWithCertificates(pki_root(), NULL, &trust));
  CHECK(CFGetTypeID(trust) == SecTrustGetTypeID());
  CFRelease(trust);
  CFRelease(mixed);
  CFRelease(none);
  CFRelease(basic);
}

static void refuses_what_is_no_trust_object(void) {
  SecTrustRef const wrong[] = {NULL, FOREIGN(SecTrustRef), (SecTrustRef)(uintptr_t)pki_root()};
  for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; ++at) {
    about("object %zu", at);
    SecTrustRef const trust = wrong[at];
    SecTrustResultType result = kSecTrustResultProceed;
    CFArrayRef array = NULL;
    Boolean boolean = false;
    OSStatus status = 0;
    void* raw = NULL;
    SecPolicyRef const basic = SecPolicyCreateBasicX509();
    CHECK_STATUS(errSecParam, SecTrustSetPolicies(trust, basic));
    CHECK_STATUS(errSecParam, SecTrustCopyPolicies(trust, &array));
    CHECK_STATUS(errSecParam, SecTrustSetAnchorCertificates(trust, NULL));
    CHECK_STATUS(errSecParam, SecTrustSetAnchorCertificatesOnly(trust, true));
    CHECK_STATUS(errSecParam, SecTrustCopyCustomAnchorCertificates(trust, &array));
    CHECK_STATUS(errSecParam, SecTrustSetVerifyDate(trust, NULL));
    CHECK(SecTrustGetVerifyTime(trust) == 0);
    CHECK_STATUS(errSecParam, SecTrustSetNetworkFetchAllowed(trust, true));
    CHECK_STATUS(errSecParam, SecTrustGetNetworkFetchAllowed(trust, &boolean));
    CHECK_STATUS(errSecParam, SecTrustSetOCSPResponse(trust, NULL));
    CHECK_STATUS(errSecParam, SecTrustSetSignedCertificateTimestamps(trust, NULL));
    CHECK_STATUS(errSecParam, SecTrustSetOptions(trust, 0));
    CHECK_STATUS(errSecParam, SecTrustSetKeychains(trust, NULL));
    CHECK_STATUS(errSecParam, SecTrustEvaluate(trust, &result));
    CHECK_NUMBER(kSecTrustResultInvalid, result);
    CHECK_STATUS(errSecParam, SecTrustEvaluate(trust, NULL));
    CHECK_STATUS(errSecParam, SecTrustGetTrustResult(trust, &result));
    CFErrorRef error = NULL;
    CHECK(!SecTrustEvaluateWithError(trust, &error));
    CHECK(error != NULL && CFErrorGetCode(error) == errSecParam);
    release(error);
    CHECK(!SecTrustEvaluateWithError(trust, NULL));
    CHECK_NUMBER(0, SecTrustGetCertificateCount(trust));
    CHECK(SecTrustGetCertificateAtIndex(trust, 0) == NULL);
    CHECK(SecTrustCopyCertificateChain(trust) == NULL);
    CHECK(SecTrustCopyKey(trust) == NULL);
    CHECK(SecTrustCopyExceptions(trust) == NULL);
    CHECK(!SecTrustSetExceptions(trust, NULL));
    CHECK(SecTrustCopyProperties(trust) == NULL);
    CHECK(SecTrustCopyResult(trust) == NULL);
    CHECK_STATUS(errSecParam, SecTrustGetResult(trust, &result, NULL, NULL));
    CHECK_STATUS(errSecParam, SecTrustGetCssmResultCode(trust, &status));
    CHECK_STATUS(errSecParam, SecTrustGetCssmResult(trust, &raw));
    CFRelease(basic);
  }
  about(NULL);
}

static void keeps_what_it_does_not_use(void) {
  SecTrustRef const trust = make_trust(kServerLeaf, NULL);
  Boolean allowed = false;
  CHECK_STATUS(errSecSuccess, SecTrustGetNetworkFetchAllowed(trust, &allowed));
  CHECK(allowed);
  CHECK_STATUS(errSecSuccess, SecTrustSetNetworkFetchAllowed(trust, false));
  CHECK_STATUS(errSecSuccess, SecTrustGetNetworkFetchAllowed(trust, &allowed));
  CHECK(!allowed);
  CHECK_STATUS(errSecParam, SecTrustGetNetworkFetchAllowed(trust, NULL));
  CHECK_STATUS(errSecParam, SecTrustGetTrustResult(trust, NULL));
  CHECK_STATUS(errSecSuccess, SecTrustEvaluate(trust, NULL));
  CFRelease(trust);
}

static void has_no_trust_settings(void) {
  CFArrayRef array = (CFArrayRef)(uintptr_t)1;
  CHECK_STATUS(errSecItemNotFound, SecTrustSettingsCopyTrustSettings(pki_root(), kSecTrustSettingsDomainUser, &array));
  CHECK(array == NULL);
  CHECK_STATUS(errSecItemNotFound,
               SecTrustSettingsCopyTrustSettings(pki_root(), kSecTrustSettingsDomainSystem, &array));
  CHECK_STATUS(errSecNoTrustSettings, SecTrustSettingsCopyCertificates(kSecTrustSettingsDomainUser, &array));
  CHECK_STATUS(errSecNoTrustSettings, SecTrustSettingsCopyCertificates(kSecTrustSettingsDomainAdmin, &array));
  CHECK_STATUS(errSecSuccess, SecTrustSettingsCopyCertificates(kSecTrustSettingsDomainSystem, &array));
  CHECK(array != NULL);
  release(array);
  CHECK_STATUS(errSecParam, SecTrustSettingsCopyCertificates(kSecTrustSettingsDomainSystem, NULL));
  CHECK_STATUS(errSecParam, SecTrustSettingsCopyTrustSettings(NULL, kSecTrustSettingsDomainSystem, &array));
  CHECK_STATUS(errSecParam, SecTrustSettingsCopyTrustSettings(pki_root(), kSecTrustSettingsDomainSystem, NULL));
  CHECK_STATUS(errSecUnimplemented, SecTrustSettingsSetTrustSettings(pki_root(), kSecTrustSettingsDomainUser, NULL));
  CHECK_STATUS(errSecParam, SecTrustSettingsRemoveTrustSettings(NULL, kSecTrustSettingsDomainUser));
  CHECK_STATUS(errSecUnimplemented, SecTrustSettingsRemoveTrustSettings(pki_root(), kSecTrustSettingsDomainUser));
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"judges by the policy and the anchors", judges_by_the_policy_and_the_anchors},
      {"calls weak keys and hashes by their codes", calls_weak_keys_and_hashes_by_their_codes},
      {"names every failure under the most serious", names_every_failure_under_the_most_serious},
      {"shows the path as objects", shows_the_path_as_objects},
      {"anchors replace the system's roots until told otherwise",
       anchors_replace_the_systems_roots_until_told_otherwise},
      {"a new policy or date asks anew", a_new_policy_or_date_asks_anew},
      {"exceptions make a failure proceed", exceptions_make_a_failure_proceed},
      {"options accept expired certificates and given roots", options_accept_expired_certificates_and_given_roots},
      {"a revocation policy may demand an answer", a_revocation_policy_may_demand_an_answer},
      {"takes staples and timestamps", takes_staples_and_timestamps},
      {"tells what is wrong with each certificate", tells_what_is_wrong_with_each_certificate},
      {"answers programs of the first edition", answers_programs_of_the_first_edition},
      {"is made of certificates and policies only", is_made_of_certificates_and_policies_only},
      {"refuses what is no trust object", refuses_what_is_no_trust_object},
      {"keeps what it does not use", keeps_what_it_does_not_use},
      {"has no trust settings", has_no_trust_settings},
  };
  return RUN_CASES(kCases, argc, argv);
}
