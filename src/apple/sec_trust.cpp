// SPDX-License-Identifier: Apache-2.0
// SecTrust: making a trust object and changing what it asks. Judging is in sec_trust_evaluate.cpp.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecPolicy.h>
#include <Security/SecTrust.h>

#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "apple/sec_time.hpp"
#include "securetransport/trust/system_anchors.hpp"
#include "securetransport/trust/trust_outcome.hpp"

using namespace securetransport::apple;
using securetransport::cf::bytes_of;
using securetransport::cf::CFRef;
using securetransport::cf::checked;

namespace {

/// One CFData, or an array of nothing but CFData.
bool are_data(CFTypeRef one_or_array, std::vector<std::vector<std::uint8_t>>& blobs) {
  const auto add = [&](CFTypeRef value) {
    if (value == nullptr || CFGetTypeID(value) != CFDataGetTypeID()) return false;
    const auto bytes = bytes_of(static_cast<CFDataRef>(value));
    blobs.emplace_back(bytes.begin(), bytes.end());
    return true;
  };
  if (CFGetTypeID(one_or_array) != CFArrayGetTypeID()) return add(one_or_array);
  for (const CFTypeRef value : securetransport::cf::values_of(static_cast<CFArrayRef>(one_or_array))) {
    if (!add(value)) return false;
  }
  return true;
}

/// NULL stands for basic X.509 where `allows_none` says so; no policy at all is never right.
std::optional<__SecTrust::Policies> policies_from(CFTypeRef policies, bool allows_none) {
  if (policies == nullptr && allows_none) {
    return __SecTrust::Policies{CFRef<SecPolicyRef>::adopt(SecPolicyCreateBasicX509())};
  }
  auto objects = policies_in(policies);
  return objects && !objects->empty() ? std::move(objects) : std::nullopt;
}

}  // namespace

CFTypeID SecTrustGetTypeID() { return __SecTrust::type_id(); }

OSStatus SecTrustCreateWithCertificates(CFTypeRef certificates, CFTypeRef policies, SecTrustRef* trust) {
  return boundary([&]() -> OSStatus {
    if (trust != nullptr) *trust = nullptr;
    auto chain = certificates_in(certificates);
    auto terms = policies_from(policies, true);
    if (!chain || chain->empty() || !terms) return errSecParam;
    if (trust != nullptr) *trust = new __SecTrust(*std::move(chain), *std::move(terms));
    return errSecSuccess;
  });
}

OSStatus SecTrustSetPolicies(SecTrustRef trust, CFTypeRef policies) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    auto terms = policies_from(policies, false);
    if (self == nullptr || !terms) return errSecParam;
    self->set_policies(*std::move(terms));
    return errSecSuccess;
  });
}

OSStatus SecTrustCopyPolicies(SecTrustRef trust, CFArrayRef* policies) {
  return boundary([&]() -> OSStatus {
    const auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr || policies == nullptr) return errSecParam;
    std::vector<CFTypeRef> values;
    for (const auto& policy : self->policies()) values.push_back(policy.get());
    *policies = securetransport::cf::make_array(values).release();
    return errSecSuccess;
  });
}

OSStatus SecTrustSetAnchorCertificates(SecTrustRef trust, CFArrayRef anchorCertificates) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    std::optional<__SecTrust::Certificates> anchors;
    if (anchorCertificates != nullptr) {
      if (CFGetTypeID(anchorCertificates) != CFArrayGetTypeID()) return errSecParam;
      anchors = certificates_in(anchorCertificates);
      if (!anchors) return errSecParam;
    }
    self->set_anchors(std::move(anchors));
    self->change().has_anchors_only = anchorCertificates != nullptr;
    return errSecSuccess;
  });
}

OSStatus SecTrustSetAnchorCertificatesOnly(SecTrustRef trust, Boolean anchorCertificatesOnly) {
  auto* const self = checked<__SecTrust>(trust);
  if (self == nullptr) return errSecParam;
  self->change().has_anchors_only = anchorCertificatesOnly != 0;
  return errSecSuccess;
}

OSStatus SecTrustCopyCustomAnchorCertificates(SecTrustRef trust, CFArrayRef* anchors) {
  return boundary([&]() -> OSStatus {
    const auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr || anchors == nullptr) return errSecParam;
    *anchors = self->anchors() ? array_of(*self->anchors()).release() : nullptr;
    return errSecSuccess;
  });
}

