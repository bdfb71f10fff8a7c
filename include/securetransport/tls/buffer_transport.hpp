// SPDX-License-Identifier: Apache-2.0
// A transport over two byte buffers: bytes in, bytes out. For event loops, tests and fuzzers.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "securetransport/core/transport.hpp"

namespace securetransport {

/// Feed what the network delivered, call the session, send what take() returns.
class BufferTransport final : public Transport {
 public:
  /// Appends bytes that arrived from the peer.
  void feed(std::span<const std::uint8_t> bytes) { incoming_.insert(incoming_.end(), bytes.begin(), bytes.end()); }

  /// Says how the stream ends once the bytes fed are used up: EndOfStream, Reset or TimedOut.
  void end(IoStatus how) noexcept { end_ = how; }

  /// Takes everything the session wants sent; empties the outgoing buffer.
  [[nodiscard]] std::vector<std::uint8_t> take() noexcept { return std::exchange(outgoing_, {}); }

  /// Bytes that were fed and not yet read.
  [[nodiscard]] std::size_t unread() const noexcept { return incoming_.size() - read_; }

  IoResult read(std::span<std::uint8_t> buffer) noexcept override;
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override;
  std::size_t read_available(std::span<std::uint8_t> buffer) noexcept override;

 private:
  std::vector<std::uint8_t> incoming_;
  std::size_t read_ = 0;  ///< How much of incoming_ the session has taken.
  std::vector<std::uint8_t> outgoing_;
  IoStatus end_ = IoStatus::WouldBlock;
};

}  // namespace securetransport
