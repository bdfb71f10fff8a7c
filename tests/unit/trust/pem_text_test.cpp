// SPDX-License-Identifier: Apache-2.0
// Where PEM blocks begin and end, and what counts as base64.
#include "trust/pem_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace securetransport::trust {
namespace {

struct Row {
  const char* what;
  const char* body;
  const char* expected;  ///< nullptr: damaged.
};

// The test vectors of RFC 4648 section 10, then damage.
constexpr Row kRows[] = {
    {"f", "Zg==", "f"},
    {"fo", "Zm8=", "fo"},
    {"foo", "Zm9v", "foo"},
    {"foobar", "Zm9vYmFy", "foobar"},
    {"white space", " Zm9v\r\n\tYm Fy\n", "foobar"},
    {"empty", "", nullptr},
    {"one digit missing", "Zm9vYmF", nullptr},
    {"padding missing", "Zg", nullptr},
    {"padding inside", "Zg==Zg==", nullptr},
    {"three pads", "Z===", nullptr},
    {"foreign character", "Zm9%", nullptr},
    {"URL alphabet", "Zm9_", nullptr},
};

TEST(PemText, DecodesBase64AndNothingElse) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    const auto blocks = pem_blocks("-----BEGIN X-----" + std::string(row.body) + "-----END X-----", "X", 9);
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_TRUE(blocks[0].has_end);
    ASSERT_EQ(blocks[0].data.has_value(), row.expected != nullptr);
    if (!blocks[0].data) continue;
    EXPECT_EQ(std::string(blocks[0].data->begin(), blocks[0].data->end()), row.expected);
  }
}

TEST(PemText, CountsLinesAndNoticesAMissingEnd) {
  const auto blocks = pem_blocks(
      "junk\n-----BEGIN X-----\nZg==\n\n-----BEGIN Y-----\nZg==\n-----END Y-----\n-----BEGIN X-----\nZg==\n-----END "
      "X-----",
      "X", 9);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].line, 2U);
  EXPECT_FALSE(blocks[0].has_end);
  EXPECT_EQ(blocks[1].line, 8U);
  EXPECT_TRUE(blocks[1].has_end);
}

TEST(PemText, StopsAtTheLimit) {
  std::string text;
  for (int count = 0; count < 5; ++count) text += "-----BEGIN X-----Zg==-----END X-----";
  EXPECT_EQ(pem_blocks(text, "X", 3).size(), 3U);
  EXPECT_TRUE(pem_blocks(text, "Y", 3).empty());
}

}  // namespace
}  // namespace securetransport::trust
