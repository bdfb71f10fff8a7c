// SPDX-License-Identifier: Apache-2.0
// A client and a server session that talk in datagrams, over a network that does what a test tells it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "securetransport/tls/datagram_buffer_transport.hpp"
#include "support/session_pair.hpp"

namespace securetransport::test {

using Datagram = std::vector<std::uint8_t>;
using Datagrams = std::vector<Datagram>;

/// Where nothing is lost, nothing is sent again, however slow the machine is.
template <class Config>
Config over_datagrams(Config config, ProtocolVersion version = ProtocolVersion::Dtls12) {
  config.transport_kind = TransportKind::Datagram;
  config.versions = {version, version};
  config.retransmission_timeout = std::chrono::seconds(10);
  return config;
}

struct DatagramPair {
  /// Takes what one side sent in one go and says what arrives. `number` counts the datagrams sent before.
  using Network = std::function<Datagrams(Datagrams sent, std::size_t number)>;

  DatagramBufferTransport client_wire;
  DatagramBufferTransport server_wire;
  Session client;
  Session server;
  Network network = [](Datagrams sent, std::size_t) { return sent; };
  std::size_t carried = 0;  ///< Datagrams sent so far, by both sides.

  DatagramPair(const ClientConfig& client_config, const ServerConfig& server_config)
      : client(Session::client(client_config, client_wire, kNow).value()),
        server(Session::server(server_config, server_wire, kNow).value()) {}

  void exchange() {
    carry(client_wire, server_wire);
    carry(server_wire, client_wire);
  }

  struct Outcome {
    ResultCode client = ResultCode::WouldBlock;
    ResultCode server = ResultCode::WouldBlock;
    int rounds = 0;  ///< Times that somebody had to wait for a timer.
  };

  /// Drives both sides until each has something else to say than "would block", waiting for timers where nothing else
  /// moves. A server that is connected goes on reading: its client may have missed its last flight.
  Outcome handshake() {
    Outcome outcome;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
      if (outcome.client == ResultCode::WouldBlock) outcome.client = code_of(client.handshake());
      carry(client_wire, server_wire);
      step_server(outcome);
      carry(server_wire, client_wire);
      if (outcome.client != ResultCode::WouldBlock && outcome.server != ResultCode::WouldBlock) break;
      if (client_wire.unread() > 0 && outcome.client == ResultCode::WouldBlock) continue;
      if (server_wire.unread() > 0 && !has_stopped(outcome.server)) continue;
      if (has_stopped(outcome.client) || has_stopped(outcome.server)) break;
      if (!wait_for_a_timer(outcome)) break;
    }
    return outcome;
  }

 private:
  /// At a break, or for good: the other side would wait in vain.
  static bool has_stopped(ResultCode code) { return code != ResultCode::WouldBlock && code != ResultCode::Success; }

  void carry(DatagramBufferTransport& from, DatagramBufferTransport& to) {
    Datagrams sent = from.take();
    const std::size_t count = sent.size();
    for (const Datagram& datagram : network(std::move(sent), carried)) to.feed(datagram);
    carried += count;
  }

  void step_server(Outcome& outcome) {
    if (outcome.server == ResultCode::WouldBlock) {
      outcome.server = code_of(server.handshake());
    } else if (outcome.server == ResultCode::Success) {
      std::vector<std::uint8_t> buffer(64);
      static_cast<void>(server.read(buffer));
    }
  }

  bool wait_for_a_timer(Outcome& outcome) {
    const auto client_due = outcome.client == ResultCode::WouldBlock ? client.next_timeout() : std::nullopt;
    const auto server_due = outcome.server == ResultCode::WouldBlock ? server.next_timeout() : std::nullopt;
    if (!client_due && !server_due) return false;
    ++outcome.rounds;
    constexpr auto kFar = std::chrono::milliseconds::max();
    std::this_thread::sleep_for(std::min(client_due.value_or(kFar), server_due.value_or(kFar)));
    if (client_due) note(client.handle_timeout(), outcome.client);
    if (server_due) note(server.handle_timeout(), outcome.server);
    return true;
  }

  static void note(const Result<Progress>& result, ResultCode& code) {
    if (!result) code = result.error().code;
  }
};

}  // namespace securetransport::test
