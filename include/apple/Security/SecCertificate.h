/* SPDX-License-Identifier: Apache-2.0 */
/*
 * X.509 certificates. Immutable; may be used by several threads. Two certificates of the same bytes are equal (CFEqual)
 * and have the same hash.
 *
 * A NULL certificate, or an object of another type in its place, is errSecParam, or NULL or 0 where a function does not
 * return a code. What a function with Copy in its name returns, the caller releases.
 */
#ifndef _SECURITY_SECCERTIFICATE_H_
#define _SECURITY_SECCERTIFICATE_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

CF_EXPORT CFTypeID SecCertificateGetTypeID(void);

/* NULL if the data is not exactly one certificate in DER. */
CF_EXPORT SecCertificateRef SecCertificateCreateWithData(CFAllocatorRef allocator, CFDataRef data);
CF_EXPORT CFDataRef SecCertificateCopyData(SecCertificateRef certificate);

/* For people: the subject's common name, else its unit, its organization, the first e-mail address or DNS name. */
CF_EXPORT CFStringRef SecCertificateCopySubjectSummary(SecCertificateRef certificate);
/* As the summary. `error` is set if the result is NULL. */
CF_EXPORT CFStringRef SecCertificateCopyShortDescription(CFAllocatorRef alloc, SecCertificateRef certificate,
                                                         CFErrorRef* error);
CF_EXPORT CFStringRef SecCertificateCopyLongDescription(CFAllocatorRef alloc, SecCertificateRef certificate,
                                                        CFErrorRef* error);

/* The last common name of the subject. -26276 if there is none. A NULL `commonName` is accepted. */
CF_EXPORT OSStatus SecCertificateCopyCommonName(SecCertificateRef certificate, CFStringRef* commonName);
/* E-mail addresses of the subject alternative name and of the subject; an empty array if there are none. */
CF_EXPORT OSStatus SecCertificateCopyEmailAddresses(SecCertificateRef certificate, CFArrayRef* emailAddresses);

/* Names in DER with letters in upper case and without needless blanks, for comparing: the whole SEQUENCE ... */
CF_EXPORT CFDataRef SecCertificateCopyNormalizedIssuerSequence(SecCertificateRef certificate);
CF_EXPORT CFDataRef SecCertificateCopyNormalizedSubjectSequence(SecCertificateRef certificate);
/* ... or what is inside it. */
CF_EXPORT CFDataRef SecCertificateCopyNormalizedIssuerContent(SecCertificateRef certificate, CFErrorRef* error);
CF_EXPORT CFDataRef SecCertificateCopyNormalizedSubjectContent(SecCertificateRef certificate, CFErrorRef* error);

/* The bytes of the serial number, big-endian, a leading zero byte included. */
CF_EXPORT CFDataRef SecCertificateCopySerialNumberData(SecCertificateRef certificate, CFErrorRef* error);
CF_EXPORT CFDataRef SecCertificateCopySerialNumber(SecCertificateRef certificate, CFErrorRef* error);

CF_EXPORT CFDateRef SecCertificateCopyNotValidBeforeDate(SecCertificateRef certificate);
CF_EXPORT CFDateRef SecCertificateCopyNotValidAfterDate(SecCertificateRef certificate);

/* The public key; NULL if it cannot be read. */
CF_EXPORT SecKeyRef SecCertificateCopyKey(SecCertificateRef certificate);
/* errSecParam also for a NULL `key`; -26276 for a key that cannot be read. */
CF_EXPORT OSStatus SecCertificateCopyPublicKey(SecCertificateRef certificate, SecKeyRef* key);

/*
 * What is in the certificate: a dictionary from object identifiers (SecCertificateOIDs.h) to dictionaries with the keys
 * below. `keys`, an array of identifiers, chooses some; NULL means all. What the certificate does not have is left out.
 */
CF_EXPORT CFDictionaryRef SecCertificateCopyValues(SecCertificateRef certificate, CFArrayRef keys, CFErrorRef* error);

CF_EXPORT const CFStringRef kSecPropertyKeyType;           /* "type": one of the types below */
CF_EXPORT const CFStringRef kSecPropertyKeyLabel;          /* "label": CFString */
CF_EXPORT const CFStringRef kSecPropertyKeyLocalizedLabel; /* "localized label": the same; nothing is translated */
CF_EXPORT const CFStringRef kSecPropertyKeyValue;          /* "value": what the type says */

