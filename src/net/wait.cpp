// SPDX-License-Identifier: Apache-2.0
// poll() with a deadline.
#include "net/wait.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>

namespace securetransport::net {
namespace {

/// Rounded up, so that a wait never ends before its deadline and then spins on a time of zero.
int poll_timeout(Deadline deadline) noexcept {
  if (deadline == kNever) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(remaining(deadline)).count();
  return static_cast<int>(std::min<decltype(left)>(left, std::numeric_limits<int>::max()));
}

}  // namespace

bool wait_for(std::span<pollfd> descriptors, Deadline deadline) noexcept {
  for (;;) {
    const int ready = ::poll(descriptors.data(), static_cast<nfds_t>(descriptors.size()), poll_timeout(deadline));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (remaining(deadline) <= Deadline::duration::zero()) {
      errno = 0;
      return false;
    }
  }
}

}  // namespace securetransport::net
