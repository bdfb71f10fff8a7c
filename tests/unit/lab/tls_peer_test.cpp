// SPDX-License-Identifier: Apache-2.0
// How the lab's TLS peer runs: framings, ends of the stream, staples, renegotiation, and what it writes down.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "lab/loopback_server.hpp"
#include "lab/tls/hashing.hpp"
#include "lab/tls/hello.hpp"
#include "securetransport/core/byte_reader.hpp"
#include "unit/lab/libssl_peer.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using test::ecdsa;
using test::libssl_client;
using test::LibsslOptions;
using test::View;

net::Endpoint endpoint(std::uint16_t port) { return *net::parse_address("127.0.0.1", port); }

/// What the lab's two peers see of each other.
struct Both {
  Observed client;
  Observed server;
};

Both converse(const PeerOptions& server_options, const Fault& server_fault, const PeerOptions& client_options,
              const Fault& client_fault = {}, std::chrono::milliseconds patience_of_client = 10s) {
  net::NetResult<FaultyServer> server = FaultyServer::start(server_options, server_fault);
  EXPECT_TRUE(server);
  auto client = attack(endpoint(server->port()), client_options, client_fault, net::within(patience_of_client));
  EXPECT_TRUE(client);
  std::optional<Observed> seen = server->next_observed(net::within(20s));
  EXPECT_TRUE(seen);
  return {*client, *seen};
}

PeerOptions client(std::uint16_t version) {
  PeerOptions options;
  options.version = version;
  options.application_data = "from the client";
  return options;
}

/// A ClientHello in its record.
Bytes hello_record(ByteView body) {
  return ByteWriter()
      .u8(content::kHandshake)
      .u16(kTls10)
      .vector16([&](ByteWriter& record) { record.u8(handshake::kClientHello).opaque24(body); })
      .take();
}

/// The bytes of a server's first flight.
Bytes first_flight(const PeerOptions& options, const Fault& fault) {
  net::NetResult<FaultyServer> server = FaultyServer::start(options, fault, 300ms);
  const std::array where{endpoint(server->port())};
  net::NetResult<net::TcpStream> stream = net::TcpStream::connect(where, net::within(10s));
  ClientHello hello;
  hello.random = random_bytes(32);
  hello.suites = {suite::kEcdheEcdsaAes128Gcm};
  EXPECT_TRUE(stream->write_all(hello_record(hello.encode({})), net::within(10s)));
  Bytes all;
  std::array<std::uint8_t, 4096> buffer{};
  while (const auto count = stream->read_some(buffer, net::within(10s))) append(all, ByteView(buffer).first(*count));
  return all;
}

std::vector<Bytes> records_of(ByteView bytes) {
  std::vector<Bytes> records;
  for (ByteReader reader(bytes); !reader.at_end();) {
    (void)reader.bytes(3);
    const ByteView body = reader.vector16();
    if (reader.ok()) records.emplace_back(body.begin(), body.end());
  }
  return records;
}

TEST(FaultyPeerFraming, PutsMessagesIntoRecordsAsAsked) {
  PeerOptions options = ecdsa(kTls12);
  const std::vector<Bytes> separate = records_of(first_flight(options, {}));
  ASSERT_EQ(separate.size(), 4U);
  EXPECT_EQ(separate[0][0], handshake::kServerHello);
  EXPECT_EQ(separate[3][0], handshake::kServerHelloDone);

  options.framing = Framing::Coalesced;
  EXPECT_EQ(records_of(first_flight(options, {})).size(), 1U);

  options.framing = Framing::Fragmented;
  options.fragment_size = 5;
  for (const Bytes& record : records_of(first_flight(options, {}))) EXPECT_LE(record.size(), 5U);
}

