// SPDX-License-Identifier: Apache-2.0
// Reads what a person types to name a server.
#include "net/target.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "net/host.hpp"

namespace securetransport::net {
namespace {

struct Scheme {
  std::string_view name;
  std::uint16_t port;
  bool starts_in_plaintext = false;
};

/// The schemes that people paste; ports of the IANA service registry.
constexpr auto kSchemes = std::to_array<Scheme>({
    {"https", 443},
    {"wss", 443},
    {"tls", 443},
    {"ssl", 443},
    {"smtps", 465},
    {"submissions", 465},
    {"nntps", 563},
    {"ldaps", 636},
    {"dot", 853},
    {"ftps", 990},
    {"telnets", 992},
    {"imaps", 993},
    {"pop3s", 995},
    {"sips", 5061},
    {"xmpps", 5223},
    {"amqps", 5671},
    {"rediss", 6379},
    {"ircs", 6697},
    {"mqtts", 8883},
    {"http", 80, true},
    {"ws", 80, true},
    {"ftp", 21, true},
    {"smtp", 25, true},
    {"submission", 587, true},
    {"nntp", 119, true},
    {"ldap", 389, true},
    {"imap", 143, true},
    {"pop3", 110, true},
    {"xmpp", 5222, true},
    {"irc", 6667, true},
    {"mqtt", 1883, true},
    {"postgres", 5432, true},
    {"postgresql", 5432, true},
    {"mysql", 3306, true},
});

constexpr std::size_t kLongestText = 8192;  // What servers commonly accept as a URL.
/// The parts of a text, found by their delimiters and not looked at otherwise.
struct Parts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  bool has_scheme = false;
};

Parts split(std::string_view text) {
  Parts parts;
  const std::size_t mark = text.find("://");
  if (mark != std::string_view::npos && text.find_first_of("/?#[@") > mark) {
    parts.has_scheme = true;
    parts.scheme = text.substr(0, mark);
    text.remove_prefix(mark + 3);
  }
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  parts.authority = text.substr(0, end);
  text.remove_prefix(end);
  parts.path = text.substr(0, text.find('#'));
  return parts;
}

Checked read_scheme(std::string_view text, Target& target) {
  const bool is_valid = !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
  if (!is_valid) return Complaint{"what stands before '://' is not a scheme such as https"};
  target.scheme = to_lower(text);
  const auto* const known = std::find_if(kSchemes.begin(), kSchemes.end(),
                                         [&](const Scheme& scheme) { return scheme.name == target.scheme; });
  if (known == kSchemes.end()) {
    target.port = 0;  // A port has to be given; see parse_target.
    return std::nullopt;
  }
  target.port = known->port;
  target.starts_in_plaintext = known->starts_in_plaintext;
  return std::nullopt;
}

Checked read_port(std::string_view text, Target& target) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty()) return Complaint{"there is no port number after ':'"};
  if (error == std::errc::invalid_argument || end != text.data() + text.size()) {
    return Complaint{"the port " + quote(text) + " is not a number"};
  }
  if (error != std::errc{} || number == 0 || number > 65535) {
    return Complaint{"the port " + quote(text) + " is not between 1 and 65535"};
  }
  target.port = static_cast<std::uint16_t>(number);
  return std::nullopt;
}

/// host, host:port, v6, [v6], [v6]:port. `may_end_in_colon`: an empty port is the default (RFC 3986 section 3.2.3).
Checked read_authority(std::string_view text, bool may_end_in_colon, Target& target) {
  std::string_view port;
  bool has_port = false;
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return Complaint{"the '[' has no ']'"};
    if (Checked complaint = read_v6(text.substr(1, close - 1), target)) return complaint;
    port = text.substr(close + 1);
    has_port = !port.empty();
    if (has_port && port.front() != ':') return Complaint{"only ':' and a port may follow the ']'"};
    if (has_port) port.remove_prefix(1);
  } else if (std::count(text.begin(), text.end(), ':') > 1) {
    return read_v6(text, target);
  } else {
    const std::size_t colon = text.find(':');
    if (Checked complaint = read_name_or_v4(text.substr(0, colon), target)) return complaint;
    has_port = colon != std::string_view::npos;
    if (has_port) port = text.substr(colon + 1);
  }
  if (!has_port || (port.empty() && may_end_in_colon)) return std::nullopt;
  return read_port(port, target);
}

Checked read(std::string_view text, Target& target) {
  if (text.empty()) return Complaint{"there is no host name"};
  if (text.size() > kLongestText) return Complaint{"too long for a host or a URL"};
  if (std::any_of(text.begin(), text.end(), [](char c) { return (is_ascii(c) && c <= ' ') || c == 0x7f; })) {
    return Complaint{"there is a space or a control character in it"};
  }
  Parts parts = split(text);
  if (parts.has_scheme) {
    if (Checked complaint = read_scheme(parts.scheme, target)) return complaint;
  }
  if (const std::size_t at = parts.authority.rfind('@'); at != std::string_view::npos) {
    if (!parts.has_scheme) return Complaint{"give the host alone, without what stands before the '@'"};
    parts.authority.remove_prefix(at + 1);  // User name and password are of no use for TLS.
  }
  if (Checked complaint = read_authority(parts.authority, parts.has_scheme, target)) return complaint;
  if (target.port == 0) return Complaint{"no port is known for this scheme; write scheme://host:port"};
  target.path = parts.path;
  if (target.path.empty() || target.path.front() != '/') target.path.insert(0, 1, '/');
  return std::nullopt;
}

/// The text without the password that a URL may have: messages end up in logs.
std::string without_userinfo(std::string_view text) {
  const Parts parts = split(text);
  const std::size_t at = parts.authority.rfind('@');
  if (!parts.has_scheme || at == std::string_view::npos) return std::string(text);
  return std::string(parts.scheme).append("://").append(parts.authority.substr(at + 1)).append(parts.path);
}

}  // namespace

std::string Target::lookup_name() const {
  if (!zone.empty()) return host + "%" + zone;
  return is_absolute ? host + "." : host;
}

std::string Target::authority() const {
  std::string result = host;
  if (kind == HostKind::V6) result.insert(0, 1, '[').append(1, ']');
  return result.append(1, ':').append(std::to_string(port));
}

NetResult<Target> parse_target(std::string_view text, std::uint16_t default_port) {
  Target target;
  target.original = text;
  target.port = default_port;
  if (Checked complaint = read(text, target)) {
    return NetFailure{NetError::BadTarget, quote(without_userinfo(text)) + ": " + complaint->text};
  }
  return target;
}

}  // namespace securetransport::net
