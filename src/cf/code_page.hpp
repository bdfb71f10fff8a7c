// SPDX-License-Identifier: Apache-2.0
// Encodings of one byte a character.
#pragma once

#include <CoreFoundation/CFString.h>

#include <cstdint>
#include <optional>

namespace securetransport::cf {

/// Whether this encoding has one byte a character.
bool is_code_page(CFStringEncoding encoding) noexcept;

/// The character of a byte; nothing if the byte stands for none.
std::optional<char16_t> unit_of(std::uint8_t byte, CFStringEncoding encoding) noexcept;

/// The byte of a character; nothing if the encoding lacks it.
std::optional<std::uint8_t> byte_of(char32_t character, CFStringEncoding encoding) noexcept;

}  // namespace securetransport::cf
