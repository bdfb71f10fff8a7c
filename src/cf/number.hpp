// SPDX-License-Identifier: Apache-2.0
// CFNumber: an integer or a floating-point number, and the width in which it was given.
#pragma once

#include <CoreFoundation/CFNumber.h>

#include <cstdint>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

struct __CFNumber final : securetransport::cf::Object {
 public:
  /// `type` is one of those of a width, an integer's with an integer.
  __CFNumber(CFNumberType type, std::int64_t value) noexcept
      : Object(securetransport::cf::kNumberType), type_(type), integer_(value) {}
  __CFNumber(CFNumberType type, double value) noexcept
      : Object(securetransport::cf::kNumberType), type_(type), real_(value) {}
  constexpr __CFNumber(double value, securetransport::cf::Immortal mark) noexcept
      : Object(securetransport::cf::kNumberType, mark), type_(kCFNumberFloat64Type), real_(value) {}

  static CFTypeID type_id() noexcept { return securetransport::cf::kNumberType; }

  CFNumberType number_type() const noexcept { return type_; }
  bool is_real() const noexcept { return type_ == kCFNumberFloat32Type || type_ == kCFNumberFloat64Type; }
  std::int64_t integer() const noexcept { return integer_; }
  /// Also of an integer, as near as a double can be.
  double real() const noexcept { return is_real() ? real_ : static_cast<double>(integer_); }

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

 private:
  const CFNumberType type_;
  const std::int64_t integer_ = 0;
  const double real_ = 0;
};
