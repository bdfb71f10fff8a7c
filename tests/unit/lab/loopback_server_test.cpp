// SPDX-License-Identifier: Apache-2.0
// The lab's servers start, serve several clients at once, and stop whatever they are doing.
#include "lab/loopback_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "net/endpoint.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using net::NetError;
using net::NetResult;
using net::TcpStream;
using net::within;

constexpr auto kPatience = 20s;

NetResult<TcpStream> connect_to(std::uint16_t port) {
  return TcpStream::connect(std::array{*net::parse_address("127.0.0.1", port)}, within(kPatience));
}

NetResult<LoopbackServer> start_echo() {
  return LoopbackServer::start([](TcpStream& stream, const std::stop_token& stop) {
    std::array<std::uint8_t, 4096> buffer{};
    for (;;) {
      const NetResult<std::size_t> count = read_or_stop(stream, buffer, stop);
      if (!count || !write_or_stop(stream, std::span(buffer).first(*count), stop)) return;
    }
  });
}

TEST(LoopbackServer, ServesSeveralClientsAtOnce) {
  const NetResult<LoopbackServer> server = start_echo();
  ASSERT_TRUE(server) << server.error().detail;
  std::vector<TcpStream> clients;
  for (int i = 0; i < 8; ++i) {
    NetResult<TcpStream> client = connect_to(server->port());
    ASSERT_TRUE(client) << client.error().detail;
    clients.push_back(*std::move(client));
  }
  // The last first: no client waits for another.
  std::array<std::uint8_t, 1> byte{};
  for (std::uint8_t i = 8; i > 0; --i) {
    TcpStream& client = clients[i - 1U];
    ASSERT_TRUE(client.write_all(std::array{i}, within(kPatience)));
    ASSERT_TRUE(client.read_some(byte, within(kPatience)));
    EXPECT_EQ(byte[0], i);
  }
  EXPECT_EQ(server->connections(), 8);
}

TEST(LoopbackServer, StopsWhileClientsAreConnected) {
  std::optional<NetResult<LoopbackServer>> server = start_echo();
  ASSERT_TRUE(*server);
  const std::uint16_t port = (*server)->port();
  NetResult<TcpStream> client = connect_to(port);
  ASSERT_TRUE(client);
  std::array<std::uint8_t, 1> byte{1};
  ASSERT_TRUE(client->write_all(byte, within(kPatience)));
  ASSERT_TRUE(client->read_some(byte, within(kPatience)));
  server.reset();
  EXPECT_EQ(client->read_some(byte, within(kPatience)).error().what, NetError::EndOfStream);
  EXPECT_EQ(connect_to(port).error().what, NetError::Refused);
}

TEST(LoopbackServer, StopsWhileItWritesToAClientThatReadsNothing) {
  std::atomic<bool> was_stopped = false;
  std::optional<NetResult<LoopbackServer>> server =
      LoopbackServer::start([&](TcpStream& stream, const std::stop_token& stop) {
        const std::vector<std::uint8_t> much(64U << 20U);  // More than the system buffers for a connection.
        was_stopped = !write_or_stop(stream, much, stop);
      });
  ASSERT_TRUE(*server);
  NetResult<TcpStream> client = connect_to((*server)->port());
  ASSERT_TRUE(client);
  ASSERT_TRUE(client->wait_readable(within(kPatience)));
  server.reset();
  EXPECT_TRUE(was_stopped);
}

TEST(LoopbackServer, StopsWithoutAnyClient) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(start_echo());
}

TEST(LoopbackServer, KnowsAPortThatRefuses) {
  const std::uint16_t port = unused_port();
  ASSERT_NE(port, 0);
  EXPECT_EQ(connect_to(port).error().what, NetError::Refused);
}

}  // namespace
}  // namespace securetransport::lab
