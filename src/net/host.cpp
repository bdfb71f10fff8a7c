// SPDX-License-Identifier: Apache-2.0
// Reads the host part of a target: a name, an international name, an address.
#include "net/host.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "net/endpoint.hpp"

namespace securetransport::net {
namespace {

constexpr std::size_t kLongestName = 253;  // RFC 1035 section 2.3.4: 255 octets on the wire.
constexpr std::size_t kLongestLabel = 63;  // RFC 1035 section 2.3.4.

struct FreeIdn {
  void operator()(char* text) const noexcept { idn2_free(text); }
};

/// International name to A-labels (RFC 5891). Also maps what people type: full-width letters and dots, capitals.
Checked to_a_labels(std::string& name) {
  char* output = nullptr;
  const int status = idn2_to_ascii_8z(name.c_str(), &output, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const std::unique_ptr<char, FreeIdn> owned(output);
  if (status != IDN2_OK) {
    return Complaint{std::string("not a valid international name (").append(idn2_strerror(status)).append(")")};
  }
  name = owned.get();
  return std::nullopt;
}

Checked check_label(std::string_view label) {
  if (label.empty()) return Complaint{"the host name has an empty label (two dots in a row, or one in front)"};
  if (label.size() > kLongestLabel) return Complaint{"a label of the host name has more than 63 characters"};
  // Underscores are no host names (RFC 952), but DNS has them and so do certificates.
  const auto* const bad = std::find_if(label.begin(), label.end(),
                                       [](char c) { return !is_letter(c) && !is_digit(c) && c != '-' && c != '_'; });
  if (bad != label.end()) return Complaint{"the host name has the character " + quote({bad, 1}) + " in it"};
  return std::nullopt;
}

Checked check_name(std::string_view name) {
  if (name.size() > kLongestName) return Complaint{"the host name has more than 253 characters"};
  std::string_view last;
  for (std::string_view rest = name;;) {
    const std::size_t dot = rest.find('.');
    last = rest.substr(0, dot);
    if (Checked complaint = check_label(last)) return complaint;
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  // No top-level domain is a number; "10.1" or "256.0.0.1" is a slip, and some resolvers read it as an address.
  if (std::all_of(last.begin(), last.end(), is_digit)) return Complaint{"not a complete IPv4 address"};
  return std::nullopt;
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string quote(std::string_view text) {
  constexpr std::size_t kShown = 80;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "'";
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      result += c;
    } else {
      result.append("\\x").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 0xfU]);
    }
  }
  return result.append(text.size() > kShown ? "...'" : "'");
}

Checked read_v6(std::string_view text, Target& target) {
  const std::size_t percent = text.find('%');
  const std::optional<Endpoint> address = parse_address(text.substr(0, percent), 0);
  if (!address || address->family != AddressFamily::V6) {
    return Complaint{quote(text) + " is not an IPv6 address; write [address]:port"};
  }
  target.kind = HostKind::V6;
  target.host = address->address_text();
  target.display_host = text;
  if (percent == std::string_view::npos) return std::nullopt;
  std::string_view zone = text.substr(percent + 1);
  if (zone.size() > 2 && zone.substr(0, 2) == "25") zone.remove_prefix(2);
  const bool is_valid = !zone.empty() && std::all_of(zone.begin(), zone.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
  });
  if (!is_valid) return Complaint{"the zone after '%' is not the name of a network interface"};
  target.zone = zone;
  return std::nullopt;
}

Checked read_name_or_v4(std::string_view text, Target& target) {
  if (text.empty()) return Complaint{"there is no host name"};
  target.display_host = text;
  std::string name = to_lower(text);
  if (!std::all_of(name.begin(), name.end(), is_ascii)) {
    if (Checked complaint = to_a_labels(name)) return complaint;
  }
  const bool has_final_dot = !name.empty() && name.back() == '.';
  if (has_final_dot) name.pop_back();
  if (name.empty()) return Complaint{"there is no host name"};
  const std::optional<Endpoint> address = parse_address(name, 0);
  if (address && address->family == AddressFamily::V4) {
    target.kind = HostKind::V4;
    target.host = address->address_text();
    return std::nullopt;
  }
  if (Checked complaint = check_name(name)) return complaint;
  target.is_absolute = has_final_dot;
  target.host = std::move(name);
  return std::nullopt;
}

}  // namespace securetransport::net
