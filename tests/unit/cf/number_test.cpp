// SPDX-License-Identifier: Apache-2.0
// Numbers and truth values. Expected behaviour: Apple's CFNumber reference ("If the argument type differs from the
// return type, and the conversion is lossy or the return value is out of range, then this function passes back an
// approximate value in valuePtr and returns false.") and Apple's published CFNumber.
#include "cf/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace securetransport::cf {
namespace {

using Number = CFRef<CFNumberRef>;

template <class T>
Number from(CFNumberType type, T value) {
  return Number::adopt(CFNumberCreate(nullptr, type, &value));
}

template <class T>
struct Got {
  bool is_exact;
  T value;
};

template <class T>
Got<T> get(const Number& number, CFNumberType type) {
  T value{};
  const bool is_exact = CFNumberGetValue(number.get(), type, &value);
  return {is_exact, value};
}

TEST(Number, IsKeptInTheWidthItWasGivenIn) {
  struct Row {
    Number number;
    CFNumberType type;
    CFIndex size;
    bool is_float;
  };
  const Row rows[] = {
      {from(kCFNumberSInt8Type, SInt8{1}), kCFNumberSInt8Type, 1, false},
      {from(kCFNumberCharType, char{1}), kCFNumberSInt8Type, 1, false},
      {from(kCFNumberShortType, short{1}), kCFNumberSInt16Type, 2, false},
      {from(kCFNumberIntType, 1), kCFNumberSInt32Type, 4, false},
      {from(kCFNumberLongType, 1L), kCFNumberSInt64Type, 8, false},
      {from(kCFNumberLongLongType, 1LL), kCFNumberSInt64Type, 8, false},
      {from(kCFNumberCFIndexType, CFIndex{1}), kCFNumberSInt64Type, 8, false},
      {from(kCFNumberNSIntegerType, 1L), kCFNumberSInt64Type, 8, false},
      {from(kCFNumberFloatType, 1.0F), kCFNumberFloat32Type, 4, true},
      {from(kCFNumberDoubleType, 1.0), kCFNumberFloat64Type, 8, true},
      {from(kCFNumberCGFloatType, 1.0), kCFNumberFloat64Type, 8, true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.type);
    EXPECT_EQ(CFNumberGetType(row.number.get()), row.type);
    EXPECT_EQ(CFNumberGetByteSize(row.number.get()), row.size);
    EXPECT_EQ(CFNumberIsFloatType(row.number.get()), row.is_float);
    EXPECT_EQ(get<int>(row.number, kCFNumberIntType).value, 1);
  }
}

TEST(Number, ComesOutExactlyWhereItFits) {
  const Number number = from(kCFNumberSInt64Type, std::int64_t{-42});
  EXPECT_TRUE(get<SInt8>(number, kCFNumberSInt8Type).is_exact);
  EXPECT_EQ(get<SInt8>(number, kCFNumberSInt8Type).value, -42);
  EXPECT_TRUE(get<double>(number, kCFNumberDoubleType).is_exact);
  EXPECT_EQ(get<double>(number, kCFNumberDoubleType).value, -42.0);
  EXPECT_TRUE(get<std::int64_t>(from(kCFNumberDoubleType, 1e15), kCFNumberSInt64Type).is_exact);
}

TEST(Number, SaysWhenAConversionLosesSomething) {
  const Number big = from(kCFNumberSInt64Type, std::int64_t{1} << 40);
  EXPECT_FALSE(get<SInt32>(big, kCFNumberSInt32Type).is_exact);
  EXPECT_FALSE(get<SInt16>(big, kCFNumberSInt16Type).is_exact);
  EXPECT_TRUE(get<float>(big, kCFNumberFloatType).is_exact);
  const Number half = from(kCFNumberDoubleType, 2.5);
  EXPECT_FALSE(get<int>(half, kCFNumberIntType).is_exact);
  EXPECT_EQ(get<int>(half, kCFNumberIntType).value, 2);
  EXPECT_FALSE(get<float>(from(kCFNumberDoubleType, 0.1), kCFNumberFloatType).is_exact);
  EXPECT_FLOAT_EQ(get<float>(from(kCFNumberDoubleType, 0.1), kCFNumberFloatType).value, 0.1F);
  const Number odd = from(kCFNumberSInt64Type, (std::int64_t{1} << 53) + 1);
  EXPECT_FALSE(get<double>(odd, kCFNumberDoubleType).is_exact);
  const Number most = from(kCFNumberSInt64Type, std::numeric_limits<std::int64_t>::max());
  EXPECT_FALSE(get<double>(most, kCFNumberDoubleType).is_exact);
}

TEST(Number, LetsSmallUnsignedNumbersPassForSignedOnes) {
  const Number byte = from(kCFNumberIntType, 200);
  EXPECT_TRUE(get<UInt8>(byte, kCFNumberSInt8Type).is_exact);
  EXPECT_EQ(get<UInt8>(byte, kCFNumberSInt8Type).value, 200);
  EXPECT_TRUE(get<UInt16>(from(kCFNumberIntType, 65535), kCFNumberSInt16Type).is_exact);
  EXPECT_FALSE(get<UInt8>(from(kCFNumberIntType, 256), kCFNumberSInt8Type).is_exact);
  EXPECT_FALSE(get<UInt32>(from(kCFNumberLongType, 4294967295L), kCFNumberSInt32Type).is_exact);
}

TEST(Number, OfNoFiniteSizeBecomesNoUndefinedInteger) {
  for (const CFNumberRef number : {kCFNumberPositiveInfinity, kCFNumberNegativeInfinity, kCFNumberNaN}) {
    std::int64_t value = 0;
    EXPECT_FALSE(CFNumberGetValue(number, kCFNumberSInt64Type, &value));
    double real = 0;
    EXPECT_TRUE(CFNumberGetValue(number, kCFNumberDoubleType, &real));
    EXPECT_FALSE(std::isfinite(real));
  }
}

TEST(Number, ComparesExactlyAcrossTypes) {
  const std::int64_t big = (std::int64_t{1} << 53) + 1;
  struct Row {
    Number first;
    Number second;
    CFComparisonResult result;
  };
  const Row rows[] = {
      {from(kCFNumberIntType, 1), from(kCFNumberLongType, 2L), kCFCompareLessThan},
      {from(kCFNumberIntType, 1), from(kCFNumberDoubleType, 1.0), kCFCompareEqualTo},
      {from(kCFNumberIntType, 1), from(kCFNumberDoubleType, 1.5), kCFCompareLessThan},
      {from(kCFNumberIntType, -1), from(kCFNumberDoubleType, -1.5), kCFCompareGreaterThan},
      {from(kCFNumberSInt64Type, big), from(kCFNumberDoubleType, static_cast<double>(big - 1)), kCFCompareGreaterThan},
      {from(kCFNumberSInt64Type, std::numeric_limits<std::int64_t>::max()), from(kCFNumberDoubleType, 9.3e18),
       kCFCompareLessThan},
      {from(kCFNumberSInt64Type, std::int64_t{5}), Number::retain(kCFNumberPositiveInfinity), kCFCompareLessThan},
      {from(kCFNumberIntType, 1), Number::retain(kCFNumberNaN), kCFCompareGreaterThan},
      {from(kCFNumberIntType, -1), Number::retain(kCFNumberNaN), kCFCompareLessThan},
      {Number::retain(kCFNumberNaN), Number::retain(kCFNumberNaN), kCFCompareEqualTo},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.first.get()->describe() + " and " + row.second.get()->describe());
    EXPECT_EQ(CFNumberCompare(row.first.get(), row.second.get(), nullptr), row.result);
    EXPECT_EQ(CFNumberCompare(row.second.get(), row.first.get(), nullptr), -row.result);
    EXPECT_EQ(CFEqual(row.first.get(), row.second.get()), row.result == kCFCompareEqualTo);
  }
}

