// SPDX-License-Identifier: Apache-2.0
// Making strings and reading them out. Expected behaviour: Apple's CFString reference.
#include "cf/string.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace securetransport::cf {
namespace {

using String = CFRef<CFStringRef>;

String from(const char* text, CFStringEncoding encoding = kCFStringEncodingUTF8) {
  return String::adopt(CFStringCreateWithCString(kCFAllocatorDefault, text, encoding));
}

/// U+00E9, U+20AC and U+1F600: one, one and two units; two, three and four bytes of UTF-8.
constexpr const char* kMixed = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";

TEST(String, CountsUtf16Units) {
  EXPECT_EQ(CFStringGetLength(from("").get()), 0);
  EXPECT_EQ(CFStringGetLength(from("abc").get()), 3);
  EXPECT_EQ(CFStringGetLength(from(kMixed).get()), 5);
}

TEST(String, GivesUnitsOneByOneAndInRanges) {
  const String string = from(kMixed);
  const std::array<UniChar, 5> expected{u'a', 0x00E9, 0x20AC, 0xD83D, 0xDE00};
  std::array<UniChar, 5> units{};
  CFStringGetCharacters(string.get(), CFRangeMake(0, 5), units.data());
  EXPECT_EQ(units, expected);
  EXPECT_EQ(CFStringGetCharacterAtIndex(string.get(), 2), 0x20AC);
  units = {};
  CFStringGetCharacters(string.get(), CFRangeMake(1, 2), units.data());
  EXPECT_EQ(units, (std::array<UniChar, 5>{0x00E9, 0x20AC}));
}

TEST(String, IsNotMadeOfBytesThatAreNoText) {
  EXPECT_EQ(CFStringCreateWithCString(nullptr, "\xFF", kCFStringEncodingUTF8), nullptr);
  EXPECT_EQ(CFStringCreateWithCString(nullptr, "\xC3\xA9", kCFStringEncodingASCII), nullptr);
  EXPECT_EQ(CFStringCreateWithCString(nullptr, "text", 0x12345678), nullptr);
}

TEST(String, IsMadeOfUnitsAsTheyAre) {
  const std::array<UniChar, 3> half_a_pair{u'x', 0xD800, u'y'};
  const String string = String::adopt(CFStringCreateWithCharacters(nullptr, half_a_pair.data(), 3));
  EXPECT_EQ(CFStringGetCharacterAtIndex(string.get(), 1), 0xD800);
  EXPECT_EQ(string_of(string.get()), "x\xEF\xBF\xBDy");
}

TEST(String, MayHoldAZero) {
  const std::array<UInt8, 3> bytes{'a', 0, 'b'};
  const String string = String::adopt(CFStringCreateWithBytes(nullptr, bytes.data(), 3, kCFStringEncodingUTF8, false));
  EXPECT_EQ(CFStringGetLength(string.get()), 3);
  EXPECT_EQ(string_of(string.get()), std::string("a\0b", 3));
}

TEST(String, GivesACStringOnlyWhereTheWholeFits) {
  const String string = from(kMixed);  // Ten bytes and a zero.
  std::array<char, 12> buffer;
  for (const CFIndex size : {11, 12}) {
    SCOPED_TRACE(size);
    EXPECT_TRUE(CFStringGetCString(string.get(), buffer.data(), size, kCFStringEncodingUTF8));
    EXPECT_STREQ(buffer.data(), kMixed);
  }
  for (const CFIndex size : {10, 2, 1}) {
    SCOPED_TRACE(size);
    EXPECT_FALSE(CFStringGetCString(string.get(), buffer.data(), size, kCFStringEncodingUTF8));
    EXPECT_STREQ(buffer.data(), "");
  }
  EXPECT_FALSE(CFStringGetCString(string.get(), buffer.data(), 0, kCFStringEncodingUTF8));
  EXPECT_FALSE(CFStringGetCString(string.get(), buffer.data(), 12, kCFStringEncodingASCII));
  EXPECT_FALSE(CFStringGetCString(from("").get(), buffer.data(), 12, 0x12345678));
}

TEST(String, ShowsItsBytesOnlyIfTheyAreAscii) {
  const String ascii = from("plain");
  for (const CFStringEncoding encoding :
       {CFStringEncoding{kCFStringEncodingUTF8}, CFStringEncoding{kCFStringEncodingASCII},
        CFStringEncoding{kCFStringEncodingMacRoman}}) {
    SCOPED_TRACE(encoding);
    EXPECT_STREQ(CFStringGetCStringPtr(ascii.get(), encoding), "plain");
    EXPECT_EQ(CFStringGetCStringPtr(from(kMixed).get(), encoding), nullptr);
  }
  EXPECT_EQ(CFStringGetCStringPtr(ascii.get(), kCFStringEncodingUTF16), nullptr);
  EXPECT_EQ(CFStringGetCharactersPtr(ascii.get()), nullptr);
  const String mixed = from(kMixed);
  ASSERT_NE(CFStringGetCharactersPtr(mixed.get()), nullptr);
  EXPECT_EQ(CFStringGetCharactersPtr(mixed.get())[2], 0x20AC);
}

struct BytesRow {
  const char* name;
  CFRange range;
  CFStringEncoding encoding;
  UInt8 loss;
  CFIndex room;
  CFIndex units;
  std::string bytes;
};

TEST(String, GivesAsManyBytesAsFitAndStopsBeforeWhatIsMissing) {
  const String string = from(kMixed);
  const std::vector<BytesRow> rows{
      {"all", {0, 5}, kCFStringEncodingUTF8, 0, 20, 5, kMixed},
      {"a range", {1, 2}, kCFStringEncodingUTF8, 0, 20, 2, "\xC3\xA9\xE2\x82\xAC"},
      {"no room for the second half of a character", {0, 5}, kCFStringEncodingUTF8, 0, 5, 2, "a\xC3\xA9"},
      {"a pair is not split", {0, 5}, kCFStringEncodingUTF8, 0, 9, 3, "a\xC3\xA9\xE2\x82\xAC"},
      {"a missing character ends it", {0, 5}, kCFStringEncodingISOLatin1, 0, 20, 2, "a\xE9"},
      {"or becomes the loss byte", {0, 5}, kCFStringEncodingISOLatin1, '?', 20, 5, "a\xE9??"},
      {"nothing", {5, 0}, kCFStringEncodingUTF8, 0, 20, 0, ""},
  };
  for (const BytesRow& row : rows) {
    SCOPED_TRACE(row.name);
    std::array<UInt8, 20> buffer{};
    CFIndex used = -1;
    EXPECT_EQ(CFStringGetBytes(string.get(), row.range, row.encoding, row.loss, false, buffer.data(), row.room, &used),
              row.units);
    ASSERT_EQ(used, static_cast<CFIndex>(row.bytes.size()));
    EXPECT_EQ(std::memcmp(buffer.data(), row.bytes.data(), row.bytes.size()), 0);
  }
}

TEST(String, TellsTheSizeItWouldNeedWithoutABuffer) {
  CFIndex used = 0;
  const String string = from(kMixed);
  EXPECT_EQ(CFStringGetBytes(string.get(), CFRangeMake(0, 5), kCFStringEncodingUTF8, 0, false, nullptr, 0, &used), 5);
  EXPECT_EQ(used, 10);
  EXPECT_EQ(CFStringGetBytes(string.get(), CFRangeMake(0, 5), kCFStringEncodingUTF8, 0, false, nullptr, 0, nullptr), 5);
}

TEST(String, NeverNeedsMoreThanTheMaximumSize) {
  EXPECT_EQ(CFStringGetMaximumSizeForEncoding(10, kCFStringEncodingUTF8), 30);
  EXPECT_EQ(CFStringGetMaximumSizeForEncoding(10, kCFStringEncodingUTF16), 20);
  EXPECT_EQ(CFStringGetMaximumSizeForEncoding(10, kCFStringEncodingUTF32), 40);
  EXPECT_EQ(CFStringGetMaximumSizeForEncoding(10, kCFStringEncodingASCII), 10);
  EXPECT_EQ(CFStringGetMaximumSizeForEncoding(std::numeric_limits<CFIndex>::max(), kCFStringEncodingUTF8), kCFNotFound);
}

TEST(String, IsSharedInsteadOfCopiedIfItCannotChange) {
  const String string = from("text");
  const String copy = String::adopt(CFStringCreateCopy(nullptr, string.get()));
  EXPECT_EQ(copy.get(), string.get());
  EXPECT_EQ(CFGetRetainCount(string.get()), 2);

  const auto changing = CFRef<CFMutableStringRef>::adopt(CFStringCreateMutableCopy(nullptr, 0, string.get()));
  const String snapshot = String::adopt(CFStringCreateCopy(nullptr, changing.get()));
  CFStringAppend(changing.get(), CFSTR("!"));
  EXPECT_EQ(string_of(snapshot.get()), "text");
  EXPECT_EQ(string_of(string.get()), "text");
}

TEST(String, IsCutOutOfAnother) {
  const String part = String::adopt(CFStringCreateWithSubstring(nullptr, from(kMixed).get(), CFRangeMake(1, 2)));
  EXPECT_EQ(string_of(part.get()), "\xC3\xA9\xE2\x82\xAC");
}

TEST(String, EqualsAnotherOfTheSameTextAndHasItsHash) {
  const std::array<UniChar, 3> units{u'a', u'b', u'c'};
  const String one = from("abc");
  const String other = String::adopt(CFStringCreateWithCharacters(nullptr, units.data(), 3));
  EXPECT_TRUE(CFEqual(one.get(), other.get()));
  EXPECT_EQ(CFHash(one.get()), CFHash(other.get()));
  EXPECT_FALSE(CFEqual(one.get(), from("abd").get()));
  EXPECT_FALSE(CFEqual(one.get(), from("abc\xC3\xA9").get()));
  EXPECT_TRUE(CFEqual(from(kMixed).get(), from(kMixed).get()));
}

// Under AddressSanitizer a wrong free, or none, fails these.
TEST(StringNoCopy, FreesWhatItTookOverUnlessToldNotTo) {
  char* const text = static_cast<char*>(std::malloc(5));
  std::memcpy(text, "text", 5);
  const String taken =
      String::adopt(CFStringCreateWithCStringNoCopy(nullptr, text, kCFStringEncodingUTF8, kCFAllocatorDefault));
  EXPECT_EQ(string_of(taken.get()), "text");

  std::array<UInt8, 2> local{'h', 'i'};
  const String lent = String::adopt(
      CFStringCreateWithBytesNoCopy(nullptr, local.data(), 2, kCFStringEncodingUTF8, false, kCFAllocatorNull));
  EXPECT_EQ(string_of(lent.get()), "hi");

  auto* const units = static_cast<UniChar*>(std::malloc(sizeof(UniChar)));
  units[0] = u'u';
  const String wide = String::adopt(CFStringCreateWithCharactersNoCopy(nullptr, units, 1, kCFAllocatorMalloc));
  EXPECT_EQ(string_of(wide.get()), "u");
}

TEST(StringNoCopy, LeavesTheMemoryToItsOwnerIfItFails) {
  char* const text = static_cast<char*>(std::malloc(2));
  std::memcpy(text, "\xFF", 2);
  EXPECT_EQ(CFStringCreateWithCStringNoCopy(nullptr, text, kCFStringEncodingUTF8, kCFAllocatorDefault), nullptr);
  std::free(text);
}

TEST(StringConversions, ReplaceWhatIsNotUtf8) {
  EXPECT_EQ(string_of(make_string("a\xFFz").get()), "a\xEF\xBF\xBDz");
  EXPECT_EQ(string_of(make_string(std::string_view("a\0z", 3)).get()), std::string("a\0z", 3));
  EXPECT_EQ(string_of(nullptr), "");
}

TEST(StringDeathTest, AnIndexOrARangeOutOfBoundsEndsTheProgram) {
  const String string = from("abc");
  std::array<UniChar, 4> units{};
  EXPECT_DEATH(CFStringGetCharacterAtIndex(string.get(), 3), "");
  EXPECT_DEATH(CFStringGetCharacterAtIndex(string.get(), -1), "");
  EXPECT_DEATH(CFStringGetCharacters(string.get(), CFRangeMake(1, 3), units.data()), "");
  EXPECT_DEATH(CFStringGetCharacters(string.get(), CFRangeMake(0, -1), units.data()), "");
  EXPECT_DEATH(CFStringGetCharacters(string.get(), CFRangeMake(2, std::numeric_limits<CFIndex>::max()), units.data()),
               "");
  EXPECT_DEATH(CFStringCreateWithCString(nullptr, nullptr, kCFStringEncodingUTF8), "");
}

}  // namespace
}  // namespace securetransport::cf
