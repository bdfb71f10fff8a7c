// SPDX-License-Identifier: Apache-2.0
// What this library has beyond Apple's: what a session may insist on, changes to the rules of ATS, modules.
#include <algorithm>
#include <array>

#include "apple/cf_values.hpp"
#include "apple/ssl_context.hpp"
#include "cf/string.hpp"
#include "securetransport/tls/crypto_module.hpp"

using namespace securetransport;
using namespace securetransport::apple;
using securetransport::cf::constant_string;

const CFStringRef kSSLSTATSMinimumVersion = constant_string<"minimumVersion">;
const CFStringRef kSSLSTATSLeafPins = constant_string<"leafPins">;
const CFStringRef kSSLSTATSExtendedMasterSecret = constant_string<"extendedMasterSecret">;

namespace {

std::optional<std::uint16_t> wire_version(CFTypeRef value) {
  constexpr std::array kVersions{kTLSProtocol1, kTLSProtocol11, kTLSProtocol12, kTLSProtocol13};
  const std::optional<std::int64_t> number = as_number(value);
  if (!number || std::find(kVersions.begin(), kVersions.end(), *number) == kVersions.end()) return std::nullopt;
  return static_cast<std::uint16_t>(engine_version(static_cast<SSLProtocol>(*number)));
}

std::optional<std::vector<Pin>> pins_in(CFTypeRef value) {
  if (as_array(value) == nullptr) return std::nullopt;
  std::vector<Pin> pins;
  for (const CFTypeRef one : cf::values_of(as_array(value))) {
    const std::span<const std::uint8_t> bytes = cf::bytes_of(as_data(one));
    Pin pin{};
    if (bytes.size() != pin.spki_sha256.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), pin.spki_sha256.begin());
    pins.push_back(pin);
  }
  return pins;
}

/// False for a key that nobody knows, or a value that does not fit.
bool change(AtsPolicy& policy, CFTypeRef key, CFTypeRef value) {
  if (CFEqual(key, kSSLSTATSMinimumVersion) != 0) {
    const std::optional<std::uint16_t> version = wire_version(value);
    if (version) policy.minimum_version = *version;
    return version.has_value();
  }
  if (CFEqual(key, kSSLSTATSLeafPins) != 0) {
    const std::optional<std::vector<Pin>> pins = pins_in(value);
    if (pins) policy.leaf_pins = *pins;
    return pins.has_value();
  }
  if (CFEqual(key, kSSLSTATSExtendedMasterSecret) != 0) {
    const std::optional<bool> required = as_bool(value);
    if (required) policy.requires_extended_master_secret = *required;
    return required.has_value();
  }
  return false;
}

bool change_all(AtsPolicy& policy, CFDictionaryRef rules) {
  std::vector<CFTypeRef> keys(static_cast<std::size_t>(CFDictionaryGetCount(rules)));
  std::vector<CFTypeRef> values(keys.size());
  CFDictionaryGetKeysAndValues(rules, keys.data(), values.data());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!change(policy, keys[i], values[i])) return false;
  }
  return true;
}

OSStatus set_client_demand(ClientConfig& client, SSLSTDemand demand, bool value) noexcept {
  switch (demand) {
    case kSSLSTDemandExtendedMasterSecret: client.require_extended_master_secret = value; return errSecSuccess;
    case kSSLSTDemandSecureRenegotiation: client.require_secure_renegotiation = value; return errSecSuccess;
    case kSSLSTDemandResumption:
      client.resumption = value ? Resumption::Require : Resumption::Offer;
      return errSecSuccess;
    case kSSLSTDemandPSKIdentity: return errSecBadReq;
  }
  return errSecParam;
}

OSStatus set_server_demand(ContextSettings& settings, SSLSTDemand demand, bool value) noexcept {
  switch (demand) {
    case kSSLSTDemandPSKIdentity: settings.demands_psk_identity = value; return errSecSuccess;
    case kSSLSTDemandExtendedMasterSecret:
    case kSSLSTDemandSecureRenegotiation:
    case kSSLSTDemandResumption: return errSecBadReq;
  }
  return errSecParam;
}

}  // namespace

OSStatus SSLSTLoadCryptoModule(CFStringRef name) {
  if (as_string(name) == nullptr) return errSecParam;
  return boundary([&] { return load_crypto_module(cf::string_of(name)); });
}

OSStatus SSLSTSetRetransmissionTimeout(SSLContextRef ref, uint32_t milliseconds) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.is_datagram() || milliseconds == 0) return errSecParam;
    context.common().retransmission_timeout = std::chrono::milliseconds(milliseconds);
    return errSecSuccess;
  });
}

OSStatus SSLSTSetDemand(SSLContextRef ref, SSLSTDemand demand, Boolean value) {
  return with_idle_context(ref, [&](SSLContext& context) {
    return context.is_server() ? set_server_demand(context.settings, demand, value != 0)
                               : set_client_demand(context.client, demand, value != 0);
  });
}

OSStatus SSLSTSetKnownNames(SSLContextRef ref, CFArrayRef names) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (names != nullptr && as_array(names) == nullptr) return errSecParam;
    if (!context.is_server()) return errSecBadReq;
    std::vector<std::string> known;
    for (const CFTypeRef name : cf::values_of(names)) {
      if (as_string(name) == nullptr) return errSecParam;
      known.push_back(cf::string_of(as_string(name)));
    }
    context.server.known_names = std::move(known);
    return errSecSuccess;
  });
}

OSStatus SSLSTSetATSRules(SSLContextRef ref, CFDictionaryRef rules) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (as_dictionary(rules) == nullptr) return errSecParam;
    if (context.is_server() || !context.client.ats) return errSecBadReq;
    AtsPolicy changed = *context.client.ats;
    if (!change_all(changed, rules)) return errSecParam;
    context.client.ats = std::move(changed);
    return errSecSuccess;
  });
}
