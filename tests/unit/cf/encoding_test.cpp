// SPDX-License-Identifier: Apache-2.0
// Encodings, compared with the C library's iconv and with the texts of the standards.
#include "cf/encoding.hpp"

#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <vector>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

std::span<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What iconv makes of the bytes; nothing if it refuses them.
std::optional<std::string> iconv_says(const char* from, const char* to, std::string input) {
  const iconv_t conversion = iconv_open(to, from);
  EXPECT_NE(conversion, reinterpret_cast<iconv_t>(-1)) << from;
  std::string output(input.size() * 4 + 4, '\0');
  char* in = input.data();
  char* out = output.data();
  std::size_t in_left = input.size();
  std::size_t out_left = output.size();
  const bool is_text = iconv(conversion, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1);
  iconv_close(conversion);
  output.resize(output.size() - out_left);
  return is_text ? std::optional(output) : std::nullopt;
}

struct Encoding {
  const char* name;  ///< iconv's.
  CFStringEncoding number;
};

constexpr Encoding kCodePages[] = {
    {"US-ASCII", kCFStringEncodingASCII},
    {"ISO-8859-1", kCFStringEncodingISOLatin1},
    {"CP1252", kCFStringEncodingWindowsLatin1},
    {"MACINTOSH", kCFStringEncodingMacRoman},
};

TEST(CodePages, HaveTheCharactersThatIconvKnows) {
  for (const Encoding& page : kCodePages) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      // Where iconv's table differs from Apple's ROMAN.TXT: Greek delta for the increment sign, and Apple's logo.
      if (page.number == kCFStringEncodingMacRoman && (byte == 0xC6 || byte == 0xF0)) continue;
      SCOPED_TRACE(testing::Message() << page.name << " byte " << byte);
      const std::string one(1, static_cast<char>(byte));
      const auto text = decode(bytes(one), page.number);
      const auto expected = iconv_says(page.name, "UTF-8", one);
      ASSERT_EQ(text.has_value(), expected.has_value());
      if (!text) continue;
      EXPECT_EQ(utf8_of(*text), *expected);
      EXPECT_EQ(encode(*text, page.number, 0, ByteOrderMark::Never, 10).bytes, one);
    }
  }
}

TEST(CodePages, HaveApplesOwnCharactersWhereIconvDiffers) {
  EXPECT_EQ(decode(bytes("\xC6\xF0"), kCFStringEncodingMacRoman), u"\u2206\uF8FF");
}

constexpr Encoding kUnicode[] = {
    {"UTF-8", kCFStringEncodingUTF8},       {"UTF-16BE", kCFStringEncodingUTF16BE},
    {"UTF-16LE", kCFStringEncodingUTF16LE}, {"UTF-32BE", kCFStringEncodingUTF32BE},
    {"UTF-32LE", kCFStringEncodingUTF32LE},
};

TEST(UnicodeEncodings, SayTheSameAsIconv) {
  const std::string text =
      "a\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
  const auto units = decode(bytes(text), kCFStringEncodingUTF8);
  ASSERT_TRUE(units);
  for (const Encoding& encoding : kUnicode) {
    SCOPED_TRACE(encoding.name);
    const auto expected = iconv_says("UTF-8", encoding.name, text);
    ASSERT_TRUE(expected);
    const Encoded encoded = encode(*units, encoding.number, 0, ByteOrderMark::Never, SIZE_MAX);
    EXPECT_EQ(encoded.bytes, *expected);
    EXPECT_EQ(encoded.units, units->size());
    EXPECT_EQ(decode(bytes(*expected), encoding.number), units);
  }
}

