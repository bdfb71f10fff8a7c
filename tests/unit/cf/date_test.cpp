// SPDX-License-Identifier: Apache-2.0
// Dates. Expected values: Apple's CFDate reference (seconds since 2001-01-01 00:00:00 UTC) and date(1).
#include <CoreFoundation/CFDate.h>
#include <gtest/gtest.h>

#include "cf/describe.hpp"
#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

using Date = CFRef<CFDateRef>;
using std::chrono::system_clock;

Date at(CFAbsoluteTime time) { return Date::adopt(CFDateCreate(nullptr, time)); }

TEST(Date, CountsFrom2001) {
  EXPECT_EQ(kCFAbsoluteTimeIntervalSince1970, 978307200.0);  // date -d '2001-01-01 UTC' +%s
  EXPECT_EQ(kCFAbsoluteTimeIntervalSince1904, 3061152000.0);
  EXPECT_EQ(CFDateGetAbsoluteTime(make_date(system_clock::from_time_t(978307200)).get()), 0.0);
  EXPECT_EQ(CFDateGetAbsoluteTime(make_date(system_clock::from_time_t(0)).get()), -978307200.0);
  EXPECT_EQ(system_clock::to_time_t(time_of(at(1.0).get())), 978307201);
}

TEST(Date, OfNowIsNow) {
  const auto before = system_clock::now();
  const auto now = time_of(at(CFAbsoluteTimeGetCurrent()).get());
  EXPECT_LE(before - std::chrono::seconds(1), now);
  EXPECT_LE(now, system_clock::now() + std::chrono::seconds(1));
}

TEST(Date, BeyondTheClockBecomesItsFirstOrLastMoment) {
  EXPECT_EQ(time_of(at(1e300).get()), system_clock::time_point::max());
  EXPECT_EQ(time_of(at(-1e300).get()), system_clock::time_point::min());
}

TEST(Date, ComparesAndSubtracts) {
  EXPECT_EQ(CFDateCompare(at(1).get(), at(2).get(), nullptr), kCFCompareLessThan);
  EXPECT_EQ(CFDateCompare(at(2).get(), at(1).get(), nullptr), kCFCompareGreaterThan);
  EXPECT_EQ(CFDateCompare(at(1).get(), at(1).get(), nullptr), kCFCompareEqualTo);
  EXPECT_EQ(CFDateGetTimeIntervalSinceDate(at(5).get(), at(2).get()), 3.0);
  EXPECT_TRUE(CFEqual(at(5).get(), at(5).get()));
  EXPECT_EQ(CFHash(at(5).get()), CFHash(at(5).get()));
  EXPECT_FALSE(CFEqual(at(5).get(), at(6).get()));
}

TEST(Date, IsDescribedInUtc) {
  EXPECT_EQ(description_of(at(0).get()), "2001-01-01 00:00:00 +0000");
  EXPECT_EQ(description_of(at(-0.5).get()), "2000-12-31 23:59:59 +0000");
  EXPECT_EQ(description_of(at(599'616'000).get()), "2020-01-02 00:00:00 +0000");  // date -u -d @1577923200
  EXPECT_EQ(description_of(at(252'423'993'599).get()), "9999-12-31 23:59:59 +0000");
  EXPECT_NE(description_of(at(1e300).get()), "");
}

}  // namespace
}  // namespace securetransport::cf
