// SPDX-License-Identifier: Apache-2.0
// A program outside of the project: meets the C++ library through its installed headers alone.
#include <array>
#include <chrono>
#include <cstdint>
#include <iostream>

#include "securetransport/core/result_code.hpp"
#include "securetransport/tls/buffer_transport.hpp"
#include "securetransport/tls/session.hpp"

int main() {
  using namespace securetransport;
  ClientConfig config;
  config.peer_name = "example.com";
  BufferTransport transport;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto session = Session::client(config, transport, now);
  if (!session) return 1;

  const auto first = session->handshake();
  if (!first || *first != Progress::WantRead || transport.take().empty()) return 1;

  // RFC 8446 section 6: a fatal alert, handshake_failure.
  const std::array<std::uint8_t, 7> alert = {21, 3, 3, 0, 2, 2, 40};
  transport.feed(alert);
  const auto second = session->handshake();
  if (second) return 1;
  std::cout << symbol_of(second.error().code) << ": " << session->diagnosis().detail << '\n';
  return second.error().code == ResultCode::PeerHandshakeFail ? 0 : 1;
}
