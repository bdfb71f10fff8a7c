// SPDX-License-Identifier: Apache-2.0
// What carries datagrams to and from one other side, whatever socket is below.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "net/deadline.hpp"
#include "net/error.hpp"
#include "net/udp_socket.hpp"

namespace securetransport::net {

using Datagram = std::vector<std::uint8_t>;

class DatagramPipe {
 public:
  virtual ~DatagramPipe() = default;
  DatagramPipe(const DatagramPipe&) = delete;
  DatagramPipe& operator=(const DatagramPipe&) = delete;

  /// Whether it arrives nobody knows.
  virtual void send(std::span<const std::uint8_t> datagram) = 0;

  /// Waits for a datagram. TimedOut; anything else: the other side is gone.
  [[nodiscard]] virtual NetResult<Datagram> receive(Deadline deadline) = 0;

 protected:
  DatagramPipe() = default;
};

/// Over a socket of its own: how a client talks to a server.
class SocketPipe final : public DatagramPipe {
 public:
  explicit SocketPipe(UdpSocket socket) : socket_(std::move(socket)), buffer_(kLargestDatagram) {}

  void send(std::span<const std::uint8_t> datagram) override { static_cast<void>(socket_.send(datagram)); }

  [[nodiscard]] NetResult<Datagram> receive(Deadline deadline) override {
    const NetResult<std::size_t> size = socket_.receive(buffer_, deadline);
    if (!size) return size.error();
    return Datagram(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(*size));
  }

  [[nodiscard]] const UdpSocket& socket() const noexcept { return socket_; }

 private:
  UdpSocket socket_;
  Datagram buffer_;
};

}  // namespace securetransport::net
