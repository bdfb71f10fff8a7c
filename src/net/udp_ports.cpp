// SPDX-License-Identifier: Apache-2.0
// poll() over all ports and an event descriptor that ends the wait.
#include "net/udp_ports.hpp"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "net/socket_address.hpp"
#include "net/system_failure.hpp"
#include "net/wait.hpp"

namespace securetransport::net {

struct UdpPorts::Impl {
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    for (const pollfd& one : descriptors) {
      if (one.fd >= 0) ::close(one.fd);
    }
  }

  /// Nullopt: nothing is there, or what was there is gone.
  [[nodiscard]] std::optional<Arrival> take(std::size_t port, std::span<std::uint8_t> buffer) const noexcept {
    SocketAddress from;
    const ssize_t count = ::recvfrom(descriptors[port + 1].fd, buffer.data(), buffer.size(), 0, from.get(), &from.size);
    if (count < 0) return std::nullopt;
    return Arrival{port, to_endpoint(*from.get()).value_or(Endpoint{}), static_cast<std::size_t>(count)};
  }

  std::vector<pollfd> descriptors{{-1, POLLIN, 0}};  ///< The first one wakes, the others are ports.
  std::vector<std::uint16_t> numbers;
  std::size_t next = 0;  ///< The port whose turn it is, so that a busy one does not starve the others.
  std::atomic<bool> closed = false;
};

UdpPorts::UdpPorts(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
UdpPorts::UdpPorts(UdpPorts&&) noexcept = default;
UdpPorts& UdpPorts::operator=(UdpPorts&&) noexcept = default;
UdpPorts::~UdpPorts() = default;

NetResult<UdpPorts> UdpPorts::open() {
  auto impl = std::make_unique<Impl>();
  impl->descriptors.front().fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (impl->descriptors.front().fd < 0) return system_failure("listening on UDP ports", errno);
  return UdpPorts(std::move(impl));
}

NetResult<std::uint16_t> UdpPorts::bind(const std::string& address, std::uint16_t port) {
  const std::optional<Endpoint> endpoint = parse_address(address, port);
  if (!endpoint) return NetFailure{NetError::BadTarget, "'" + address + "' is not a numeric address to listen on"};
  const std::string doing = "listening on UDP " + endpoint->text();
  const int family = endpoint->family == AddressFamily::V4 ? AF_INET : AF_INET6;
  const int descriptor = ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return system_failure(doing, errno);
  const SocketAddress name = to_socket_address(*endpoint);
  if (::bind(descriptor, name.get(), name.size) != 0) {
    const int why = errno;
    ::close(descriptor);
    return system_failure(doing, why);
  }
  impl_->descriptors.push_back({descriptor, POLLIN, 0});  // From here on the destructor closes it.
  impl_->numbers.push_back(local_endpoint(descriptor).port);
  return impl_->numbers.back();
}

NetResult<UdpPorts::Arrival> UdpPorts::receive(std::span<std::uint8_t> buffer, Deadline deadline) {
  const std::string doing = "receiving on UDP ports";
  for (;;) {
    if (impl_->closed) return failure_while(doing, NetError::Closed);
    const bool is_ready = wait_for(impl_->descriptors, deadline);
    if (impl_->closed) return failure_while(doing, NetError::Closed);
    if (!is_ready) return errno != 0 ? system_failure(doing, errno) : failure_while(doing, NetError::TimedOut);
    const std::size_t count = impl_->numbers.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t port = (impl_->next + i) % count;
      if (impl_->descriptors[port + 1].revents == 0) continue;
      const std::optional<Arrival> arrival = impl_->take(port, buffer);
      if (!arrival) continue;
      impl_->next = port + 1;
      return *arrival;
    }
  }
}

void UdpPorts::send(std::size_t port, std::span<const std::uint8_t> datagram, const Endpoint& to) const noexcept {
  const SocketAddress name = to_socket_address(to);
  static_cast<void>(
      ::sendto(impl_->descriptors[port + 1].fd, datagram.data(), datagram.size(), MSG_NOSIGNAL, name.get(), name.size));
}

void UdpPorts::close() noexcept {
  impl_->closed = true;
  static_cast<void>(::eventfd_write(impl_->descriptors.front().fd, 1));
}

std::uint16_t UdpPorts::local_port(std::size_t port) const noexcept { return impl_->numbers[port]; }

}  // namespace securetransport::net
