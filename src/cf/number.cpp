// SPDX-License-Identifier: Apache-2.0
// CFNumber and CFBoolean.
#include "cf/number.hpp"

#include <array>
#include <cmath>
#include <compare>
#include <cstdio>
#include <cstring>

#include "cf/singleton.hpp"

struct __CFBoolean final : securetransport::cf::Singleton<securetransport::cf::kBooleanType> {
  using Singleton::Singleton;
};

using namespace securetransport::cf;

namespace {

constinit Eternal<__CFBoolean> true_value{"true"};
constinit Eternal<__CFBoolean> false_value{"false"};

constinit Eternal<__CFNumber> positive_infinity{std::numeric_limits<double>::infinity(), Immortal{}};
constinit Eternal<__CFNumber> negative_infinity{-std::numeric_limits<double>::infinity(), Immortal{}};
constinit Eternal<__CFNumber> not_a_number{std::numeric_limits<double>::quiet_NaN(), Immortal{}};

/// The type of the same width and kind that is named by its width.
CFNumberType by_width(CFNumberType type) {
  static_assert(sizeof(long) == 8, "longs and indices are 64 bits wide, as they are on a Mac");
  switch (type) {
    case kCFNumberSInt8Type:
    case kCFNumberCharType: return kCFNumberSInt8Type;
    case kCFNumberSInt16Type:
    case kCFNumberShortType: return kCFNumberSInt16Type;
    case kCFNumberSInt32Type:
    case kCFNumberIntType: return kCFNumberSInt32Type;
    case kCFNumberSInt64Type:
    case kCFNumberLongType:
    case kCFNumberLongLongType:
    case kCFNumberCFIndexType:
    case kCFNumberNSIntegerType: return kCFNumberSInt64Type;
    case kCFNumberFloat32Type:
    case kCFNumberFloatType: return kCFNumberFloat32Type;
    case kCFNumberFloat64Type:
    case kCFNumberDoubleType:
    case kCFNumberCGFloatType: return kCFNumberFloat64Type;
  }
  __builtin_trap();
}

template <class T>
T load(const void* value) {
  T number;
  std::memcpy(&number, value, sizeof number);
  return number;
}

constexpr double kLimit = 9223372036854775808.0;  // 2^63, the first that is too large for an integer.

/// The nearest integer towards zero; 0 for NaN. (A cast of what does not fit would be undefined.)
std::int64_t truncated(double value) {
  if (std::isnan(value)) return 0;
  if (value >= kLimit) return std::numeric_limits<std::int64_t>::max();
  if (value < -kLimit) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

template <class Integer>
bool store_integer(const __CFNumber& number, void* value) {
  if (number.is_real()) {
    const std::int64_t whole = truncated(number.real());
    const auto narrow = static_cast<Integer>(whole);
    std::memcpy(value, &narrow, sizeof narrow);
    return static_cast<double>(narrow) == number.real();
  }
  const auto narrow = static_cast<Integer>(number.integer());
  std::memcpy(value, &narrow, sizeof narrow);
  // Programs keep small unsigned numbers as signed ones of the same width: Apple's calls that no loss up to 16 bits.
  const bool fits_unsigned = sizeof(Integer) <= 2 && number.integer() >> (8 * sizeof(Integer) % 64) == 0;
  return narrow == number.integer() || fits_unsigned;
}

template <class Real>
bool store_real(const __CFNumber& number, void* value) {
  const auto real = static_cast<Real>(number.real());
  std::memcpy(value, &real, sizeof real);
  const auto wide = static_cast<double>(real);
  if (number.is_real()) return wide == number.real() || std::isnan(number.real());
  return wide < kLimit && truncated(wide) == number.integer();
}

/// Exact, also where an integer has more digits than a double can hold.
std::partial_ordering compare(const __CFNumber& a, const __CFNumber& b) {
  if (!a.is_real() && !b.is_real()) return a.integer() <=> b.integer();
  if (a.is_real() == b.is_real()) return a.real() <=> b.real();
  if (a.is_real()) return 0 <=> compare(b, a);
  if (!(std::abs(b.real()) < kLimit)) return a.real() <=> b.real();
  const auto order = a.integer() <=> truncated(b.real());
  if (std::is_neq(order)) return order;
  return 0.0 <=> b.real() - std::trunc(b.real());
}

}  // namespace

const CFBooleanRef kCFBooleanTrue = &true_value.value;
const CFBooleanRef kCFBooleanFalse = &false_value.value;
const CFNumberRef kCFNumberPositiveInfinity = &positive_infinity.value;
const CFNumberRef kCFNumberNegativeInfinity = &negative_infinity.value;
const CFNumberRef kCFNumberNaN = &not_a_number.value;

bool __CFNumber::equals(const Object& other) const {
  const auto& number = static_cast<const __CFNumber&>(other);
  if (std::isnan(real()) && std::isnan(number.real())) return true;
  return std::is_eq(compare(*this, number));
}

CFHashCode __CFNumber::hash() const { return static_cast<CFHashCode>(is_real() ? truncated(real_) : integer_); }

std::string __CFNumber::describe() const {
  if (!is_real()) return std::to_string(integer_);
  if (std::isnan(real_)) return "nan";
  if (std::isinf(real_)) return real_ > 0 ? "+infinity" : "-infinity";
  if (real_ == 0) return "0.0";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.17g", real_);
  return text.data();
}

namespace securetransport::cf {

CFRef<CFNumberRef> make_number(std::int64_t value) {
  return CFRef<CFNumberRef>::adopt(new __CFNumber(kCFNumberSInt64Type, value));
}

}  // namespace securetransport::cf

CFTypeID CFBooleanGetTypeID() { return kBooleanType; }

Boolean CFBooleanGetValue(CFBooleanRef boolean) { return &expect<__CFBoolean>(boolean) == kCFBooleanTrue; }

CFTypeID CFNumberGetTypeID() { return kNumberType; }

CFNumberRef CFNumberCreate(CFAllocatorRef /*allocator*/, CFNumberType type, const void* value) {
  require(value != nullptr);
  const CFNumberType width = by_width(type);
  switch (width) {
    case kCFNumberSInt8Type: return new __CFNumber(width, std::int64_t{load<std::int8_t>(value)});
    case kCFNumberSInt16Type: return new __CFNumber(width, std::int64_t{load<std::int16_t>(value)});
    case kCFNumberSInt32Type: return new __CFNumber(width, std::int64_t{load<std::int32_t>(value)});
    case kCFNumberFloat32Type: return new __CFNumber(width, double{load<float>(value)});
    case kCFNumberFloat64Type: return new __CFNumber(width, load<double>(value));
    default: return new __CFNumber(width, load<std::int64_t>(value));
  }
}

CFNumberType CFNumberGetType(CFNumberRef number) { return expect<__CFNumber>(number).number_type(); }

CFIndex CFNumberGetByteSize(CFNumberRef number) {
  switch (CFNumberGetType(number)) {
    case kCFNumberSInt8Type: return 1;
    case kCFNumberSInt16Type: return 2;
    case kCFNumberSInt32Type:
    case kCFNumberFloat32Type: return 4;
    default: return 8;
  }
}

Boolean CFNumberIsFloatType(CFNumberRef number) { return expect<__CFNumber>(number).is_real(); }

Boolean CFNumberGetValue(CFNumberRef number, CFNumberType type, void* value) {
  const auto& self = expect<__CFNumber>(number);
  require(value != nullptr);
  switch (by_width(type)) {
    case kCFNumberSInt8Type: return store_integer<std::int8_t>(self, value);
    case kCFNumberSInt16Type: return store_integer<std::int16_t>(self, value);
    case kCFNumberSInt32Type: return store_integer<std::int32_t>(self, value);
    case kCFNumberFloat32Type: return store_real<float>(self, value);
    case kCFNumberFloat64Type: return store_real<double>(self, value);
    default: return store_integer<std::int64_t>(self, value);
  }
}

CFComparisonResult CFNumberCompare(CFNumberRef first, CFNumberRef second, void* /*context*/) {
  const auto& a = expect<__CFNumber>(first);
  const auto& b = expect<__CFNumber>(second);
  auto order = compare(a, b);
  if (order == std::partial_ordering::unordered) {
    const bool is_a_nan = std::isnan(a.real());
    if (is_a_nan && std::isnan(b.real())) return kCFCompareEqualTo;
    order = is_a_nan ? 0.0 <=> b.real() : a.real() <=> 0.0;
  }
  return std::is_lt(order) ? kCFCompareLessThan : std::is_gt(order) ? kCFCompareGreaterThan : kCFCompareEqualTo;
}
