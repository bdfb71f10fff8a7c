// SPDX-License-Identifier: Apache-2.0
// What can go wrong on the network, as values. Most of it has no result code, so Result<T> does not fit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "securetransport/core/result.hpp"

namespace securetransport::net {

/// The kinds of failure that a caller may branch on.
enum class NetError : std::uint8_t {
  BadTarget,     ///< The text does not name a host and a port; nothing was sent.
  Unresolvable,  ///< The name has no address, or the look-up gave no answer in time.
  Refused,       ///< The host answered: nothing listens on that port.
  Unreachable,   ///< No route to the host or its network, or no address of ours to start from.
  TimedOut,      ///< The deadline passed. The stream is as before; the operation may be tried again.
  Reset,         ///< The peer (or something between) cut the connection: ECONNRESET, EPIPE.
  EndOfStream,   ///< The peer sent everything it had and closed its side in order.
  Closed,        ///< This side closed the stream or the listener.
  Other,         ///< Anything else; the detail has the system's words.
};

/// Why an operation failed. Only `what` is stable; `detail` is one line for people and never empty.
struct NetFailure {
  NetError what;
  std::string detail;
};

/// "timed out", "connection refused", ...: a short phrase without a full stop.
[[nodiscard]] std::string_view to_string(NetError error) noexcept;

/// A T or a NetFailure.
template <class T>
using NetResult = BasicResult<T, NetFailure>;

}  // namespace securetransport::net
