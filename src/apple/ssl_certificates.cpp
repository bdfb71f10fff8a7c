// SPDX-License-Identifier: Apache-2.0
// Certificates of our own: what is shown to the peer, and what is asked of it.
#include <algorithm>

#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "apple/ssl_context.hpp"
#include "securetransport/trust/certificate_fields.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// [SecIdentity, SecCertificate, ...] as one identity. The certificates go out as they stand there, unchecked.
struct IdentityOrStatus {
  std::optional<Identity> identity;
  OSStatus status = errSecSuccess;
};

IdentityOrStatus identity_in(CFArrayRef array) {
  if (CFGetTypeID(array) != CFArrayGetTypeID()) return {{}, errSecParam};
  const std::span<const CFTypeRef> values = cf::values_of(array);
  if (values.empty()) return {{}, errSSLBadCert};
  const __SecIdentity* const first = cf::checked<__SecIdentity>(values.front());
  if (first == nullptr) return {{}, errSecParam};
  const PrivateKey key = PrivateKey::of(first->identity);
  std::vector<Certificate> chain{first->leaf()};
  for (const CFTypeRef value : values.subspan(1)) {
    const __SecCertificate* const certificate = cf::checked<__SecCertificate>(value);
    if (certificate == nullptr) return {{}, errSecParam};
    chain.push_back(certificate->certificate);
  }
  const Result<Identity> identity = Identity::from(key, std::move(chain));
  if (!identity) return {{}, status_of(identity.error())};
  return {*identity};
}

/// The array of a program, NULL included, as our own reference; false if it is something else.
bool keep(cf::CFRef<CFArrayRef>& kept, CFArrayRef array) {
  if (array != nullptr && CFGetTypeID(array) != CFArrayGetTypeID()) return false;
  kept = cf::CFRef<CFArrayRef>::retain(array);
  return true;
}

OSStatus hand_out(const cf::CFRef<CFArrayRef>& kept, CFArrayRef* array) noexcept {
  *array = cf::CFRef<CFArrayRef>(kept).release();
  return errSecSuccess;
}

/// A name that is asked for last stands first, as in Apple's.
void prepend_issuer(SSLContext& context, std::span<const std::uint8_t> name) {
  auto& issuers = context.server.acceptable_issuers;
  issuers.emplace(issuers.begin(), name.begin(), name.end());
}

cf::CFRef<CFArrayRef> array_of_names(const std::vector<std::vector<std::uint8_t>>& names) {
  std::vector<cf::CFRef<CFDataRef>> owned;
  std::vector<CFTypeRef> values;
  for (const auto& name : names) owned.push_back(cf::make_data(name));
  for (const auto& name : owned) values.push_back(name.get());
  return cf::make_array(values);
}

SSLClientCertificateState certificate_state(SSLContext& context) {
  Session* const session = context.session();
  const bool was_asked = !context.is_server() && session != nullptr && session->info().client_certificate_requested;
  if (!was_asked) return kSSLClientCertNone;
  return context.settings.certificates ? kSSLClientCertSent : kSSLClientCertRequested;
}

}  // namespace

std::optional<std::vector<Certificate>> apple::certificates_of(CFArrayRef array) {
  if (array == nullptr || CFGetTypeID(array) != CFArrayGetTypeID()) return std::nullopt;
  std::vector<Certificate> certificates;
  for (const CFTypeRef value : cf::values_of(array)) {
    const __SecCertificate* const certificate = cf::checked<__SecCertificate>(value);
    if (certificate == nullptr) return std::nullopt;
    certificates.push_back(certificate->certificate);
  }
  return certificates;
}

OSStatus SSLSetCertificate(SSLContextRef ref, CFArrayRef array) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    IdentityOrStatus found;
    if (array != nullptr) found = identity_in(array);
    // As Apple's: what was there before is gone also if this cannot be used.
    context.settings.certificates = {};
    if (found.status != errSecSuccess) return found.status;
    context.settings.certificates = cf::CFRef<CFArrayRef>::retain(array);
    context.settings.identity = found.identity;
    if (context.session() == nullptr) return errSecSuccess;
    return status_of(context.session()->replace_identity(found.identity));
  });
}

