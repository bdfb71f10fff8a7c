// SPDX-License-Identifier: Apache-2.0
// Our client against our server: every version, every way to be authenticated.
#include <gtest/gtest.h>

#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

struct VersionCase {
  ProtocolVersion version;
};

void PrintTo(const VersionCase& c, std::ostream* out) { *out << to_string(c.version); }

class EveryVersion : public testing::TestWithParam<VersionCase> {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  EveryVersion() {
    client.versions = server.versions = {GetParam().version, GetParam().version};
    if (GetParam().version < ProtocolVersion::Tls12) {
      client.cipher_suites.push_back(CipherSuite{0x002F});
      server.cipher_suites = client.cipher_suites;
    }
  }
};

TEST_P(EveryVersion, ConnectsAndCarriesDataBothWays) {
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  ASSERT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  ASSERT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  EXPECT_EQ(pair.client.state(), SessionState::Connected);
  EXPECT_EQ(pair.client.info().version, GetParam().version);
  EXPECT_EQ(pair.server.info().version, GetParam().version);
  EXPECT_EQ(pair.client.info().cipher_suite, pair.server.info().cipher_suite);
  EXPECT_EQ(pair.client.info().group, "x25519");
  ASSERT_NE(pair.client.trust(), nullptr);
  EXPECT_TRUE(pair.client.trust()->trusted());

  const auto question = bytes_of("ping");
  EXPECT_EQ(pair.client.write(question)->bytes, question.size());
  pair.exchange();
  std::vector<std::uint8_t> buffer(64);
  EXPECT_EQ(pair.server.read(buffer)->bytes, question.size());
  EXPECT_EQ(pair.server.write(bytes_of("pong!"))->bytes, 5U);
  pair.exchange();
  EXPECT_EQ(pair.client.read(buffer)->bytes, 5U);
}

TEST_P(EveryVersion, CloseNotifyEndsTheOtherSideInOrder) {
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_EQ(code_of(pair.client.close()), ResultCode::Success);
  pair.exchange();
  std::vector<std::uint8_t> buffer(64);
  EXPECT_EQ(code_of(pair.server.read(buffer)), ResultCode::ClosedGraceful);
  EXPECT_EQ(pair.server.state(), SessionState::Closed);
}

TEST_P(EveryVersion, ServerDemandingAClientCertificateGetsIt) {
  server.client_authentication = ClientAuthentication::Always;
  client.identity = pki.client();
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  ASSERT_EQ(pair.server.peer_chain().size(), 2U);
  EXPECT_EQ(pair.server.peer_chain().front().subject(), "CN=a client");
}

TEST_P(EveryVersion, UntrustedServerIsRefusedBeforeAnythingOfTheClientLeaves) {
  client.roots = TestPki().roots();
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::NoRootCert);
  EXPECT_EQ(outcome.server, ResultCode::PeerUnknownCA);
  EXPECT_EQ(pair.client.diagnosis().phase, Phase::Certificate);
  EXPECT_EQ(pair.client.diagnosis().detected_by, DetectedBy::Trust);
}

TEST_P(EveryVersion, ServerAuthBreakLetsTheProgramAccept) {
  client.break_on_server_auth = true;
  client.roots = TestPki().roots();  // Not trusted by itself: the program decides.
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(pair.client.state(), SessionState::Handshake);
  EXPECT_EQ(pair.client.peer_chain().size(), 2U);
  EXPECT_EQ(pair.client.trust(), nullptr);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success);
}

TEST_P(EveryVersion, ClosingAtTheServerAuthBreakTellsTheServerCertificateUnknown) {
  client.break_on_server_auth = true;
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(code_of(pair.client.close()), ResultCode::Success);
  EXPECT_EQ(pair.client.state(), SessionState::Closed);
  pair.exchange();
  EXPECT_EQ(code_of(pair.server.handshake()), ResultCode::PeerCertUnknown);
}

TEST_P(EveryVersion, BothClientBreaksComeInTheOrderRequestThenServer) {
  client.break_on_server_auth = true;
  client.break_on_cert_requested = true;
  server.client_authentication = ClientAuthentication::Always;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::ClientCertRequested);
  ASSERT_TRUE(pair.client.use_identity(pki.client()));
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TEST_P(EveryVersion, ClientHelloBreakLetsTheServerChooseItsIdentity) {
  server.break_on_client_hello = true;
  server.identities.clear();
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().server, ResultCode::ClientHelloReceived);
  ASSERT_NE(pair.server.client_hello(), nullptr);
  EXPECT_EQ(pair.server.client_hello()->server_name, "www.example.com");
  ASSERT_TRUE(pair.server.use_identity(pki.server()));
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TEST_P(EveryVersion, ClientAuthBreakComesOnceAndBeforeTheServerIsConnected) {
  server.client_authentication = ClientAuthentication::Try;
  server.break_on_client_auth = true;
  for (const bool has_certificate : {false, true}) {
    SCOPED_TRACE(has_certificate ? "with a certificate" : "without a certificate");
    client.identity.reset();
    if (has_certificate) client.identity = pki.client();
    SessionPair pair(client, server);
    EXPECT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
    EXPECT_NE(pair.server.state(), SessionState::Connected);
    EXPECT_EQ(pair.server.peer_chain().empty(), !has_certificate);
    EXPECT_EQ(pair.handshake().server, ResultCode::Success);
    EXPECT_EQ(pair.server.state(), SessionState::Connected);
  }
}

TEST_P(EveryVersion, ServerRefusesAClientItDoesNotTrust) {
  server.client_authentication = ClientAuthentication::Try;
  client.identity = TestPki().client();
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::NoRootCert);
  EXPECT_NE(pair.server.state(), SessionState::Connected);
}

TEST_P(EveryVersion, ServerThatDemandsACertificateSaysSo) {
  server.client_authentication = ClientAuthentication::Always;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().server, ResultCode::CertificateRequired);
  std::vector<std::uint8_t> buffer(16);
  pair.exchange();
  const ResultCode client_code = code_of(pair.client.read(buffer));
  // RFC 8446 section 4.4.2.4: certificate_required; before TLS 1.3, RFC 5246 section 7.4.6: handshake_failure,
  // which the client may meet in its handshake call already.
  if (GetParam().version == ProtocolVersion::Tls13) {
    EXPECT_EQ(client_code, ResultCode::CertificateRequired);
  } else {
    EXPECT_EQ(pair.client.diagnosis().code, ResultCode::PeerHandshakeFail);
  }
}

TEST_P(EveryVersion, ServerWithoutIdentityIsNotSetUp) {
  server.identities.clear();
  SessionPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::BadConfiguration);
  EXPECT_EQ(outcome.client, ResultCode::PeerInternalError);
}

INSTANTIATE_TEST_SUITE_P(Tls, EveryVersion,
                         testing::Values(VersionCase{ProtocolVersion::Tls10}, VersionCase{ProtocolVersion::Tls11},
                                         VersionCase{ProtocolVersion::Tls12}, VersionCase{ProtocolVersion::Tls13}),
                         [](const auto& param) {
                           std::string name = to_string(param.param.version);
                           std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                           return name;
                         });

}  // namespace
}  // namespace securetransport::test
