// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/presets.hpp"

#include <algorithm>
#include <initializer_list>

#include "tls/registry.hpp"

namespace securetransport {
namespace {

using Numbers = std::initializer_list<std::uint16_t>;

// In Apple's order. The lists without TLS 1.3 are those of api version 61901, with ChaCha20 after AES-GCM.
constexpr Numbers kTls13 = {0x1301, 0x1302, 0x1303};
constexpr Numbers kEcdhe = {0xC02C, 0xC02B, 0xCCA9, 0xC024, 0xC023, 0xC00A, 0xC009,
                            0xC030, 0xC02F, 0xCCA8, 0xC028, 0xC027, 0xC014, 0xC013};
constexpr Numbers kDhe = {0x009F, 0x009E, 0x006B, 0x0067, 0x0039, 0x0033};
constexpr Numbers kRsa = {0x009D, 0x009C, 0x003D, 0x003C, 0x0035, 0x002F};
constexpr Numbers kAnonymous = {0xC019, 0xC018, 0x006D, 0x003A, 0x006C, 0x0034};

std::vector<CipherSuite> engine_has(std::initializer_list<Numbers> lists) {
  std::vector<CipherSuite> suites;
  for (const Numbers& list : lists) {
    for (const std::uint16_t number : list) {
      if (tls::find_suite(CipherSuite{number}) != nullptr) suites.push_back(CipherSuite{number});
    }
  }
  return suites;
}

AtsPolicy ats_with(const std::vector<CipherSuite>& suites) {
  AtsPolicy policy;
  policy.cipher_suites.clear();
  for (const CipherSuite suite : suites) policy.cipher_suites.push_back(static_cast<std::uint16_t>(suite));
  return policy;
}

std::vector<Preset> make_presets() {
  constexpr VersionRange kToday{};
  constexpr VersionRange kOld{ProtocolVersion::Tls10, ProtocolVersion::Tls12};
  constexpr VersionRange kTls10{ProtocolVersion::Tls10, ProtocolVersion::Tls10};
  constexpr VersionRange kTls12{ProtocolVersion::Tls12, ProtocolVersion::Tls12};
  const std::vector<CipherSuite> usual = engine_has({kTls13, kEcdhe, kRsa});
  const std::vector<CipherSuite> forward_secret = engine_has({kTls13, kEcdhe});
  return {
      {"default", kToday, usual},
      {"default_DHE", kToday, engine_has({kTls13, kEcdhe, kDhe, kRsa})},
      {"standard", kToday, usual},
      {"ATSv1", kToday, forward_secret, ats_with(forward_secret)},
      {"ATSv1_noPFS", kToday, usual, ats_with(usual)},
      {"legacy", kOld, engine_has({kEcdhe, kRsa})},
      {"legacy_DHE", kOld, engine_has({kEcdhe, kDhe, kRsa})},
      {"RC4_fallback", kOld, engine_has({kEcdhe, kRsa})},
      {"3DES_fallback", kOld, engine_has({kEcdhe, kRsa})},
      {"TLSv1_fallback", kTls10, engine_has({kEcdhe, kRsa}), {}, true},
      {"TLSv1_RC4_fallback", kTls10, engine_has({kEcdhe, kRsa}), {}, true},
      {"TLSv1_3DES_fallback", kTls10, engine_has({kEcdhe, kRsa}), {}, true},
      {"anonymous", kTls12, engine_has({kAnonymous})},
  };
}

}  // namespace

const Preset* find_preset(std::string_view name) {
  static const std::vector<Preset> kPresets = make_presets();
  const auto found =
      std::find_if(kPresets.begin(), kPresets.end(), [&](const Preset& preset) { return preset.name == name; });
  return found != kPresets.end() ? &*found : nullptr;
}

}  // namespace securetransport
