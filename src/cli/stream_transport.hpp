// SPDX-License-Identifier: Apache-2.0
// A session's transport over a TCP connection: waits up to a deadline, or not at all.
#pragma once

#include "net/tcp_stream.hpp"
#include "securetransport/core/transport.hpp"

namespace securetransport::cli {

class StreamTransport final : public Transport {
 public:
  /// Borrows the stream. Calls wait until `deadline`, then answer TimedOut.
  StreamTransport(net::TcpStream& stream, net::Deadline deadline) noexcept : stream_(stream), deadline_(deadline) {}

  /// From now on calls wait until that moment.
  void wait_until(net::Deadline deadline) noexcept;

  /// From now on calls never wait; what is not possible now is WouldBlock.
  void never_wait() noexcept { waits_ = false; }

  IoResult read(std::span<std::uint8_t> buffer) noexcept override;
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override;
  std::size_t read_available(std::span<std::uint8_t> buffer) noexcept override;

 private:
  net::TcpStream& stream_;
  net::Deadline deadline_;
  bool waits_ = true;
};

}  // namespace securetransport::cli
