// SPDX-License-Identifier: Apache-2.0
// Endpoints as text and as the system's socket addresses.
#include "net/endpoint.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <charconv>
#include <cstring>

#include "net/socket_address.hpp"

namespace securetransport::net {
namespace {

std::optional<std::uint32_t> parse_zone(const std::string& zone) {
  if (zone.empty()) return std::nullopt;
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), index);
  if (error == std::errc{} && end == zone.data() + zone.size()) return index;
  index = if_nametoindex(zone.c_str());
  return index != 0 ? std::optional(index) : std::nullopt;
}

}  // namespace

std::string Endpoint::address_text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family == AddressFamily::V4) return inet_ntop(AF_INET, address.data(), text.data(), text.size());
  std::string result = inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  if (scope_id != 0) result.append(1, '%').append(std::to_string(scope_id));
  return result;
}

std::string Endpoint::text() const {
  std::string result = address_text();
  if (family == AddressFamily::V6) result.insert(0, 1, '[').append(1, ']');
  return result.append(1, ':').append(std::to_string(port));
}

std::optional<Endpoint> parse_address(std::string_view text, std::uint16_t port) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Endpoint endpoint;
  endpoint.port = port;
  const std::size_t percent = text.find('%');
  const std::string address(text.substr(0, percent));
  if (percent == std::string_view::npos && inet_pton(AF_INET, address.c_str(), endpoint.address.data()) == 1) {
    return endpoint;
  }
  if (inet_pton(AF_INET6, address.c_str(), endpoint.address.data()) != 1) return std::nullopt;
  endpoint.family = AddressFamily::V6;
  if (percent != std::string_view::npos) {
    const std::optional<std::uint32_t> zone = parse_zone(std::string(text.substr(percent + 1)));
    if (!zone) return std::nullopt;
    endpoint.scope_id = *zone;
  }
  return endpoint;
}

SocketAddress to_socket_address(const Endpoint& endpoint) noexcept {
  SocketAddress result;
  if (endpoint.family == AddressFamily::V4) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, endpoint.address.data(), sizeof(v4.sin_addr));
    std::memcpy(&result.storage, &v4, sizeof(v4));
    result.size = sizeof(v4);
    return result;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(endpoint.port);
  v6.sin6_scope_id = endpoint.scope_id;
  std::memcpy(&v6.sin6_addr, endpoint.address.data(), sizeof(v6.sin6_addr));
  std::memcpy(&result.storage, &v6, sizeof(v6));
  result.size = sizeof(v6);
  return result;
}

std::optional<Endpoint> to_endpoint(const sockaddr& address) noexcept {
  Endpoint endpoint;
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof(v4));
    endpoint.port = ntohs(v4.sin_port);
    std::memcpy(endpoint.address.data(), &v4.sin_addr, sizeof(v4.sin_addr));
    return endpoint;
  }
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof(v6));
  endpoint.family = AddressFamily::V6;
  endpoint.port = ntohs(v6.sin6_port);
  endpoint.scope_id = v6.sin6_scope_id;
  std::memcpy(endpoint.address.data(), &v6.sin6_addr, sizeof(v6.sin6_addr));
  return endpoint;
}

Endpoint local_endpoint(int descriptor) noexcept {
  SocketAddress address;
  if (getsockname(descriptor, address.get(), &address.size) != 0) return {};
  return to_endpoint(*address.get()).value_or(Endpoint{});
}

}  // namespace securetransport::net
