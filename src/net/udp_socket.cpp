// SPDX-License-Identifier: Apache-2.0
#include "net/udp_socket.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "net/socket_address.hpp"
#include "net/system_failure.hpp"
#include "net/wait.hpp"

namespace securetransport::net {

UdpSocket::UdpSocket(UdpSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), peer_(other.peer_), local_(other.local_) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  peer_ = other.peer_;
  local_ = other.local_;
  return *this;
}

UdpSocket::~UdpSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

NetResult<UdpSocket> UdpSocket::connect(const Endpoint& peer) {
  const int family = peer.family == AddressFamily::V4 ? AF_INET : AF_INET6;
  UdpSocket socket(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), peer);
  const SocketAddress name = to_socket_address(peer);
  if (socket.descriptor_ < 0 || ::connect(socket.descriptor_, name.get(), name.size) != 0) {
    return system_failure("talking to " + peer.text(), errno);
  }
  socket.local_ = local_endpoint(socket.descriptor_);
  return socket;
}

NetResult<std::size_t> UdpSocket::receive(std::span<std::uint8_t> buffer, Deadline deadline) {
  const std::string doing = "receiving from " + peer_.text();
  for (;;) {
    const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return system_failure(doing, errno);
    std::array<pollfd, 1> readable{{{descriptor_, POLLIN, 0}}};
    if (wait_for(readable, deadline)) continue;
    if (errno != 0) return system_failure(doing, errno);
    return failure_while(doing, NetError::TimedOut);
  }
}

NetResult<void> UdpSocket::send(std::span<const std::uint8_t> datagram) {
  for (;;) {
    if (::send(descriptor_, datagram.data(), datagram.size(), MSG_NOSIGNAL) >= 0) return {};
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return {};
    return system_failure("sending to " + peer_.text(), errno);
  }
}

}  // namespace securetransport::net
