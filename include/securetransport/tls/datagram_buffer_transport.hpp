// SPDX-License-Identifier: Apache-2.0
// A transport over two queues of datagrams, as BufferTransport is over bytes. For event loops, tests and fuzzers.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "securetransport/core/transport.hpp"

namespace securetransport {

/// Feed each datagram that the network delivered, call the session, send each one that take() returns.
///
/// A datagram may hold several records. A read never goes past the end of the datagram it began in: it returns what
/// is left there, and the next read begins with the next datagram.
class DatagramBufferTransport final : public Transport {
 public:
  /// Appends a datagram that arrived from the peer. An empty one says nothing and is ignored.
  void feed(std::span<const std::uint8_t> datagram);

  /// Says what a read gets once the datagrams fed are used up: Reset, TimedOut, or WouldBlock as at first.
  void end(IoStatus how) noexcept { end_ = how; }

  /// Takes the datagrams that the session wants sent, in order.
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> take() noexcept { return std::exchange(outgoing_, {}); }

  /// Datagrams that were fed and not yet read to their end.
  [[nodiscard]] std::size_t unread() const noexcept { return incoming_.size(); }

  IoResult read(std::span<std::uint8_t> buffer) noexcept override;
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override;

 private:
  std::deque<std::vector<std::uint8_t>> incoming_;
  std::size_t read_ = 0;    ///< How much of the first one the session has taken.
  bool in_record_ = false;  ///< A header was read whose body is still to be asked for.
  std::vector<std::vector<std::uint8_t>> outgoing_;
  IoStatus end_ = IoStatus::WouldBlock;
};

}  // namespace securetransport
