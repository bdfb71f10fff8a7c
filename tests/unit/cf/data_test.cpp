// SPDX-License-Identifier: Apache-2.0
// Data. Expected behaviour: Apple's CFData reference.
#include "cf/data.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace securetransport::cf {
namespace {

using Data = CFRef<CFDataRef>;
using MutableData = CFRef<CFMutableDataRef>;

std::span<const UInt8> bytes(std::string_view text) {
  return {reinterpret_cast<const UInt8*>(text.data()), text.size()};
}

std::string content(CFDataRef data) {
  return {reinterpret_cast<const char*>(CFDataGetBytePtr(data)), static_cast<std::size_t>(CFDataGetLength(data))};
}

MutableData changing(std::string_view text) {
  return MutableData::adopt(CFDataCreateMutableCopy(nullptr, 0, make_data(bytes(text)).get()));
}

TEST(Data, HoldsACopyOfTheBytes) {
  std::array<UInt8, 3> source{'a', 0, 'c'};
  const Data data = Data::adopt(CFDataCreate(nullptr, source.data(), 3));
  source = {};
  EXPECT_EQ(content(data.get()), std::string("a\0c", 3));
  EXPECT_EQ(CFDataGetLength(make_data({}).get()), 0);
}

// Under AddressSanitizer a wrong free, or none, fails this.
TEST(Data, FreesTheBytesItTookOverUnlessToldNotTo) {
  auto* const memory = static_cast<UInt8*>(std::malloc(2));
  std::memcpy(memory, "ab", 2);
  const Data taken = Data::adopt(CFDataCreateWithBytesNoCopy(nullptr, memory, 2, kCFAllocatorDefault));
  EXPECT_EQ(CFDataGetBytePtr(taken.get()), memory);

  const std::array<UInt8, 2> local{'x', 'y'};
  const Data lent = Data::adopt(CFDataCreateWithBytesNoCopy(nullptr, local.data(), 2, kCFAllocatorNull));
  EXPECT_EQ(CFDataGetBytePtr(lent.get()), local.data());
  EXPECT_EQ(content(lent.get()), "xy");
}

TEST(Data, IsReadInRanges) {
  std::array<UInt8, 2> buffer{};
  CFDataGetBytes(make_data(bytes("abcd")).get(), CFRangeMake(1, 2), buffer.data());
  EXPECT_EQ(buffer, (std::array<UInt8, 2>{'b', 'c'}));
}

TEST(Data, EqualsAnotherOfTheSameBytesAndHasItsHash) {
  const Data one = make_data(bytes("abc"));
  const MutableData other = changing("abc");
  EXPECT_TRUE(CFEqual(one.get(), other.get()));
  EXPECT_EQ(CFHash(one.get()), CFHash(other.get()));
  EXPECT_FALSE(CFEqual(one.get(), make_data(bytes("abd")).get()));
}

TEST(Data, IsSharedInsteadOfCopiedIfItCannotChange) {
  const Data data = make_data(bytes("abc"));
  EXPECT_EQ(Data::adopt(CFDataCreateCopy(nullptr, data.get())).get(), data.get());
  const MutableData source = changing("abc");
  const Data snapshot = Data::adopt(CFDataCreateCopy(nullptr, source.get()));
  CFDataSetLength(source.get(), 0);
  EXPECT_EQ(content(snapshot.get()), "abc");
}

TEST(MutableData, GrowsShrinksAndChanges) {
  const MutableData data = MutableData::adopt(CFDataCreateMutable(nullptr, 0));
  CFDataAppendBytes(data.get(), bytes("abc").data(), 3);
  CFDataIncreaseLength(data.get(), 2);
  EXPECT_EQ(content(data.get()), std::string("abc\0\0", 5));
  CFDataSetLength(data.get(), 2);
  CFDataGetMutableBytePtr(data.get())[0] = 'A';
  EXPECT_EQ(content(data.get()), "Ab");
  CFDataReplaceBytes(data.get(), CFRangeMake(1, 1), bytes("xyz").data(), 3);
  EXPECT_EQ(content(data.get()), "Axyz");
  CFDataDeleteBytes(data.get(), CFRangeMake(0, 2));
  EXPECT_EQ(content(data.get()), "yz");
}

TEST(MutableData, IsAppendedToItself) {
  const MutableData data = changing("abc");
  CFDataAppendBytes(data.get(), CFDataGetBytePtr(data.get()), 3);
  EXPECT_EQ(content(data.get()), "abcabc");
}

TEST(Data, FindsBytesInsideARange) {
  const Data data = make_data(bytes("abcabc"));
  const auto place = [&](std::string_view wanted, CFRange range, CFDataSearchFlags flags) {
    return CFDataFind(data.get(), make_data(bytes(wanted)).get(), range, flags).location;
  };
  EXPECT_EQ(place("bc", {0, 6}, 0), 1);
  EXPECT_EQ(place("bc", {2, 4}, 0), 4);
  EXPECT_EQ(place("bc", {0, 6}, kCFDataSearchBackwards), 4);
  EXPECT_EQ(place("bc", {0, 6}, kCFDataSearchAnchored), kCFNotFound);
  EXPECT_EQ(place("bc", {1, 5}, kCFDataSearchAnchored), 1);
  EXPECT_EQ(place("bc", {0, 3}, kCFDataSearchAnchored | kCFDataSearchBackwards), 1);
  EXPECT_EQ(place("x", {0, 6}, 0), kCFNotFound);
  EXPECT_EQ(place("", {0, 6}, 0), kCFNotFound);
}

TEST(Data, ShowsItsFirstBytesInItsDescription) {
  EXPECT_EQ(make_data(bytes("\x01\xAB")).get()->describe(), "{length = 2, bytes = 0x01ab}");
  const std::string many(33, '\0');
  EXPECT_EQ(make_data(bytes(many)).get()->describe(), "{length = 33, bytes = 0x" + std::string(64, '0') + " ...}");
}

TEST(DataDeathTest, WhatIsOutOfBoundsOrFixedEndsTheProgram) {
  const MutableData data = changing("abc");
  std::array<UInt8, 4> buffer{};
  EXPECT_DEATH(CFDataGetBytes(data.get(), CFRangeMake(0, 4), buffer.data()), "");
  EXPECT_DEATH(CFDataDeleteBytes(data.get(), CFRangeMake(3, 1)), "");
  EXPECT_DEATH(CFDataSetLength(data.get(), -1), "");
  EXPECT_DEATH(CFDataCreate(nullptr, nullptr, 1), "");
  EXPECT_DEATH(CFDataSetLength(const_cast<CFMutableDataRef>(make_data({}).get()), 1), "");
}

}  // namespace
}  // namespace securetransport::cf
