// SPDX-License-Identifier: Apache-2.0
#include "bogo/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <thread>
#include <utility>

namespace bogo {
namespace {

// Framing of datagrams: an opcode, then for a packet its length and bytes, for a timeout how long it is.
constexpr char kPacket = 'P';
constexpr char kTimeout = 'T';
constexpr char kTimeoutAcknowledged = 't';

int connect_v6(std::uint16_t port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  const int fd = ::socket(AF_INET6, SOCK_STREAM, 0);
  if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

int connect_v4(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

/// Reads until all is there; false at the end of the stream.
bool read_all(int fd, char* data, std::size_t length) {
  while (length > 0) {
    const ssize_t count = ::recv(fd, data, length, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data += count;
    length -= static_cast<std::size_t>(count);
  }
  return true;
}

bool write_all(int fd, const char* data, std::size_t length) {
  while (length > 0) {
    const ssize_t count = ::send(fd, data, length, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data += count;
    length -= static_cast<std::size_t>(count);
  }
  return true;
}

template <std::size_t N>
std::uint64_t big_endian(const std::array<char, N>& bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

void HelloCounter::watch(const char* data, std::size_t length) {
  constexpr char kHandshake = 22;
  for (const char c : std::string_view(data, length)) {
    if (record_.size() < 5) {
      record_.push_back(c);
      if (record_.size() < 5) continue;
      record_left_ = big_endian(std::array{record_[3], record_[4]});
    } else {
      if (record_.front() == kHandshake) take(c);
      --record_left_;
    }
    if (record_left_ == 0) record_.clear();
  }
}

void HelloCounter::take(char c) {
  constexpr char kClientHello = 1;
  if (message_.size() < 4) {
    message_.push_back(c);
    if (message_.size() < 4) return;
    message_left_ = big_endian(std::array{message_[1], message_[2], message_[3]});
    if (message_.front() == kClientHello) ++count_;
  } else {
    --message_left_;
  }
  if (message_left_ == 0) message_.clear();
}

Wire::Wire(int port, bool is_ipv6, bool is_datagram, bool is_async) : is_datagram_(is_datagram), is_async_(is_async) {
  const auto number = static_cast<std::uint16_t>(port);
  // Older runners say nothing and listen on ::1 where they can.
  fd_ = connect_v6(number);
  if (fd_ < 0 && !is_ipv6) fd_ = connect_v4(number);
  const int on = 1;
  if (fd_ >= 0) ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Wire::~Wire() {
  if (fd_ < 0) return;
  ::shutdown(fd_, SHUT_WR);
  static_cast<void>(read_rest());
  ::close(fd_);
}

bool Wire::send_shim_id(std::uint64_t id) const {
  std::array<char, 8> bytes{};
  for (char& byte : bytes) {
    byte = static_cast<char>(id & 0xff);
    id >>= 8;
  }
  return write_all(fd_, bytes.data(), bytes.size());
}

void Wire::serve(SSLContextRef context) {
  SSLSetIOFuncs(context, &Wire::read, &Wire::write);
  SSLSetConnection(context, this);
}

std::string Wire::read_rest() const {
  std::array<char, 4096> buffer{};
  std::string rest;
  for (ssize_t count = 0; (count = ::recv(fd_, buffer.data(), buffer.size(), 0)) > 0;) {
    rest.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return rest;
}

OSStatus Wire::read(SSLConnectionRef connection, void* data, size_t* length) noexcept {
  Wire& wire = *static_cast<Wire*>(const_cast<void*>(connection));
  auto* bytes = static_cast<char*>(data);
  // A datagram is there as a whole or not at all.
  if (wire.is_async_ && wire.datagram_.empty() && std::exchange(wire.refuses_read_, !wire.refuses_read_)) {
    *length = 0;
    return errSSLWouldBlock;
  }
  const OSStatus status = wire.is_datagram_ ? wire.read_datagram(bytes, *length) : wire.read_stream(bytes, *length);
  wire.hellos_read_.watch(bytes, *length);
  return status;
}

OSStatus Wire::read_stream(char* data, size_t& length) {
  const size_t wanted = length;
  const size_t most = is_async_ ? 1 : wanted;
  length = 0;
  while (length < most) {
    const ssize_t count = ::recv(fd_, data + length, most - length, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) return errSSLClosedGraceful;
    if (count < 0) return errSSLTransportReset;
    length += static_cast<size_t>(count);
  }
  if (length < wanted) return errSSLWouldBlock;
  return noErr;
}

OSStatus Wire::read_datagram(char* data, size_t& length) {
  if (datagram_.empty()) {
    const OSStatus status = fetch_datagram();
    if (status != noErr) {
      length = 0;
      return status;
    }
  }
  length = std::min(length, datagram_.size());
  std::memcpy(data, datagram_.data(), length);
  datagram_.erase(0, length);
  return noErr;
}

OSStatus Wire::fetch_datagram() {
  char opcode = 0;
  if (!read_all(fd_, &opcode, 1)) return errSSLClosedGraceful;
  if (opcode == kTimeout) return wait_as_told();
  std::array<char, 4> size{};
  if (opcode != kPacket || !read_all(fd_, size.data(), size.size())) return errSSLClosedAbort;
  datagram_.resize(big_endian(size));
  if (!read_all(fd_, datagram_.data(), datagram_.size())) return errSSLClosedAbort;
  return noErr;
}

/// The runner wants time to pass. The library's clock is the system's, so it really does.
OSStatus Wire::wait_as_told() {
  std::array<char, 8> nanoseconds{};
  if (!read_all(fd_, nanoseconds.data(), nanoseconds.size())) return errSSLClosedAbort;
  std::this_thread::sleep_for(std::chrono::nanoseconds(big_endian(nanoseconds)));
  if (!write_all(fd_, &kTimeoutAcknowledged, 1)) return errSSLClosedAbort;
  return errSSLWouldBlock;
}

OSStatus Wire::write(SSLConnectionRef connection, const void* data, size_t* length) noexcept {
  Wire& wire = *static_cast<Wire*>(const_cast<void*>(connection));
  const auto* bytes = static_cast<const char*>(data);
  const size_t wanted = *length;
  // A datagram that is refused is lost.
  if (wire.is_async_ && !wire.is_datagram_ && std::exchange(wire.refuses_write_, !wire.refuses_write_)) {
    *length = 0;
    return errSSLWouldBlock;
  }
  if (wire.is_datagram_) {
    const std::uint32_t size = htonl(static_cast<std::uint32_t>(wanted));
    std::string frame(1, kPacket);
    frame.append(reinterpret_cast<const char*>(&size), sizeof size).append(bytes, wanted);
    if (!write_all(wire.fd_, frame.data(), frame.size())) return errSSLTransportReset;
    return noErr;
  }
  const size_t most = wire.is_async_ ? std::min<size_t>(wanted, 1) : wanted;
  if (!write_all(wire.fd_, bytes, most)) {
    *length = 0;
    return errSSLTransportReset;
  }
  *length = most;
  wire.hellos_written_.watch(bytes, most);
  if (most < wanted) return errSSLWouldBlock;
  return noErr;
}

}  // namespace bogo
