// SPDX-License-Identifier: Apache-2.0
// Suggestions for mistyped words.
#include "cli/nearest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace securetransport::cli {
namespace {

constexpr std::array<std::string_view, 4> kWords{"check", "codes", "connect", "serve"};

TEST(Nearest, CountsLettersAddedDroppedAndChanged) {
  EXPECT_EQ(distance_between("check", "check"), 0U);
  EXPECT_EQ(distance_between("check", "CHECK"), 0U);
  EXPECT_EQ(distance_between("chek", "check"), 1U);
  EXPECT_EQ(distance_between("", "check"), 5U);
  EXPECT_EQ(distance_between("kitten", "sitting"), 3U);
}

TEST(Nearest, FindsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("chekc", kWords), "check");
  EXPECT_EQ(nearest("conect", kWords), "connect");
  EXPECT_EQ(nearest("code", kWords), "codes");
}

TEST(Nearest, SuggestsNothingForAWordUnlikeAnyOther) {
  EXPECT_EQ(nearest("frobnicate", kWords), "");
  EXPECT_EQ(nearest(std::string(100000, 'c'), kWords), "");
}

}  // namespace
}  // namespace securetransport::cli
