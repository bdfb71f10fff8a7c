// SPDX-License-Identifier: Apache-2.0
// Deadlines: every operation of this layer that can wait takes the moment at which it gives up.
#pragma once

#include <chrono>

namespace securetransport::net {

/// A moment on the monotonic clock. A moment in the past means: try once, do not wait.
using Deadline = std::chrono::steady_clock::time_point;

/// Waits for ever.
inline constexpr Deadline kNever = Deadline::max();

/// The moment `time` from now; kNever if that is beyond the clock's range.
[[nodiscard]] inline Deadline within(std::chrono::steady_clock::duration time) noexcept {
  const Deadline now = std::chrono::steady_clock::now();
  return time >= kNever - now ? kNever : now + time;
}

/// The time left; zero if the deadline has passed.
[[nodiscard]] inline std::chrono::steady_clock::duration remaining(Deadline deadline) noexcept {
  const Deadline now = std::chrono::steady_clock::now();
  return deadline > now ? deadline - now : std::chrono::steady_clock::duration::zero();
}

}  // namespace securetransport::net
