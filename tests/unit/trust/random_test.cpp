// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace securetransport::test {
namespace {

TEST(Random, FillsEveryByteAndNeverTheSame) {
  std::array<std::uint8_t, 32> first{};
  std::array<std::uint8_t, 32> second{};
  ASSERT_TRUE(fill_with_random(first));
  ASSERT_TRUE(fill_with_random(second));
  EXPECT_NE(first, second);
  EXPECT_TRUE(fill_with_random({}));
  // A byte that is never written stays zero; after eight tries that is no chance any more.
  std::array<std::uint8_t, 33> seen{};
  for (int round = 0; round < 8; ++round) {
    std::array<std::uint8_t, 33> bytes{};
    ASSERT_TRUE(fill_with_random(bytes));
    for (std::size_t at = 0; at < bytes.size(); ++at) seen.at(at) |= bytes.at(at);
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 0), 0);
}

}  // namespace
}  // namespace securetransport::test
