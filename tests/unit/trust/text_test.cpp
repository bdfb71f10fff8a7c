// SPDX-License-Identifier: Apache-2.0
// Hostile names shown on a terminal.
#include "trust/text.hpp"

#include <gtest/gtest.h>

#include "trust_case.hpp"

namespace securetransport::trust {
namespace {

using namespace std::string_literals;

struct Row {
  const char* what;
  std::string text;
  std::string ascii;
  std::string utf8;
};

const Row kRows[] = {
    {"plain", "a.example", "a.example", "a.example"},
    {"embedded NUL", "good.example\0.evil.example"s, "good.example\\00.evil.example", "good.example\\00.evil.example"},
    {"terminal escape", "\x1B[31mred", "\\1B[31mred", "\\1B[31mred"},
    {"line break", "a\r\nb", "a\\0D\\0Ab", "a\\0D\\0Ab"},
    {"DEL", "\x7F", "\\7F", "\\7F"},
    {"backslash", "a\\00", "a\\5C00", "a\\00"},
    {"umlaut", "b\xC3\xBC", "b\\C3\\BC", "b\xC3\xBC"},
    {"four bytes", "\xF0\x9F\x94\x92", "\\F0\\9F\\94\\92", "\xF0\x9F\x94\x92"},
    {"C1 control CSI", "\xC2\x9B", "\\C2\\9B", "\\C2\\9B"},
    {"right-to-left override", "\xE2\x80\xAEmoc", "\\E2\\80\\AEmoc", "\\E2\\80\\AEmoc"},
    {"overlong slash", "\xC0\xAF", "\\C0\\AF", "\\C0\\AF"},
    {"surrogate", "\xED\xA0\x80", "\\ED\\A0\\80", "\\ED\\A0\\80"},
    {"above U+10FFFF", "\xF4\x90\x80\x80", "\\F4\\90\\80\\80", "\\F4\\90\\80\\80"},
    {"cut short", "x\xE2\x82", "x\\E2\\82", "x\\E2\\82"},
    {"lone continuation", "\x80y", "\\80y", "\\80y"},
};

TEST(Text, EscapesWhatATerminalOrALogWouldObey) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(escape_ascii(row.text), row.ascii);
    EXPECT_EQ(escape_utf8(row.text), row.utf8);
  }
}

TEST(Text, ShortensBetweenCharacters) {
  EXPECT_EQ(shorten("abc", 3), "abc");
  EXPECT_EQ(shorten("abcd", 3), "abc...");
  EXPECT_EQ(shorten("ab\xC3\xBC", 3), "ab...");
}

TEST(Text, ListsAtMostTheItemsAllowedAndCountsTheRest) {
  const std::vector<std::string> items{"a", "b", "c"};
  EXPECT_EQ(join_some(items, 3), "a, b, c");
  EXPECT_EQ(join_some(items, 2), "a, b and 1 more");
  EXPECT_EQ(join_some({}, 2), "");
}

}  // namespace
}  // namespace securetransport::trust
