// SPDX-License-Identifier: Apache-2.0
// Endpoint to sockaddr and back. Private to the layer.
#pragma once

#include <sys/socket.h>

#include <optional>

#include "net/endpoint.hpp"

namespace securetransport::net {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  [[nodiscard]] sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
  [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
};

[[nodiscard]] SocketAddress to_socket_address(const Endpoint& endpoint) noexcept;

/// Nullopt for a family other than the two of IP.
[[nodiscard]] std::optional<Endpoint> to_endpoint(const sockaddr& address) noexcept;

/// This side's end of a socket; a zero endpoint if it has none.
[[nodiscard]] Endpoint local_endpoint(int descriptor) noexcept;

}  // namespace securetransport::net
