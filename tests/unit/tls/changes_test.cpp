// SPDX-License-Identifier: Apache-2.0
// What can be changed while a session is under way, and what servers and judging programs were given besides.
#include <gtest/gtest.h>

#include <algorithm>

#include "securetransport/core/diagnosis_text.hpp"
#include "securetransport/tls/presets.hpp"
#include "securetransport/tls/session_secrets.hpp"
#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

class Changes12And13 : public testing::TestWithParam<ProtocolVersion> {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  Changes12And13() { client.versions = server.versions = {GetParam(), GetParam()}; }

  [[nodiscard]] Identity expired() const {
    CertificateSpec spec = leaf_spec();
    spec.not_after = kNow - kDay;
    return pki.identity(spec);
  }
};

TEST_P(Changes12And13, IdentityCanBeReplacedAtTheClientHello) {
  server.identities = {expired()};
  server.break_on_client_hello = true;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().server, ResultCode::ClientHelloReceived);
  ASSERT_TRUE(pair.server.replace_identity(pki.server()));
  EXPECT_EQ(pair.handshake().client, ResultCode::Success);
}

TEST_P(Changes12And13, ProtocolsCanBeChosenAtTheClientHello) {
  client.alpn = {"h2"};
  server.break_on_client_hello = true;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().server, ResultCode::ClientHelloReceived);
  ASSERT_NE(pair.server.client_hello(), nullptr);
  EXPECT_EQ(pair.server.client_hello()->version, GetParam());
  ASSERT_TRUE(pair.server.use_alpn({"h2"}));
  EXPECT_FALSE(pair.server.use_alpn({""}));
  EXPECT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(pair.client.info().alpn, "h2");
}

TEST_P(Changes12And13, VerificationAfterTheBreakComesWithTheNextCall) {
  server.identities = {expired()};
  client.break_on_server_auth = true;
  client.verify_after_break = true;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(pair.handshake().client, ResultCode::CertExpired);
  EXPECT_EQ(code_of(pair.server.handshake()), ResultCode::PeerCertExpired);
}

TEST_P(Changes12And13, VerificationCanBeGivenUpBeforeThePeerIsJudged) {
  server.identities = {expired()};
  SessionPair pair(client, server);
  pair.client.use_verification(Verification::AcceptAnything);
  EXPECT_EQ(pair.handshake().client, ResultCode::Success);
}

TEST_P(Changes12And13, TrustedLeafIsAcceptedWhateverItsChainIs) {
  server.identities = {expired()};
  client.trusted_leaves = {server.identities.front().chain().front()};
  EXPECT_EQ(SessionPair(client, server).handshake().client, ResultCode::Success);
  client.trusted_leaves = {pki.server().chain().front()};
  EXPECT_EQ(SessionPair(client, server).handshake().client, ResultCode::CertExpired);
}

TEST_P(Changes12And13, ProgramThatRefusesThePeerChoosesTheAlert) {
  client.break_on_server_auth = true;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  ASSERT_TRUE(pair.client.close_with(Alert::CertificateRevoked));
  EXPECT_EQ(pair.client.state(), SessionState::Closed);
  pair.exchange();
  EXPECT_EQ(code_of(pair.server.handshake()), ResultCode::PeerCertRevoked);
}

TEST_P(Changes12And13, CertificateRequestNamesTheAuthorities) {
  const std::vector<std::uint8_t> name{0x30, 0x0C, 0x31, 0x0A, 0x30, 0x08, 0x06,
                                       0x03, 0x55, 0x04, 0x03, 0x0C, 0x01, 'A'};
  server.client_authentication = ClientAuthentication::Try;
  server.acceptable_issuers = {name};
  client.break_on_cert_requested = true;
  SessionPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::ClientCertRequested);
  EXPECT_EQ(pair.client.acceptable_issuers_der(), std::vector<std::vector<std::uint8_t>>{name});
  EXPECT_FALSE(pair.client.peer_signature_schemes().empty());
  server.acceptable_issuers = {{1, 2, 3}};
  BufferTransport wire;
  const Result<Session> refused = Session::server(server, wire, kNow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ResultCode::ConfigurationFailed);
}

