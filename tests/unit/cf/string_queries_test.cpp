// SPDX-License-Identifier: Apache-2.0
// Comparing, searching, splitting and joining strings, and numbers in them. Expected behaviour: Apple's CFString
// reference.
#include <CoreFoundation/CFString.h>
#include <gtest/gtest.h>

#include <vector>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

using String = CFRef<CFStringRef>;

struct ComparisonRow {
  const char* first;
  const char* second;
  CFStringCompareFlags flags;
  CFComparisonResult result;
};

TEST(Comparison, GoesUnitByUnit) {
  const ComparisonRow rows[] = {
      {"", "", 0, kCFCompareEqualTo},
      {"a", "", 0, kCFCompareGreaterThan},
      {"a", "b", 0, kCFCompareLessThan},
      {"a", "ab", 0, kCFCompareLessThan},
      {"A", "a", 0, kCFCompareLessThan},
      {"A", "a", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"ABC", "abd", kCFCompareCaseInsensitive, kCFCompareLessThan},
      {"[", "a", kCFCompareCaseInsensitive, kCFCompareLessThan},
      {"\u00C4\u00D6\u00DC", "\u00E4\u00F6\u00FC", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"\u00D7", "\u00F7", kCFCompareCaseInsensitive, kCFCompareLessThan},
      {"\u0141\u00D3D\u0179", "\u0142\u00F3d\u017A", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"\u0178\u010C\u0147", "\u00FF\u010D\u0148", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"\u0391\u03A9", "\u03B1\u03C9", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"\u0401\u0410\u042F", "\u0451\u0430\u044F", kCFCompareCaseInsensitive, kCFCompareEqualTo},
      {"foo2.txt", "foo7.txt", kCFCompareNumerically, kCFCompareLessThan},
      {"foo25.txt", "foo7.txt", kCFCompareNumerically, kCFCompareGreaterThan},
      {"foo25.txt", "foo7.txt", 0, kCFCompareLessThan},
      {"foo007", "foo7", kCFCompareNumerically, kCFCompareEqualTo},
      {"v99999999999999999999999", "v100000000000000000000000", kCFCompareNumerically, kCFCompareLessThan},
  };
  for (const ComparisonRow& row : rows) {
    SCOPED_TRACE(testing::Message() << row.first << " and " << row.second << " flags " << row.flags);
    const String first = make_string(row.first);
    const String second = make_string(row.second);
    EXPECT_EQ(CFStringCompare(first.get(), second.get(), row.flags), row.result);
    EXPECT_EQ(CFStringCompare(second.get(), first.get(), row.flags), -row.result);
  }
}

TEST(Comparison, OfARangeLeavesTheRestOut) {
  EXPECT_EQ(CFStringCompareWithOptions(CFSTR("a-text"), CFSTR("text"), CFRangeMake(2, 4), 0), kCFCompareEqualTo);
}

TEST(Search, FindsTheFirstOrTheLastPlace) {
  const CFStringRef text = CFSTR("abcABCabc");
  const auto place = [text](CFStringRef wanted, CFStringCompareFlags flags) {
    return CFStringFind(text, wanted, flags).location;
  };
  EXPECT_EQ(place(CFSTR("bc"), 0), 1);
  EXPECT_EQ(place(CFSTR("bc"), kCFCompareBackwards), 7);
  EXPECT_EQ(place(CFSTR("BC"), 0), 4);
  EXPECT_EQ(place(CFSTR("BC"), kCFCompareCaseInsensitive), 1);
  EXPECT_EQ(place(CFSTR("bc"), kCFCompareAnchored), kCFNotFound);
  EXPECT_EQ(place(CFSTR("ab"), kCFCompareAnchored), 0);
  EXPECT_EQ(place(CFSTR("bc"), kCFCompareAnchored | kCFCompareBackwards), 7);
  EXPECT_EQ(place(CFSTR("x"), 0), kCFNotFound);
  EXPECT_EQ(place(CFSTR(""), 0), kCFNotFound);
  EXPECT_EQ(place(CFSTR("abcABCabcd"), 0), kCFNotFound);
  EXPECT_EQ(CFStringFind(text, CFSTR("bc"), 0).length, 2);
}

