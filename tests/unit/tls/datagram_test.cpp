// SPDX-License-Identifier: Apache-2.0
// Datagram sessions on a good network: what is different from a stream.
#include <gtest/gtest.h>

#include "unit/tls/datagram_pair.hpp"

namespace securetransport::test {
namespace {

class Datagrams12And10 : public testing::TestWithParam<ProtocolVersion> {
 protected:
  TestPki pki;
  ClientConfig client = over_datagrams(client_config(pki), GetParam());
  ServerConfig server = over_datagrams(server_config(pki), GetParam());
};

TEST_P(Datagrams12And10, ConnectAndKeepTheBoundariesOfWrites) {
  DatagramPair pair(client, server);
  const auto outcome = pair.handshake();
  ASSERT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  ASSERT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  EXPECT_EQ(outcome.rounds, 0) << "nothing was lost";
  EXPECT_EQ(pair.client.info().version, GetParam());
  EXPECT_EQ(pair.server.info().version, GetParam());
  ASSERT_NE(pair.client.trust(), nullptr);
  EXPECT_TRUE(pair.client.trust()->trusted());
  EXPECT_FALSE(pair.client.next_timeout());
  EXPECT_FALSE(pair.server.next_timeout());

  for (const std::size_t size : {1U, 500U, 16384U}) {
    ASSERT_EQ(pair.client.write(std::vector<std::uint8_t>(size))->bytes, size);
  }
  EXPECT_EQ(pair.carried + 3, pair.carried + pair.client_wire.take().size()) << "one datagram a write";
  for (const std::size_t size : {1U, 500U, 16384U}) {
    ASSERT_EQ(pair.client.write(std::vector<std::uint8_t>(size))->bytes, size);
  }
  pair.exchange();
  std::vector<std::uint8_t> buffer(20'000);
  for (const std::size_t size : {1U, 500U, 16384U}) EXPECT_EQ(pair.server.read(buffer)->bytes, size);
  EXPECT_EQ(code_of(pair.server.read(buffer)), ResultCode::WouldBlock);
}

TEST_P(Datagrams12And10, ReadsOfASmallBufferContinueTheDatagram) {
  DatagramPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  ASSERT_TRUE(pair.server.write(bytes_of("abcdefgh")));
  ASSERT_TRUE(pair.server.write(bytes_of("ij")));
  pair.exchange();
  std::vector<std::uint8_t> buffer(5);
  EXPECT_EQ(pair.client.read(buffer)->bytes, 5U);
  EXPECT_EQ(pair.client.buffered(), 3U);
  EXPECT_EQ(pair.client.read(buffer)->bytes, 3U);
  EXPECT_EQ(pair.client.read(buffer)->bytes, 2U);
}

TEST_P(Datagrams12And10, RefuseDataThatNoRecordHolds) {
  DatagramPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.write(std::vector<std::uint8_t>(16385))), ResultCode::IllegalParam);
  EXPECT_EQ(pair.client.write(std::vector<std::uint8_t>(16384))->bytes, 16384U);
}

TEST_P(Datagrams12And10, UntrustedServerLearnsWhy) {
  client.roots = TestPki().roots();
  DatagramPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::NoRootCert);
  EXPECT_EQ(outcome.server, ResultCode::PeerUnknownCA);
  EXPECT_EQ(pair.client.diagnosis().phase, Phase::Certificate);
  EXPECT_EQ(pair.client.diagnosis().detected_by, DetectedBy::Trust);
  EXPECT_EQ(pair.carried, 3U) << "a ClientHello, a flight of the server's, and the alert";
}

TEST_P(Datagrams12And10, UntrustedClientLearnsWhy) {
  server.client_authentication = ClientAuthentication::Try;
  client.identity = TestPki().client();
  DatagramPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::NoRootCert);
  EXPECT_EQ(outcome.client, ResultCode::PeerUnknownCA);
}

