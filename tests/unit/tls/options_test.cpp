// SPDX-License-Identifier: Apache-2.0
// What a configuration can ask for beyond the ordinary, and what it cannot.
#include <gtest/gtest.h>

#include "securetransport/tls/crypto_module.hpp"
#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

class Options : public testing::Test {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);
};

TEST_F(Options, ServerThatInsistsOnKnownNamesTurnsOthersAway) {
  server.known_names = {"shop.example.com"};
  for (const ProtocolVersion version : {ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
    SCOPED_TRACE(to_string(version));
    client.versions = {version, version};
    SessionPair pair(client, server);
    const auto outcome = pair.handshake();
    EXPECT_EQ(outcome.server, ResultCode::UnrecognizedName);
    EXPECT_EQ(outcome.client, ResultCode::UnrecognizedName);
  }
  server.known_names.emplace_back("WWW.example.COM");
  EXPECT_EQ(SessionPair(client, server).handshake().client, ResultCode::Success);
}

TEST_F(Options, FallbackWithoutNeedIsInappropriate) {
  client.versions.max = ProtocolVersion::Tls12;
  client.send_fallback_scsv = true;
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::InappropriateFallback);
  EXPECT_EQ(outcome.client, ResultCode::InappropriateFallback);
}

TEST_F(Options, VersionsWithoutOverlapAreRefusedOnBothSides) {
  client.versions = {ProtocolVersion::Tls12, ProtocolVersion::Tls12};
  server.versions = {ProtocolVersion::Tls13, ProtocolVersion::Tls13};
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::Negotiation);
  EXPECT_EQ(outcome.client, ResultCode::PeerProtocolVersion);
}

TEST_F(Options, AlpnFollowsTheServersPreference) {
  client.alpn = {"http/1.1", "h2"};
  server.alpn = {"h2", "http/1.1"};
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(pair.client.info().alpn, "h2");
  EXPECT_EQ(pair.server.info().alpn, "h2");
}

TEST_F(Options, AlpnWithoutOverlapGoesOnWithoutAProtocol) {
  client.alpn = {"xmpp-client"};
  server.alpn = {"h2"};
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(pair.client.info().alpn, "");
}

struct BadConfig {
  const char* why;
  void (*spoil)(ClientConfig&);
  ResultCode code;
};

TEST_F(Options, ContradictionsAreFoundBeforeAnythingIsSent) {
  const BadConfig cases[] = {
      {"minimum above maximum",
       [](ClientConfig& c) {
         c.versions = {ProtocolVersion::Tls13, ProtocolVersion::Tls12};
       },
       ResultCode::ConfigurationFailed},
      {"no suite", [](ClientConfig& c) { c.cipher_suites.clear(); }, ResultCode::BadCipherSuite},
      {"no known suite", [](ClientConfig& c) { c.cipher_suites = {CipherSuite{0x0004}}; }, ResultCode::BadCipherSuite},
      {"suites of another version",
       [](ClientConfig& c) {
         c.versions.min = ProtocolVersion::Tls13;
         c.cipher_suites = {CipherSuite{0xC02F}};
       },
       ResultCode::BadCipherSuite},
      {"no group", [](ClientConfig& c) { c.groups = {NamedGroup{0xFFFF}}; }, ResultCode::ConfigurationFailed},
      {"no signature algorithm", [](ClientConfig& c) { c.signature_algorithms.clear(); },
       ResultCode::ConfigurationFailed},
      {"empty ALPN name", [](ClientConfig& c) { c.alpn = {""}; }, ResultCode::ConfigurationFailed},
      {"overlong ALPN name", [](ClientConfig& c) { c.alpn = {std::string(256, 'a')}; },
       ResultCode::ConfigurationFailed},
      {"overlong server name", [](ClientConfig& c) { c.peer_name = std::string(300, 'a'); },
       ResultCode::ConfigurationFailed},
  };
  for (const BadConfig& bad : cases) {
    SCOPED_TRACE(bad.why);
    ClientConfig config = client;
    bad.spoil(config);
    BufferTransport wire;
    const Result<Session> session = Session::client(config, wire, kNow);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, bad.code) << session.error().detail;
    EXPECT_FALSE(session.error().detail.empty());
  }
}

TEST_F(Options, ClientAuthenticationDoesNotGoWithAnonymousSuites) {
  server.client_authentication = ClientAuthentication::Always;
  server.cipher_suites.push_back(CipherSuite{0x00A6});  // TLS_DH_anon_WITH_AES_128_GCM_SHA256
  BufferTransport wire;
  const Result<Session> session = Session::server(server, wire, kNow);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ResultCode::BadConfiguration);
}

