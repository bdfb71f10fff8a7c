// SPDX-License-Identifier: Apache-2.0
// Writes DER by hand: names and extensions that no certificate maker would give out.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::test {

using Der = std::vector<std::uint8_t>;

inline constexpr std::uint8_t kDerInteger = 0x02;
inline constexpr std::uint8_t kDerBitString = 0x03;
inline constexpr std::uint8_t kDerOctets = 0x04;
inline constexpr std::uint8_t kDerOid = 0x06;
inline constexpr std::uint8_t kDerUtf8 = 0x0C;
inline constexpr std::uint8_t kDerPrintable = 0x13;
inline constexpr std::uint8_t kDerIa5 = 0x16;
inline constexpr std::uint8_t kDerSequence = 0x30;
inline constexpr std::uint8_t kDerSet = 0x31;

/// Tag, length, value.
[[nodiscard]] Der tlv(std::uint8_t tag, const Der& value);
[[nodiscard]] Der tlv(std::uint8_t tag, std::string_view value);
[[nodiscard]] Der joined(const std::vector<Der>& parts);
/// SEQUENCE of the parts.
[[nodiscard]] Der sequence(const std::vector<Der>& parts);

/// A Name of RFC 5280: "C=XY/O=Acme/OU=a+CN=b", relative names from the root down, "+" between the parts of one. Known
/// are C, O, OU, CN and E (emailAddress). Text is UTF8String, after "printable:" PrintableString.
[[nodiscard]] Der distinguished_name(std::string_view text);

/// A GeneralName: "DNS:a.com", "MAIL:a@b.c", "URI:http://a", "IP:192.0.2.1", "IP:192.0.2.0/255.255.255.0" and the same
/// for IPv6, "BYTES:..." (iPAddress), "DIR:" with a name as above, "OTHER:" and "OTHER2:" (otherNames of two types),
/// "RID:" (a registeredID).
[[nodiscard]] Der general_name(std::string_view text);

/// GeneralNames, as in a subject alternative name.
[[nodiscard]] Der general_names(const std::vector<std::string>& names);

}  // namespace securetransport::test