TEST(FaultyPeerBytes, AreExactlyThoseOfTheFault) {
  const PeerOptions options = ecdsa(kTls12);
  const auto starts_with = [&](const Fault& fault, const Bytes& expected) {
    const Bytes all = first_flight(options, fault);
    return all.size() >= expected.size() && std::equal(expected.begin(), expected.end(), all.begin());
  };
  constexpr auto kHello = Step::ServerHello;
  EXPECT_TRUE(
      starts_with({.step = kHello, .action = Action::SendAlert, .number = 77, .level = 3}, {21, 3, 3, 0, 2, 3, 77}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::SendRecord, .number = 99, .size = 3, .count = 2},
                          {99, 3, 3, 0, 3, 0, 0, 0, 99, 3, 3, 0, 3, 0, 0, 0, 22}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::SendRaw, .bytes = {1, 2, 3}}, {1, 2, 3, 22, 3, 3}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::SendMessage, .number = 77, .bytes = {8}},
                          {22, 3, 3, 0, 5, 77, 0, 0, 1, 8, 22}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::Omit}, {22, 3, 3}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::RecordVersion, .number = 0x0799}, {22, 7, 0x99}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::RecordType, .number = 24}, {24, 3, 3}));
  EXPECT_TRUE(starts_with({.step = kHello, .action = Action::RecordLength, .number = 0xfffe}, {22, 3, 3, 0xff, 0xfe}));
  EXPECT_EQ(first_flight(options, {.step = kHello, .action = Action::CutRecord, .size = 7, .then = Then::Close}).size(),
            7U);
  EXPECT_EQ(first_flight(options, {.step = kHello, .then = Then::Close}).size(), 0U);
  EXPECT_EQ(records_of(first_flight(options, {.step = kHello, .place = Place::After, .then = Then::Close})).size(), 1U);
  const std::vector<Bytes> replaced = records_of(
      first_flight(options, {.step = Step::ServerHelloDone, .action = Action::ReplaceBody, .bytes = {1, 2}}));
  EXPECT_EQ(replaced.back(), (Bytes{handshake::kServerHelloDone, 0, 0, 2, 1, 2}));
  const std::vector<Bytes> swapped =
      records_of(first_flight(options, {.step = Step::Certificate, .action = Action::SwapWithNext}));
  ASSERT_EQ(swapped.size(), 4U);
  EXPECT_EQ(swapped[1][0], handshake::kServerKeyExchange);
  EXPECT_EQ(swapped[2][0], handshake::kCertificate);
}

TEST(FaultyPeerEnd, ComesAtEveryStageInEveryWay) {
  for (const std::uint16_t version : {kTls12, kTls13}) {
    for (const Step step : {Step::BeforeAnything, Step::ServerHello, Step::Certificate, Step::Finished,
                            Step::AfterHandshake, Step::ApplicationData, Step::CloseNotify}) {
      SCOPED_TRACE("version " + std::to_string(version) + " step " + std::to_string(static_cast<int>(step)));
      const Both closed = converse(ecdsa(version), {.step = step, .then = Then::Close}, client(version));
      EXPECT_TRUE(closed.server.fault_applied);
      EXPECT_EQ(closed.client.end, StreamEnd::EndOfStream);
      const Both reset = converse(ecdsa(version), {.step = step, .then = Then::Reset}, client(version));
      EXPECT_EQ(reset.server.end, StreamEnd::Ours);
      EXPECT_NE(reset.client.end, StreamEnd::Open);
      if (step == Step::CloseNotify) continue;  // By then the client has what it wants, and ends.
      const auto begin = std::chrono::steady_clock::now();
      (void)converse(ecdsa(version), {.step = step, .then = Then::Silence}, client(version), {}, 100ms);
      EXPECT_GE(std::chrono::steady_clock::now() - begin, 100ms);
    }
  }
}

