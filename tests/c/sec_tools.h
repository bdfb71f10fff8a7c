/* SPDX-License-Identifier: Apache-2.0 */
/* Short words for the tests of trust, policies and certificates in C. */
#ifndef SECURETRANSPORT_TESTS_C_SEC_TOOLS_H
#define SECURETRANSPORT_TESTS_C_SEC_TOOLS_H

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecCertificate.h>
#include <Security/SecPolicy.h>
#include <Security/SecTrust.h>

#include "check.h"
#include "ssl_pki.h"

/* An object of a type that no Sec function takes. */
static inline CFTypeRef stranger(void) { return CFSTR("a string, and not what was asked for"); }

/* A foreign object in the place of a Sec reference. */
#define FOREIGN(Type) ((Type)(uintptr_t)stranger())

static inline bool equals_text(CFTypeRef object, const char* text) {
  CFStringRef const expected = CFStringCreateWithCString(NULL, text, kCFStringEncodingUTF8);
  const bool result = object != NULL && CFEqual(object, expected);
  CFRelease(expected);
  return result;
}

static inline bool contains_text(CFTypeRef object, const char* text) {
  CFStringRef const part = CFStringCreateWithCString(NULL, text, kCFStringEncodingUTF8);
  const bool result = object != NULL && CFGetTypeID(object) == CFStringGetTypeID() &&
                      CFStringFind((CFStringRef)object, part, 0).location != kCFNotFound;
  CFRelease(part);
  return result;
}

static inline void release(CFTypeRef object) {
  if (object != NULL) CFRelease(object);
}

/* An array that takes over nothing. */
static inline CFArrayRef array_of_two(CFTypeRef first, CFTypeRef second) {
  const void* const values[] = {first, second};
  return CFArrayCreate(NULL, (const void**)values, 2, &kCFTypeArrayCallBacks);
}

static inline CFArrayRef array_of_one(CFTypeRef value) {
  return CFArrayCreate(NULL, (const void**)&value, 1, &kCFTypeArrayCallBacks);
}

/* A trust object for this leaf and the intermediate, a server called `host` (NULL: any), with the test's root. */
static inline SecTrustRef make_trust(Leaf leaf, const char* host) {
  CFArrayRef const chain = array_of_two(pki_certificate(leaf), pki_intermediate());
  CFStringRef const name = host == NULL ? NULL : CFStringCreateWithCString(NULL, host, kCFStringEncodingUTF8);
  SecPolicyRef const policy = SecPolicyCreateSSL(true, name);
  SecTrustRef trust = NULL;
  CHECK_STATUS(errSecSuccess, SecTrustCreateWithCertificates(chain, policy, &trust));
  CHECK_STATUS(errSecSuccess, SecTrustSetAnchorCertificates(trust, pki_roots()));
  release(policy);
  release(name);
  release(chain);
  return trust;
}

static inline SecTrustResultType result_of(SecTrustRef trust) {
  SecTrustResultType result = kSecTrustResultInvalid;
  CHECK_STATUS(errSecSuccess, SecTrustEvaluate(trust, &result));
  return result;
}

#endif
