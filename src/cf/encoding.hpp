// SPDX-License-Identifier: Apache-2.0
// Conversions between UTF-16, in which strings count, and the encodings that CFString knows.
#pragma once

#include <CoreFoundation/CFString.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace securetransport::cf {

bool is_known(CFStringEncoding encoding) noexcept;

/// How bytes may begin, and whether writing begins so: with a byte order mark or without.
enum class ByteOrderMark { Never, Allowed };

/// The text, or nothing if the bytes are not text in that encoding.
std::optional<std::u16string> decode(std::span<const std::uint8_t> bytes, CFStringEncoding encoding,
                                     ByteOrderMark mark = ByteOrderMark::Never);

/// As decode() of UTF-8, but every faulty sequence becomes U+FFFD.
std::u16string decode_utf8_leniently(std::string_view bytes);

struct Encoded {
  std::string bytes;
  std::size_t units;  ///< How many units the bytes stand for: all of them, or those before the obstacle.
};

/// Stops before a character that the encoding lacks (if `loss` is 0), or that would make more than `room` bytes.
Encoded encode(std::u16string_view text, CFStringEncoding encoding, std::uint8_t loss, ByteOrderMark mark,
               std::size_t room);

/// UTF-8 of any text; half a surrogate pair becomes U+FFFD.
std::string utf8_of(std::u16string_view text);

/// The most bytes that one unit can become.
std::size_t max_bytes_per_unit(CFStringEncoding encoding) noexcept;

}  // namespace securetransport::cf
