// SPDX-License-Identifier: Apache-2.0
// Listening, accepting, and stopping from another thread.
#include "net/tcp_listener.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>

namespace securetransport::net {
namespace {

using namespace std::chrono_literals;

TEST(TcpListener, FindsAFreePort) {
  const NetResult<TcpListener> first = TcpListener::bind("127.0.0.1", 0);
  const NetResult<TcpListener> second = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_NE(first->local_port(), 0);
  EXPECT_NE(first->local_port(), second->local_port());
  EXPECT_EQ(first->local().text(), "127.0.0.1:" + std::to_string(first->local_port()));
}

TEST(TcpListener, AcceptsAConnectionAndKnowsBothEnds) {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(listener);
  NetResult<TcpStream> client = TcpStream::connect(std::array{listener->local()}, within(5s));
  ASSERT_TRUE(client) << client.error().detail;
  NetResult<TcpStream> server = listener->accept(within(5s));
  ASSERT_TRUE(server) << server.error().detail;
  EXPECT_EQ(server->local(), client->peer());
  EXPECT_EQ(server->peer(), client->local());
}

TEST(TcpListener, GivesUpAtTheDeadline) {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(listener);
  EXPECT_EQ(listener->accept(within(20ms)).error().what, NetError::TimedOut);
  EXPECT_EQ(listener->accept(Deadline::min()).error().what, NetError::TimedOut);
}

TEST(TcpListener, CloseWakesEveryThreadThatAccepts) {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(listener);
  std::array<NetError, 3> seen{};
  std::array<std::thread, 3> threads;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    threads[i] = std::thread([&, i] { seen[i] = listener->accept(kNever).error().what; });
  }
  listener->close();
  for (std::thread& thread : threads) thread.join();
  for (const NetError error : seen) EXPECT_EQ(error, NetError::Closed);
}

TEST(TcpListener, RefusesConnectionsOnceClosed) {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(listener);
  listener->close();
  listener->close();
  EXPECT_EQ(listener->accept(within(5s)).error().what, NetError::Closed);
  EXPECT_EQ(TcpStream::connect(std::array{listener->local()}, within(5s)).error().what, NetError::Refused);
}

TEST(TcpListener, ExplainsWhyItCannotListen) {
  EXPECT_EQ(TcpListener::bind("localhost", 0).error().what, NetError::BadTarget);
  EXPECT_EQ(TcpListener::bind("", 0).error().what, NetError::BadTarget);
  // TEST-NET-1 (RFC 5737) is nobody's address.
  EXPECT_EQ(TcpListener::bind("192.0.2.1", 0).error().what, NetError::Unreachable);
  const NetResult<TcpListener> first = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(first);
  const NetResult<TcpListener> second = TcpListener::bind("127.0.0.1", first->local_port());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().what, NetError::Other);
  EXPECT_NE(second.error().detail.find(first->local().text()), std::string::npos) << second.error().detail;
}

}  // namespace
}  // namespace securetransport::net
