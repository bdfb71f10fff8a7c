// SPDX-License-Identifier: Apache-2.0
// A TCP connection whose operations block until they are done or a deadline passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"

namespace securetransport::net {

/// One connection. Move-only; the destructor closes it. Used by one thread at a time, except that one thread may
/// read while another writes, and interrupt() is for any thread. A moved-from stream may only be destroyed or
/// assigned to. Failures common to all operations: Reset, Closed (after close() or reset()), Other. A broken
/// connection never raises SIGPIPE.
class TcpStream {
 public:
  /// Tries the endpoints in turn, each with its share of the time left, and returns the first connection made.
  /// Nagle's algorithm is off. Refused, Unreachable, TimedOut, Reset: the detail names every endpoint tried; the
  /// kind is that of the failure that says most (Refused before TimedOut before Unreachable).
  [[nodiscard]] static NetResult<TcpStream> connect(std::span<const Endpoint> endpoints, Deadline deadline);

  TcpStream(TcpStream&&) noexcept;
  TcpStream& operator=(TcpStream&&) noexcept;
  ~TcpStream();

  /// Waits for the first byte, then returns what is there: at least one byte (0 only for an empty buffer).
  /// TimedOut, EndOfStream.
  [[nodiscard]] NetResult<std::size_t> read_some(std::span<std::uint8_t> buffer, Deadline deadline);

  /// Returns what is there without waiting; 0 if nothing is. EndOfStream.
  [[nodiscard]] NetResult<std::size_t> read_available(std::span<std::uint8_t> buffer);

  /// As read_available, but the bytes stay to be read.
  [[nodiscard]] NetResult<std::size_t> peek_available(std::span<std::uint8_t> buffer);

  /// Waits until a read would not wait: there is data, an end or an error. TimedOut.
  [[nodiscard]] NetResult<void> wait_readable(Deadline deadline);

  /// Waits for room, then hands over what fits: at least one byte (0 only for empty data). TimedOut.
  [[nodiscard]] NetResult<std::size_t> write_some(std::span<const std::uint8_t> data, Deadline deadline);

  /// Hands over everything. After TimedOut an unknown part of it has gone out.
  [[nodiscard]] NetResult<void> write_all(std::span<const std::uint8_t> data, Deadline deadline);

  /// Says "no more data from here" (FIN); reading goes on. Harmless if repeated.
  NetResult<void> shutdown_send();

  /// Closes at once with a reset (RST); unsent data is dropped.
  void reset() noexcept;

  /// Closes; what was written still goes out. If unread data is left, the system sends a reset, not a FIN.
  void close() noexcept;

  /// Wakes a thread that waits in this stream, from any other thread; that and every later read sees EndOfStream
  /// once the data already received is read. The stream must not be closed, moved or destroyed meanwhile.
  void interrupt() noexcept;

  [[nodiscard]] const Endpoint& peer() const noexcept;   ///< peer().text() is "127.0.0.1:4433".
  [[nodiscard]] const Endpoint& local() const noexcept;  ///< This side's end.

  /// The descriptor, for poll() and socket options. Borrowed; non-blocking; -1 once closed.
  [[nodiscard]] int native_handle() const noexcept;

  struct Impl;
  explicit TcpStream(std::unique_ptr<Impl> impl) noexcept;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport::net
