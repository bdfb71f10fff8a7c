// SPDX-License-Identifier: Apache-2.0
// UDP: one peer, many ports, deadlines, and what happens when nobody is there.
#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <thread>
#include <vector>

#include "net/udp_ports.hpp"
#include "net/udp_socket.hpp"

namespace securetransport::net {
namespace {

using namespace std::chrono_literals;

std::span<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Endpoint loopback(std::uint16_t port) { return *parse_address("127.0.0.1", port); }

struct Ports {
  UdpPorts ports = *UdpPorts::open();
  std::uint16_t first = *ports.bind("127.0.0.1", 0);
  std::uint16_t second = *ports.bind("127.0.0.1", 0);
  std::vector<std::uint8_t> buffer = std::vector<std::uint8_t>(kLargestDatagram);

  std::string_view text(const UdpPorts::Arrival& arrival) const {
    return {reinterpret_cast<const char*>(buffer.data()), arrival.size};
  }
};

TEST(Udp, TellsWhichPortADatagramCameToAndAnswersFromThere) {
  Ports here;
  auto one = UdpSocket::connect(loopback(here.first));
  auto two = UdpSocket::connect(loopback(here.second));
  ASSERT_TRUE(one && two);
  ASSERT_TRUE(two->send(bytes("second")));
  const auto arrival = here.ports.receive(here.buffer, within(5s));
  ASSERT_TRUE(arrival) << arrival.error().detail;
  EXPECT_EQ(arrival->port, 1U);
  EXPECT_EQ(here.text(*arrival), "second");
  EXPECT_EQ(arrival->from.port, two->local().port);
  here.ports.send(arrival->port, bytes("answer"), arrival->from);
  std::array<std::uint8_t, 16> buffer{};
  const auto size = two->receive(buffer, within(5s));
  ASSERT_TRUE(size) << size.error().detail;
  EXPECT_EQ(*size, 6U);
}

TEST(Udp, NumbersItsPortsAsIfOneThatCouldNotBeTakenHadNotBeenAskedFor) {
  const Ports others;
  UdpPorts ports = *UdpPorts::open();
  ASSERT_FALSE(ports.bind("127.0.0.1", others.first));
  const std::uint16_t bound = *ports.bind("127.0.0.1", 0);
  EXPECT_EQ(ports.local_port(0), bound);
  auto visitor = UdpSocket::connect(loopback(bound));
  ASSERT_TRUE(visitor);
  ASSERT_TRUE(visitor->send(bytes("x")));
  std::array<std::uint8_t, 16> buffer{};
  const auto arrival = ports.receive(buffer, within(5s));
  ASSERT_TRUE(arrival) << arrival.error().detail;
  EXPECT_EQ(arrival->port, 0U);
}

TEST(Udp, KeepsTheLimitsOfDatagrams) {
  Ports here;
  auto socket = UdpSocket::connect(loopback(here.first));
  ASSERT_TRUE(socket);
  const std::vector<std::uint8_t> large(kLargestDatagram, 7);
  ASSERT_TRUE(socket->send(large));
  ASSERT_TRUE(socket->send({}));
  ASSERT_TRUE(socket->send(bytes("x")));
  for (const std::size_t size : {kLargestDatagram, std::size_t{0}, std::size_t{1}}) {
    const auto arrival = here.ports.receive(here.buffer, within(5s));
    ASSERT_TRUE(arrival) << arrival.error().detail;
    EXPECT_EQ(arrival->size, size);
  }
  const auto sent = socket->send(std::vector<std::uint8_t>(kLargestDatagram + 1));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().what, NetError::Other);
}

TEST(Udp, WaitsUntilItsDeadlineAndNoLonger) {
  Ports here;
  auto socket = UdpSocket::connect(loopback(here.first));
  ASSERT_TRUE(socket);
  std::array<std::uint8_t, 16> buffer{};
  const auto received = socket->receive(buffer, within(10ms));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().what, NetError::TimedOut);
  const auto arrival = here.ports.receive(here.buffer, within(10ms));
  ASSERT_FALSE(arrival);
  EXPECT_EQ(arrival.error().what, NetError::TimedOut);
}

TEST(Udp, LearnsThatNobodyListens) {
  std::uint16_t port = 0;
  {
    Ports gone;
    port = gone.first;
  }
  auto socket = UdpSocket::connect(loopback(port));
  ASSERT_TRUE(socket);
  ASSERT_TRUE(socket->send(bytes("is anybody there?")));
  std::array<std::uint8_t, 16> buffer{};
  const auto received = socket->receive(buffer, within(5s));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().what, NetError::Refused);
}

TEST(Udp, ClosingEndsTheWait) {
  Ports here;
  std::jthread closer([&] { here.ports.close(); });
  const auto arrival = here.ports.receive(here.buffer, kNever);
  ASSERT_FALSE(arrival);
  EXPECT_EQ(arrival.error().what, NetError::Closed);
}

TEST(Udp, RefusesWhatIsNoAddress) {
  Ports here;
  const auto bound = here.ports.bind("nowhere", 0);
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().what, NetError::BadTarget);
}

}  // namespace
}  // namespace securetransport::net
