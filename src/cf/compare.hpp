// SPDX-License-Identifier: Apache-2.0
// Comparing and searching text unit by unit, with or without regard to case.
#pragma once

#include <CoreFoundation/CFString.h>

#include <compare>
#include <cstddef>
#include <optional>
#include <string_view>

namespace securetransport::cf {

/// The small letter of a capital one; anything else stays. Latin up to U+017F, Greek, Cyrillic.
char16_t folded(char16_t unit) noexcept;

/// Respects kCFCompareCaseInsensitive and kCFCompareNumerically.
std::strong_ordering compare_text(std::u16string_view a, std::u16string_view b, CFStringCompareFlags flags) noexcept;

/// Respects kCFCompareCaseInsensitive, kCFCompareBackwards and kCFCompareAnchored. An empty text is nowhere.
std::optional<std::size_t> find_text(std::u16string_view text, std::u16string_view wanted,
                                     CFStringCompareFlags flags) noexcept;

}  // namespace securetransport::cf