TEST_F(Options, AnonymousSuiteConnectsOnlyWhereBothEnableIt) {
  client.versions.max = server.versions.max = ProtocolVersion::Tls12;
  client.cipher_suites = server.cipher_suites = {CipherSuite{0x00A6}};
  server.identities.clear();
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TEST_F(Options, AcceptAnythingStillTellsWhatIsWrong) {
  client.roots = TestPki().roots();
  client.peer_name = "elsewhere.example.com";
  client.verification = Verification::AcceptAnything;
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_NE(pair.client.trust(), nullptr);
  EXPECT_EQ(pair.client.trust()->code(), ResultCode::NoRootCert);
  EXPECT_EQ(pair.client.trust()->violations.size(), 2U);
}

TEST_F(Options, ModuleThatDoesNotExistCannotBeAttached) {
  const Result<void> loaded = load_crypto_module("no-such-module");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ResultCode::ModuleAttach);
  EXPECT_TRUE(load_crypto_module("default"));
  EXPECT_FALSE(load_crypto_module(""));
}

TEST_F(Options, PeerNameNeedsABufferOfItsSize) {
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().server, ResultCode::Success);
  std::string small(14, ' ');
  std::string enough(15, ' ');
  for (const Session* session : {&pair.client, &pair.server}) {
    const Result<std::size_t> refused = session->copy_peer_name(small);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ResultCode::BufferOverflow);
    EXPECT_EQ(session->copy_peer_name(enough).value(), enough.size());
    EXPECT_EQ(enough, "www.example.com");
  }
}

TEST_F(Options, KeysAreLoggedOnlyOnRequest) {
  std::vector<std::string> lines;
  client.key_log = [&](std::string_view line) { lines.emplace_back(line); };
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_FALSE(lines.empty());
  EXPECT_TRUE(lines.front().starts_with("CLIENT_HANDSHAKE_TRAFFIC_SECRET") ||
              lines.front().starts_with("SERVER_HANDSHAKE_TRAFFIC_SECRET"))
      << lines.front().substr(0, 31);
}

class Renegotiation : public Options {
 protected:
  Renegotiation() {
    client.versions.max = server.versions.max = ProtocolVersion::Tls12;
    client.allow_renegotiation = server.allow_renegotiation = true;
  }

  /// Reads on both sides until all is quiet.
  static void settle(SessionPair& pair) {
    std::vector<std::uint8_t> buffer(64);
    for (int round = 0; round < 6; ++round) {
      pair.exchange();
      static_cast<void>(pair.server.read(buffer));
      pair.exchange();
      static_cast<void>(pair.client.read(buffer));
    }
  }
};

TEST_F(Renegotiation, StartedByTheClientCompletes) {
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::WouldBlock);
  EXPECT_EQ(pair.client.state(), SessionState::Handshake);
  settle(pair);
  EXPECT_EQ(pair.client.state(), SessionState::Connected) << pair.client.diagnosis().detail;
  EXPECT_EQ(pair.server.state(), SessionState::Connected) << pair.server.diagnosis().detail;
}

TEST_F(Renegotiation, StartedByTheServerCompletes) {
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.server.renegotiate()), ResultCode::Success);
  settle(pair);
  EXPECT_EQ(pair.client.state(), SessionState::Connected) << pair.client.diagnosis().detail;
  EXPECT_EQ(pair.server.state(), SessionState::Connected) << pair.server.diagnosis().detail;
}

TEST_F(Renegotiation, RefusedByTheServerIsPeerNoRenegotiation) {
  server.allow_renegotiation = false;
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::WouldBlock);
  settle(pair);
  EXPECT_EQ(pair.client.diagnosis().code, ResultCode::PeerNoRenegotiation);
}

TEST_F(Renegotiation, ServersMayAskThoughClientsMayNotBegin) {
  server.allow_renegotiation = false;
  for (const bool may_request : {false, true}) {
    server.may_request_renegotiation = may_request;
    SessionPair pair(client, server);
    ASSERT_EQ(pair.handshake().client, ResultCode::Success);
    const SessionSecrets before = pair.client.secrets();
    EXPECT_EQ(code_of(pair.server.renegotiate()), may_request ? ResultCode::Success : ResultCode::IllegalParam);
    settle(pair);
    EXPECT_EQ(pair.client.state(), SessionState::Connected) << pair.client.diagnosis().detail;
    EXPECT_EQ(pair.server.state(), SessionState::Connected) << pair.server.diagnosis().detail;
    EXPECT_EQ(pair.client.secrets().client_random != before.client_random, may_request) << "a handshake was run";
    EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::WouldBlock);
    settle(pair);
    EXPECT_EQ(pair.client.diagnosis().code, ResultCode::PeerNoRenegotiation);
  }
}

TEST_F(Renegotiation, IsNotPossibleInTls13OrWithoutLeave) {
  client.allow_renegotiation = false;
  SessionPair pair(client, server);
  EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::IllegalParam);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::IllegalParam);
  EXPECT_EQ(pair.client.state(), SessionState::Connected);
}

}  // namespace
}  // namespace securetransport::test
