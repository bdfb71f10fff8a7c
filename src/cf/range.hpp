// SPDX-License-Identifier: Apache-2.0
// Checks of what callers say about sizes and places: CFIndex is signed, and what is wrong traps.
#pragma once

#include <CoreFoundation/CFBase.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "cf/object.hpp"

namespace securetransport::cf {

struct Extent {
  std::size_t begin;
  std::size_t size;
};

/// The range as unsigned numbers; it must lie within [0, size).
inline Extent extent_of(CFRange range, std::size_t size) noexcept {
  const auto limit = static_cast<CFIndex>(size);
  require(range.location >= 0 && range.location <= limit);
  require(range.length >= 0 && range.length <= limit - range.location);
  return {static_cast<std::size_t>(range.location), static_cast<std::size_t>(range.length)};
}

/// The index of something that exists.
inline std::size_t position_of(CFIndex index, std::size_t size) noexcept {
  require(index >= 0 && index < static_cast<CFIndex>(size));
  return static_cast<std::size_t>(index);
}

/// A pointer and a count; null may be given for nothing.
template <class T>
std::span<T> span_of(T* first, CFIndex count) noexcept {
  require(count >= 0 && (first != nullptr || count == 0));
  return {first, static_cast<std::size_t>(count)};
}

inline std::u16string_view units_of(const UniChar* units, CFIndex count) noexcept {
  const auto span = span_of(units, count);
  return {reinterpret_cast<const char16_t*>(span.data()), span.size()};
}

}  // namespace securetransport::cf
