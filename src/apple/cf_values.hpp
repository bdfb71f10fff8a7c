// SPDX-License-Identifier: Apache-2.0
// Values of unknown type out of a program's dictionaries, and errors for it.
#pragma once

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "cf/object.hpp"

namespace securetransport::apple {

/// The value as the type asked for; null or nullopt if it is null or of another type.
[[nodiscard]] inline CFStringRef as_string(CFTypeRef value) noexcept {
  return value != nullptr && CFGetTypeID(value) == CFStringGetTypeID() ? static_cast<CFStringRef>(value) : nullptr;
}
[[nodiscard]] inline CFDataRef as_data(CFTypeRef value) noexcept {
  return value != nullptr && CFGetTypeID(value) == CFDataGetTypeID() ? static_cast<CFDataRef>(value) : nullptr;
}
[[nodiscard]] inline CFArrayRef as_array(CFTypeRef value) noexcept {
  return value != nullptr && CFGetTypeID(value) == CFArrayGetTypeID() ? static_cast<CFArrayRef>(value) : nullptr;
}
[[nodiscard]] inline CFDictionaryRef as_dictionary(CFTypeRef value) noexcept {
  return value != nullptr && CFGetTypeID(value) == CFDictionaryGetTypeID() ? static_cast<CFDictionaryRef>(value)
                                                                           : nullptr;
}
[[nodiscard]] inline CFDateRef as_date(CFTypeRef value) noexcept {
  return value != nullptr && CFGetTypeID(value) == CFDateGetTypeID() ? static_cast<CFDateRef>(value) : nullptr;
}
[[nodiscard]] inline std::optional<bool> as_bool(CFTypeRef value) noexcept {
  if (value == nullptr || CFGetTypeID(value) != CFBooleanGetTypeID()) return std::nullopt;
  return CFBooleanGetValue(static_cast<CFBooleanRef>(value)) != 0;
}
[[nodiscard]] inline std::optional<std::int64_t> as_number(CFTypeRef value) noexcept {
  if (value == nullptr || CFGetTypeID(value) != CFNumberGetTypeID()) return std::nullopt;
  std::int64_t number = 0;
  if (CFNumberGetValue(static_cast<CFNumberRef>(value), kCFNumberSInt64Type, &number) == 0) return std::nullopt;
  return number;
}

/// The value under a key; null if there is none. The dictionary may be null.
[[nodiscard]] inline CFTypeRef value_in(CFDictionaryRef dictionary, CFStringRef key) noexcept {
  return dictionary != nullptr ? CFDictionaryGetValue(dictionary, key) : nullptr;
}
[[nodiscard]] inline bool is_true(CFDictionaryRef dictionary, CFStringRef key) noexcept {
  return as_bool(value_in(dictionary, key)).value_or(false);
}

/// Fills in the error of a function that has one.
inline void set_error(CFErrorRef* error, OSStatus status, std::string_view text) {
  if (error != nullptr) *error = cf::make_error(kCFErrorDomainOSStatus, status, text).release();
}

}  // namespace securetransport::apple
