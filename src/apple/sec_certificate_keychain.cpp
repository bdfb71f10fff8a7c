// SPDX-License-Identifier: Apache-2.0
// Certificates into keychains, the older way to say SecItemAdd.
#include <Security/SecCertificate.h>
#include <Security/SecItem.h>

#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"

OSStatus SecCertificateAddToKeychain(SecCertificateRef certificate, SecKeychainRef keychain) {
  return securetransport::apple::boundary([&]() -> OSStatus {
    if (securetransport::cf::checked<__SecCertificate>(certificate) == nullptr) return errSecParam;
    std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{{kSecClass, kSecClassCertificate},
                                                         {kSecValueRef, certificate}};
    if (keychain != nullptr) entries.emplace_back(kSecUseKeychain, keychain);
    return SecItemAdd(securetransport::cf::make_dictionary(entries).get(), nullptr);
  });
}