TEST(FaultyPeerEnd, OfAClientComesAtEveryStageToo) {
  for (const Step step : {Step::BeforeAnything, Step::ClientHello, Step::ClientKeyExchange, Step::ChangeCipherSpec,
                          Step::Finished, Step::AfterHandshake, Step::ApplicationData, Step::CloseNotify}) {
    const Both closed = converse(ecdsa(kTls12), {}, client(kTls12), {.step = step, .then = Then::Close});
    EXPECT_TRUE(closed.client.fault_applied);
    EXPECT_EQ(closed.server.end, StreamEnd::EndOfStream);
    EXPECT_EQ(closed.server.handshake_completed, step >= Step::AfterHandshake);
    const Both reset = converse(ecdsa(kTls12), {}, client(kTls12), {.step = step, .then = Then::Reset});
    EXPECT_NE(reset.server.end, StreamEnd::Open);
  }
}

TEST(FaultyPeerStaple, ArrivesAsGiven) {
  LibsslOptions wanting;
  wanting.wants_staple = true;
  for (const std::uint16_t version : {kTls12, kTls13}) {
    PeerOptions options = ecdsa(version);
    options.staple = bytes_of("no OCSP response at all");
    net::NetResult<FaultyServer> server = FaultyServer::start(options);
    ASSERT_TRUE(server);
    const View view = libssl_client(server->port(), wanting);
    EXPECT_EQ(view.staple, "no OCSP response at all");
    EXPECT_EQ(view.data, "from the lab");
    EXPECT_EQ(libssl_client(server->port()).staple, "") << "not asked for";
  }
}

TEST(FaultyPeerRetry, IsHonestWhereTheShareIsMissing) {
  PeerOptions options = ecdsa(kTls13);
  options.groups = {group::kP256};
  net::NetResult<FaultyServer> server = FaultyServer::start(options);
  ASSERT_TRUE(server);
  EXPECT_EQ(libssl_client(server->port()).data, "from the lab");
  const std::optional<Observed> seen = server->next_observed(net::within(20s));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->handshake_types, (Bytes{handshake::kClientHello, handshake::kClientHello, handshake::kFinished}));
}

TEST(FaultyPeerRenegotiation, IsAskedForByTheServer) {
  PeerOptions options = ecdsa(kTls12);
  options.renegotiate = true;
  net::NetResult<FaultyServer> server = FaultyServer::start(options);
  ASSERT_TRUE(server);
  const View view = libssl_client(server->port());
  EXPECT_EQ(view.data, "from the lab");
  EXPECT_EQ(view.reason, "");
  const std::optional<Observed> seen = server->next_observed(net::within(20s));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->handshakes, 2);
}

TEST(FaultyPeerRenegotiation, MeetsItsFaultAtTheSecondPassage) {
  PeerOptions options = ecdsa(kTls12);
  options.renegotiate = true;
  const Fault fault{.step = Step::ServerHello,
                    .lie = Lie::ReplaceExtension,
                    .number = extension::kRenegotiationInfo,
                    .bytes = {0},
                    .occurrence = 2};
  net::NetResult<FaultyServer> server = FaultyServer::start(options, fault);
  ASSERT_TRUE(server);
  const View view = libssl_client(server->port());
  EXPECT_TRUE(view.is_connected);
  EXPECT_EQ(view.reason, "renegotiation mismatch");
  const std::optional<Observed> seen = server->next_observed(net::within(20s));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->handshakes, 1);
  EXPECT_EQ(seen->alert(), (SeenAlert{2, 47, true}));
}

TEST(FaultyPeerRenegotiation, IsRefusedOrAcceptedWhenTheClientStartsIt) {
  PeerOptions starting = client(kTls12);
  starting.renegotiate = true;
  PeerOptions options = ecdsa(kTls12);
  const Both refused = converse(options, {}, starting);
  EXPECT_EQ(refused.client.alert(), (SeenAlert{1, 100, true}));
  EXPECT_EQ(refused.server.handshakes, 1);

  options.renegotiation = Renegotiation::Accept;
  const Both accepted = converse(options, {}, starting);
  EXPECT_EQ(accepted.client.handshakes, 2);
  EXPECT_EQ(accepted.server.handshakes, 2);
  EXPECT_EQ(accepted.client.application_data, "from the lab");
  EXPECT_EQ(accepted.server.application_data, "from the client");
}