INSTANTIATE_TEST_SUITE_P(Tls, Changes12And13, testing::Values(ProtocolVersion::Tls12, ProtocolVersion::Tls13),
                         [](const auto& param) { return param.param == ProtocolVersion::Tls12 ? "12" : "13"; });

TEST(RecordSplitting, FirstByteOfAWriteGoesAloneInTls10Only) {
  const TestPki pki;
  for (const ProtocolVersion version : {ProtocolVersion::Tls10, ProtocolVersion::Tls11}) {
    ClientConfig client = client_config(pki);
    ServerConfig server = server_config(pki);
    client.versions = server.versions = {version, version};
    client.split_first_byte = true;
    SessionPair pair(client, server);
    ASSERT_EQ(pair.handshake().client, ResultCode::Success);
    ASSERT_TRUE(pair.client.write(bytes_of("hello")));
    const std::vector<std::uint8_t> sent = pair.client_wire.take();
    const std::size_t first = 5U + (static_cast<std::size_t>(sent.at(3)) << 8) + sent.at(4);
    EXPECT_EQ(sent.size() > first, version == ProtocolVersion::Tls10);
  }
}

TEST(DhParameters, NonsenseIsRefused) {
  EXPECT_FALSE(check_dh_parameters(bytes_of("nonsense")));
  EXPECT_FALSE(check_dh_parameters({}));
}

TEST(Presets, OlderVersionsAreInThoseThatSaySo) {
  for (const char* const name : {"default", "standard", "ATSv1", "ATSv1_noPFS", "anonymous"}) {
    ASSERT_NE(find_preset(name), nullptr) << name;
    EXPECT_EQ(find_preset(name)->versions.min, ProtocolVersion::Tls12) << name;
  }
  for (const char* const name : {"legacy", "legacy_DHE", "RC4_fallback", "3DES_fallback", "TLSv1_fallback"}) {
    ASSERT_NE(find_preset(name), nullptr) << name;
    EXPECT_EQ(find_preset(name)->versions.min, ProtocolVersion::Tls10) << name;
  }
  EXPECT_EQ(find_preset("ATSv2"), nullptr);
  EXPECT_TRUE(find_preset("ATSv1")->ats);
  EXPECT_TRUE(find_preset("TLSv1_fallback")->send_fallback_scsv);
}

// From the IETF's TLS mailing list: P_SHA256.
TEST(Prf, AgreesWithThePublishedVector) {
  const std::vector<std::uint8_t> secret{0x9b, 0xbe, 0x43, 0x6b, 0xa9, 0x40, 0xf0, 0x17,
                                         0xb1, 0x76, 0x52, 0x84, 0x9a, 0x71, 0xdb, 0x35};
  const std::vector<std::uint8_t> seed{0xa0, 0xba, 0x9f, 0x93, 0x6c, 0xda, 0x31, 0x18,
                                       0x27, 0xa6, 0xf7, 0x96, 0xff, 0xd5, 0x19, 0x8c};
  std::vector<std::uint8_t> output(16);
  ASSERT_TRUE(tls_prf(ProtocolVersion::Tls12, CipherSuite{0xC02F}, secret, bytes_of("test label"), seed, output));
  EXPECT_EQ(output, (std::vector<std::uint8_t>{0xe3, 0xf2, 0x29, 0xba, 0x72, 0x7b, 0xe1, 0x7b, 0x8d, 0x12, 0x26, 0x20,
                                               0x55, 0x7c, 0xd4, 0x53}));
  EXPECT_FALSE(tls_prf(ProtocolVersion::Tls13, CipherSuite{0x1301}, secret, seed, seed, output));
}

TEST(DiagnosisText, BeginsWithTheCode) {
  Diagnosis diagnosis;
  diagnosis.code = ResultCode::CertExpired;
  diagnosis.detail = "It is over.";
  diagnosis.notes = {"a note"};
  EXPECT_EQ(text_of(diagnosis), "errSSLCertExpired (-9814): It is over.\n  phase: none\n  note: a note");
  diagnosis.code = ResultCode{-36};
  EXPECT_TRUE(text_of(diagnosis).starts_with("status -36: "));
}

}  // namespace
}  // namespace securetransport::test
