// SPDX-License-Identifier: Apache-2.0
// Moments as people and programs write them.
#include "cli/moment.hpp"

#include <gtest/gtest.h>

#include <string>

namespace securetransport::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr sys_seconds kNow = sys_days(year(2026) / 7 / 1) + 12h;

struct Row {
  std::string text;
  std::optional<sys_seconds> expected;
};

// The first four are the examples of RFC 3339 section 5.8.
TEST(Moment, ReadsRfc3339) {
  const std::vector<Row> rows{
      {"1985-04-12T23:20:50.52Z", sys_days(year(1985) / 4 / 12) + 23h + 20min + 50s},
      {"1996-12-19T16:39:57-08:00", sys_days(year(1996) / 12 / 20) + 39min + 57s},
      {"1990-12-31T23:59:60Z", sys_days(year(1991) / 1 / 1)},
      {"1937-01-01T12:00:27.87+00:20", sys_days(year(1937) / 1 / 1) + 11h + 40min + 27s},
      {"2024-03-01T00:00:00.999+00:00", sys_days(year(2024) / 3 / 1)},
      {"2024-02-29t00:00:00z", sys_days(year(2024) / 2 / 29)},
      {"2023-02-29T00:00:00Z", std::nullopt},
      {"2024-03-01", std::nullopt},
      {"2024-03-01T00:00:00", std::nullopt},
      {"2024-03-01T24:00:00Z", std::nullopt},
      {"2024-03-01T00:00:00.Z", std::nullopt},
      {"2024-03-01T00:00:00Z ", std::nullopt},
      {"2024-3-1T00:00:00Z", std::nullopt},
      {"24-03-01T00:00:00Z", std::nullopt},
      {"2024-03-01T00:00:00+1", std::nullopt},
      {"", std::nullopt},
      {std::string("2024-03-01T00:00:00\0Z", 21), std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_rfc3339(row.text), row.expected) << row.text;
}

TEST(Moment, ReadsWhatPeopleType) {
  const std::vector<Row> rows{
      {"2026-03-15", sys_days(year(2026) / 3 / 15)},
      {"2026-03-15T12:00:00Z", sys_days(year(2026) / 3 / 15) + 12h},
      {"@0", sys_seconds(0s)},
      {"@1750000000", sys_seconds(1'750'000'000s)},
      {"+30d", kNow + 720h},
      {"-12h", kNow - 12h},
      {"@-1", std::nullopt},
      {"@99999999999999999999", std::nullopt},
      {"+99999999999d", std::nullopt},
      {"+d", std::nullopt},
      {"30d", std::nullopt},
      {"tomorrow", std::nullopt},
      {"2026-13-01", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_moment(row.text, kNow), row.expected) << row.text;
}

}  // namespace
}  // namespace securetransport::cli
