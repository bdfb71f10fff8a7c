// SPDX-License-Identifier: Apache-2.0
// SecPolicy: what a chain is judged by.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecPolicy.h>
#include <Security/cssmapple.h>
#include <Security/oidsalg.h>

#include <array>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"

using namespace securetransport::apple;
using securetransport::PeerRole;
using securetransport::PolicyTerms;
using securetransport::cf::CFRef;
using securetransport::cf::checked;

namespace {

constexpr CFOptionFlags kMethods = kSecRevocationUseAnyAvailableMethod;

bool is(CFTypeRef object, CFTypeID type) { return object != nullptr && CFGetTypeID(object) == type; }

/// Without a host any name will do; an empty one is a name that no certificate has.
PolicyTerms tls_terms(bool is_server, std::optional<std::string> host) {
  PolicyTerms terms{PolicyTerms::Kind::Tls};
  terms.peer_role = is_server ? PeerRole::Server : PeerRole::Client;
  if (!is_server || !host) return terms;
  terms.refuses_every_name = host->empty();
  terms.peer_name = *std::move(host);
  return terms;
}

/// What a dictionary of properties may say.
struct Properties {
  std::optional<std::string> name;
  bool is_client = false;
  CFOptionFlags revocation = kMethods;
};

/// None if a value is of the wrong type.
std::optional<Properties> read(CFDictionaryRef dictionary) {
  Properties properties;
  if (dictionary == nullptr) return properties;
  if (CFTypeRef value = nullptr; CFDictionaryGetValueIfPresent(dictionary, kSecPolicyName, &value)) {
    if (!is(value, CFStringGetTypeID())) return std::nullopt;
    properties.name = securetransport::cf::string_of(static_cast<CFStringRef>(value));
  }
  if (CFTypeRef value = nullptr; CFDictionaryGetValueIfPresent(dictionary, kSecPolicyClient, &value)) {
    if (!is(value, CFBooleanGetTypeID())) return std::nullopt;
    properties.is_client = CFBooleanGetValue(static_cast<CFBooleanRef>(value)) != 0;
  }
  if (CFTypeRef value = nullptr; CFDictionaryGetValueIfPresent(dictionary, kSecPolicyRevocationFlags, &value)) {
    CFIndex flags = 0;
    if (!is(value, CFNumberGetTypeID()) ||
        !CFNumberGetValue(static_cast<CFNumberRef>(value), kCFNumberCFIndexType, &flags)) {
      return std::nullopt;
    }
    properties.revocation = static_cast<CFOptionFlags>(flags);
  }
  return properties;
}

SecPolicyRef create_revocation(CFOptionFlags flags) {
  if ((flags & kMethods) == 0) return nullptr;
  PolicyTerms terms{PolicyTerms::Kind::Revocation};
  terms.requires_revocation_check = (flags & kSecRevocationRequirePositiveResponse) != 0;
  return new __SecPolicy(terms, flags);
}

SecPolicyRef create(CFTypeRef identifier, Properties properties) {
  if (CFEqual(identifier, kSecPolicyAppleX509Basic)) return new __SecPolicy(PolicyTerms{});
  if (CFEqual(identifier, kSecPolicyAppleRevocation)) return create_revocation(properties.revocation);
  const bool is_eap = CFEqual(identifier, kSecPolicyAppleEAP);
  if (!is_eap && !CFEqual(identifier, kSecPolicyAppleSSL)) return nullptr;
  auto* const policy = new __SecPolicy(tls_terms(!properties.is_client, std::move(properties.name)));
  if (is_eap) policy->identifier = kSecPolicyAppleEAP;
  return policy;
}

constexpr std::array<uint8, 9> kBasicOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x02};
constexpr std::array<uint8, 9> kTlsOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x03};
constexpr std::array<uint8, 9> kRevocationListOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x06};
constexpr std::array<uint8, 9> kRevocationOcspOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x07};
constexpr std::array<uint8, 9> kEapOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x09};
constexpr std::array<uint8, 9> kRevocationOid{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x63, 0x64, 0x01, 0x15};

CSSM_OID oid_of(const std::array<uint8, 9>& bytes) {
  return {bytes.size(), const_cast<uint8*>(bytes.data())};  // Nobody writes to it, but so the old structure has it.
}

}  // namespace

const CSSM_OID CSSMOID_APPLE_X509_BASIC = oid_of(kBasicOid);
const CSSM_OID CSSMOID_APPLE_TP_SSL = oid_of(kTlsOid);
const CSSM_OID CSSMOID_APPLE_TP_REVOCATION_CRL = oid_of(kRevocationListOid);
const CSSM_OID CSSMOID_APPLE_TP_REVOCATION_OCSP = oid_of(kRevocationOcspOid);
const CSSM_OID CSSMOID_APPLE_TP_EAP = oid_of(kEapOid);
const CSSM_OID CSSMOID_APPLE_TP_REVOCATION = oid_of(kRevocationOid);