TEST(Number, OfEqualValueHasTheSameHashInEveryWidth) {
  EXPECT_EQ(CFHash(from(kCFNumberIntType, 7).get()), CFHash(from(kCFNumberDoubleType, 7.0).get()));
  EXPECT_EQ(CFHash(from(kCFNumberSInt8Type, SInt8{-7}).get()), CFHash(from(kCFNumberLongType, -7L).get()));
}

TEST(Number, IsDescribedByItsDigits) {
  EXPECT_EQ(from(kCFNumberIntType, -5).get()->describe(), "-5");
  EXPECT_EQ(from(kCFNumberDoubleType, 0.5).get()->describe(), "0.5");
  EXPECT_EQ(from(kCFNumberDoubleType, 0.0).get()->describe(), "0.0");
  EXPECT_EQ(kCFNumberNegativeInfinity->describe(), "-infinity");
  EXPECT_EQ(kCFNumberNaN->describe(), "nan");
}

TEST(Boolean, IsOneOfTwoObjects) {
  EXPECT_TRUE(CFBooleanGetValue(kCFBooleanTrue));
  EXPECT_FALSE(CFBooleanGetValue(kCFBooleanFalse));
  EXPECT_TRUE(CFEqual(kCFBooleanTrue, kCFBooleanTrue));
  EXPECT_FALSE(CFEqual(kCFBooleanTrue, kCFBooleanFalse));
  EXPECT_FALSE(CFEqual(kCFBooleanTrue, make_number(1).get()));
}

TEST(NumberDeathTest, ATypeThatDoesNotExistEndsTheProgram) {
  int value = 0;
  EXPECT_DEATH(CFNumberCreate(nullptr, static_cast<CFNumberType>(17), &value), "");
  EXPECT_DEATH(CFNumberGetValue(make_number(1).get(), static_cast<CFNumberType>(0), &value), "");
}

}  // namespace
}  // namespace securetransport::cf