TEST(Utf8, IsRefusedWhereItIsNotWellFormed) {
  // Unicode 15, section 3.9, table 3-7, and the examples of D92.
  const std::vector<std::string> rows{"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFE",
                                      "\xFF",
                                      "\xC3",
                                      "\xE2\x82",
                                      "\xF0\x9F\x98",
                                      "\xC3(",
                                      "\xE2\x82("};
  for (const std::string& row : rows) {
    SCOPED_TRACE(testing::PrintToString(row));
    EXPECT_EQ(decode(bytes(row), kCFStringEncodingUTF8), std::nullopt);
    EXPECT_EQ(decode(bytes("good" + row + "good"), kCFStringEncodingUTF8), std::nullopt);
    EXPECT_FALSE(iconv_says("UTF-8", "UTF-32LE", row + "x"));
    const std::u16string lenient = decode_utf8_leniently("a" + row + "z");
    EXPECT_TRUE(lenient.starts_with(u"a\uFFFD") && lenient.ends_with(u"z"));
  }
}

TEST(Utf16, MayBeginWithAByteOrderMarkIfTheOrderIsOpen) {
  EXPECT_EQ(decode(bytes(std::string_view("\xFE\xFF\0a", 4)), kCFStringEncodingUTF16, ByteOrderMark::Allowed), u"a");
  EXPECT_EQ(decode(bytes(std::string_view("\xFF\xFE"
                                          "a\0",
                                          4)),
                   kCFStringEncodingUTF16, ByteOrderMark::Allowed),
            u"a");
  EXPECT_EQ(decode(bytes(std::string_view("\xFE\xFF\0a", 4)), kCFStringEncodingUTF16BE, ByteOrderMark::Allowed),
            u"\uFEFFa");
  EXPECT_EQ(decode(bytes(std::string_view("\0\0\xFE\xFF\0\0\0a", 8)), kCFStringEncodingUTF32, ByteOrderMark::Allowed),
            u"a");
  EXPECT_EQ(decode(bytes("\xEF\xBB\xBF"
                         "a"),
                   kCFStringEncodingUTF8, ByteOrderMark::Allowed),
            u"a");
  EXPECT_EQ(decode(bytes("\xEF\xBB\xBF"
                         "a"),
                   kCFStringEncodingUTF8),
            u"\uFEFFa");
}

TEST(Utf16, IsWrittenWithAByteOrderMarkIfTheOrderIsOpen) {
  const Encoded marked = encode(u"a", kCFStringEncodingUTF16, 0, ByteOrderMark::Allowed, SIZE_MAX);
  EXPECT_EQ(marked.bytes.size(), 4U);
  EXPECT_EQ(decode(bytes(marked.bytes), kCFStringEncodingUTF16, ByteOrderMark::Allowed), u"a");
  EXPECT_EQ(encode(u"a", kCFStringEncodingUTF16, 0, ByteOrderMark::Allowed, 1).bytes, "");
  EXPECT_EQ(encode(u"a", kCFStringEncodingUTF16BE, 0, ByteOrderMark::Allowed, SIZE_MAX).bytes, std::string("\0a", 2));
}

TEST(Utf16, OfHalfAUnitAndUtf32BeyondUnicodeAreRefused) {
  EXPECT_EQ(decode(bytes("abc"), kCFStringEncodingUTF16BE), std::nullopt);
  EXPECT_EQ(decode(bytes("abcde"), kCFStringEncodingUTF32BE), std::nullopt);
  EXPECT_EQ(decode(bytes(std::string_view("\0\x11\0\0", 4)), kCFStringEncodingUTF32BE), std::nullopt);
  EXPECT_EQ(decode(bytes(std::string_view("\0\0\xD8\0", 4)), kCFStringEncodingUTF32BE), std::nullopt);
}

TEST(Surrogates, InHalfAreNoUtf8) {
  const std::u16string half{u'a', 0xDC00, u'b'};
  EXPECT_EQ(encode(half, kCFStringEncodingUTF8, 0, ByteOrderMark::Never, SIZE_MAX).units, 1U);
  EXPECT_EQ(encode(half, kCFStringEncodingUTF8, '?', ByteOrderMark::Never, SIZE_MAX).bytes, "a?b");
  EXPECT_EQ(utf8_of(half),
            "a\xEF\xBF\xBD"
            "b");
}

}  // namespace
}  // namespace securetransport::cf
