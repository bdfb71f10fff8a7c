// SPDX-License-Identifier: Apache-2.0
// Names and default lists of versions, groups and signature schemes.
#include "securetransport/tls/protocol.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "ossl/failure.hpp"
#include "tls/registry.hpp"

namespace securetransport {
namespace {

struct VersionName {
  ProtocolVersion version;
  std::string_view family;
  std::string_view number;
};

constexpr std::string_view kTls = "TLS";
constexpr std::string_view kDtls = "DTLS";

constexpr std::array kVersions{
    VersionName{ProtocolVersion::Tls10, kTls, "1.0"},   VersionName{ProtocolVersion::Tls11, kTls, "1.1"},
    VersionName{ProtocolVersion::Tls12, kTls, "1.2"},   VersionName{ProtocolVersion::Tls13, kTls, "1.3"},
    VersionName{ProtocolVersion::Dtls10, kDtls, "1.0"}, VersionName{ProtocolVersion::Dtls12, kDtls, "1.2"},
};

bool has_prefix(std::string_view text, std::string_view prefix) noexcept {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return a == static_cast<char>(std::toupper(static_cast<unsigned char>(b)));
         });
}

// IANA "TLS Supported Groups", with the name that OpenSSL 3.0's group lists take.
constexpr std::array kGroups{
    tls::GroupName{NamedGroup{0x0017}, "secp256r1", "P-256"},
    tls::GroupName{NamedGroup{0x0018}, "secp384r1", "P-384"},
    tls::GroupName{NamedGroup{0x0019}, "secp521r1", "P-521"},
    tls::GroupName{NamedGroup{0x001D}, "x25519", "X25519"},
    tls::GroupName{NamedGroup{0x001E}, "x448", "X448"},
    tls::GroupName{NamedGroup{0x0100}, "ffdhe2048", "ffdhe2048"},
    tls::GroupName{NamedGroup{0x0101}, "ffdhe3072", "ffdhe3072"},
    tls::GroupName{NamedGroup{0x0102}, "ffdhe4096", "ffdhe4096"},
    tls::GroupName{NamedGroup{0x0103}, "ffdhe6144", "ffdhe6144"},
    tls::GroupName{NamedGroup{0x0104}, "ffdhe8192", "ffdhe8192"},
};

struct SchemeName {
  SignatureScheme scheme;
  std::string_view name;
};

// IANA "TLS SignatureScheme". OpenSSL's signature algorithm lists take the same names.
constexpr std::array kSchemes{
    SchemeName{SignatureScheme{0x0201}, "rsa_pkcs1_sha1"},
    SchemeName{SignatureScheme{0x0203}, "ecdsa_sha1"},
    SchemeName{SignatureScheme{0x0401}, "rsa_pkcs1_sha256"},
    SchemeName{SignatureScheme{0x0403}, "ecdsa_secp256r1_sha256"},
    SchemeName{SignatureScheme{0x0501}, "rsa_pkcs1_sha384"},
    SchemeName{SignatureScheme{0x0503}, "ecdsa_secp384r1_sha384"},
    SchemeName{SignatureScheme{0x0601}, "rsa_pkcs1_sha512"},
    SchemeName{SignatureScheme{0x0603}, "ecdsa_secp521r1_sha512"},
    SchemeName{SignatureScheme{0x0804}, "rsa_pss_rsae_sha256"},
    SchemeName{SignatureScheme{0x0805}, "rsa_pss_rsae_sha384"},
    SchemeName{SignatureScheme{0x0806}, "rsa_pss_rsae_sha512"},
    SchemeName{SignatureScheme{0x0807}, "ed25519"},
    SchemeName{SignatureScheme{0x0808}, "ed448"},
    SchemeName{SignatureScheme{0x0809}, "rsa_pss_pss_sha256"},
    SchemeName{SignatureScheme{0x080A}, "rsa_pss_pss_sha384"},
    SchemeName{SignatureScheme{0x080B}, "rsa_pss_pss_sha512"},
};

}  // namespace

namespace tls {

bool is_known(ProtocolVersion version) noexcept {
  return std::any_of(kVersions.begin(), kVersions.end(),
                     [&](const VersionName& known) { return known.version == version; });
}

std::string hex16(std::uint16_t value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[(value >> shift) & 0xf];
  return text;
}

const GroupName* find_group(NamedGroup group) noexcept {
  const auto* const found =
      std::find_if(kGroups.begin(), kGroups.end(), [&](const GroupName& known) { return known.group == group; });
  return found != kGroups.end() ? found : nullptr;
}

}  // namespace tls

bool is_datagram(ProtocolVersion version) noexcept {
  return version == ProtocolVersion::Dtls10 || version == ProtocolVersion::Dtls12;
}

bool is_older(ProtocolVersion version, ProtocolVersion than) noexcept {
  return ossl::tls_equivalent(static_cast<std::uint16_t>(version)) <
         ossl::tls_equivalent(static_cast<std::uint16_t>(than));
}

std::string to_string(ProtocolVersion version) {
  for (const VersionName& known : kVersions) {
    if (known.version == version) return std::string(known.family) + ' ' + std::string(known.number);
  }
  return tls::hex16(static_cast<std::uint16_t>(version));
}

std::string to_string(NamedGroup group) {
  const tls::GroupName* const known = tls::find_group(group);
  return known != nullptr ? std::string(known->iana) : tls::hex16(static_cast<std::uint16_t>(group));
}

std::string to_string(SignatureScheme scheme) {
  for (const SchemeName& known : kSchemes) {
    if (known.scheme == scheme) return std::string(known.name);
  }
  return tls::hex16(static_cast<std::uint16_t>(scheme));
}

std::optional<ProtocolVersion> parse_version(std::string_view text) noexcept {
  const std::string_view family = has_prefix(text, kDtls) ? kDtls : kTls;
  if (has_prefix(text, family)) {
    text.remove_prefix(family.size());
    if (!text.empty() && (text.front() == 'v' || text.front() == 'V' || text.front() == ' ')) text.remove_prefix(1);
  }
  for (const VersionName& known : kVersions) {
    if (known.family == family && known.number == text) return known.version;
  }
  return std::nullopt;
}

const std::vector<NamedGroup>& default_groups() {
  static const std::vector<NamedGroup> groups{NamedGroup{0x001D}, NamedGroup{0x0017}, NamedGroup{0x0018},
                                              NamedGroup{0x0019}};
  return groups;
}

const std::vector<SignatureScheme>& default_signature_algorithms() {
  static const std::vector<SignatureScheme> schemes{
      SignatureScheme{0x0403}, SignatureScheme{0x0804}, SignatureScheme{0x0401}, SignatureScheme{0x0503},
      SignatureScheme{0x0805}, SignatureScheme{0x0501}, SignatureScheme{0x0806}, SignatureScheme{0x0601}};
  return schemes;
}

const std::vector<SignatureScheme>& default_further_signing_algorithms() {
  static const std::vector<SignatureScheme> schemes{SignatureScheme{0x0807}, SignatureScheme{0x0808},
                                                    SignatureScheme{0x0809}, SignatureScheme{0x080A},
                                                    SignatureScheme{0x080B}};
  return schemes;
}

}  // namespace securetransport
