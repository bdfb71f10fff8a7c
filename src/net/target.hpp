// SPDX-License-Identifier: Apache-2.0
// What a person types to name a server: "host", "host:port", "[v6]:port", a URL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/error.hpp"

namespace securetransport::net {

enum class HostKind : std::uint8_t { Name, V4, V6 };

/// A server to talk to. Made by parse_target; plain data afterwards.
struct Target {
  std::string original;      ///< The text as given. May hold the password of a URL: do not log it.
  std::string host;          ///< Lower-case A-labels, or an address without brackets or zone; no trailing dot. This
                             ///< is the form for SNI and for certificate names.
  std::string display_host;  ///< The host as the person wrote it, without brackets.
  std::string zone;          ///< Interface of a link-local v6 address ("eth0"); else empty.
  std::uint16_t port = 443;
  std::string scheme;      ///< Lower case ("https"); empty if none was given.
  std::string path = "/";  ///< Path and query of a URL, without the fragment; starts with "/".
  HostKind kind = HostKind::Name;
  bool is_absolute = false;          ///< The name ended in a dot: no search domains.
  bool starts_in_plaintext = false;  ///< The scheme's service does not begin with TLS: "http", "smtp", ...

  [[nodiscard]] bool is_ip_literal() const noexcept { return kind != HostKind::Name; }
  [[nodiscard]] std::string lookup_name() const;  ///< What to resolve: host with its dot or its %zone.
  [[nodiscard]] std::string authority() const;    ///< "host:port", "[::1]:443": for messages and HTTP's Host.
};

/// Reads one target.
///
/// Accepted: host, host:port, bare v6, [v6], [v6]:port, any of these with a /path, and scheme://[user@] in front.
/// International names become A-labels (IDNA 2008, non-transitional, RFC 5891 section 5). The port is the one
/// given, else the scheme's, else `default_port`. Failure: BadTarget with one line that quotes the text.
/// Thread-safe; the text may be anything at all.
[[nodiscard]] NetResult<Target> parse_target(std::string_view text, std::uint16_t default_port = 443);

}  // namespace securetransport::net
