// SPDX-License-Identifier: Apache-2.0
// Our client against our server: every version of TLS and DTLS, every way to be authenticated.
#include <gtest/gtest.h>

#include "unit/tls/datagram_pair.hpp"

namespace securetransport::test {
namespace {

/// A version, and sessions that talk over what it is made for.
template <ProtocolVersion Version, class PairOfSessions>
struct Over {
  static constexpr ProtocolVersion kVersion = Version;
  using Pair = PairOfSessions;
};

template <class Kind>
class EveryVersion : public testing::Test {
 protected:
  using Pair = typename Kind::Pair;
  static constexpr ProtocolVersion kVersion = Kind::kVersion;

  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  EveryVersion() {
    if (is_datagram(kVersion)) {
      client = over_datagrams(client, kVersion);
      server = over_datagrams(server, kVersion);
      return;
    }
    client.versions = server.versions = {kVersion, kVersion};
    if (kVersion < ProtocolVersion::Tls12) {
      client.cipher_suites.push_back(CipherSuite{0x002F});
      server.cipher_suites = client.cipher_suites;
    }
  }
};

struct VersionNames {
  template <class Kind>
  static std::string GetName(int /*index*/) {
    std::string name = to_string(Kind::kVersion);
    std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
    return name;
  }
};

using Versions =
    testing::Types<Over<ProtocolVersion::Tls10, SessionPair>, Over<ProtocolVersion::Tls11, SessionPair>,
                   Over<ProtocolVersion::Tls12, SessionPair>, Over<ProtocolVersion::Tls13, SessionPair>,
                   Over<ProtocolVersion::Dtls10, DatagramPair>, Over<ProtocolVersion::Dtls12, DatagramPair>>;
TYPED_TEST_SUITE(EveryVersion, Versions, VersionNames);

TYPED_TEST(EveryVersion, ConnectsAndCarriesDataBothWays) {
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  ASSERT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  ASSERT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  EXPECT_EQ(pair.client.state(), SessionState::Connected);
  EXPECT_EQ(pair.client.info().version, this->kVersion);
  EXPECT_EQ(pair.server.info().version, this->kVersion);
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

TYPED_TEST(EveryVersion, CloseNotifyEndsTheOtherSideInOrder) {
  typename TestFixture::Pair pair(this->client, this->server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_EQ(code_of(pair.client.close()), ResultCode::Success);
  pair.exchange();
  std::vector<std::uint8_t> buffer(64);
  EXPECT_EQ(code_of(pair.server.read(buffer)), ResultCode::ClosedGraceful);
  EXPECT_EQ(pair.server.state(), SessionState::Closed);
}

TYPED_TEST(EveryVersion, ServerDemandingAClientCertificateGetsIt) {
  this->server.client_authentication = ClientAuthentication::Always;
  this->client.identity = this->pki.client();
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  ASSERT_EQ(pair.server.peer_chain().size(), 2U);
  EXPECT_EQ(pair.server.peer_chain().front().subject(), "CN=a client");
}

TYPED_TEST(EveryVersion, UntrustedServerIsRefusedBeforeAnythingOfTheClientLeaves) {
  this->client.roots = TestPki().roots();
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::NoRootCert);
  EXPECT_EQ(outcome.server, ResultCode::PeerUnknownCA);
  EXPECT_EQ(pair.client.diagnosis().phase, Phase::Certificate);
  EXPECT_EQ(pair.client.diagnosis().detected_by, DetectedBy::Trust);
}

TYPED_TEST(EveryVersion, ServerOfAnotherNameLearnsWhy) {
  this->client.peer_name = "other.example.com";
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::HostNameMismatch);
  EXPECT_EQ(outcome.server, ResultCode::PeerCertUnknown);
}

TYPED_TEST(EveryVersion, ServerAuthBreakLetsTheProgramAccept) {
  this->client.break_on_server_auth = true;
  this->client.roots = TestPki().roots();  // Not trusted by itself: the program decides.
  typename TestFixture::Pair pair(this->client, this->server);
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(pair.client.state(), SessionState::Handshake);
  EXPECT_EQ(pair.client.peer_chain().size(), 2U);
  EXPECT_EQ(pair.client.trust(), nullptr);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success);
}

TYPED_TEST(EveryVersion, ClosingAtTheServerAuthBreakTellsTheServerCertificateUnknown) {
  this->client.break_on_server_auth = true;
  typename TestFixture::Pair pair(this->client, this->server);
  ASSERT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(code_of(pair.client.close()), ResultCode::Success);
  EXPECT_EQ(pair.client.state(), SessionState::Closed);
  pair.exchange();
  EXPECT_EQ(code_of(pair.server.handshake()), ResultCode::PeerCertUnknown);
}

TYPED_TEST(EveryVersion, BothClientBreaksComeInTheOrderRequestThenServer) {
  this->client.break_on_server_auth = true;
  this->client.break_on_cert_requested = true;
  this->server.client_authentication = ClientAuthentication::Always;
  typename TestFixture::Pair pair(this->client, this->server);
  EXPECT_EQ(pair.handshake().client, ResultCode::ClientCertRequested);
  ASSERT_TRUE(pair.client.use_identity(this->pki.client()));
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TYPED_TEST(EveryVersion, ClientHelloBreakLetsTheServerChooseItsIdentity) {
  this->server.break_on_client_hello = true;
  this->server.identities.clear();
  typename TestFixture::Pair pair(this->client, this->server);
  EXPECT_EQ(pair.handshake().server, ResultCode::ClientHelloReceived);
  ASSERT_NE(pair.server.client_hello(), nullptr);
  EXPECT_EQ(pair.server.client_hello()->server_name, "www.example.com");
  ASSERT_TRUE(pair.server.use_identity(this->pki.server()));
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TYPED_TEST(EveryVersion, ClientAuthBreakComesOnceAndBeforeTheServerIsConnected) {
  this->server.client_authentication = ClientAuthentication::Try;
  this->server.break_on_client_auth = true;
  for (const bool has_certificate : {false, true}) {
    SCOPED_TRACE(has_certificate ? "with a certificate" : "without a certificate");
    this->client.identity.reset();
    if (has_certificate) this->client.identity = this->pki.client();
    typename TestFixture::Pair pair(this->client, this->server);
    EXPECT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
    EXPECT_NE(pair.server.state(), SessionState::Connected);
    EXPECT_EQ(pair.server.peer_chain().empty(), !has_certificate);
    EXPECT_EQ(pair.handshake().server, ResultCode::Success);
    EXPECT_EQ(pair.server.state(), SessionState::Connected);
  }
}

TYPED_TEST(EveryVersion, ClosingAtTheClientAuthBreakTellsTheClientCertificateUnknown) {
  this->server.client_authentication = ClientAuthentication::Try;
  this->server.break_on_client_auth = true;
  this->client.identity = this->pki.client();
  typename TestFixture::Pair pair(this->client, this->server);
  ASSERT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(code_of(pair.server.close()), ResultCode::Success);
  pair.exchange();
  std::vector<std::uint8_t> buffer(16);
  static_cast<void>(pair.client.handshake());
  static_cast<void>(pair.client.read(buffer));
  // The break of a TLS 1.3 server comes after Finished, when OpenSSL sends no alert but close_notify.
  EXPECT_EQ(pair.client.diagnosis().code,
            this->kVersion == ProtocolVersion::Tls13 ? ResultCode::ClosedGraceful : ResultCode::PeerCertUnknown);
}

TYPED_TEST(EveryVersion, ServerRefusesAClientItDoesNotTrust) {
  this->server.client_authentication = ClientAuthentication::Try;
  this->client.identity = TestPki().client();
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::NoRootCert);
  EXPECT_NE(pair.server.state(), SessionState::Connected);
}

TYPED_TEST(EveryVersion, ServerThatDemandsACertificateSaysSo) {
  this->server.client_authentication = ClientAuthentication::Always;
  typename TestFixture::Pair pair(this->client, this->server);
  EXPECT_EQ(pair.handshake().server, ResultCode::CertificateRequired);
  std::vector<std::uint8_t> buffer(16);
  pair.exchange();
  const ResultCode client_code = code_of(pair.client.read(buffer));
  // RFC 8446 section 4.4.2.4: certificate_required; before TLS 1.3, RFC 5246 section 7.4.6: handshake_failure,
  // which the client may meet in its handshake call already.
  if (this->kVersion == ProtocolVersion::Tls13) {
    EXPECT_EQ(client_code, ResultCode::CertificateRequired);
  } else {
    EXPECT_EQ(pair.client.diagnosis().code, ResultCode::PeerHandshakeFail);
  }
}

TYPED_TEST(EveryVersion, ServerWithoutIdentityIsNotSetUp) {
  this->server.identities.clear();
  typename TestFixture::Pair pair(this->client, this->server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::BadConfiguration);
  EXPECT_EQ(outcome.client, ResultCode::PeerInternalError);
}

}  // namespace
}  // namespace securetransport::test
