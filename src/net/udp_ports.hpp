// SPDX-License-Identifier: Apache-2.0
// Any number of bound UDP ports that one thread listens on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"

namespace securetransport::net {

/// Move-only; the destructor closes all of them. bind() comes first; then one thread receives while any number send,
/// and close() is for any thread. Moving and destroying need every other thread to be done.
class UdpPorts {
 public:
  struct Arrival {
    std::size_t port = 0;  ///< Which of the ports, in the order of bind().
    Endpoint from;
    std::size_t size = 0;
  };

  /// Other: the system gives no descriptor.
  [[nodiscard]] static NetResult<UdpPorts> open();

  UdpPorts(UdpPorts&&) noexcept;
  UdpPorts& operator=(UdpPorts&&) noexcept;
  ~UdpPorts();

  /// One more port of a numeric address; 0 takes any free one. Returns its number. Errors as TcpListener::bind().
  [[nodiscard]] NetResult<std::uint16_t> bind(const std::string& address, std::uint16_t port);

  /// Waits for a datagram to any of them, served in turn; what does not fit into the buffer is lost. TimedOut; Closed
  /// once close() was called.
  [[nodiscard]] NetResult<Arrival> receive(std::span<std::uint8_t> buffer, Deadline deadline);

  /// Sends from one of the ports. Whatever becomes of it, nobody is told: datagrams get lost.
  void send(std::size_t port, std::span<const std::uint8_t> datagram, const Endpoint& to) const noexcept;

  /// Every waiting and every later receive() answers Closed. Harmless if repeated.
  void close() noexcept;

  [[nodiscard]] std::uint16_t local_port(std::size_t port) const noexcept;

 private:
  struct Impl;
  explicit UdpPorts(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport::net