OSStatus SSLGetCertificate(SSLContextRef ref, CFArrayRef* array) {
  return get(ref, array, [](SSLContext& context) { return context.settings.certificates.get(); });
}

OSStatus SSLSetEncryptionCertificate(SSLContextRef ref, CFArrayRef array) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (array == nullptr || !keep(context.settings.encryption_certificates, array)) return errSecParam;
    return errSecSuccess;
  });
}

OSStatus SSLGetEncryptionCertificate(SSLContextRef ref, CFArrayRef* array) {
  return get(ref, array, [](SSLContext& context) { return context.settings.encryption_certificates.get(); });
}

OSStatus SSLSetClientSideAuthenticate(SSLContextRef ref, SSLAuthenticate authenticate) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.client_authentication = authenticate;
    return errSecSuccess;
  });
}

OSStatus SSLGetClientSideAuthenticate(SSLContextRef ref, SSLAuthenticate* authenticate) {
  return get(ref, authenticate, [](SSLContext& context) { return context.settings.client_authentication; });
}

OSStatus SSLAddDistinguishedName(SSLContextRef ref, const void* name, size_t size) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (name == nullptr || size == 0) return errSecParam;
    if (context.is_server()) prepend_issuer(context, bytes_at(name, size));
    return errSecSuccess;
  });
}

OSStatus SSLSetCertificateAuthorities(SSLContextRef ref, CFTypeRef one_or_array, Boolean replace) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_active() || !context.is_server() || one_or_array == nullptr) return errSecParam;
    const std::optional<__SecTrust::Certificates> added = certificates_in(one_or_array);
    if (!added) return errSecParam;
    std::vector<CFTypeRef> all;
    if (replace != 0) {
      context.server.acceptable_issuers.clear();
    } else {
      const std::span<const CFTypeRef> before = cf::values_of(context.settings.authorities.get());
      all.assign(before.begin(), before.end());
    }
    for (const auto& certificate : *added) {
      all.push_back(certificate.get());
      prepend_issuer(context, name_der(certificate.get()->certificate, NameOf::Subject));
    }
    context.settings.authorities = cf::make_array(all);
    return errSecSuccess;
  });
}

OSStatus SSLCopyCertificateAuthorities(SSLContextRef ref, CFArrayRef* array) {
  if (array == nullptr) return errSecParam;
  *array = nullptr;
  return with_context(ref, [&](SSLContext& context) { return hand_out(context.settings.authorities, array); });
}

OSStatus SSLCopyDistinguishedNames(SSLContextRef ref, CFArrayRef* names) {
  if (names == nullptr) return errSecParam;
  *names = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    std::vector<std::vector<std::uint8_t>> found;
    if (context.is_server()) {
      found = context.server.acceptable_issuers;
    } else if (context.session() != nullptr) {
      found = context.session()->acceptable_issuers_der();
      std::reverse(found.begin(), found.end());
    }
    if (!found.empty()) *names = array_of_names(found).release();
    return errSecSuccess;
  });
}

OSStatus SSLGetClientCertificateState(SSLContextRef ref, SSLClientCertificateState* state) {
  return get(ref, state, certificate_state);
}

OSStatus SSLSetOCSPResponse(SSLContextRef ref, CFDataRef response) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (response == nullptr || CFGetTypeID(response) != CFDataGetTypeID()) return errSecParam;
    const std::span<const std::uint8_t> bytes = cf::bytes_of(response);
    context.server.ocsp_staple.assign(bytes.begin(), bytes.end());
    if (context.session() != nullptr) context.session()->use_ocsp_staple(context.server.ocsp_staple);
    return errSecSuccess;
  });
}
