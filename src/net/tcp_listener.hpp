// SPDX-License-Identifier: Apache-2.0
// A listening TCP socket that another thread can close.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"
#include "net/tcp_stream.hpp"

namespace securetransport::net {

/// Move-only; the destructor closes it. accept() and close() may be called by any number of threads at once, but
/// moving and destroying need every other thread to be done.
class TcpListener {
 public:
  /// Listens on a numeric address ("127.0.0.1", "::1", "0.0.0.0", "::" for both families). Port 0 takes any free
  /// one. BadTarget: not a numeric address; Unreachable: not an address of this machine; Other: the port is taken
  /// or not permitted, and so on.
  [[nodiscard]] static NetResult<TcpListener> bind(const std::string& address, std::uint16_t port);

  TcpListener(TcpListener&&) noexcept;
  TcpListener& operator=(TcpListener&&) noexcept;
  ~TcpListener();

  /// Waits for the next connection. TimedOut; Closed once close() was called; Other if the system is out of
  /// descriptors (a server may wait a little and try again).
  [[nodiscard]] NetResult<TcpStream> accept(Deadline deadline);

  /// Stops listening: every waiting and every later accept() answers Closed, and the port refuses connections.
  /// Harmless if repeated.
  void close() noexcept;

  [[nodiscard]] const Endpoint& local() const noexcept;
  [[nodiscard]] std::uint16_t local_port() const noexcept;

  struct Impl;
  explicit TcpListener(std::unique_ptr<Impl> impl) noexcept;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport::net
