// SPDX-License-Identifier: Apache-2.0
// Serves over UDP: tells the visitors of each port apart by their addresses, and talks to many of them at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "lab/tls/protocol.hpp"
#include "net/datagram_pipe.hpp"
#include "net/udp_ports.hpp"

namespace securetransport::lab {

/// Serves until destroyed. Move-only; members are thread-safe but moving and destroying.
///
/// A conversation begins with a datagram that holds a ClientHello; whatever else comes from an unknown address is
/// dropped, and so is a ClientHello when all workers are busy: it will be sent again.
class DatagramServer {
 public:
  /// One conversation.
  struct Visit {
    net::DatagramPipe& pipe;
    std::size_t port;  ///< Which of the ports, in the order in which they were bound.
    Bytes first;       ///< The datagram with which it began; it is still to be received.
  };
  /// Runs on a worker's thread. The stop is asked for by let_go() and by the destructor.
  using Handler = std::function<void(Visit& visit, const std::stop_token& stop)>;

  /// Takes the bound ports over. Other: a thread cannot be made.
  [[nodiscard]] static net::NetResult<DatagramServer> start(net::UdpPorts ports, std::size_t workers, Handler handler);

  DatagramServer(DatagramServer&&) noexcept;
  DatagramServer& operator=(DatagramServer&&) noexcept;
  ~DatagramServer();

  [[nodiscard]] std::uint16_t port(std::size_t index) const noexcept;
  [[nodiscard]] std::uint64_t conversations() const noexcept;  ///< Ended so far.

  /// Begins no more conversations, and asks those that go on to come to an end.
  void let_go() noexcept;

 private:
  struct Impl;
  explicit DatagramServer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport::lab
