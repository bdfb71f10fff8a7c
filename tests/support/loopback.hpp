// SPDX-License-Identifier: Apache-2.0
// Ports and connections on this machine, for tests that talk to programs.
#pragma once

#include <cstdint>

#include "net/tcp_stream.hpp"

namespace securetransport::test {

/// How long one step of a test may take before it counts as hung.
inline constexpr std::chrono::seconds kStepLimit(10);

/// A port below the range that the kernel hands out, different for every call in this process and for processes that
/// run at the same time. Another maker's server may still find it taken: then ask again.
[[nodiscard]] std::uint16_t candidate_port();

/// One attempt to connect to 127.0.0.1.
[[nodiscard]] net::NetResult<net::TcpStream> connect_loopback(std::uint16_t port);

}  // namespace securetransport::test
