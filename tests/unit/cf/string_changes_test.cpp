// SPDX-License-Identifier: Apache-2.0
// Mutable strings. Expected behaviour: Apple's CFMutableString reference.
#include <CoreFoundation/CFString.h>
#include <gtest/gtest.h>

#include <array>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

CFRef<CFMutableStringRef> changing(const char* text) {
  auto string = CFRef<CFMutableStringRef>::adopt(CFStringCreateMutable(nullptr, 0));
  CFStringAppendCString(string.get(), text, kCFStringEncodingUTF8);
  return string;
}

TEST(MutableString, GrowsByTextOfEveryKind) {
  const auto string = changing("");
  EXPECT_EQ(CFStringGetLength(string.get()), 0);
  CFStringAppend(string.get(), CFSTR("a"));
  CFStringAppendCString(string.get(), "b", kCFStringEncodingASCII);
  const std::array<UniChar, 2> units{u'c', 0x20AC};
  CFStringAppendCharacters(string.get(), units.data(), 2);
  CFStringAppendFormat(string.get(), nullptr, CFSTR("%d%@"), 7, CFSTR("!"));
  EXPECT_EQ(string_of(string.get()),
            "abc\xE2\x82\xAC"
            "7!");
}

TEST(MutableString, StaysAsItIsIfTheBytesAreNoText) {
  const auto string = changing("a");
  CFStringAppendCString(string.get(), "\xFF", kCFStringEncodingUTF8);
  EXPECT_EQ(string_of(string.get()), "a");
}

TEST(MutableString, IsAppendedToItself) {
  const auto string = changing("ab");
  CFStringAppend(string.get(), string.get());
  EXPECT_EQ(string_of(string.get()), "abab");
}

TEST(MutableString, ChangesInside) {
  const auto string = changing("hello");
  CFStringInsert(string.get(), 5, CFSTR("!"));
  CFStringInsert(string.get(), 0, CFSTR(">"));
  EXPECT_EQ(string_of(string.get()), ">hello!");
  CFStringDelete(string.get(), CFRangeMake(0, 1));
  CFStringReplace(string.get(), CFRangeMake(1, 3), CFSTR("\xC3\xBC"));
  EXPECT_EQ(string_of(string.get()), "h\xC3\xBCo!");
  CFStringReplaceAll(string.get(), CFSTR("new"));
  EXPECT_EQ(string_of(string.get()), "new");
}

TEST(MutableString, IsPlainAsciiAgainOnceTheOthersAreGone) {
  const auto string = changing("a\xC3\xBC");
  EXPECT_EQ(CFStringGetCStringPtr(string.get(), kCFStringEncodingUTF8), nullptr);
  CFStringDelete(string.get(), CFRangeMake(1, 1));
  EXPECT_STREQ(CFStringGetCStringPtr(string.get(), kCFStringEncodingUTF8), "a");
}

TEST(MutableString, LosesTheBlanksAtItsEnds) {
  for (const auto& [before, after] : {std::pair{" \t\r\n a b \n", "a b"}, {"", ""}, {" \n", ""}, {"a", "a"}}) {
    SCOPED_TRACE(before);
    const auto string = changing(before);
    CFStringTrimWhitespace(string.get());
    EXPECT_EQ(string_of(string.get()), after);
  }
}

TEST(MutableStringDeathTest, AnImmutableOneEndsTheProgram) {
  const auto fixed = const_cast<CFMutableStringRef>(CFSTR("fixed"));
  EXPECT_DEATH(CFStringAppend(fixed, CFSTR("x")), "");
  const auto string = changing("abc");
  EXPECT_DEATH(CFStringDelete(string.get(), CFRangeMake(2, 2)), "");
  EXPECT_DEATH(CFStringInsert(string.get(), 4, CFSTR("x")), "");
}

}  // namespace
}  // namespace securetransport::cf
