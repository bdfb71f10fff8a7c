// SPDX-License-Identifier: Apache-2.0
// The public keys of certificates and of trust objects.
#include <Security/SecCertificate.h>
#include <Security/SecTrust.h>

#include "apple/boundary.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "securetransport/trust/key.hpp"

using namespace securetransport::apple;
using securetransport::PublicKey;
using securetransport::cf::checked;

namespace {

/// errSecInternal, which no public header names.
constexpr OSStatus kInternal = -26276;

SecKeyRef copy_key(const securetransport::Certificate& certificate) {
  auto key = PublicKey::of(certificate);
  return key ? make_key(*std::move(key)).release() : nullptr;
}

}  // namespace

SecKeyRef SecCertificateCopyKey(SecCertificateRef certificate) {
  return object_boundary([&]() -> SecKeyRef {
    const auto* const self = checked<__SecCertificate>(certificate);
    return self == nullptr ? nullptr : copy_key(self->certificate);
  });
}

OSStatus SecCertificateCopyPublicKey(SecCertificateRef certificate, SecKeyRef* key) {
  return boundary([&]() -> OSStatus {
    if (key == nullptr) return errSecParam;
    *key = nullptr;
    const auto* const self = checked<__SecCertificate>(certificate);
    if (self == nullptr) return errSecParam;
    *key = copy_key(self->certificate);
    return *key != nullptr ? errSecSuccess : kInternal;
  });
}

SecKeyRef SecTrustCopyKey(SecTrustRef trust) {
  return object_boundary([&]() -> SecKeyRef {
    const auto* const self = checked<__SecTrust>(trust);
    return self == nullptr ? nullptr : copy_key(self->question().chain.front());
  });
}

SecKeyRef SecTrustCopyPublicKey(SecTrustRef trust) { return SecTrustCopyKey(trust); }
