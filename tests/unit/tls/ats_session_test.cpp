// SPDX-License-Identifier: Apache-2.0
// App Transport Security on a session: what it offers, what it refuses, and that no program can override it.
#include <gtest/gtest.h>

#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

class AtsSession : public testing::Test {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  AtsSession() {
    client.ats = AtsPolicy{};
    // The platform's own rules would speak first about weak keys and hashes.
    client.trust_policy = TrustPolicy::Rfc5280;
  }

  void serve(const CertificateSpec& leaf) { server.identities = {pki.identity(leaf)}; }

  void expect(ResultCode expected) {
    for (const ProtocolVersion version : {ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
      SCOPED_TRACE(to_string(version));
      server.versions = {version, version};
      SessionPair pair(client, server);
      const auto outcome = pair.handshake();
      EXPECT_EQ(outcome.client, expected) << pair.client.diagnosis().detail;
      EXPECT_EQ(pair.client.diagnosis().detected_by, DetectedBy::Ats);
      EXPECT_EQ(outcome.server, ResultCode::PeerCertUnknown) << "the table names alert 46";
    }
  }
};

TEST_F(AtsSession, AcceptsAServerThatKeepsTheRules) {
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::Success) << pair.client.diagnosis().detail;
}

TEST_F(AtsSession, RefusesASmallKey) {
  CertificateSpec leaf = leaf_spec();
  leaf.key = KeyKind::Rsa1024;
  serve(leaf);
  expect(ResultCode::ATSMinimumKeySizeViolation);
}

TEST_F(AtsSession, RefusesALeafSignedWithAWeakHash) {
  CertificateSpec leaf = leaf_spec();
  leaf.digest = "SHA1";
  serve(leaf);
  expect(ResultCode::ATSLeafCertificateHashAlgorithmViolation);
}

TEST_F(AtsSession, RefusesAnIssuerSignedWithAWeakHash) {
  CertificateSpec intermediate = intermediate_spec();
  intermediate.digest = "SHA1";
  pki.intermediate = issued_by(pki.root, intermediate);
  serve(leaf_spec());
  expect(ResultCode::ATSCertificateHashAlgorithmViolation);
}

TEST_F(AtsSession, RefusesWhatAProgramWouldAcceptWithoutLooking) {
  client.roots = TestPki().roots();
  client.verification = Verification::AcceptAnything;
  expect(ResultCode::ATSCertificateTrustViolation);
}

TEST_F(AtsSession, RefusesWhatAProgramAcceptedAtTheBreak) {
  client.roots = TestPki().roots();
  client.break_on_server_auth = true;
  for (const ProtocolVersion version : {ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
    SCOPED_TRACE(to_string(version));
    server.versions = {version, version};
    SessionPair pair(client, server);
    ASSERT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
    EXPECT_EQ(pair.handshake().client, ResultCode::ATSCertificateTrustViolation);
  }
}

TEST_F(AtsSession, RefusesAServerWithoutItsPin) {
  client.ats->leaf_pins = std::vector<Pin>{Pin{SpkiHash{}}};
  expect(ResultCode::ATSCertificateTrustViolation);
}

TEST_F(AtsSession, AcceptsAServerWithItsPin) {
  client.ats->leaf_pins = std::vector<Pin>{Pin{server.identities.front().chain().front().spki_sha256()}};
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::Success) << pair.client.diagnosis().detail;
}

TEST_F(AtsSession, GivesTheTrustCodeWhereNobodyOverrodeIt) {
  client.roots = TestPki().roots();
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::NoRootCert);
}

TEST_F(AtsSession, OffersNothingThatThePolicyForbids) {
  client.versions.min = ProtocolVersion::Tls10;
  client.cipher_suites.push_back(CipherSuite{0x002F});  // TLS_RSA_WITH_AES_128_CBC_SHA
  server.versions = {ProtocolVersion::Tls10, ProtocolVersion::Tls13};
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_NE(pair.server.client_hello(), nullptr);
  for (const ProtocolVersion version : pair.server.client_hello()->versions) EXPECT_GE(version, ProtocolVersion::Tls12);
  for (const CipherSuite suite : pair.server.client_hello()->cipher_suites) {
    EXPECT_NE(suite, CipherSuite{0x002F});
  }
}

TEST_F(AtsSession, WithoutAnAllowedSuiteCannotBegin) {
  client.cipher_suites = {CipherSuite{0x002F}};
  BufferTransport wire;
  const Result<Session> session = Session::client(client, wire, kNow);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ResultCode::BadCipherSuite);
}

}  // namespace
}  // namespace securetransport::test
