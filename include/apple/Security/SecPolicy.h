/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies: what a chain of certificates is judged by. Immutable; may be used by several threads.
 *
 * A NULL policy, or an object of another type in its place, is errSecParam, or NULL where a function does not return a
 * code.
 */
#ifndef _SECURITY_SECPOLICY_H_
#define _SECURITY_SECPOLICY_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

/* Identifiers for SecPolicyCreateWithProperties: object identifiers as text. Those marked * can be created here. */
CF_EXPORT const CFStringRef kSecPolicyAppleX509Basic;  /* * path validation (RFC 5280) alone */
CF_EXPORT const CFStringRef kSecPolicyAppleSSL;        /* * servers and clients of TLS */
CF_EXPORT const CFStringRef kSecPolicyAppleEAP;        /* * as SSL */
CF_EXPORT const CFStringRef kSecPolicyAppleRevocation; /* * revocation answers */
CF_EXPORT const CFStringRef kSecPolicyAppleSMIME;
CF_EXPORT const CFStringRef kSecPolicyAppleIPsec;
CF_EXPORT const CFStringRef kSecPolicyAppleiChat;
CF_EXPORT const CFStringRef kSecPolicyApplePKINITClient;
CF_EXPORT const CFStringRef kSecPolicyApplePKINITServer;
CF_EXPORT const CFStringRef kSecPolicyAppleCodeSigning;
CF_EXPORT const CFStringRef kSecPolicyMacAppStoreReceipt;
CF_EXPORT const CFStringRef kSecPolicyAppleIDValidation;
CF_EXPORT const CFStringRef kSecPolicyAppleTimeStamping;
CF_EXPORT const CFStringRef kSecPolicyApplePassbookSigning;
CF_EXPORT const CFStringRef kSecPolicyApplePayIssuerEncryption;

/* Keys of the properties. */
CF_EXPORT const CFStringRef kSecPolicyOid;             /* "SecPolicyOid": CFString, one of the identifiers above */
CF_EXPORT const CFStringRef kSecPolicyName;            /* "SecPolicyName": CFString, the host name */
CF_EXPORT const CFStringRef kSecPolicyClient;          /* "SecPolicyClient": CFBoolean, judge a client */
CF_EXPORT const CFStringRef kSecPolicyRevocationFlags; /* "SecPolicyRevocationFlags": CFNumber */
CF_EXPORT const CFStringRef kSecPolicyTeamIdentifier;  /* "SecPolicyTeamIdentifier": not used here */

/*
 * For SecPolicyCreateRevocation. Answers come from staples and given lists; nothing is fetched, so the flags that
 * choose a method change nothing. What counts is kSecRevocationRequirePositiveResponse.
 */
enum {
  kSecRevocationOCSPMethod = 1 << 0,
  kSecRevocationCRLMethod = 1 << 1,
  kSecRevocationPreferCRL = 1 << 2,
  kSecRevocationRequirePositiveResponse = 1 << 3, /* without an answer the chain is not trusted */
  kSecRevocationNetworkAccessDisabled = 1 << 4,
  kSecRevocationUseAnyAvailableMethod = kSecRevocationOCSPMethod | kSecRevocationCRLMethod,
};

CF_EXPORT CFTypeID SecPolicyGetTypeID(void);

/* RFC 5280 and Apple's rules for keys and hashes; no name, no usage. The caller releases it. */
CF_EXPORT SecPolicyRef SecPolicyCreateBasicX509(void);

/*
 * A TLS server's certificate (server true) or a client's (server false). `hostname`, a DNS name or an IP address, must
 * be among a server's subject alternative names; NULL asks for no name, an empty one
 * fits no certificate.
 */
CF_EXPORT SecPolicyRef SecPolicyCreateSSL(Boolean server, CFStringRef hostname);

/* To be used beside another policy. NULL if no method is among the flags. */
CF_EXPORT SecPolicyRef SecPolicyCreateRevocation(CFOptionFlags revocationFlags);

/* NULL for an identifier that is not marked above, and for a property of the wrong type. `properties` may be NULL. */
CF_EXPORT SecPolicyRef SecPolicyCreateWithProperties(CFTypeRef policyIdentifier, CFDictionaryRef properties);

/* Always with kSecPolicyOid; the others as far as the policy has them. */
CF_EXPORT CFDictionaryRef SecPolicyCopyProperties(SecPolicyRef policyRef);

/* Of the first edition. */
CF_EXPORT OSStatus SecPolicyGetOID(SecPolicyRef policyRef, CSSM_OID* oid); /* the bytes live for ever */
CF_EXPORT OSStatus SecPolicySetProperties(SecPolicyRef policyRef, CFDictionaryRef properties);
/* Success for a policy of revocation with CSSM_APPLE_TP_CRL_OPTIONS, or the like for OCSP, that does not ask for proof
 * for every certificate: nothing is fetched anyway. All else, CSSM_APPLE_TP_SSL_OPTIONS too: errSecUnimplemented. */
CF_EXPORT OSStatus SecPolicySetValue(SecPolicyRef policyRef, const CSSM_DATA* value);
CF_EXPORT OSStatus SecPolicyGetValue(SecPolicyRef policyRef, CSSM_DATA* value);

CF_EXTERN_C_END

#endif