CF_EXPORT const CFStringRef kSecPropertyTypeWarning; /* "warning": CFString */
CF_EXPORT const CFStringRef kSecPropertyTypeSuccess; /* "success": CFString */
CF_EXPORT const CFStringRef kSecPropertyTypeSection; /* "section": CFArray of such dictionaries */
CF_EXPORT const CFStringRef kSecPropertyTypeData;    /* "data": CFData */
CF_EXPORT const CFStringRef kSecPropertyTypeString;  /* "string": CFString */
CF_EXPORT const CFStringRef kSecPropertyTypeURL;     /* "url": not used here, URIs are strings */
CF_EXPORT const CFStringRef kSecPropertyTypeDate;    /* "date": CFDate */
CF_EXPORT const CFStringRef kSecPropertyTypeArray;   /* "array": CFArray */
CF_EXPORT const CFStringRef kSecPropertyTypeNumber;  /* "number": CFNumber; a moment is a CFAbsoluteTime */

/* The value under kSecOIDKeyUsage. */
typedef CF_OPTIONS(uint32_t, SecKeyUsage) {
  kSecKeyUsageUnspecified = 0u,
  kSecKeyUsageDigitalSignature = 1u << 0,
  kSecKeyUsageNonRepudiation = 1u << 1,
  kSecKeyUsageContentCommitment = 1u << 1,
  kSecKeyUsageKeyEncipherment = 1u << 2,
  kSecKeyUsageDataEncipherment = 1u << 3,
  kSecKeyUsageKeyAgreement = 1u << 4,
  kSecKeyUsageKeyCertSign = 1u << 5,
  kSecKeyUsageCRLSign = 1u << 6,
  kSecKeyUsageEncipherOnly = 1u << 7,
  kSecKeyUsageDecipherOnly = 1u << 8,
  kSecKeyUsageAll = 0x7FFFFFFFu,
};
/* Too large for an enumerator of strict C. */
#define kSecKeyUsageCritical 0x80000000u
/* CUPS asks by this whether the type is here. */
#define _SECURITY_VERSION_GREATER_THAN_57610_

/* Private on a Mac, and used all the same. */
CF_EXPORT SecCertificateRef SecCertificateCreateWithBytes(CFAllocatorRef allocator, const UInt8* bytes, CFIndex length);
/* The DER form; lives as long as the certificate. */
CF_EXPORT const UInt8* SecCertificateGetBytePtr(SecCertificateRef certificate);
CF_EXPORT CFIndex SecCertificateGetLength(SecCertificateRef certificate);
CF_EXPORT CFArrayRef SecCertificateCopyCommonNames(SecCertificateRef certificate); /* NULL if there are none */
CF_EXPORT CFArrayRef SecCertificateCopyRFC822Names(SecCertificateRef certificate); /* NULL if there are none */
CF_EXPORT CFArrayRef SecCertificateCopyDNSNames(SecCertificateRef certificate);    /* NULL if there are none */
CF_EXPORT CFDataRef SecCertificateCopySHA256Digest(SecCertificateRef certificate);
CF_EXPORT CFDataRef SecCertificateCopySubjectPublicKeyInfoSHA256Digest(SecCertificateRef certificate);
CF_EXPORT bool SecCertificateIsValid(SecCertificateRef certificate, CFAbsoluteTime verifyTime);
CF_EXPORT CFAbsoluteTime SecCertificateNotValidBefore(SecCertificateRef certificate);
CF_EXPORT CFAbsoluteTime SecCertificateNotValidAfter(SecCertificateRef certificate);

/* Of the first edition. The bytes that these hand out live as long as the certificate. */
CF_EXPORT OSStatus SecCertificateCreateFromData(const CSSM_DATA* data, CSSM_CERT_TYPE type, CSSM_CERT_ENCODING encoding,
                                                SecCertificateRef* certificate);
CF_EXPORT OSStatus SecCertificateGetData(SecCertificateRef certificate, CSSM_DATA* data);
CF_EXPORT OSStatus SecCertificateGetType(SecCertificateRef certificate, CSSM_CERT_TYPE* certificateType);

/* Attributes of certificates in keychains. */
enum {
  kSecSubjectItemAttr = 0x7375626A,              /* 'subj' */
  kSecIssuerItemAttr = 0x69737375,               /* 'issu' */
  kSecSerialNumberItemAttr = 0x736E6272,         /* 'snbr' */
  kSecPublicKeyHashItemAttr = 0x68706B79,        /* 'hpky' */
  kSecSubjectKeyIdentifierItemAttr = 0x736B6964, /* 'skid' */
  kSecCertTypeItemAttr = 0x63747970,             /* 'ctyp' */
  kSecCertEncodingItemAttr = 0x63656E63,         /* 'cenc' */
};

/* NULL: the default keychain. errSecDuplicateItem if it is there already. */
CF_EXPORT OSStatus SecCertificateAddToKeychain(SecCertificateRef certificate, SecKeychainRef keychain);

/* There are no preferences to look in: NULL. */
CF_EXPORT SecCertificateRef SecCertificateCopyPreferred(CFStringRef name, CFArrayRef keyUsage);

CF_EXTERN_C_END

#endif
