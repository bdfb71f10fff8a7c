// SPDX-License-Identifier: Apache-2.0
// Sessions on several threads share contexts, roots and identities. ThreadSanitizer looks for races here.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "interop/our_side.hpp"
#include "interop/pem_files.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

constexpr int kThreads = 4;
constexpr int kHandshakes = 25;

/// Client and server through memory, by the system's clock.
bool connects(const ClientConfig& client_config, const ServerConfig& server_config) {
  BufferTransport client_wire;
  BufferTransport server_wire;
  Result<Session> client = Session::client(client_config, client_wire, lab::now());
  Result<Session> server = Session::server(server_config, server_wire, lab::now());
  if (!client || !server) return false;
  for (int round = 0; round < 6; ++round) {
    static_cast<void>(client->handshake());
    server_wire.feed(client_wire.take());
    static_cast<void>(server->handshake());
    client_wire.feed(server_wire.take());
  }
  const std::vector<std::uint8_t> question = test::bytes_of("hello");
  std::vector<std::uint8_t> answer(16);
  if (!client->write(question)) return false;
  server_wire.feed(client_wire.take());
  const Result<Transfer> got = server->read(answer);
  return got && got->bytes == question.size() && client->close() && server->close();
}

/// Runs the work on all threads at once and returns how many of its calls said no.
template <class Work>
int failures_of(Work work) {
  std::atomic<int> failures = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&failures, &work, thread] {
      for (int turn = 0; turn < kHandshakes; ++turn) failures += work(thread, turn) ? 0 : 1;
    });
  }
  threads.clear();
  return failures;
}

TEST(Threads, ShareOneConfiguration) {
  const ClientConfig client = client_config();
  const ServerConfig server = server_config();
  EXPECT_EQ(failures_of([&](int, int) { return connects(client, server); }), 0);
}

TEST(Threads, ChangeTheConfigurationAllTheTime) {
  const ClientConfig client = client_config();
  const ServerConfig server = server_config();
  const auto work = [&](int thread, int turn) {
    ClientConfig other = client;
    const auto turns = (thread + turn) % static_cast<std::ptrdiff_t>(other.groups.size());
    std::rotate(other.groups.begin(), other.groups.begin() + turns, other.groups.end());
    use_version(other, turn % 2 == 0 ? ProtocolVersion::Tls12 : ProtocolVersion::Tls13);
    return connects(other, server);
  };
  EXPECT_EQ(failures_of(work), 0);
}

TEST(Threads, LoadTheSystemsRootsOnce) {
  std::vector<std::shared_ptr<const RootStore>> seen(kThreads);
  const auto work = [&](int thread, int) {
    std::shared_ptr<const RootStore>& mine = seen.at(static_cast<std::size_t>(thread));
    mine = RootStore::system();
    return mine != nullptr;
  };
  EXPECT_EQ(failures_of(work), 0);
  for (const auto& store : seen) EXPECT_EQ(store, seen.front());
}

TEST(Threads, JudgeOneChainTogether) {
  const Identity identity = PemFiles::shared().server(lab::KeyKind::P256).identity;
  const auto work = [&](int, int) {
    TrustRequest request;
    request.chain = identity.chain();
    request.peer_name = "localhost";
    request.roots = PemFiles::shared().roots();
    request.time = lab::now();
    return evaluate(request).trusted();
  };
  EXPECT_EQ(failures_of(work), 0);
}

}  // namespace
}  // namespace securetransport::interop
