// SPDX-License-Identifier: Apache-2.0
// A server on a free port of 127.0.0.1 that runs a handler for each connection until it is destroyed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>

#include "net/error.hpp"
#include "net/tcp_stream.hpp"

namespace securetransport::lab {

/// Move-only. The destructor stops listening, asks every handler to stop and waits for them. All members are
/// thread-safe but moving and destroying.
class LoopbackServer {
 public:
  /// Runs in a thread of its own for each connection; the stream is closed when it returns. It has to look at the
  /// token every few hundredths of a second: read_or_stop() does.
  using Handler = std::function<void(net::TcpStream& stream, const std::stop_token& stop)>;

  /// Other: no port, descriptor or thread is left.
  [[nodiscard]] static net::NetResult<LoopbackServer> start(Handler handler);

  LoopbackServer(LoopbackServer&&) noexcept;
  LoopbackServer& operator=(LoopbackServer&&) noexcept;
  ~LoopbackServer();

  [[nodiscard]] std::uint16_t port() const noexcept;
  [[nodiscard]] int connections() const noexcept;  ///< Accepted so far.

 private:
  struct Impl;
  explicit LoopbackServer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// As TcpStream::read_some without a deadline, but answers Closed soon after a stop is asked for.
[[nodiscard]] net::NetResult<std::size_t> read_or_stop(net::TcpStream& stream, std::span<std::uint8_t> buffer,
                                                       const std::stop_token& stop);

/// Hands over everything; false if the peer has gone or a stop is asked for.
[[nodiscard]] bool write_or_stop(net::TcpStream& stream, std::span<const std::uint8_t> data,
                                 const std::stop_token& stop);

/// Reads and drops until the peer ends the connection or a stop is asked for.
void drain(net::TcpStream& stream, const std::stop_token& stop);

/// A port of 127.0.0.1 on which nothing listens: bound for a moment and closed. 0 if there is none.
[[nodiscard]] std::uint16_t unused_port();

}  // namespace securetransport::lab
