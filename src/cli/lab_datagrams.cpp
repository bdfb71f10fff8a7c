// SPDX-License-Identifier: Apache-2.0
// The programs over datagrams: two sessions of DTLS and a bad network between them.
#include "cli/lab_datagrams.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <thread>

#include "securetransport/tls/datagram_buffer_transport.hpp"

namespace securetransport::cli {
namespace {

using Datagram = std::vector<std::uint8_t>;
using Datagrams = std::vector<Datagram>;

constexpr auto kTimer = std::chrono::milliseconds(2);
constexpr auto kPatience = std::chrono::seconds(5);
constexpr std::size_t kSmallDatagrams = 256;  // More of them, so that there is more to lose.

/// What arrives of what one side has sent in one go.
using Network = std::function<Datagrams(Datagrams sent)>;

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

template <class Config>
Config over_datagrams(const LabMaterial& material) {
  Config config;
  config.transport_kind = TransportKind::Datagram;
  config.roots = material.roots;
  config.retransmission_timeout = kTimer;
  config.maximum_datagram_size = kSmallDatagrams;
  return config;
}

ProgramEnding step(Session& session) {
  const Result<Progress> done = session.handshake();
  return {done ? result_of(*done) : done.error().code, session.diagnosis()};
}

void carry(DatagramBufferTransport& from, DatagramBufferTransport& to, const Network& network) {
  for (const Datagram& datagram : network(from.take())) to.feed(datagram);
}

/// A byte from one to the other: the proof that they understand each other.
ProgramEnding exchange_a_byte(Session& client, DatagramBufferTransport& near, Session& server,
                              DatagramBufferTransport& far, const Network& network) {
  constexpr std::array<std::uint8_t, 1> kByte{42};
  static_cast<void>(client.write(kByte));
  carry(near, far, network);
  std::array<std::uint8_t, 16> buffer{};
  const Result<Transfer> got = server.read(buffer);
  if (!got) return {got.error().code, server.diagnosis()};
  return {got->bytes == kByte.size() ? ResultCode::Success : ResultCode::WouldBlock, server.diagnosis()};
}

/// Handshake and a byte of data over this network.
ProgramEnding talk_over(const LabMaterial& material, const Network& network) {
  ClientConfig client_config = over_datagrams<ClientConfig>(material);
  client_config.peer_name = "datagrams.lab.test";
  ServerConfig server_config = over_datagrams<ServerConfig>(material);
  const Result<Identity> own = material.identity(lab::Credential::Good, lab::Bearer::Server);
  if (!own) return {own.error().code, {}};
  server_config.identities.push_back(*own);
  DatagramBufferTransport near;
  DatagramBufferTransport far;
  Result<Session> client = Session::client(client_config, near, now());
  Result<Session> server = Session::server(server_config, far, now());
  if (!client || !server) return {ResultCode::ConfigurationFailed, {}};

  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  ProgramEnding ending{ResultCode::WouldBlock, {}};
  while (std::chrono::steady_clock::now() < deadline) {
    ending = step(*client);
    carry(near, far, network);
    const ProgramEnding other = step(*server);
    carry(far, near, network);
    if (ending.code == ResultCode::Success && other.code == ResultCode::Success) {
      return exchange_a_byte(*client, near, *server, far, network);
    }
    const bool has_failed = ending.code != ResultCode::Success && ending.code != ResultCode::WouldBlock;
    if (has_failed) return ending;
    if (near.unread() > 0 || far.unread() > 0) continue;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    static_cast<void>(client->handle_timeout());
    static_cast<void>(server->handle_timeout());
  }
  return ending;
}

}  // namespace

ProgramEnding datagram_no_answer(const LabMaterial& material) {
  ClientConfig config = over_datagrams<ClientConfig>(material);
  config.peer_name = "datagrams.lab.test";
  config.retransmission_timeout = std::chrono::milliseconds(1);
  DatagramBufferTransport nobody;
  Result<Session> session = Session::client(config, nobody, now());
  if (!session) return {session.error().code, {}};
  ProgramEnding ending = step(*session);
  while (ending.code == ResultCode::WouldBlock) {
    std::this_thread::sleep_for(session->next_timeout().value_or(kTimer));
    const Result<Progress> done = session->handle_timeout();
    ending = {done ? result_of(*done) : done.error().code, session->diagnosis()};
  }
  return ending;
}

ProgramEnding datagram_lost(const LabMaterial& material) {
  constexpr std::size_t kEvery = 3;
  constexpr std::size_t kMost = 4;  // The handshake loses some; in the end the network is good.
  std::size_t count = 0;
  std::size_t lost = 0;
  return talk_over(material, [&](Datagrams sent) {
    std::erase_if(sent, [&](const Datagram&) { return ++count % kEvery == 0 && lost < kMost && ++lost > 0; });
    return sent;
  });
}

ProgramEnding datagram_repeated(const LabMaterial& material) {
  return talk_over(material, [](Datagrams sent) {
    const std::size_t count = sent.size();
    sent.reserve(2 * count);
    std::copy_n(sent.begin(), count, std::back_inserter(sent));
    return sent;
  });
}

ProgramEnding datagram_reordered(const LabMaterial& material) {
  return talk_over(material, [](Datagrams sent) {
    std::reverse(sent.begin(), sent.end());
    return sent;
  });
}

ProgramEnding datagram_record_skipped(const LabMaterial& material) {
  return talk_over(material, [](const Datagrams& sent) {
    Datagrams mixed;
    for (const Datagram& datagram : sent) {
      mixed.push_back(Datagram(20, 0x91));
      mixed.push_back(datagram);
    }
    return mixed;
  });
}

}  // namespace securetransport::cli
