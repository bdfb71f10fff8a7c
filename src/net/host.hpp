// SPDX-License-Identifier: Apache-2.0
// Reads the host part of a target: a name, an international name, an address. Private to the layer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/target.hpp"

namespace securetransport::net {

/// Says what is wrong; the parser's steps return it, and parse_target puts the quoted text in front.
struct Complaint {
  std::string text;
};
using Checked = std::optional<Complaint>;  // Nullopt: all is well.

/// Host names know only ASCII; <cctype> would ask the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// ASCII letters to lower case; other bytes stay.
[[nodiscard]] std::string to_lower(std::string_view text);

/// The text between quotes, short and on one line whatever is in it: nothing but printable ASCII reaches a terminal.
[[nodiscard]] std::string quote(std::string_view text);

/// An IPv6 address without brackets; the zone may have RFC 6874's "%25" in place of "%".
[[nodiscard]] Checked read_v6(std::string_view text, Target& target);

/// A name or a dotted quad, both with an optional final dot. Fills host, display_host, kind and is_absolute.
[[nodiscard]] Checked read_name_or_v4(std::string_view text, Target& target);

}  // namespace securetransport::net
