// SPDX-License-Identifier: Apache-2.0
// Comparing and searching text unit by unit, with or without regard to case.
#include "cf/compare.hpp"

#include <algorithm>

namespace securetransport::cf {
namespace {

constexpr bool is_between(char16_t unit, char16_t first, char16_t last) { return unit >= first && unit <= last; }
constexpr bool is_digit(char16_t unit) { return is_between(unit, u'0', u'9'); }

/// Latin Extended-A: capitals and small letters alternate, in three runs with a different beginning.
char16_t folded_extended_latin(char16_t unit) {
  if (unit == 0x178) return 0xFF;
  const bool has_even_capitals =
      is_between(unit, 0x100, 0x12F) || is_between(unit, 0x132, 0x137) || is_between(unit, 0x14A, 0x177);
  const bool has_odd_capitals = is_between(unit, 0x139, 0x148) || is_between(unit, 0x179, 0x17E);
  const bool is_capital = (has_even_capitals && unit % 2 == 0) || (has_odd_capitals && unit % 2 == 1);
  return is_capital ? static_cast<char16_t>(unit + 1) : unit;
}

std::u16string_view take_digits(std::u16string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  digits.remove_prefix(std::min(digits.find_first_not_of(u'0'), digits.size()));
  return digits;
}

std::strong_ordering compare_numbers(std::u16string_view a, std::u16string_view b) {
  return a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
}

}  // namespace

char16_t folded(char16_t unit) noexcept {
  const auto plus = [unit](unsigned distance) { return static_cast<char16_t>(unit + distance); };
  if (is_between(unit, u'A', u'Z')) return plus(0x20);
  if (unit < 0xC0) return unit;
  if (is_between(unit, 0xC0, 0xDE) && unit != 0xD7) return plus(0x20);
  if (is_between(unit, 0x100, 0x17F)) return folded_extended_latin(unit);
  if (is_between(unit, 0x391, 0x3AB) && unit != 0x3A2) return plus(0x20);
  if (is_between(unit, 0x400, 0x40F)) return plus(0x50);
  if (is_between(unit, 0x410, 0x42F)) return plus(0x20);
  return unit;
}

std::strong_ordering compare_text(std::u16string_view a, std::u16string_view b, CFStringCompareFlags flags) noexcept {
  const bool is_caseless = (flags & kCFCompareCaseInsensitive) != 0;
  const bool is_numeric = (flags & kCFCompareNumerically) != 0;
  while (!a.empty() && !b.empty()) {
    if (is_numeric && is_digit(a.front()) && is_digit(b.front())) {
      const auto order = compare_numbers(take_digits(a), take_digits(b));
      if (std::is_neq(order)) return order;
      continue;
    }
    const auto order = is_caseless ? folded(a.front()) <=> folded(b.front()) : a.front() <=> b.front();
    if (std::is_neq(order)) return order;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() <=> b.size();
}

std::optional<std::size_t> find_text(std::u16string_view text, std::u16string_view wanted,
                                     CFStringCompareFlags flags) noexcept {
  if (wanted.empty() || wanted.size() > text.size()) return std::nullopt;
  const std::size_t last = text.size() - wanted.size();
  const bool is_backwards = (flags & kCFCompareBackwards) != 0;
  const std::size_t tries = (flags & kCFCompareAnchored) != 0 ? 1 : last + 1;
  for (std::size_t i = 0; i < tries; ++i) {
    const std::size_t place = is_backwards ? last - i : i;
    if (compare_text(text.substr(place, wanted.size()), wanted, flags & kCFCompareCaseInsensitive) ==
        std::strong_ordering::equal)
      return place;
  }
  return std::nullopt;
}

}  // namespace securetransport::cf