TEST(Search, KnowsBeginningsAndEnds) {
  EXPECT_TRUE(CFStringHasPrefix(CFSTR("example.com"), CFSTR("example")));
  EXPECT_FALSE(CFStringHasPrefix(CFSTR("example.com"), CFSTR("com")));
  EXPECT_TRUE(CFStringHasSuffix(CFSTR("example.com"), CFSTR(".com")));
  EXPECT_FALSE(CFStringHasSuffix(CFSTR("com"), CFSTR("example.com")));
}

TEST(Splitting, KeepsEmptyPartsAndJoiningPutsThemTogetherAgain) {
  for (const auto& [text, parts] : {std::pair{"a,b,c", 3}, {"", 1}, {",", 2}, {"a,,b", 3}, {"abc", 1}, {"a,", 2}}) {
    SCOPED_TRACE(text);
    const String whole = make_string(text);
    const auto split =
        CFRef<CFArrayRef>::adopt(CFStringCreateArrayBySeparatingStrings(nullptr, whole.get(), CFSTR(",")));
    EXPECT_EQ(CFArrayGetCount(split.get()), parts);
    const String joined = String::adopt(CFStringCreateByCombiningStrings(nullptr, split.get(), CFSTR(",")));
    EXPECT_EQ(string_of(joined.get()), text);
  }
}

TEST(NumbersInText, AreReadAsFarAsTheyGo) {
  const std::pair<const char*, SInt32> rows[] = {
      {"42", 42},
      {"-42", -42},
      {"+7", 7},
      {"  \t\n12abc", 12},
      {"abc", 0},
      {"", 0},
      {"-", 0},
      {"0x10", 0},
      {"2147483647", 2147483647},
      {"99999999999999999999", 2147483647},
      {"-99999999999999999999", -2147483647 - 1},
  };
  for (const auto& [text, value] : rows) {
    SCOPED_TRACE(text);
    EXPECT_EQ(CFStringGetIntValue(make_string(text).get()), value);
  }
}

TEST(ExternalRepresentation, ComesBackAsTheSameText) {
  const String text = make_string("gr\u00FC\u20AC\U0001F600");
  for (const CFStringEncoding encoding : {kCFStringEncodingUTF8, kCFStringEncodingUTF16, kCFStringEncodingUTF32BE}) {
    SCOPED_TRACE(encoding);
    const auto data = CFRef<CFDataRef>::adopt(CFStringCreateExternalRepresentation(nullptr, text.get(), encoding, 0));
    ASSERT_TRUE(data);
    const String back = String::adopt(CFStringCreateFromExternalRepresentation(nullptr, data.get(), encoding));
    ASSERT_TRUE(back);
    EXPECT_TRUE(CFEqual(back.get(), text.get()));
  }
  EXPECT_EQ(CFStringCreateExternalRepresentation(nullptr, text.get(), kCFStringEncodingASCII, 0), nullptr);
  EXPECT_EQ(CFStringCreateExternalRepresentation(nullptr, text.get(), 0x12345678, 0), nullptr);
  const auto lossy =
      CFRef<CFDataRef>::adopt(CFStringCreateExternalRepresentation(nullptr, text.get(), kCFStringEncodingASCII, '?'));
  EXPECT_EQ(CFDataGetLength(lossy.get()), 5);
}

TEST(Encodings, AreNamedByWhatTheTextNeeds) {
  EXPECT_EQ(CFStringGetFastestEncoding(CFSTR("ascii")), CFStringEncoding{kCFStringEncodingASCII});
  EXPECT_EQ(CFStringGetFastestEncoding(CFSTR("\u20AC")), CFStringEncoding{kCFStringEncodingUTF16});
  EXPECT_TRUE(CFStringIsEncodingAvailable(CFStringGetSystemEncoding()));
  EXPECT_FALSE(CFStringIsEncodingAvailable(kCFStringEncodingInvalidId));
}

TEST(FileNames, AreUtf8) {
  const String name = String::adopt(CFStringCreateWithFileSystemRepresentation(nullptr, "/tmp/gr\xC3\xBC"));
  const CFIndex size = CFStringGetMaximumSizeOfFileSystemRepresentation(name.get());
  std::vector<char> buffer(static_cast<std::size_t>(size));
  EXPECT_TRUE(CFStringGetFileSystemRepresentation(name.get(), buffer.data(), size));
  EXPECT_STREQ(buffer.data(), "/tmp/gr\xC3\xBC");
  EXPECT_FALSE(CFStringGetFileSystemRepresentation(name.get(), buffer.data(), 3));
}

}  // namespace
}  // namespace securetransport::cf