CFTypeID SecPolicyGetTypeID() { return __SecPolicy::type_id(); }

SecPolicyRef SecPolicyCreateBasicX509() {
  return object_boundary([] { return new __SecPolicy(PolicyTerms{}); });
}

SecPolicyRef SecPolicyCreateSSL(Boolean server, CFStringRef hostname) {
  if (hostname != nullptr && !is(hostname, CFStringGetTypeID())) return nullptr;
  return object_boundary([&] {
    std::optional<std::string> host;
    if (hostname != nullptr) host = securetransport::cf::string_of(hostname);
    return new __SecPolicy(tls_terms(server != 0, std::move(host)));
  });
}

SecPolicyRef SecPolicyCreateRevocation(CFOptionFlags revocationFlags) {
  return object_boundary([&] { return create_revocation(revocationFlags); });
}

SecPolicyRef SecPolicyCreateWithProperties(CFTypeRef policyIdentifier, CFDictionaryRef properties) {
  if (!is(policyIdentifier, CFStringGetTypeID())) return nullptr;
  if (properties != nullptr && !is(properties, CFDictionaryGetTypeID())) return nullptr;
  return object_boundary([&]() -> SecPolicyRef {
    auto read_properties = read(properties);
    return read_properties ? create(policyIdentifier, *std::move(read_properties)) : nullptr;
  });
}

CFDictionaryRef SecPolicyCopyProperties(SecPolicyRef policyRef) {
  return object_boundary([&]() -> CFDictionaryRef {
    const auto* const self = checked<__SecPolicy>(policyRef);
    if (self == nullptr) return nullptr;
    const auto name = securetransport::cf::make_string(self->terms.peer_name);
    const auto flags = securetransport::cf::make_number(static_cast<std::int64_t>(self->revocation_flags));
    std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{{kSecPolicyOid, self->identifier}};
    const bool has_name = !self->terms.peer_name.empty() || self->terms.refuses_every_name;
    if (has_name) entries.emplace_back(kSecPolicyName, name.get());
    if (self->terms.kind == PolicyTerms::Kind::Tls && self->terms.peer_role == PeerRole::Client) {
      entries.emplace_back(kSecPolicyClient, kCFBooleanTrue);
    }
    if (self->terms.kind == PolicyTerms::Kind::Revocation) {
      entries.emplace_back(kSecPolicyRevocationFlags, flags.get());
    }
    return securetransport::cf::make_dictionary(entries).release();
  });
}

OSStatus SecPolicySetProperties(SecPolicyRef policyRef, CFDictionaryRef properties) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecPolicy>(policyRef);
    if (self == nullptr || !is(properties, CFDictionaryGetTypeID())) return errSecParam;
    auto read_properties = read(properties);
    if (!read_properties) return errSecParam;
    if (self->terms.kind == PolicyTerms::Kind::Tls) {
      self->terms = tls_terms(!read_properties->is_client, std::move(read_properties->name));
    }
    return errSecSuccess;
  });
}

OSStatus SecPolicyGetOID(SecPolicyRef policyRef, CSSM_OID* oid) {
  const auto* const self = checked<__SecPolicy>(policyRef);
  if (self == nullptr || oid == nullptr) return errSecParam;
  switch (self->terms.kind) {
    case PolicyTerms::Kind::BasicX509: *oid = CSSMOID_APPLE_X509_BASIC; break;
    case PolicyTerms::Kind::Revocation: *oid = CSSMOID_APPLE_TP_REVOCATION; break;
    case PolicyTerms::Kind::Tls:
      *oid = self->identifier == kSecPolicyAppleEAP ? CSSMOID_APPLE_TP_EAP : CSSMOID_APPLE_TP_SSL;
      break;
  }
  return errSecSuccess;
}

OSStatus SecPolicySetValue(SecPolicyRef policyRef, const CSSM_DATA* value) {
  const auto* const policy = checked<__SecPolicy>(policyRef);
  if (policy == nullptr || value == nullptr) return errSecParam;
  // Both structures begin with a version and flags, of which the first asks for proof for every certificate: that may
  // not be dropped. The others say what is fetched or stored, and here nothing is.
  std::array<uint32, 2> head{};
  if (policy->terms.kind != PolicyTerms::Kind::Revocation || value->Data == nullptr || value->Length < sizeof head) {
    return errSecUnimplemented;
  }
  std::memcpy(head.data(), value->Data, sizeof head);
  return head[0] == CSSM_APPLE_TP_CRL_OPTS_VERSION && (head[1] & CSSM_TP_ACTION_REQUIRE_CRL_PER_CERT) == 0
             ? errSecSuccess
             : errSecUnimplemented;
}

OSStatus SecPolicyGetValue(SecPolicyRef policyRef, CSSM_DATA* value) {
  if (checked<__SecPolicy>(policyRef) == nullptr || value == nullptr) return errSecParam;
  return errSecUnimplemented;
}
