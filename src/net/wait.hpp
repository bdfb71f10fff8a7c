// SPDX-License-Identifier: Apache-2.0
// poll() with a deadline. Private to the layer.
#pragma once

#include <poll.h>

#include <span>

#include "net/deadline.hpp"

namespace securetransport::net {

/// Waits until one of the descriptors is ready and fills their `revents`. False if the deadline passed first, or,
/// with errno set, if the system could not wait. Interrupted waits go on.
[[nodiscard]] bool wait_for(std::span<pollfd> descriptors, Deadline deadline) noexcept;

}  // namespace securetransport::net