TEST_P(Datagrams12And10, ServerAuthBreakStopsBeforeAnythingOfTheClientLeaves) {
  client.break_on_server_auth = true;
  client.roots = TestPki().roots();
  DatagramPair pair(client, server);
  EXPECT_EQ(pair.handshake().client, ResultCode::PeerAuthCompleted);
  EXPECT_EQ(pair.client.peer_chain().size(), 2U);
  EXPECT_FALSE(pair.client.next_timeout()) << "nobody waits for the server, however long the program thinks";
  EXPECT_EQ(code_of(pair.client.handle_timeout()), ResultCode::PeerAuthCompleted);
  EXPECT_TRUE(pair.client_wire.take().empty());
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
}

TEST_P(Datagrams12And10, FlightsAreCutIntoDatagramsOfTheMaximumSize) {
  server.client_authentication = ClientAuthentication::Always;
  for (const KeyKind kind : {KeyKind::EcP256, KeyKind::EcP521, KeyKind::Rsa2048}) {
    CertificateSpec spec = leaf_spec({});
    spec.extended_key_usage = "clientAuth";
    spec.key = kind;
    client.identity = pki.identity(spec);
    // Where a flight is cut decides how full its last datagram is.
    for (std::size_t size = 256; size < 312; ++size) {
      client.maximum_datagram_size = server.maximum_datagram_size = size;
      DatagramPair pair(client, server);
      pair.network = [&](Datagrams sent, std::size_t) {
        for (const Datagram& datagram : sent) EXPECT_LE(datagram.size(), size);
        return sent;
      };
      const auto outcome = pair.handshake();
      EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
      EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
      EXPECT_GT(pair.carried, 8U);
    }
  }
}

TEST_P(Datagrams12And10, AreResumedFromACache) {
  client.session_cache = std::make_shared<SessionCache>();
  server.session_tickets = true;
  ASSERT_EQ(DatagramPair(client, server).handshake().client, ResultCode::Success);
  EXPECT_EQ(client.session_cache->size(), 1U);
  DatagramPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
  EXPECT_TRUE(pair.client.info().resumed);
  EXPECT_EQ(pair.client.peer_chain().size(), 2U);
}

TEST_P(Datagrams12And10, AreNotRenegotiated) {
  client.allow_renegotiation = server.allow_renegotiation = true;
  DatagramPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.renegotiate()), ResultCode::IllegalParam);
  EXPECT_EQ(code_of(pair.server.renegotiate()), ResultCode::IllegalParam);
}

INSTANTIATE_TEST_SUITE_P(Dtls, Datagrams12And10, testing::Values(ProtocolVersion::Dtls12, ProtocolVersion::Dtls10),
                         [](const auto& param) {
                           return param.param == ProtocolVersion::Dtls12 ? std::string("DTLS12")
                                                                         : std::string("DTLS10");
                         });

class DatagramVersions : public testing::Test {
 protected:
  TestPki pki;
  ClientConfig client = client_config(pki);
  ServerConfig server = server_config(pki);

  DatagramVersions() { client.transport_kind = server.transport_kind = TransportKind::Datagram; }

  ResultCode code_of_client() {
    DatagramBufferTransport wire;
    const Result<Session> session = Session::client(client, wire, kNow);
    return session ? ResultCode::Success : session.error().code;
  }
};

TEST_F(DatagramVersions, DefaultIsDtls12Alone) {
  DatagramPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(pair.client.info().version, ProtocolVersion::Dtls12);
  server.versions = {ProtocolVersion::Dtls10, ProtocolVersion::Dtls10};
  DatagramPair apart(client, server);
  const auto outcome = apart.handshake();
  EXPECT_EQ(outcome.client, ResultCode::Negotiation) << apart.client.diagnosis().detail;
  EXPECT_EQ(outcome.server, ResultCode::PeerProtocolVersion) << apart.server.diagnosis().detail;
}