TEST(FaultyPeerObserves, WhatTheOtherSideSends) {
  PeerOptions asking = ecdsa(kTls13);
  asking.request_client_certificate = true;
  PeerOptions showing = ecdsa(kTls13);
  showing.server_name = "some.name.test";
  const Both seen = converse(asking, {}, showing);
  EXPECT_TRUE(seen.server.handshake_completed);
  EXPECT_FALSE(seen.server.fault_applied);
  EXPECT_EQ(seen.server.client_certificates, 2U);
  EXPECT_EQ(seen.server.handshake_types, (Bytes{handshake::kClientHello, handshake::kCertificate,
                                                handshake::kCertificateVerify, handshake::kFinished}));
  EXPECT_EQ(seen.server.alerts, (std::vector{SeenAlert{1, 0, true}}));
  EXPECT_EQ(seen.server.bytes_received, seen.client.bytes_sent);
  EXPECT_EQ(seen.server.bytes_sent, seen.client.bytes_received);
  const std::optional<ClientHello> hello = ClientHello::parse(seen.server.client_hello);
  ASSERT_TRUE(hello);
  EXPECT_TRUE(hello->extensions.has(extension::kServerName));
}

TEST(FaultyPeerObserves, ItsOwnReasonToGiveUp) {
  const Both versions = converse(ecdsa(kTls13), {}, client(kTls12));
  EXPECT_EQ(versions.server.problem, "the client does not offer TLS 1.3");
  EXPECT_EQ(versions.client.alert(), (SeenAlert{2, 70, false}));
  PeerOptions broken = ecdsa(kTls13);
  broken.key_pem = "no key";
  const Both keyless = converse(broken, {}, client(kTls13));
  EXPECT_EQ(keyless.server.problem, "the key cannot be read");
}

TEST(FaultyServerStop, DoesNotWaitForASilentConnection) {
  const auto begin = std::chrono::steady_clock::now();
  {
    net::NetResult<FaultyServer> server =
        FaultyServer::start(ecdsa(kTls13), {.step = Step::ServerHello, .then = Then::Silence}, 60s);
    ASSERT_TRUE(server);
    const std::array where{endpoint(server->port())};
    const auto stream = net::TcpStream::connect(where, net::within(10s));
    ASSERT_TRUE(stream);
    EXPECT_FALSE(server->next_observed(net::within(50ms)));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(FaultyPeerRobustness, HostileBytesDoItNoHarm) {
  std::minstd_rand dice(20261124);
  const Bytes hello = hello_record(converse(ecdsa(kTls13), {}, client(kTls13)).server.client_hello);
  const Bytes flight = first_flight(ecdsa(kTls12), {});
  ASSERT_FALSE(flight.empty());
  const auto mutated = [&](const Bytes& honest) {
    Bytes bytes = honest;
    for (int i = 0; i < 3; ++i) bytes[5 + dice() % (bytes.size() - 5)] = static_cast<std::uint8_t>(dice());
    return bytes;
  };
  net::NetResult<FaultyServer> server = FaultyServer::start(ecdsa(kTls13), {}, 200ms);
  for (int i = 0; i < 60; ++i) {
    const std::array where{endpoint(server->port())};
    auto stream = net::TcpStream::connect(where, net::within(10s));
    ASSERT_TRUE(stream);
    EXPECT_TRUE(stream->write_all(mutated(hello), net::within(10s)));
    (void)stream->shutdown_send();
    const Bytes reply = mutated(flight);
    net::NetResult<LoopbackServer> answering =
        LoopbackServer::start([&](net::TcpStream& connection, const std::stop_token& stop) {
          (void)write_or_stop(connection, reply, stop);
          (void)connection.shutdown_send();
          drain(connection, stop);
        });
    const auto seen = attack(endpoint(answering->port()), client(kTls12), {}, net::within(2s));
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->handshake_completed);
  }
}

}  // namespace
}  // namespace securetransport::lab
