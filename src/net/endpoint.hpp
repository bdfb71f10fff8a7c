// SPDX-License-Identifier: Apache-2.0
// An IP address with a port, as a value without any system header.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace securetransport::net {

enum class AddressFamily : std::uint8_t { V4, V6 };

/// One place to connect to or to listen on.
struct Endpoint {
  AddressFamily family = AddressFamily::V4;
  std::array<std::uint8_t, 16> address{};  ///< Network order; V4 uses the first four bytes.
  std::uint32_t scope_id = 0;              ///< Interface index of a link-local V6 address; 0 = none.
  std::uint16_t port = 0;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;

  [[nodiscard]] std::string address_text() const;  ///< "127.0.0.1", "::1", "fe80::1%2".
  [[nodiscard]] std::string text() const;          ///< "127.0.0.1:443", "[::1]:443".
};

/// Reads a numeric address: dotted quad, or v6 without brackets and with an optional %zone (interface name or
/// index). Nullopt for anything else, names and short forms such as "127.1" included.
[[nodiscard]] std::optional<Endpoint> parse_address(std::string_view text, std::uint16_t port);

}  // namespace securetransport::net
