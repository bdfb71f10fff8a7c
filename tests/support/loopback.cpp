// SPDX-License-Identifier: Apache-2.0
// Ports and connections on this machine, for tests that talk to programs.
#include "support/loopback.hpp"

#include <unistd.h>

#include <array>
#include <atomic>

namespace securetransport::test {

std::uint16_t candidate_port() {
  constexpr int kFirst = 20000;
  constexpr int kCount = 12000;
  constexpr int kPerProcess = 8;
  static std::atomic<int> calls = 0;
  return static_cast<std::uint16_t>(kFirst + (getpid() * kPerProcess + calls++) % kCount);
}

net::NetResult<net::TcpStream> connect_loopback(std::uint16_t port) {
  const std::array<net::Endpoint, 1> place{net::parse_address("127.0.0.1", port).value()};
  return net::TcpStream::connect(place, net::within(kStepLimit));
}

}  // namespace securetransport::test