TEST_F(DatagramVersions, ServerOfNewerVersionsRefusesAnOldClient) {
  client.versions = {ProtocolVersion::Dtls10, ProtocolVersion::Dtls10};
  DatagramPair pair(client, server);
  const auto outcome = pair.handshake();
  EXPECT_EQ(outcome.server, ResultCode::Negotiation) << pair.server.diagnosis().detail;
  EXPECT_EQ(outcome.client, ResultCode::PeerProtocolVersion) << pair.client.diagnosis().detail;
}

TEST_F(DatagramVersions, BestCommonOneIsChosen) {
  client.versions = {ProtocolVersion::Dtls10, ProtocolVersion::Dtls12};
  for (const ProtocolVersion version : {ProtocolVersion::Dtls10, ProtocolVersion::Dtls12}) {
    server.versions = {ProtocolVersion::Dtls10, version};
    DatagramPair pair(client, server);
    const auto outcome = pair.handshake();
    EXPECT_EQ(outcome.client, ResultCode::Success) << pair.client.diagnosis().detail;
    EXPECT_EQ(outcome.server, ResultCode::Success) << pair.server.diagnosis().detail;
    EXPECT_EQ(pair.client.info().version, version);
    EXPECT_EQ(pair.server.client_hello()->versions.size(), 2U);
  }
}

TEST_F(DatagramVersions, RangesThatMakeNoSenseAreRefused) {
  client.versions = {ProtocolVersion::Dtls12, ProtocolVersion::Dtls10};
  EXPECT_EQ(code_of_client(), ResultCode::ConfigurationFailed);
  client.versions = {ProtocolVersion::Tls12, ProtocolVersion::Dtls12};
  EXPECT_EQ(code_of_client(), ResultCode::ConfigurationFailed);
  client.versions = {ProtocolVersion::Tls12, ProtocolVersion::Tls12};
  EXPECT_EQ(code_of_client(), ResultCode::ConfigurationFailed);
  client.transport_kind = TransportKind::Stream;
  client.versions = {ProtocolVersion::Dtls12, ProtocolVersion::Dtls12};
  EXPECT_EQ(code_of_client(), ResultCode::ConfigurationFailed);
}

TEST_F(DatagramVersions, SuitesOfTls13AloneDoNotWork) {
  client.cipher_suites = {CipherSuite{0x1301}};
  EXPECT_EQ(code_of_client(), ResultCode::BadCipherSuite);
}

TEST_F(DatagramVersions, DatagramSizeHasBounds) {
  for (const std::size_t size : {0U, 255U, 16385U}) {
    client.maximum_datagram_size = size;
    EXPECT_EQ(code_of_client(), ResultCode::ConfigurationFailed) << size;
  }
  for (const std::size_t size : {256U, 16384U}) {
    client.maximum_datagram_size = size;
    EXPECT_EQ(code_of_client(), ResultCode::Success) << size;
  }
}

TEST(DatagramVersionNames, AreReadAndWritten) {
  EXPECT_EQ(to_string(ProtocolVersion::Dtls12), "DTLS 1.2");
  EXPECT_EQ(to_string(ProtocolVersion::Dtls10), "DTLS 1.0");
  for (const char* text : {"DTLS1.2", "dtlsv1.2", "DTLS 1.2"}) {
    EXPECT_EQ(parse_version(text), ProtocolVersion::Dtls12) << text;
  }
  EXPECT_EQ(parse_version("1.2"), ProtocolVersion::Tls12);
  EXPECT_FALSE(parse_version("DTLS1.1"));
  EXPECT_FALSE(parse_version("DTLS1.3"));
  EXPECT_FALSE(parse_version("DTLS"));
  EXPECT_TRUE(is_older(ProtocolVersion::Dtls10, ProtocolVersion::Dtls12));
  EXPECT_FALSE(is_older(ProtocolVersion::Dtls12, ProtocolVersion::Dtls10));
}

}  // namespace
}  // namespace securetransport::test
