// SPDX-License-Identifier: Apache-2.0
// Diffie-Hellman, curves and pre-shared keys.
#include <algorithm>
#include <array>

#include "apple/ssl_context.hpp"
#include "securetransport/tls/presets.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

constexpr unsigned kSmallestDhGroup = 512;
constexpr unsigned kLargestMinimum = 2048;
constexpr std::size_t kLongestPskIdentity = 128;

/// What a program set, by pointer; null and 0 while it set nothing.
template <class Bytes>
OSStatus lend(const Bytes& bytes, const void** data, size_t* size) noexcept {
  *data = bytes.empty() ? nullptr : bytes.data();
  *size = bytes.size();
  return errSecSuccess;
}

SSL_ECDSA_NamedCurve curve_of(std::string_view group) {
  struct Row {
    std::string_view name;
    SSL_ECDSA_NamedCurve curve;
  };
  static constexpr std::array kRows{Row{"secp256r1", SSL_Curve_secp256r1}, Row{"secp384r1", SSL_Curve_secp384r1},
                                    Row{"secp521r1", SSL_Curve_secp521r1}, Row{"x25519", SSL_Curve_x25519},
                                    Row{"x448", SSL_Curve_x448}};
  const auto* const found = std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == group; });
  return found != kRows.end() ? found->curve : SSL_Curve_None;
}

/// Those of the curves that the engine has, as it takes them: the numbers of RFC 8422 are those of NamedGroup.
std::vector<NamedGroup> groups_of(std::span<const SSL_ECDSA_NamedCurve> curves) {
  std::vector<NamedGroup> groups;
  for (const SSL_ECDSA_NamedCurve curve : curves) {
    const bool is_known = (curve >= SSL_Curve_secp256r1 && curve <= SSL_Curve_secp521r1) || curve == SSL_Curve_x25519 ||
                          curve == SSL_Curve_x448;
    if (is_known) groups.push_back(NamedGroup{static_cast<std::uint16_t>(curve)});
  }
  return groups;
}

}  // namespace

OSStatus SSLSetDiffieHellmanParams(SSLContextRef ref, const void* data, size_t size) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::span<const std::uint8_t> der = bytes_at(data, size);
    if (!check_dh_parameters(der)) return errSecParam;
    context.settings.dh_parameters.assign(der.begin(), der.end());
    return errSecSuccess;
  });
}

OSStatus SSLGetDiffieHellmanParams(SSLContextRef ref, const void** data, size_t* size) {
  if (data == nullptr || size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return lend(context.settings.dh_parameters, data, size); });
}

OSStatus SSLSetMinimumDHGroupSize(SSLContextRef ref, unsigned bits) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.common().minimum_dh_bits = std::clamp(bits, kSmallestDhGroup, kLargestMinimum);
    return errSecSuccess;
  });
}

OSStatus SSLGetMinimumDHGroupSize(SSLContextRef ref, unsigned* bits) {
  return get(ref, bits, [](SSLContext& context) { return context.common().minimum_dh_bits; });
}

OSStatus SSLSetDHEEnabled(SSLContextRef ref, bool enabled) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.has_dhe = enabled;
    context.settings.options.at(kSSLSessionOptionFallback) = false;
    context.common().cipher_suites = find_preset(enabled ? "default_DHE" : "default")->cipher_suites;
    return errSecSuccess;
  });
}

OSStatus SSLGetDHEEnabled(SSLContextRef ref, bool* enabled) {
  return get(ref, enabled, [](SSLContext& context) { return context.settings.has_dhe; });
}

bool SSLIsSessionNegotiatedWithUnsafeDH(SSLContextRef /*context*/) { return false; }

OSStatus SSLSetECDSACurves(SSLContextRef ref, const SSL_ECDSA_NamedCurve* curves, unsigned count) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (curves == nullptr || count == 0) return errSecParam;
    context.settings.curves.assign(curves, curves + count);
    const std::vector<NamedGroup> groups = groups_of(context.settings.curves);
    context.common().groups = groups.empty() ? default_groups() : groups;
    return errSecSuccess;
  });
}

OSStatus SSLGetNumberOfECDSACurves(SSLContextRef ref, unsigned* count) {
  return get(ref, count, [](SSLContext& context) { return static_cast<unsigned>(context.settings.curves.size()); });
}

OSStatus SSLGetECDSACurves(SSLContextRef ref, SSL_ECDSA_NamedCurve* curves, unsigned* count) {
  if (curves == nullptr || count == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const auto& known = context.settings.curves;
    if (*count < known.size()) return errSecParam;
    std::copy(known.begin(), known.end(), curves);
    *count = static_cast<unsigned>(known.size());
    return errSecSuccess;
  });
}

OSStatus SSLGetNegotiatedCurve(SSLContextRef ref, SSL_ECDSA_NamedCurve* curve) {
  if (curve == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::string group = context.session() != nullptr ? context.session()->info().group : std::string();
    if (group.empty()) return errSecParam;
    *curve = curve_of(group);
    return errSecSuccess;
  });
}

OSStatus SSLSetPSKSharedSecret(SSLContextRef ref, const void* secret, size_t size) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (secret == nullptr || size == 0) return errSecParam;
    const std::span<const std::uint8_t> bytes = bytes_at(secret, size);
    context.settings.psk_secret.emplace(bytes.begin(), bytes.end());
    return errSecSuccess;
  });
}

OSStatus SSLSetPSKIdentity(SSLContextRef ref, const void* identity, size_t size) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (identity == nullptr || size == 0 || size > kLongestPskIdentity) return errSecParam;
    context.settings.psk_identity.assign(static_cast<const char*>(identity), size);
    return errSecSuccess;
  });
}

OSStatus SSLGetPSKIdentity(SSLContextRef ref, const void** identity, size_t* size) {
  if (identity == nullptr || size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return lend(context.settings.psk_identity, identity, size); });
}

OSStatus SSLSTSetPSKIdentityHint(SSLContextRef ref, const void* hint, size_t size) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.is_server()) return errSecBadReq;
    if (hint == nullptr || size == 0 || size > kLongestPskIdentity) return errSecParam;
    const std::string_view text(static_cast<const char*>(hint), size);
    if (text.find('\0') != std::string_view::npos) return errSecParam;
    context.server.psk_identity_hint = text;
    return errSecSuccess;
  });
}

OSStatus SSLSTCopyPSKIdentityHint(SSLContextRef ref, CFDataRef* hint) {
  if (hint == nullptr) return errSecParam;
  *hint = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_server()) return errSecBadReq;
    const std::string text = context.session() != nullptr ? context.session()->info().psk_identity_hint : std::string();
    if (!text.empty()) *hint = cf::make_data(bytes_at(text.data(), text.size())).release();
    return errSecSuccess;
  });
}
