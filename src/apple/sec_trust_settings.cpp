// SPDX-License-Identifier: Apache-2.0
// SecTrustSettings: nobody has said anything about single certificates, and the system trusts its roots.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecTrustSettings.h>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "securetransport/trust/system_anchors.hpp"

using namespace securetransport::apple;
using securetransport::cf::checked;

OSStatus SecTrustSettingsCopyTrustSettings(SecCertificateRef certRef, SecTrustSettingsDomain domain,
                                           CFArrayRef* trustSettings) {
  return boundary([&]() -> OSStatus {
    const auto* const certificate = checked<__SecCertificate>(certRef);
    if (trustSettings == nullptr) return errSecParam;
    *trustSettings = nullptr;
    if (certificate == nullptr) return errSecParam;
    if (domain != kSecTrustSettingsDomainSystem || !securetransport::is_system_anchor(certificate->certificate)) {
      return errSecItemNotFound;
    }
    *trustSettings = securetransport::cf::make_array({}).release();
    return errSecSuccess;
  });
}

OSStatus SecTrustSettingsCopyCertificates(SecTrustSettingsDomain domain, CFArrayRef* certArray) {
  return boundary([&]() -> OSStatus {
    if (certArray == nullptr) return errSecParam;
    *certArray = nullptr;
    if (domain != kSecTrustSettingsDomainSystem) return errSecNoTrustSettings;
    *certArray = make_certificate_array(securetransport::system_anchors()).release();
    return errSecSuccess;
  });
}

OSStatus SecTrustSettingsSetTrustSettings(SecCertificateRef /*certRef*/, SecTrustSettingsDomain /*domain*/,
                                          CFTypeRef /*trustSettingsDictOrArray*/) {
  return errSecUnimplemented;
}

OSStatus SecTrustSettingsRemoveTrustSettings(SecCertificateRef certRef, SecTrustSettingsDomain /*domain*/) {
  return checked<__SecCertificate>(certRef) == nullptr ? errSecParam : errSecUnimplemented;
}
