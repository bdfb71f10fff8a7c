// SPDX-License-Identifier: Apache-2.0
// A UDP socket that talks to one peer; operations block until they are done or a deadline passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"

namespace securetransport::net {

/// The largest payload of a datagram over IPv4 (RFC 768, RFC 791): 65,535 less both headers.
inline constexpr std::size_t kLargestDatagram = 65507;

/// Move-only; the destructor closes it. Used by one thread at a time, except that one thread may receive while
/// another sends. A moved-from socket may only be destroyed or assigned to.
class UdpSocket {
 public:
  /// Takes a free port and fixes the peer: datagrams of others are not seen. Nothing is sent. Unreachable, Other.
  [[nodiscard]] static NetResult<UdpSocket> connect(const Endpoint& peer);

  UdpSocket(UdpSocket&& other) noexcept;
  UdpSocket& operator=(UdpSocket&& other) noexcept;
  ~UdpSocket();

  /// Waits for a datagram and returns its size; what does not fit into the buffer is lost. TimedOut; Refused: the
  /// peer's machine said that nothing listens there (ICMP), which is known only after something was sent.
  [[nodiscard]] NetResult<std::size_t> receive(std::span<std::uint8_t> buffer, Deadline deadline);

  /// Sends one datagram. A full queue loses it, as any router may. Refused as above; Other: it is too large.
  [[nodiscard]] NetResult<void> send(std::span<const std::uint8_t> datagram);

  [[nodiscard]] const Endpoint& peer() const noexcept { return peer_; }
  [[nodiscard]] const Endpoint& local() const noexcept { return local_; }
  /// For poll(). Borrowed; non-blocking.
  [[nodiscard]] int native_handle() const noexcept { return descriptor_; }

 private:
  UdpSocket(int descriptor, const Endpoint& peer) noexcept : descriptor_(descriptor), peer_(peer) {}

  int descriptor_ = -1;
  Endpoint peer_;
  Endpoint local_;
};

}  // namespace securetransport::net
