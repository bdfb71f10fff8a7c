// SPDX-License-Identifier: Apache-2.0
// The lab's server under rough treatment: it neither leaks nor stops.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>
#include <thread>

#include "lab/scenarios/setup.hpp"
#include "lab/serving/lab_server.hpp"

namespace securetransport::lab {
namespace {

constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kConnections = 2000;

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

net::Endpoint at(std::uint16_t port) { return *net::parse_address("127.0.0.1", port); }

/// More by hand: ST_LAB_CONNECTIONS=10000.
std::size_t wanted_connections() {
  const char* const text = std::getenv("ST_LAB_CONNECTIONS");
  return text != nullptr ? std::strtoul(text, nullptr, 10) : kConnections;
}

class HammeredServer : public testing::Test {
 protected:
  std::unique_ptr<Vault> vault = *Vault::open();

  Observed shake_hands(const LabServer& server, std::uint16_t version, const std::string& name) {
    PeerOptions options;
    options.version = version;
    options.server_name = name;
    options.application_data = "GET / HTTP/1.0\r\n\r\n";
    const auto seen = attack(at(server.name_port()), options, Fault{}, net::within(std::chrono::seconds(30)));
    return seen ? *seen : Observed{};
  }

  /// A ClientHello that finds all workers busy is sent again.
  Observed shake_hands_by_datagrams(const LabServer& server, const std::string& name) {
    PeerOptions options;
    options.version = kTls12;
    options.is_datagram = true;
    options.server_name = name;
    options.application_data = "GET / HTTP/1.0\r\n\r\n";
    const auto seen = attack(at(server.name_udp_port()), options, Fault{}, net::within(std::chrono::seconds(30)));
    return seen ? *seen : Observed{};
  }
};

/// A visitor over UDP: a handshake, half of one, or noise.
void visit_by_datagrams(const LabServer& server, const LabServer::Served& chosen, std::mt19937& dice) {
  const bool by_name = dice() % 2 == 0;
  const net::Endpoint endpoint = at(by_name ? server.name_udp_port() : chosen.udp_port);
  const net::Deadline deadline = net::within(std::chrono::milliseconds(250));
  PeerOptions options;
  options.version = kTls12;
  options.is_datagram = true;
  options.server_name = host_of(*chosen.scenario);
  options.application_data = "x";
  switch (dice() % 3) {
    case 0: static_cast<void>(attack(endpoint, options, Fault{}, deadline)); return;
    case 1: {
      const Fault quiet{.step = Step::ClientKeyExchange, .then = Then::Silence};
      static_cast<void>(attack(endpoint, options, quiet, deadline));
      return;
    }
    default: {
      auto socket = net::UdpSocket::connect(endpoint);
      if (!socket) return;
      Bytes noise(dice() % 200);
      std::generate(noise.begin(), noise.end(), [&] { return static_cast<std::uint8_t>(dice()); });
      if (noise.size() > 20) noise[0] = dice() % 2 == 0 ? content::kHandshake : noise[0];
      static_cast<void>(socket->send(noise));
      return;
    }
  }
}

/// One visitor, of whatever manners. Errors are the server's way to end things.
void visit(const LabServer& server, std::mt19937& dice) {
  const auto& served = server.served();
  const bool by_name = dice() % 2 == 0;
  const auto& chosen = served[dice() % served.size()];
  if (chosen.udp_port != 0 && (chosen.port == 0 || dice() % 4 == 0)) {
    visit_by_datagrams(server, chosen, dice);
    return;
  }
  const net::Endpoint endpoint = at(by_name ? server.name_port() : chosen.port);
  const net::Deadline deadline = net::within(std::chrono::milliseconds(250));
  PeerOptions options;
  options.version = dice() % 2 == 0 ? kTls12 : kTls13;
  options.server_name = host_of(*chosen.scenario);
  options.application_data = "x";
  switch (dice() % 6) {
    case 0:
    case 1: static_cast<void>(attack(endpoint, options, Fault{}, deadline)); return;
    case 2: {
      const Fault cut{.step = Step::ClientHello, .action = Action::CutRecord, .size = 30, .then = Then::Reset};
      static_cast<void>(attack(endpoint, options, cut, deadline));
      return;
    }
    case 3: {
      const Fault garbage{
          .step = Step::BeforeAnything, .action = Action::SendRaw, .bytes = Bytes(100, 0x16), .then = Then::Close};
      static_cast<void>(attack(endpoint, options, garbage, deadline));
      return;
    }
    case 4: {
      auto stream = net::TcpStream::connect({&endpoint, 1}, deadline);
      if (stream) stream->reset();
      return;
    }
    default: static_cast<void>(net::TcpStream::connect({&endpoint, 1}, deadline)); return;
  }
}

TEST_F(HammeredServer, NeitherLeaksNorStops) {
  LabServerOptions options;
  options.patience = std::chrono::seconds(3);
  auto server = LabServer::start(*vault, options);
  ASSERT_TRUE(server) << server.error().detail;
  ASSERT_TRUE(shake_hands(*server, kTls13, "good.lab.test").handshake_completed);
  const std::size_t before = open_descriptors();

  const std::size_t wanted = wanted_connections();
  std::atomic<std::size_t> begun = 0;
  {
    std::vector<std::jthread> visitors;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      visitors.emplace_back([&, i] {
        std::mt19937 dice(static_cast<unsigned>(i));
        while (begun++ < wanted) visit(*server, dice);
      });
    }
  }
  const Observed last_datagrams = shake_hands_by_datagrams(*server, "good.lab.test");
  EXPECT_TRUE(last_datagrams.handshake_completed) << last_datagrams.problem;
  const Observed last = shake_hands(*server, kTls12, "good.lab.test");
  EXPECT_TRUE(last.handshake_completed) << last.problem;
  EXPECT_EQ(last.application_data, kHttpOk);
  // Whoever hangs is let go when its patience ends.
  std::this_thread::sleep_for(options.patience + std::chrono::milliseconds(500));
  EXPECT_LE(open_descriptors(), before);
}

TEST_F(HammeredServer, ChoosesTheScenarioByName) {
  const auto server = LabServer::start(*vault, {});
  ASSERT_TRUE(server) << server.error().detail;
  const Observed unknown = shake_hands(*server, kTls13, "nobody.example");
  ASSERT_TRUE(unknown.alert());
  EXPECT_EQ(unknown.alert()->number, 112);
  const Observed alerted = shake_hands(*server, kTls12, "Alert-Access-Denied.LAB.test.");
  ASSERT_TRUE(alerted.alert());
  EXPECT_EQ(alerted.alert()->number, 49);
  EXPECT_TRUE(shake_hands(*server, kTls12, "").handshake_completed);
  const Observed datagrams = shake_hands_by_datagrams(*server, "Alert-Access-Denied.LAB.test.");
  ASSERT_TRUE(datagrams.alert());
  EXPECT_EQ(datagrams.alert()->number, 49);
  const Observed nobody = shake_hands_by_datagrams(*server, "nobody.example");
  ASSERT_TRUE(nobody.alert());
  EXPECT_EQ(nobody.alert()->number, 112);
  EXPECT_TRUE(shake_hands_by_datagrams(*server, "").handshake_completed);
}

}  // namespace
}  // namespace securetransport::lab
