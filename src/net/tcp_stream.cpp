// SPDX-License-Identifier: Apache-2.0
// Non-blocking Asio sockets, and poll() where an operation has to wait.
#include "net/tcp_stream.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/socket_base.hpp>
#include <asio/system_error.hpp>
#include <cerrno>
#include <optional>
#include <utility>

#include "net/socket_address.hpp"
#include "net/system_failure.hpp"
#include "net/tcp_stream_impl.hpp"
#include "net/wait.hpp"

namespace securetransport::net {
namespace {

using asio::ip::tcp;

constexpr std::string_view kReading = "reading from";
constexpr std::string_view kWriting = "writing to";

bool would_block(const asio::error_code& error) noexcept {
  return error == asio::error::would_block || error == asio::error::try_again || error == asio::error::interrupted;
}

NetFailure failure_of(const TcpStream::Impl& stream, std::string_view verb, const asio::error_code& error) {
  if (error == asio::error::eof) return failure_while(stream.doing(verb), NetError::EndOfStream);
  return system_failure(stream.doing(verb), error.value());
}

NetResult<void> wait_until_ready(TcpStream::Impl& stream, short events, std::string_view verb, Deadline deadline) {
  std::array<pollfd, 1> descriptor{{{stream.socket.native_handle(), events, 0}}};
  // poll() would ignore a descriptor of -1 and sleep until the deadline.
  if (descriptor[0].fd < 0) return failure_while(stream.doing(verb), NetError::Closed);
  if (wait_for(descriptor, deadline)) return {};
  if (errno != 0) return system_failure(stream.doing(verb), errno);
  return failure_while(stream.doing(verb), NetError::TimedOut);
}

NetResult<std::size_t> receive_available(TcpStream::Impl& stream, std::span<std::uint8_t> buffer,
                                         tcp::socket::message_flags flags) {
  if (buffer.empty()) return std::size_t{0};
  asio::error_code error;
  const std::size_t count = stream.socket.receive(asio::buffer(buffer.data(), buffer.size()), flags, error);
  if (!error || would_block(error)) return count;
  return failure_of(stream, kReading, error);
}

/// connect() on a non-blocking descriptor, waited for. Returns errno, 0 on success.
int connect_descriptor(int descriptor, const Endpoint& endpoint, Deadline deadline) noexcept {
  const SocketAddress address = to_socket_address(endpoint);
  if (::connect(descriptor, address.get(), address.size) == 0) return 0;
  // An interrupted connect() goes on in the background, just as one in progress.
  if (errno != EINPROGRESS && errno != EINTR) return errno;
  std::array<pollfd, 1> writable{{{descriptor, POLLOUT, 0}}};
  if (!wait_for(writable, deadline)) return errno != 0 ? errno : ETIMEDOUT;
  int outcome = 0;
  socklen_t size = sizeof(outcome);
  return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &outcome, &size) == 0 ? outcome : errno;
}

NetResult<TcpStream> connect_one(const Endpoint& endpoint, Deadline deadline) {
  const int family = endpoint.family == AddressFamily::V4 ? AF_INET : AF_INET6;
  const int descriptor = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return system_failure(endpoint.text(), errno);
  int error = connect_descriptor(descriptor, endpoint, deadline);
  // The kernel may pick the very port that we connect to as our own; TCP then connects the socket to itself
  // (RFC 9293 section 3.5, simultaneous open). There is no server: say so.
  if (error == 0 && local_endpoint(descriptor) == endpoint) error = ECONNREFUSED;
  if (error != 0) {
    ::close(descriptor);
    return system_failure(endpoint.text(), error);
  }
  return adopt(descriptor, endpoint);
}

/// How much a failure says about the server: a refusal is an answer, silence is one of a kind, "no route" is
/// often only the lack of IPv6 on this machine.
int weight_of(NetError error) noexcept {
  switch (error) {
    case NetError::Refused: return 4;
    case NetError::Reset: return 3;
    case NetError::TimedOut: return 2;
    case NetError::Unreachable: return 1;
    default: return 0;
  }
}

}  // namespace

asio::io_context& shared_context() {
  // Never destroyed: streams of static storage may outlive any static object of ours.
  static asio::io_context& context = *new asio::io_context;
  return context;
}

