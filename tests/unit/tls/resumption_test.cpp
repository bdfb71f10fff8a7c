// SPDX-License-Identifier: Apache-2.0
// Sessions resumed from a cache, required or merely offered, and pre-shared keys.
#include <gtest/gtest.h>

#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

class Resumption12And13 : public testing::TestWithParam<ProtocolVersion> {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  Resumption12And13() {
    client.versions = server.versions = {GetParam(), GetParam()};
    client.session_cache = std::make_shared<SessionCache>();
    server.session_tickets = true;
  }

  /// One connection with a byte from the server, which brings the TLS 1.3 ticket along; true if it was resumed.
  /// With an id, the client changes its own to that one before the handshake.
  testing::AssertionResult connect(const char* later_id = nullptr) {
    SessionPair pair(client, server);
    if (later_id != nullptr) pair.client.use_peer_id(later_id);
    const auto outcome = pair.handshake();
    if (outcome.client != ResultCode::Success) return testing::AssertionFailure() << pair.client.diagnosis().detail;
    if (!pair.server.write(bytes_of("x"))) return testing::AssertionFailure() << pair.server.diagnosis().detail;
    pair.exchange();
    std::vector<std::uint8_t> buffer(8);
    if (!pair.client.read(buffer)) return testing::AssertionFailure() << pair.client.diagnosis().detail;
    if (pair.client.peer_chain().size() != 2) return testing::AssertionFailure() << "the chain is lost";
    if (!pair.client.trust() || !pair.client.trust()->trusted()) return testing::AssertionFailure() << "not trusted";
    if (!pair.client.info().resumed) return testing::AssertionFailure() << "a full handshake";
    return testing::AssertionSuccess();
  }
};

TEST_P(Resumption12And13, SecondConnectionIsResumedAndKeepsTheJudgement) {
  EXPECT_FALSE(connect());
  EXPECT_EQ(client.session_cache->size(), 1U);
  EXPECT_TRUE(connect());
}

TEST_P(Resumption12And13, AnotherNameRootStoreOrPolicyIsNotServedFromTheCache) {
  server.identities = {pki.server({"DNS:www.example.com", "DNS:other.example.com"})};
  ASSERT_FALSE(connect());
  const auto original = client;
  client.peer_name = "other.example.com";
  EXPECT_FALSE(connect());
  client = original;
  client.roots = RootStore::system_and(Certificate::from_pem(pki.root.pem()).value());
  EXPECT_FALSE(connect());
  client = original;
  client.peer_id = "another program";
  EXPECT_FALSE(connect());
}

TEST_P(Resumption12And13, PeerIdChangedOnTheWayIsTheOneThatFindsTheSession) {
  client.peer_id = "before";
  ASSERT_FALSE(connect("after"));
  client.peer_id = "after";
  EXPECT_TRUE(connect());
  client.peer_id = "before";
  EXPECT_FALSE(connect());
}

TEST_P(Resumption12And13, OnePolicyIsNotServedWhatAnotherAccepted) {
  for (const TrustPolicy policy : {TrustPolicy::Rfc5280, TrustPolicy::WebPki, TrustPolicy::Apple}) {
    client.trust_policy = policy;
    EXPECT_FALSE(connect()) << static_cast<int>(policy);
    EXPECT_TRUE(connect()) << static_cast<int>(policy);
  }
}

TEST_P(Resumption12And13, AnotherStoreWithTheSameRootsIsServedFromTheCache) {
  ASSERT_FALSE(connect());
  client.roots = pki.roots();
  EXPECT_TRUE(connect());
}

TEST_P(Resumption12And13, ServerWithACacheNeedsNoTickets) {
  server.session_tickets = false;
  client.session_tickets = false;
  server.session_cache = std::make_shared<SessionCache>();
  EXPECT_FALSE(connect());
  EXPECT_EQ(server.session_cache->size(), 1U);
  EXPECT_TRUE(connect());
  server.session_cache->clear();
  EXPECT_FALSE(connect());
}

TEST_P(Resumption12And13, SessionIsForgottenAfterItsLifetime) {
  client.session_lifetime = std::chrono::seconds(0);
  EXPECT_FALSE(connect());
  EXPECT_FALSE(connect());
}

TEST_P(Resumption12And13, UntrustedServerLeavesNothingInTheCache) {
  client.roots = TestPki().roots();
  EXPECT_FALSE(connect());
  EXPECT_EQ(client.session_cache->size(), 0U);
}

TEST_P(Resumption12And13, RequiredSessionThatTheCacheLacksIsSessionNotFound) {
  client.resumption = Resumption::Require;
  SessionPair pair(client, server);
  EXPECT_EQ(code_of(pair.client.handshake()), ResultCode::SessionNotFound);
  EXPECT_TRUE(pair.client_wire.take().empty()) << "nothing may be sent";
}

INSTANTIATE_TEST_SUITE_P(Tls, Resumption12And13, testing::Values(ProtocolVersion::Tls12, ProtocolVersion::Tls13),
                         [](const auto& param) {
                           return param.param == ProtocolVersion::Tls12 ? std::string("TLS12") : std::string("TLS13");
                         });

class PreSharedKeys : public testing::TestWithParam<ProtocolVersion> {
 protected:
  ClientConfig client;
  ServerConfig server;
  const PreSharedKey key{"device 7", std::vector<std::uint8_t>(32, 0x5a)};

  PreSharedKeys() {
    client.versions = server.versions = {GetParam(), GetParam()};
    client.cipher_suites = {CipherSuite{0x1301}, CipherSuite{0x00A8}};  // TLS_PSK_WITH_AES_128_GCM_SHA256
    server.cipher_suites = client.cipher_suites;
    server.psks = {key};
  }
};

TEST_P(PreSharedKeys, ConnectWithoutAnyCertificate) {
  client.psk = key;
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  EXPECT_TRUE(pair.client.peer_chain().empty());
}

TEST_P(PreSharedKeys, UnknownIdentityHasItsCodeOnBothSides) {
  client.psk = PreSharedKey{"device 8", key.key};
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::UnknownPSKIdentity);
  EXPECT_EQ(outcome.client, ResultCode::UnknownPSKIdentity);
}

TEST_P(PreSharedKeys, WrongKeyNeverConnects) {
  client.psk = PreSharedKey{"device 7", std::vector<std::uint8_t>(32, 0x5b)};
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_NE(outcome.client, ResultCode::Success);
  EXPECT_NE(outcome.server, ResultCode::Success);
}

INSTANTIATE_TEST_SUITE_P(Tls, PreSharedKeys, testing::Values(ProtocolVersion::Tls12, ProtocolVersion::Tls13),
                         [](const auto& param) {
                           return param.param == ProtocolVersion::Tls12 ? std::string("TLS12") : std::string("TLS13");
                         });

}  // namespace
}  // namespace securetransport::test
