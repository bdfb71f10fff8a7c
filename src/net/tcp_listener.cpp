// SPDX-License-Identifier: Apache-2.0
// Accepting connections, with an event descriptor that ends the wait.
#include "net/tcp_listener.hpp"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

#include "net/socket_address.hpp"
#include "net/system_failure.hpp"
#include "net/tcp_stream_impl.hpp"
#include "net/wait.hpp"

namespace securetransport::net {
namespace {

/// Failures of one connection that is gone before we took it; the next one may be fine (accept(2)).
bool concerns_one_connection(int error) noexcept {
  return error == EINTR || error == ECONNABORTED || error == EPROTO || error == ENETDOWN || error == EHOSTDOWN ||
         error == EHOSTUNREACH || error == ENETUNREACH || error == ENOPROTOOPT || error == ENONET;
}

}  // namespace

struct TcpListener::Impl {
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (listening >= 0) ::close(listening);
    if (wake >= 0) ::close(wake);
  }

  int listening = -1;
  int wake = -1;  ///< Readable for ever once close() was called.
  std::atomic<bool> closed = false;
  Endpoint local;
};

TcpListener::TcpListener(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
TcpListener::TcpListener(TcpListener&&) noexcept = default;
TcpListener& TcpListener::operator=(TcpListener&&) noexcept = default;
TcpListener::~TcpListener() = default;

NetResult<TcpListener> TcpListener::bind(const std::string& address, std::uint16_t port) {
  const std::optional<Endpoint> endpoint = parse_address(address, port);
  if (!endpoint) return NetFailure{NetError::BadTarget, "'" + address + "' is not a numeric address to listen on"};
  const std::string doing = "listening on " + endpoint->text();
  const int family = endpoint->family == AddressFamily::V4 ? AF_INET : AF_INET6;
  auto impl = std::make_unique<Impl>();
  impl->listening = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  impl->wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (impl->listening < 0 || impl->wake < 0) return system_failure(doing, errno);
  const int yes = 1;
  // A restarted server must not wait for the TIME_WAIT of its predecessor's connections.
  if (port != 0 && ::setsockopt(impl->listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0) {
    return system_failure(doing, errno);
  }
  const SocketAddress name = to_socket_address(*endpoint);
  if (::bind(impl->listening, name.get(), name.size) != 0) return system_failure(doing, errno);
  if (::listen(impl->listening, SOMAXCONN) != 0) return system_failure(doing, errno);
  impl->local = local_endpoint(impl->listening);
  return TcpListener(std::move(impl));
}

NetResult<TcpStream> TcpListener::accept(Deadline deadline) {
  const std::string doing = "accepting on " + impl_->local.text();
  for (;;) {
    if (impl_->closed) return failure_while(doing, NetError::Closed);
    SocketAddress peer;
    const int descriptor = ::accept4(impl_->listening, peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) return adopt(descriptor, to_endpoint(*peer.get()).value_or(Endpoint{}));
    if (impl_->closed || concerns_one_connection(errno)) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return system_failure(doing, errno);
    std::array<pollfd, 2> descriptors{{{impl_->listening, POLLIN, 0}, {impl_->wake, POLLIN, 0}}};
    if (wait_for(descriptors, deadline)) continue;
    if (errno != 0) return system_failure(doing, errno);
    return failure_while(doing, NetError::TimedOut);
  }
}

void TcpListener::close() noexcept {
  impl_->closed = true;
  // The descriptors stay open until the destructor: another thread may be about to use their numbers.
  [[maybe_unused]] const int woken = ::eventfd_write(impl_->wake, 1);
  ::shutdown(impl_->listening, SHUT_RDWR);
}

const Endpoint& TcpListener::local() const noexcept { return impl_->local; }
std::uint16_t TcpListener::local_port() const noexcept { return impl_->local.port; }

}  // namespace securetransport::net
