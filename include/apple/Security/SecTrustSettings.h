/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What users and administrators of a Mac say about single certificates. There is no such store here: nobody has said
 * anything, the system domain's certificates are the system's roots, and nothing can be written.
 */
#ifndef _SECURITY_SECTRUSTSETTINGS_H_
#define _SECURITY_SECTRUSTSETTINGS_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

/* Keys of a settings dictionary. */
#define kSecTrustSettingsPolicy CFSTR("kSecTrustSettingsPolicy")
#define kSecTrustSettingsApplication CFSTR("kSecTrustSettingsApplication")
#define kSecTrustSettingsPolicyString CFSTR("kSecTrustSettingsPolicyString")
#define kSecTrustSettingsKeyUsage CFSTR("kSecTrustSettingsKeyUsage")
#define kSecTrustSettingsAllowedError CFSTR("kSecTrustSettingsAllowedError")
#define kSecTrustSettingsResult CFSTR("kSecTrustSettingsResult")

typedef CF_ENUM(uint32_t, SecTrustSettingsResult) {
  kSecTrustSettingsResultInvalid = 0,
  kSecTrustSettingsResultTrustRoot = 1,
  kSecTrustSettingsResultTrustAsRoot = 2,
  kSecTrustSettingsResultDeny = 3,
  kSecTrustSettingsResultUnspecified = 4,
};

typedef CF_ENUM(uint32_t, SecTrustSettingsDomain) {
  kSecTrustSettingsDomainUser = 0,
  kSecTrustSettingsDomainAdmin = 1,
  kSecTrustSettingsDomainSystem = 2,
};

/*
 * The settings of one certificate. errSecItemNotFound, except for a root of the system in the system's domain: an empty
 * array, which means "trusted for everything". errSecParam for a NULL pointer or an object of another type.
 */
CF_EXPORT OSStatus SecTrustSettingsCopyTrustSettings(SecCertificateRef certRef, SecTrustSettingsDomain domain,
                                                     CFArrayRef* trustSettings);

/* The certificates that have settings: errSecNoTrustSettings, except for the system's domain: the system's roots. */
CF_EXPORT OSStatus SecTrustSettingsCopyCertificates(SecTrustSettingsDomain domain, CFArrayRef* certArray);

/* errSecUnimplemented: use the system's own way (update-ca-certificates), or SecTrustSetAnchorCertificates. */
CF_EXPORT OSStatus SecTrustSettingsSetTrustSettings(SecCertificateRef certRef, SecTrustSettingsDomain domain,
                                                    CFTypeRef trustSettingsDictOrArray);
CF_EXPORT OSStatus SecTrustSettingsRemoveTrustSettings(SecCertificateRef certRef, SecTrustSettingsDomain domain);

CF_EXTERN_C_END

#endif