NetResult<TcpStream> adopt(int descriptor, const Endpoint& peer) {
  try {
    auto impl = std::make_unique<TcpStream::Impl>(shared_context());
    impl->peer = peer;
    impl->local = local_endpoint(descriptor);
    asio::error_code error;
    impl->socket.assign(peer.family == AddressFamily::V4 ? tcp::v4() : tcp::v6(), descriptor, error);
    if (error) {
      ::close(descriptor);
      return system_failure(peer.text(), error.value());
    }
    impl->socket.non_blocking(true, error);
    asio::error_code ignored;  // A peer that has already gone makes setsockopt() fail; the first read tells.
    impl->socket.set_option(tcp::no_delay(true), ignored);
    if (error) return system_failure(peer.text(), error.value());
    return TcpStream(std::move(impl));
  } catch (const asio::system_error& failure) {  // Asio's reactor cannot be made: out of descriptors.
    ::close(descriptor);
    return system_failure(peer.text(), failure.code().value());
  }
}

TcpStream::TcpStream(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
TcpStream::TcpStream(TcpStream&&) noexcept = default;
TcpStream& TcpStream::operator=(TcpStream&&) noexcept = default;
TcpStream::~TcpStream() = default;

NetResult<TcpStream> TcpStream::connect(std::span<const Endpoint> endpoints, Deadline deadline) {
  std::optional<NetFailure> worst;
  std::string tried;
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    const auto share = remaining(deadline) / static_cast<std::int64_t>(endpoints.size() - i);
    NetResult<TcpStream> stream = connect_one(endpoints[i], deadline == kNever ? kNever : within(share));
    if (stream) return stream;
    tried.append(tried.empty() ? "" : "; ").append(stream.error().detail);
    if (!worst || weight_of(stream.error().what) > weight_of(worst->what)) worst = stream.error();
  }
  if (!worst) return NetFailure{NetError::Unreachable, "there is no address to connect to"};
  return NetFailure{worst->what, "connecting to " + tried};
}

NetResult<std::size_t> TcpStream::read_available(std::span<std::uint8_t> buffer) {
  return receive_available(*impl_, buffer, 0);
}

NetResult<std::size_t> TcpStream::peek_available(std::span<std::uint8_t> buffer) {
  return receive_available(*impl_, buffer, tcp::socket::message_peek);
}

NetResult<void> TcpStream::wait_readable(Deadline deadline) {
  return wait_until_ready(*impl_, POLLIN, kReading, deadline);
}

NetResult<std::size_t> TcpStream::read_some(std::span<std::uint8_t> buffer, Deadline deadline) {
  if (buffer.empty()) return std::size_t{0};
  for (;;) {
    NetResult<std::size_t> count = read_available(buffer);
    if (!count || *count > 0) return count;
    if (NetResult<void> ready = wait_readable(deadline); !ready) return std::move(ready).error();
  }
}

NetResult<std::size_t> TcpStream::write_some(std::span<const std::uint8_t> data, Deadline deadline) {
  if (data.empty()) return std::size_t{0};
  for (;;) {
    asio::error_code error;
    // Asio sends with MSG_NOSIGNAL, so that a broken connection is an error and never SIGPIPE.
    const std::size_t count = impl_->socket.send(asio::buffer(data.data(), data.size()), 0, error);
    if (!error && count > 0) return count;
    if (error && !would_block(error)) return failure_of(*impl_, kWriting, error);
    if (auto ready = wait_until_ready(*impl_, POLLOUT, kWriting, deadline); !ready) return std::move(ready).error();
  }
}

NetResult<void> TcpStream::write_all(std::span<const std::uint8_t> data, Deadline deadline) {
  while (!data.empty()) {
    NetResult<std::size_t> count = write_some(data, deadline);
    if (!count) return std::move(count).error();
    data = data.subspan(*count);
  }
  return {};
}

NetResult<void> TcpStream::shutdown_send() {
  asio::error_code error;
  impl_->socket.shutdown(tcp::socket::shutdown_send, error);
  if (!error) return {};
  // The connection is gone, by the peer's reset or because both sides had ended it; only Reset needs a name.
  if (error == asio::error::not_connected) return failure_while(impl_->doing("ending"), NetError::Reset);
  return failure_of(*impl_, "ending", error);
}

void TcpStream::reset() noexcept {
  asio::error_code ignored;
  impl_->socket.set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

void TcpStream::close() noexcept {
  asio::error_code ignored;
  impl_->socket.close(ignored);
}

// Ends the connection, so it is not const, whatever it does to our own members.
// NOLINTNEXTLINE(readability-make-member-function-const)
void TcpStream::interrupt() noexcept { ::shutdown(native_handle(), SHUT_RDWR); }

const Endpoint& TcpStream::peer() const noexcept { return impl_->peer; }
const Endpoint& TcpStream::local() const noexcept { return impl_->local; }
int TcpStream::native_handle() const noexcept { return impl_->socket.native_handle(); }

}  // namespace securetransport::net
