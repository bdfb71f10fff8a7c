// SPDX-License-Identifier: Apache-2.0
// Moments: CoreFoundation counts seconds from 2001 as floating point, this library whole seconds from 1970.
#pragma once

#include <CoreFoundation/CFDate.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "cf/object.hpp"

namespace securetransport::apple {

/// 2001-01-01T00:00:00Z.
inline constexpr std::chrono::sys_seconds kReference = std::chrono::sys_days(std::chrono::year(2001) / 1 / 1);

[[nodiscard]] inline CFAbsoluteTime absolute_time(std::chrono::sys_seconds moment) noexcept {
  return static_cast<CFAbsoluteTime>((moment - kReference).count());
}

/// Rounded down; what lies outside the years 0 to 9999, or is no number, becomes the nearest of their ends.
[[nodiscard]] inline std::chrono::sys_seconds moment_of(CFAbsoluteTime time) noexcept {
  constexpr CFAbsoluteTime kFirst = -63'145'526'400;  // The year 0.
  constexpr CFAbsoluteTime kLast = 252'423'993'599;   // The end of 9999.
  const CFAbsoluteTime within = std::isnan(time) ? kFirst : std::clamp(time, kFirst, kLast);
  return kReference + std::chrono::seconds(static_cast<std::chrono::seconds::rep>(std::floor(within)));
}

[[nodiscard]] inline cf::CFRef<CFDateRef> make_date(std::chrono::sys_seconds moment) {
  return cf::CFRef<CFDateRef>::adopt(CFDateCreate(nullptr, absolute_time(moment)));
}

}  // namespace securetransport::apple