OSStatus SecTrustCopyAnchorCertificates(CFArrayRef* anchors) {
  return boundary([&]() -> OSStatus {
    if (anchors == nullptr) return errSecParam;
    *anchors = make_certificate_array(securetransport::system_anchors()).release();
    return errSecSuccess;
  });
}

OSStatus SecTrustSetVerifyDate(SecTrustRef trust, CFDateRef verifyDate) {
  auto* const self = checked<__SecTrust>(trust);
  if (self == nullptr || (verifyDate != nullptr && CFGetTypeID(verifyDate) != CFDateGetTypeID())) return errSecParam;
  auto& time = self->change().time;
  time.reset();
  if (verifyDate != nullptr) time = moment_of(CFDateGetAbsoluteTime(verifyDate));
  return errSecSuccess;
}

CFAbsoluteTime SecTrustGetVerifyTime(SecTrustRef trust) {
  auto* const self = checked<__SecTrust>(trust);
  return self == nullptr ? 0 : absolute_time(self->fix_time());
}

OSStatus SecTrustSetNetworkFetchAllowed(SecTrustRef trust, Boolean allowFetch) {
  auto* const self = checked<__SecTrust>(trust);
  if (self == nullptr) return errSecParam;
  self->is_network_allowed = allowFetch != 0;
  return errSecSuccess;
}

OSStatus SecTrustGetNetworkFetchAllowed(SecTrustRef trust, Boolean* allowFetch) {
  const auto* const self = checked<__SecTrust>(trust);
  if (self == nullptr || allowFetch == nullptr) return errSecParam;
  *allowFetch = self->is_network_allowed ? TRUE : FALSE;
  return errSecSuccess;
}

OSStatus SecTrustSetOCSPResponse(SecTrustRef trust, CFTypeRef responseData) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    std::vector<std::vector<std::uint8_t>> responses;
    if (self == nullptr || (responseData != nullptr && !are_data(responseData, responses))) return errSecParam;
    self->change().stapled_ocsp = responses.empty() ? std::vector<std::uint8_t>{} : std::move(responses.front());
    return errSecSuccess;
  });
}

OSStatus SecTrustSetSignedCertificateTimestamps(SecTrustRef trust, CFArrayRef sctArray) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr || (sctArray != nullptr && CFGetTypeID(sctArray) != CFArrayGetTypeID())) return errSecParam;
    std::vector<std::vector<std::uint8_t>> timestamps;
    if (sctArray != nullptr && !are_data(sctArray, timestamps)) return errSecParam;
    auto list = securetransport::timestamp_list(timestamps);
    if (!list) return errSecParam;
    self->change().timestamps = *std::move(list);
    return errSecSuccess;
  });
}

OSStatus SecTrustSetOptions(SecTrustRef trust, SecTrustOptionFlags options) {
  auto* const self = checked<__SecTrust>(trust);
  if (self == nullptr) return errSecParam;
  const auto has = [options](SecTrustOptionFlags flag) { return (options & flag) != 0; };
  securetransport::TrustQuestion& question = self->change();
  question.accepts_expired = has(kSecTrustOptionAllowExpired);
  question.accepts_expired_root = has(kSecTrustOptionAllowExpiredRoot);
  question.requires_revocation_check = has(kSecTrustOptionRequireRevPerCert);
  question.has_implicit_anchors = has(kSecTrustOptionImplicitAnchors);
  return errSecSuccess;
}

OSStatus SecTrustSetKeychains(SecTrustRef trust, CFTypeRef /*keychainOrArray*/) {
  return checked<__SecTrust>(trust) == nullptr ? errSecParam : errSecSuccess;
}

CFDataRef SecTrustCopyExceptions(SecTrustRef trust) {
  return object_boundary([&]() -> CFDataRef {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return nullptr;
    const auto exceptions = securetransport::exceptions_for(self->result());
    return securetransport::cf::make_data(
               securetransport::encode_exceptions(self->question().chain.front(), exceptions))
        .release();
  });
}

bool SecTrustSetExceptions(SecTrustRef trust, CFDataRef exceptions) {
  const OSStatus status = boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    self->change().exceptions.clear();
    if (exceptions == nullptr || CFGetTypeID(exceptions) != CFDataGetTypeID()) return errSecParam;
    auto decoded = securetransport::decode_exceptions(self->question().chain.front(), bytes_of(exceptions));
    if (!decoded) return errSecParam;
    self->change().exceptions = *std::move(decoded);
    return errSecSuccess;
  });
  return status == errSecSuccess;
}
