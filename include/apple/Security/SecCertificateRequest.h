/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates that a key issues for itself. Private on a Mac, and used all the same. */
#ifndef _SECURITY_SECCERTIFICATEREQUEST_H_
#define _SECURITY_SECCERTIFICATEREQUEST_H_

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFDictionary.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

/* Types of attributes in a subject; an object identifier in dotted form will do as well. */
CF_EXPORT const CFStringRef kSecOidCommonName;
CF_EXPORT const CFStringRef kSecOidCountryName;
CF_EXPORT const CFStringRef kSecOidStateProvinceName;
CF_EXPORT const CFStringRef kSecOidLocalityName;
CF_EXPORT const CFStringRef kSecOidOrganization;
CF_EXPORT const CFStringRef kSecOidOrganizationalUnit;

/* Parameters. */
CF_EXPORT const CFStringRef kSecCSRChallengePassword;      /* not looked at: it is for requests */
CF_EXPORT const CFStringRef kSecSubjectAltName;            /* CFDictionary of the kinds below, or a DNS name */
CF_EXPORT const CFStringRef kSecCertificateKeyUsage;       /* CFNumber: SecKeyUsage */
CF_EXPORT const CFStringRef kSecCSRBasicContraintsPathLen; /* CFNumber: an authority; beyond 0 to 255 without limit */
CF_EXPORT const CFStringRef kSecCertificateExtensions;     /* not supported: give the encoded ones */
CF_EXPORT const CFStringRef kSecCertificateExtensionsEncoded; /* CFDictionary: dotted identifier to CFData in DER */

/* Kinds of alternative names; each is a CFString or a CFArray of them. */
CF_EXPORT const CFStringRef kSecSubjectAltNameDNSName;
CF_EXPORT const CFStringRef kSecSubjectAltNameEmailAddress;
CF_EXPORT const CFStringRef kSecSubjectAltNameURI;

/*
 * A certificate from now on, for a year, signed with SHA-256; to be released. The subject is an array of RDNs, each an
 * array of attributes, each an array of type and value. The parameters may be NULL. NULL if something is missing, of
 * another type, or cannot be encoded, and if the keys are not a pair.
 */
CF_EXPORT SecCertificateRef SecGenerateSelfSignedCertificate(CFArrayRef subject, CFDictionaryRef parameters,
                                                             SecKeyRef publicKey, SecKeyRef privateKey);

CF_EXTERN_C_END

#endif
