// SPDX-License-Identifier: Apache-2.0
// Look-ups without the outside world: special names, numbers, and a name server of the test's own.
#include "net/resolver.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace securetransport::net {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 20s;

enum class Behaviour { Addresses, NameError, NoData, ServerFailure, Refused, Silence };

/// A DNS server on loopback that gives every question the same treatment (message format: RFC 1035 section 4).
class NameServer {
 public:
  explicit NameServer(Behaviour behaviour) : behaviour_(behaviour) {
    descriptor_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    options_.servers = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~NameServer() {
    is_stopping_ = true;
    thread_.join();
    ::close(descriptor_);
  }
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  [[nodiscard]] const ResolverOptions& options() const { return options_; }
  [[nodiscard]] int questions() const { return questions_; }

 private:
  void serve() {
    while (!is_stopping_) {
      pollfd readable{descriptor_, POLLIN, 0};
      if (::poll(&readable, 1, 10) <= 0) continue;
      std::array<std::uint8_t, 1024> query{};
      sockaddr_in client{};
      socklen_t size = sizeof(client);
      const ssize_t count =
          ::recvfrom(descriptor_, query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&client), &size);
      if (count < 17) continue;
      ++questions_;
      if (behaviour_ == Behaviour::Silence) continue;
      const std::vector<std::uint8_t> reply = answer({query.data(), static_cast<std::size_t>(count)});
      ::sendto(descriptor_, reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&client), size);
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> answer(std::span<const std::uint8_t> query) const {
    const auto zero = std::find(query.begin() + 12, query.end(), std::uint8_t{0});
    std::vector<std::uint8_t> reply(query.begin(), zero + 5);  // Header and question.
    const bool is_v6 = zero[2] == 28;                          // AAAA
    std::uint8_t code = 0;
    if (behaviour_ == Behaviour::ServerFailure) code = 2;
    if (behaviour_ == Behaviour::NameError) code = 3;
    if (behaviour_ == Behaviour::Refused) code = 5;
    reply[2] = 0x81;  // Response, recursion desired.
    reply[3] = static_cast<std::uint8_t>(0x80U | code);
    reply[7] = behaviour_ == Behaviour::Addresses ? 1 : 0;
    reply[9] = reply[11] = 0;
    if (behaviour_ != Behaviour::Addresses) return reply;
    const std::array<std::uint8_t, 10> record{0xc0, 12, 0, zero[2], 0, 1, 0, 0, 0, 60};
    reply.insert(reply.end(), record.begin(), record.end());
    std::vector<std::uint8_t> address{192, 0, 2, 7};
    if (is_v6) address = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
    reply.push_back(0);
    reply.push_back(static_cast<std::uint8_t>(address.size()));
    reply.insert(reply.end(), address.begin(), address.end());
    return reply;
  }

  Behaviour behaviour_;
  int descriptor_ = -1;
  ResolverOptions options_;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<int> questions_ = 0;
  std::thread thread_;
};

TEST(Resolver, TakesNumbersAsTheyAre) {
  const NetResult<std::vector<Endpoint>> v4 = resolve("192.0.2.1", 443, Deadline::min());
  ASSERT_TRUE(v4) << v4.error().detail;
  ASSERT_EQ(v4->size(), 1U);
  EXPECT_EQ(v4->front().text(), "192.0.2.1:443");
  const NetResult<std::vector<Endpoint>> v6 = resolve("2001:db8::1", 443, Deadline::min());
  ASSERT_TRUE(v6) << v6.error().detail;
  EXPECT_EQ(v6->front().text(), "[2001:db8::1]:443");
}

TEST(Resolver, KnowsLoopbackWithoutDns) {
  const NameServer server(Behaviour::NameError);
  for (const std::string name : {"localhost", "LOCALHOST", "localhost.", "test.localhost"}) {
    SCOPED_TRACE(name);
    const NetResult<std::vector<Endpoint>> endpoints = resolve(name, 80, within(kPatience), server.options());
    ASSERT_TRUE(endpoints) << endpoints.error().detail;
    for (const Endpoint& endpoint : *endpoints) {
      EXPECT_TRUE(endpoint.text() == "127.0.0.1:80" || endpoint.text() == "[::1]:80") << endpoint.text();
    }
  }
  EXPECT_EQ(server.questions(), 0);
}

TEST(Resolver, NeverAsksForInvalidNames) {
  const NetResult<std::vector<Endpoint>> endpoints = resolve("nonexistent.invalid", 443, within(kPatience));
  ASSERT_FALSE(endpoints);
  EXPECT_EQ(endpoints.error().what, NetError::Unresolvable);
  EXPECT_EQ(endpoints.error().detail, "'nonexistent.invalid': the name does not exist");
}

TEST(Resolver, RefusesWhatIsNoName) {
  for (const std::string& name : {std::string(), std::string("a\0b", 3), std::string("fe80::1%no-such-zone"),
                                  std::string(300, 'a') + ".example."}) {
    const NetResult<std::vector<Endpoint>> endpoints = resolve(name, 443, within(50ms));
    ASSERT_FALSE(endpoints);
    EXPECT_EQ(endpoints.error().what, NetError::Unresolvable);
  }
}

TEST(Resolver, ReturnsTheAddressesOfBothFamilies) {
  const NameServer server(Behaviour::Addresses);
  const NetResult<std::vector<Endpoint>> endpoints =
      resolve("both.example.", 8443, within(kPatience), server.options());
  ASSERT_TRUE(endpoints) << endpoints.error().detail;
  std::vector<std::string> texts;
  for (const Endpoint& endpoint : *endpoints) texts.push_back(endpoint.text());
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(texts, (std::vector<std::string>{"192.0.2.7:8443", "[2001:db8::7]:8443"}));
}

struct FailureRow {
  Behaviour behaviour;
  std::string_view reason;
};

TEST(Resolver, SaysWhyThereIsNoAddress) {
  const FailureRow rows[] = {
      {Behaviour::NameError, "the name does not exist"},
      {Behaviour::NoData, "has no address"},
      {Behaviour::ServerFailure, "failed to answer"},
      {Behaviour::Refused, "failed to answer"},
  };
  for (const FailureRow& row : rows) {
    SCOPED_TRACE(row.reason);
    const NameServer server(row.behaviour);
    const NetResult<std::vector<Endpoint>> endpoints =
        resolve("some.example.", 443, within(kPatience), server.options());
    ASSERT_FALSE(endpoints);
    EXPECT_EQ(endpoints.error().what, NetError::Unresolvable);
    EXPECT_NE(endpoints.error().detail.find(row.reason), std::string::npos) << endpoints.error().detail;
  }
}

TEST(Resolver, GivesUpAtTheDeadline) {
  const NameServer server(Behaviour::Silence);
  const NetResult<std::vector<Endpoint>> endpoints = resolve("slow.example.", 443, within(50ms), server.options());
  ASSERT_FALSE(endpoints);
  EXPECT_EQ(endpoints.error().what, NetError::Unresolvable);
  EXPECT_EQ(endpoints.error().detail, "'slow.example.': the name servers did not answer in time");
}

TEST(Resolver, ServesManyThreadsAtOnce) {
  const NameServer server(Behaviour::Addresses);
  std::vector<std::thread> threads;
  std::atomic<int> successes = 0;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const std::string name = "host" + std::to_string(i) + ".example.";
      if (resolve(name, 443, within(kPatience), server.options())) ++successes;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(successes, 8);
}

}  // namespace
}  // namespace securetransport::net
