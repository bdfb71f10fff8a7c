// SPDX-License-Identifier: Apache-2.0
// Servers that ask for certificates: a client that comes back is resumed with what was found out about it, but only
// where it would be judged in the same way.
#include <gtest/gtest.h>

#include <functional>

#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

using namespace std::chrono_literals;

class JudgedClients : public testing::TestWithParam<ProtocolVersion> {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  JudgedClients() {
    client.versions = server.versions = {GetParam(), GetParam()};
    client.session_cache = std::make_shared<SessionCache>();
    client.identity = pki.client();
    server.session_cache = std::make_shared<SessionCache>();
    server.client_authentication = ClientAuthentication::Always;
  }

  /// Drives both sides past the server's break, and a byte to the client, which brings the TLS 1.3 ticket along.
  static void finish(SessionPair& pair) {
    SessionPair::Outcome outcome = pair.handshake();
    if (outcome.server == ResultCode::PeerAuthCompleted) outcome = pair.handshake();
    ASSERT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
    ASSERT_TRUE(pair.server.write(bytes_of("x")));
    pair.exchange();
    std::vector<std::uint8_t> buffer(8);
    ASSERT_TRUE(pair.client.read(buffer)) << pair.client.diagnosis().detail;
  }

  /// Whether the connection was resumed.
  bool connect(std::chrono::sys_seconds now = kNow) {
    SessionPair pair(client, server, now);
    finish(pair);
    EXPECT_EQ(pair.client.info().resumed, pair.server.info().resumed);
    return pair.server.info().resumed;
  }
};

TEST_P(JudgedClients, AreResumedWithTheirChainAndItsJudgement) {
  EXPECT_FALSE(connect());
  for (int time = 0; time < 3; ++time) {
    SessionPair pair(client, server);
    finish(pair);
    EXPECT_TRUE(pair.server.info().resumed);
    EXPECT_EQ(pair.server.peer_chain(), client.identity->chain());
    ASSERT_NE(pair.server.trust(), nullptr);
    EXPECT_TRUE(pair.server.trust()->trusted());
  }
}

TEST_P(JudgedClients, GetNoTicketThatTheServerDoesNotKeep) {
  server.session_cache.reset();
  server.session_tickets = true;
  EXPECT_FALSE(connect());
  EXPECT_FALSE(connect());
}

TEST_P(JudgedClients, AreJudgedAnewWhereTheJudgementIsAnother) {
  const std::vector<std::pair<const char*, std::function<void(ServerConfig&)>>> changes{
      {"roots",
       [&](auto& config) { config.roots = RootStore::system_and(Certificate::from_pem(pki.root.pem()).value()); }},
      {"policy", [](auto& config) { config.trust_policy = TrustPolicy::Rfc5280; }},
      {"verification", [](auto& config) { config.verification = Verification::AcceptAnything; }},
      {"trusted leaf", [&](auto& config) { config.trusted_leaves = {client.identity->chain().front()}; }},
      {"program", [](auto& config) { config.break_on_client_auth = true; }},
      {"both", [](auto& config) { config.break_on_client_auth = config.verify_after_break = true; }},
      {"peer id", [](auto& config) { config.peer_id = "another program"; }},
      {"demand", [](auto& config) { config.client_authentication = ClientAuthentication::Try; }},
      {"no demand", [](auto& config) { config.client_authentication = ClientAuthentication::Never; }},
  };
  const ServerConfig original = server;
  for (const auto& [what, change] : changes) {
    SCOPED_TRACE(what);
    server = original;
    connect();
    change(server);
    EXPECT_FALSE(connect()) << "the other server resumed it";
    EXPECT_TRUE(connect()) << "the other server does not resume its own";
    server = original;
    EXPECT_FALSE(connect()) << "this server resumed what the other kept";
  }
}

TEST_P(JudgedClients, EndWithTheirCertificates) {
  CertificateSpec spec = leaf_spec({});
  spec.extended_key_usage = "clientAuth";
  spec.not_after = kNow + 1h;
  client.identity = pki.identity(spec);
  EXPECT_FALSE(connect());
  EXPECT_TRUE(connect(kNow + 59min));
  SessionPair pair(client, server, kNow + 61min);
  EXPECT_EQ(pair.handshake().server, ResultCode::CertExpired);
}

TEST_P(JudgedClients, EndAfterADayHoweverOftenTheyCameBack) {
  EXPECT_FALSE(connect());
  EXPECT_TRUE(connect(kNow + 12h));
  EXPECT_TRUE(connect(kNow + 23h));
  EXPECT_FALSE(connect(kNow + 25h));
}

TEST_P(JudgedClients, AreKeptWhenTheProgramHasAccepted) {
  server.break_on_client_auth = true;
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(server.session_cache->size(), 0U);
  finish(pair);
  EXPECT_EQ(server.session_cache->size(), 1U);
  EXPECT_TRUE(connect());
}

TEST_P(JudgedClients, AreNotKeptWhenTheProgramRefuses) {
  server.break_on_client_auth = true;
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
  static_cast<void>(pair.server.close());
  EXPECT_EQ(server.session_cache->size(), 0U);
}

TEST_P(JudgedClients, AreNotKeptWhenTheyAreNotTrusted) {
  server.roots = TestPki().roots();
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().server, ResultCode::NoRootCert);
  EXPECT_EQ(server.session_cache->size(), 0U);
}

TEST_P(JudgedClients, WithoutCertificatesAreResumedAsSuch) {
  server.client_authentication = ClientAuthentication::Try;
  client.identity.reset();
  EXPECT_FALSE(connect());
  SessionPair pair(client, server);
  finish(pair);
  EXPECT_TRUE(pair.server.info().resumed);
  EXPECT_TRUE(pair.server.peer_chain().empty());
}

INSTANTIATE_TEST_SUITE_P(Tls, JudgedClients, testing::Values(ProtocolVersion::Tls12, ProtocolVersion::Tls13),
                         [](const auto& param) {
                           return param.param == ProtocolVersion::Tls12 ? std::string("TLS12") : std::string("TLS13");
                         });

}  // namespace
}  // namespace securetransport::test
