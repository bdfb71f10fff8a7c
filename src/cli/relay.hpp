// SPDX-License-Identifier: Apache-2.0
// Moves bytes between two descriptors and a connected session, in one thread, as poll() says.
#pragma once

#include <chrono>

#include "securetransport/tls/session.hpp"

namespace securetransport::cli {

/// How a relay ended.
enum class RelayEnd : std::uint8_t {
  PeerClosed,    ///< The peer said goodbye; everything it sent has been written out.
  Idle,          ///< The input had ended and nothing came for the idle time.
  OutputClosed,  ///< Nobody reads the output any more.
  InputFailed,   ///< The input or output descriptor failed; errno says why.
  Failed,        ///< The session failed; its diagnosis says why.
};

/// The ends of a relay; all borrowed.
struct RelayEnds {
  Session& session;  ///< Connected, over a transport that never waits.
  int socket;        ///< Below that transport, for poll().
  int input;         ///< Its end is not passed on: TLS has no half-close that servers of every version understand.
  int output;
  std::size_t largest_write = 16384;  ///< Of the session; over datagrams each write is one.
};

/// Runs until one of the ends above. Sends close_notify unless the session failed.
[[nodiscard]] RelayEnd relay(const RelayEnds& ends, std::chrono::steady_clock::duration idle);

}  // namespace securetransport::cli
