// SPDX-License-Identifier: Apache-2.0
// Text that fits the screen and cannot take it over.
#include "cli/terminal.hpp"

#include <gtest/gtest.h>

namespace securetransport::cli {
namespace {

using Lines = std::vector<std::string>;

TEST(Wrapping, BreaksAtSpacesAndKeepsLongWordsWhole) {
  EXPECT_EQ(wrapped("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("a TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 b", 10),
            (Lines{"a", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "b"}));
  EXPECT_EQ(wrapped("  many   spaces  ", 80), (Lines{"many spaces"}));
  EXPECT_EQ(wrapped("", 80), (Lines{""}));
}

TEST(Wrapping, CountsCharactersNotBytes) { EXPECT_EQ(wrapped("äöü äöü", 7), (Lines{"äöü äöü"})); }

TEST(Paragraphs, AlignTheirLinesUnderTheFirst) {
  std::string out;
  append_paragraph(out, "  - ", "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd", {40, false, false});
  EXPECT_EQ(out, "  - aaaaaaaaaa bbbbbbbbbb cccccccccc\n    dddddddddd\n");
}

TEST(Escaping, ShowsWhatWouldMoveTheCursorOrTurnTheText) {
  EXPECT_EQ(escaped("plain text, ümläute und 漢字"), "plain text, ümläute und 漢字");
  EXPECT_EQ(escaped("\x1b[2Jgone"), "\\x1b[2Jgone");
  EXPECT_EQ(escaped("two\nlines\r\tand"), "two\\nlines\\r\\tand");
  EXPECT_EQ(escaped("\x7f"), "\\x7f");
  EXPECT_EQ(escaped("csi \u009b31m"), "csi \\u009b31m");
  EXPECT_EQ(escaped("right\u202eleft"), "right\\u202eleft");
  EXPECT_EQ(escaped(std::string_view("nul\0", 4)), "nul\\x00");
}

TEST(Escaping, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(escaped("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(escaped("\xc3"), "\\xc3");
  EXPECT_EQ(escaped("\xc0\xaf"), "\\xc0\\xaf");                    // An overlong slash.
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // A surrogate.
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // Beyond the last code point.
}

TEST(Shortening, KeepsWhatFitsAndMarksWhatDoesNot) {
  EXPECT_EQ(shortened("short", 5), "short");
  EXPECT_EQ(shortened("much too long", 9), "much t...");
  EXPECT_EQ(shortened("äöüäöü", 5), "äö...");
  EXPECT_EQ(shortened("abc", 2), "..");
}

TEST(Padding, FillsUpToTheColumnAndNeverCuts) {
  EXPECT_EQ(padded("ä", 3), "ä  ");
  EXPECT_EQ(padded("long", 2), "long");
}

TEST(Colour, IsAbsentWhereTheTerminalHasNone) {
  EXPECT_EQ(paint("text", Style::Bad, {80, false, true}), "text");
  EXPECT_EQ(paint("text", Style::Bad, {80, true, true}), "\x1b[31mtext\x1b[0m");
}

}  // namespace
}  // namespace securetransport::cli
