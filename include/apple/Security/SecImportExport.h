/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates, keys and identities from files and to files. Nobody is ever asked for a passphrase.
 *
 * errSecParam: a NULL pointer, or an object of another type. errSecUnknownFormat: the data is nothing of the kinds
 * below. errSecPassphraseRequired: it is encrypted, and there is no passphrase. errSecAuthFailed (SecPKCS12Import) or
 * errSecPkcs12VerifyFailure (SecItemImport): the passphrase is wrong. errSecDecode: damaged, or of a kind that is not
 * known.
 */
#ifndef _SECURITY_SECIMPORTEXPORT_H_
#define _SECURITY_SECIMPORTEXPORT_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

typedef CF_ENUM(uint32_t, SecExternalFormat) {
  kSecFormatUnknown = 0, /* import: find out; export: the usual one of the items */
  kSecFormatOpenSSL = 1, /* a key as OpenSSL writes it: PKCS#1, SEC 1, or SubjectPublicKeyInfo */
  kSecFormatSSH = 2,     /* the other formats without a comment are refused: errSecUnsupportedFormat */
  kSecFormatBSAFE = 3,   /* PKCS#8 for a private, PKCS#1 for a public RSA key */
  kSecFormatRawKey = 4,
  kSecFormatWrappedPKCS8 = 5, /* PKCS#8, encrypted */
  kSecFormatWrappedOpenSSL = 6,
  kSecFormatWrappedSSH = 7,
  kSecFormatWrappedLSH = 8,
  kSecFormatX509Cert = 9,
  kSecFormatPEMSequence = 10, /* PEM blocks one after the other */
  kSecFormatPKCS7 = 11,
  kSecFormatPKCS12 = 12,
  kSecFormatNetscapeCertSequence = 13,
  kSecFormatSSHv2 = 14,
};

typedef CF_ENUM(uint32_t, SecExternalItemType) {
  kSecItemTypeUnknown = 0,
  kSecItemTypePrivateKey = 1,
  kSecItemTypePublicKey = 2,
  kSecItemTypeSessionKey = 3,
  kSecItemTypeCertificate = 4,
  kSecItemTypeAggregate = 5, /* several, or of several kinds */
};

typedef CF_OPTIONS(uint32_t, SecItemImportExportFlags) { kSecItemPemArmour = 0x00000001 };

typedef CF_OPTIONS(uint32_t, SecKeyImportExportFlags) {
  kSecKeyImportOnlyOne = 0x00000001,
  kSecKeySecurePassphrase = 0x00000002, /* ask: there is nobody to ask, so without a passphrase it fails */
  kSecKeyNoAccessControl = 0x00000004,
};

#define SEC_KEY_IMPORT_EXPORT_PARAMS_VERSION 0

typedef struct {
  uint32_t version; /* 0 */
  SecKeyImportExportFlags flags;
  CFTypeRef passphrase; /* CFString or CFData */
  CFStringRef alertTitle;
  CFStringRef alertPrompt;
  SecAccessRef accessRef; /* this and what follows is not looked at */
  CFArrayRef keyUsage;
  CFArrayRef keyAttributes;
} SecItemImportExportKeyParameters;

/* Of the first edition. */
typedef struct {
  uint32_t version;
  SecKeyImportExportFlags flags;
  CFTypeRef passphrase;
  CFStringRef alertTitle;
  CFStringRef alertPrompt;
  SecAccessRef accessRef;
  CSSM_KEYUSE keyUsage;
  CSSM_KEYATTR_FLAGS keyAttributes;
} SecKeyImportExportParameters;

/*
 * Reads PEM, DER, PKCS#7 and PKCS#12 alike; the file's name and what *inputFormat and *itemType expect are hints that
 * nobody needs, and on return they say what it was. `outItems` (may be NULL; the caller releases it) is an array of
 * SecCertificate and SecKey objects, certificates first, each kind in the order of the data; of PKCS#12 a key and its
 * certificate are one SecIdentity, at the end. With a keychain, the items are added to it as well.
 */
CF_EXPORT OSStatus SecItemImport(CFDataRef importedData, CFStringRef fileNameOrExtension,
                                 SecExternalFormat* inputFormat, SecExternalItemType* itemType,
                                 SecItemImportExportFlags flags, const SecItemImportExportKeyParameters* keyParams,
                                 SecKeychainRef importKeychain, CFArrayRef* outItems);

/*
 * `secItemOrArray`: certificates, keys and identities. With kSecFormatUnknown a certificate is written as DER, a key
 * as kSecFormatOpenSSL, several items as PEM. A private key leaves in the clear only by kSecFormatOpenSSL,
 * kSecFormatBSAFE and kSecFormatRawKey. PKCS#12 and wrapped PKCS#8 need a passphrase, and are written with AES-256 and
 * PBKDF2.
 */
CF_EXPORT OSStatus SecItemExport(CFTypeRef secItemOrArray, SecExternalFormat outputFormat,
                                 SecItemImportExportFlags flags, const SecItemImportExportKeyParameters* keyParams,
                                 CFDataRef* exportedData);

CF_EXPORT OSStatus SecKeychainItemImport(CFDataRef importedData, CFStringRef fileNameOrExtension,
                                         SecExternalFormat* inputFormat, SecExternalItemType* itemType,
                                         SecItemImportExportFlags flags, const SecKeyImportExportParameters* keyParams,
                                         SecKeychainRef importKeychain, CFArrayRef* outItems);
CF_EXPORT OSStatus SecKeychainItemExport(CFTypeRef keychainItemOrArray, SecExternalFormat outputFormat,
                                         SecItemImportExportFlags flags, const SecKeyImportExportParameters* keyParams,
                                         CFDataRef* exportedData);

/* Options of SecPKCS12Import. */
CF_EXPORT const CFStringRef kSecImportExportPassphrase; /* "passphrase": CFString or CFData; none is the empty one */
CF_EXPORT const CFStringRef kSecImportExportKeychain;   /* "keychain": where the items go as well */
CF_EXPORT const CFStringRef kSecImportExportAccess;     /* "access": not looked at */
CF_EXPORT const CFStringRef kSecImportToMemoryOnly;     /* "memory": true: no keychain */
/* What is in its dictionaries. */
CF_EXPORT const CFStringRef kSecImportItemLabel;     /* "label": CFString, if there is one */
CF_EXPORT const CFStringRef kSecImportItemKeyID;     /* "keyid": CFData, the SHA-1 of the public key */
CF_EXPORT const CFStringRef kSecImportItemTrust;     /* "trust": SecTrust under the basic policy, evaluated */
CF_EXPORT const CFStringRef kSecImportItemCertChain; /* "chain": CFArray of SecCertificate, the identity's own first */
CF_EXPORT const CFStringRef kSecImportItemIdentity;  /* "identity": SecIdentity */

/*
 * One dictionary for each private key, as far as its certificate is there; certificates that belong to no chain come
 * in one more that only has "chain". The old profiles (RC2, 3DES) and today's are read; the old ones need OpenSSL's
 * legacy provider on the system. The items also go to the default keychain, which is in memory unless the program
 * chose another, so that SecIdentityCreateWithCertificate finds them; not with kSecImportToMemoryOnly.
 */
CF_EXPORT OSStatus SecPKCS12Import(CFDataRef pkcs12_data, CFDictionaryRef options, CFArrayRef* items);

CF_EXTERN_C_END

#endif
