// SPDX-License-Identifier: Apache-2.0
// Compares a certificate's names with the name of the peer (RFC 9525).
#include "trust/name_match.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "trust/dns_name.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

constexpr std::size_t kNamesListed = 10;
constexpr std::string_view kDnsRule = "RFC 9525 section 6.3";
constexpr std::string_view kAddressRule = "RFC 9525 section 6.4";

/// The 4 or 16 bytes of an address; empty if the text is none.
std::vector<std::uint8_t> address_bytes(std::string_view text) {
  const bool is_bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  const std::string plain(is_bracketed ? text.substr(1, text.size() - 2) : text);
  std::array<std::uint8_t, 16> bytes{};
  if (plain.find('\0') != std::string::npos) return {};
  if (inet_pton(AF_INET6, plain.c_str(), bytes.data()) == 1) return {bytes.begin(), bytes.end()};
  if (!is_bracketed && inet_pton(AF_INET, plain.c_str(), bytes.data()) == 1) return {bytes.begin(), bytes.begin() + 4};
  return {};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

/// Compares one dNSName. X509_check_host is not used: its wildcards do not cover labels with an underscore, which
/// Apple's do.
bool covers(std::string_view presented, std::string_view host, TrustPolicy policy) {
  if (is_dns_name(presented)) return equal_ignoring_case(presented, host);
  // RFC 9525 section 6.3: "The wildcard character appears only as the complete content of the left-most label" and
  // "can only match one label in a reference identifier". Directly under a top-level domain it covers nothing.
  if (!presented.starts_with("*.")) return false;
  const std::string_view parent = presented.substr(2);
  const std::size_t dot = host.find('.');
  if (!is_dns_name(parent) || parent.find('.') == std::string_view::npos || dot == std::string_view::npos) return false;
  if (!equal_ignoring_case(parent, host.substr(dot + 1))) return false;
  // Apple's rule, and the Baseline Requirements' (section 3.2.2.6): not for everybody below "co.uk".
  return policy == TrustPolicy::Rfc5280 || !is_public_suffix(parent);
}

bool covers_host(const Certificate& certificate, std::string_view host, TrustPolicy policy) {
  const GENERAL_NAMES* const names = certificate.impl().alternative_names();
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names, at);
    if (name.type != GEN_DNS) continue;
    if (covers(bytes_of(*name.d.dNSName), host, policy)) return true;
  }
  return false;
}

bool covers_address(const Certificate& certificate, std::span<const std::uint8_t> address) {
  const GENERAL_NAMES* const names = certificate.impl().alternative_names();
  for (int at = 0; at < sk_GENERAL_NAME_num(names); ++at) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names, at);
    if (name.type != GEN_IPADD) continue;
    const std::string_view presented = bytes_of(*name.d.iPAddress);
    if (std::equal(presented.begin(), presented.end(), address.begin(), address.end(),
                   [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; })) {
      return true;
    }
  }
  return false;
}

std::string names_of(const Certificate& leaf) {
  const auto names = leaf.names();
  if (!names.empty()) return "the certificate is for " + join_some(names, kNamesListed);
  // RFC 9525 section 2: "The Common Name RDN MUST NOT be used to identify a service".
  return "the certificate has no subject alternative name of a host, and its common name is not used";
}

}  // namespace

std::optional<NameFault> name_fault(const Certificate& leaf, std::string_view peer_name, TrustPolicy policy) {
  const std::string shown = "\"" + shorten(escape_utf8(peer_name), 100) + "\"";
  if (const auto address = address_bytes(peer_name); !address.empty()) {
    if (covers_address(leaf, address)) return std::nullopt;
    return NameFault{"the IP address " + shown + " is not covered: " + names_of(leaf), kAddressRule};
  }
  const std::string a_labels = is_ascii(peer_name) ? std::string() : to_a_labels(peer_name);
  std::string_view host = a_labels.empty() ? peer_name : a_labels;
  if (host.ends_with('.')) host.remove_suffix(1);
  if (is_dns_name(host)) {
    if (covers_host(leaf, host, policy)) return std::nullopt;
    return NameFault{"the name " + shown + " is not covered: " + names_of(leaf), kDnsRule};
  }
  return NameFault{"the peer name " + shown + " is neither a DNS name nor an IP address", kDnsRule};
}

}  // namespace securetransport::trust
