// SPDX-License-Identifier: Apache-2.0
// CFDate and absolute times.
#include <CoreFoundation/CFDate.h>

#include <cmath>
#include <cstdio>
#include <functional>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

using namespace securetransport::cf;

struct __CFDate final : Object {
 public:
  explicit __CFDate(CFAbsoluteTime time) noexcept : Object(kDateType), time_(time) {}

  static CFTypeID type_id() noexcept { return kDateType; }

  CFAbsoluteTime time() const noexcept { return time_; }

  bool equals(const Object& other) const override { return time_ == static_cast<const __CFDate&>(other).time_; }
  CFHashCode hash() const override { return std::hash<double>{}(time_); }
  std::string describe() const override;

 private:
  const CFAbsoluteTime time_;
};

const CFTimeInterval kCFAbsoluteTimeIntervalSince1970 = 978307200.0;
const CFTimeInterval kCFAbsoluteTimeIntervalSince1904 = 3061152000.0;

namespace {

using Clock = std::chrono::system_clock;
using Seconds = std::chrono::duration<double>;

CFAbsoluteTime absolute_time(Clock::time_point time) {
  return Seconds(time.time_since_epoch()).count() - kCFAbsoluteTimeIntervalSince1970;
}

}  // namespace

std::string __CFDate::describe() const {
  const double seconds = std::floor(time_ + kCFAbsoluteTimeIntervalSince1970);
  constexpr double kYear0 = -62167219200;
  constexpr double kYear10000 = 253402300800;
  if (!(seconds >= kYear0 && seconds < kYear10000)) return std::to_string(time_) + " s after 2001";
  const std::chrono::sys_seconds time{std::chrono::seconds(static_cast<std::int64_t>(seconds))};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d +0000", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

namespace securetransport::cf {

CFRef<CFDateRef> make_date(Clock::time_point time) {
  return CFRef<CFDateRef>::adopt(new __CFDate(absolute_time(time)));
}

Clock::time_point time_of(CFDateRef date) {
  const Seconds since_1970(expect<__CFDate>(date).time() + kCFAbsoluteTimeIntervalSince1970);
  // What the clock cannot express becomes its first or last moment.
  if (!(since_1970 < Seconds(Clock::time_point::max().time_since_epoch()))) return Clock::time_point::max();
  if (since_1970 < Seconds(Clock::time_point::min().time_since_epoch())) return Clock::time_point::min();
  return Clock::time_point(std::chrono::duration_cast<Clock::duration>(since_1970));
}

}  // namespace securetransport::cf

CFAbsoluteTime CFAbsoluteTimeGetCurrent() { return absolute_time(Clock::now()); }

CFTypeID CFDateGetTypeID() { return kDateType; }

CFDateRef CFDateCreate(CFAllocatorRef /*allocator*/, CFAbsoluteTime time) { return new __CFDate(time); }

CFAbsoluteTime CFDateGetAbsoluteTime(CFDateRef date) { return expect<__CFDate>(date).time(); }

CFTimeInterval CFDateGetTimeIntervalSinceDate(CFDateRef date, CFDateRef other) {
  return CFDateGetAbsoluteTime(date) - CFDateGetAbsoluteTime(other);
}

CFComparisonResult CFDateCompare(CFDateRef first, CFDateRef second, void* /*context*/) {
  const CFAbsoluteTime a = CFDateGetAbsoluteTime(first);
  const CFAbsoluteTime b = CFDateGetAbsoluteTime(second);
  return a < b ? kCFCompareLessThan : a > b ? kCFCompareGreaterThan : kCFCompareEqualTo;
}
