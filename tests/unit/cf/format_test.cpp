// SPDX-License-Identifier: Apache-2.0
// Formatting. Numbers: C11 section 7.21.6.1, as the C library's snprintf prints them; objects: Apple's "Formatting
// String Objects".
#include "cf/format.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <limits>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

template <class... Values>
std::string formatted(const char* pattern, Values... values) {
  const auto text = make_string(pattern);
  return string_of(CFRef<CFStringRef>::adopt(CFStringCreateWithFormat(nullptr, nullptr, text.get(), values...)).get());
}

template <class... Values>
std::string printed(const char* pattern, Values... values) {
  std::array<char, 512> buffer;
  std::snprintf(buffer.data(), buffer.size(), pattern, values...);
  return buffer.data();
}

TEST(Format, PrintsNumbersAsTheCLibraryDoes) {
  for (const char* const pattern : {"%d", "%i", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%x", "%X", "%#x", "%o",
                                    "%u", "%c", "%hhd", "%hd", "a%db", "%%%d%%"}) {
    SCOPED_TRACE(pattern);
    EXPECT_EQ(formatted(pattern, 42), printed(pattern, 42));
    EXPECT_EQ(formatted(pattern, 300), printed(pattern, 300));
  }
  for (const char* const pattern : {"%ld", "%lu", "%lx", "%zd", "%zu", "%td", "%jd", "%20ld|", "%lld", "%llu", "%qd"}) {
    SCOPED_TRACE(pattern);
    EXPECT_EQ(formatted(pattern, -1L), printed(pattern, -1L));
    EXPECT_EQ(formatted(pattern, std::numeric_limits<long>::min()), printed(pattern, std::numeric_limits<long>::min()));
  }
  for (const char* const pattern : {"%f", "%.2f", "%e", "%g", "%10.3f|", "%-10.1f|", "%+.0f", "%a", "%G", "%E"}) {
    SCOPED_TRACE(pattern);
    EXPECT_EQ(formatted(pattern, 3.14159), printed(pattern, 3.14159));
  }
  EXPECT_EQ(formatted("%Lf", 2.5L), printed("%Lf", 2.5L));
}

TEST(Format, TakesWidthAndPrecisionFromTheArguments) {
  EXPECT_EQ(formatted("%*d|", 6, 42), "    42|");
  EXPECT_EQ(formatted("%*d|", -6, 42), "42    |");
  EXPECT_EQ(formatted("%.*f", 1, 2.55), printed("%.*f", 1, 2.55));
  EXPECT_EQ(formatted("%.*s", 2, "abc"), "ab");
  EXPECT_EQ(formatted("%.*s", -2, "abc"), "abc");
}

TEST(Format, PrintsObjectsByTheirDescription) {
  EXPECT_EQ(formatted("<%@>", CFSTR("text")), "<text>");
  EXPECT_EQ(formatted("%@ and %@", make_number(7).get(), kCFBooleanTrue), "7 and true");
  EXPECT_EQ(formatted("%@", static_cast<CFTypeRef>(nullptr)), "(null)");
  EXPECT_EQ(formatted("%6@|%-6@|", CFSTR("abc"), CFSTR("abc")), "   abc|abc   |");
}

TEST(Format, PrintsTextOfBytesAndOfUnits) {
  EXPECT_EQ(formatted("%s, %S, %C", "gr\xC3\xBCn", u"gr\u00FCn", 0xFC), "gr\xC3\xBCn, gr\xC3\xBCn, \xC3\xBC");
  EXPECT_EQ(formatted("%s %S", static_cast<const char*>(nullptr), static_cast<const UniChar*>(nullptr)),
            "(null) (null)");
  EXPECT_EQ(formatted("%5s|%-5s|", "\xC3\xBC", "\xC3\xBC"), "    \xC3\xBC|\xC3\xBC    |");
}

TEST(Format, ReadsNoFurtherThanThePrecisionAllows) {
  const std::array<char, 3> without_a_zero{'a', 'b', 'c'};
  EXPECT_EQ(formatted("%.3s", without_a_zero.data()), "abc");
  const std::array<char16_t, 2> units{u'x', u'y'};
  EXPECT_EQ(formatted("%.2S", units.data()), "xy");
}

TEST(Format, KeepsWhatIsNoConversionAsItIsWritten) {
  EXPECT_EQ(formatted("100%"), "100%");
  EXPECT_EQ(formatted("%y%-5"), "%y%-5");
  EXPECT_EQ(formatted(""), "");
}

TEST(Format, NeverWritesThroughAnArgument) {
  int untouched = 7;
  EXPECT_EQ(formatted("abc%n", &untouched), "abc%n");
  EXPECT_EQ(untouched, 7);
}

TEST(Format, TakesItsPatternWithLettersOfAnyKind) {
  EXPECT_EQ(formatted("\xE2\x82\xAC %d \xF0\x9F\x98\x80", 5), "\xE2\x82\xAC 5 \xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace securetransport::cf
