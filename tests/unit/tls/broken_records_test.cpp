// SPDX-License-Identifier: Apache-2.0
// Two sessions of ours, and a wire that changes what it carries.
#include <gtest/gtest.h>

#include "support/raw_peer.hpp"

namespace securetransport::test {
namespace {

struct Protection {
  const char* name;
  ProtocolVersion version;
  std::uint16_t suite;
  ResultCode code;  ///< Of a record that does not authenticate.
};

void PrintTo(const Protection& protection, std::ostream* out) { *out << protection.name; }

class BrokenRecords : public testing::TestWithParam<Protection> {
 protected:
  ClientConfig client = client_config(shared_pki());
  ServerConfig server = server_config(shared_pki());

  BrokenRecords() {
    client.versions = server.versions = {GetParam().version, GetParam().version};
    client.cipher_suites = server.cipher_suites = {CipherSuite{GetParam().suite}};
  }

  /// What the client reads after the handshake when the server's "hello" was changed on its way.
  template <class Change>
  void expect_after(Change&& change, ResultCode code) {
    SessionPair pair(client, server);
    ASSERT_EQ(pair.handshake().client, ResultCode::Success) << pair.client.diagnosis().detail;
    ASSERT_EQ(pair.server.write(to_bytes("hello"))->bytes, 5U);
    Bytes sealed = pair.server_wire.take();
    change(sealed);
    pair.client_wire.feed(sealed);
    Bytes buffer(16);
    EXPECT_EQ(code_of(pair.client.read(buffer)), code) << pair.client.diagnosis().detail;
    EXPECT_EQ(pair.client.diagnosis().phase, Phase::Data);
    EXPECT_EQ(pair.client.diagnosis().detected_by, DetectedBy::Local);
    EXPECT_EQ(pair.client.state(), SessionState::Aborted);
    EXPECT_FALSE(pair.client_wire.take().empty()) << "an alert tells the peer";
    alert_sent_ = pair.client.diagnosis().alert_sent;
  }

  std::optional<AlertMessage> alert_sent_;
  const AlertMessage bad_record_mac_{Alert::BadRecordMac, AlertLevel::Fatal};
};

TEST_P(BrokenRecords, AreNoticedWhicheverByteIsChanged) {
  for (std::size_t position = 5; position < 26; ++position) {
    SCOPED_TRACE(position);
    expect_after(
        [&](Bytes& sealed) {
          ASSERT_GE(sealed.size(), 26U);
          sealed[position] ^= 1U;
        },
        GetParam().code);
    EXPECT_EQ(alert_sent_, bad_record_mac_);
  }
}

TEST_P(BrokenRecords, AreNoticedWhenShorterThanTheirOverhead) {
  for (const std::size_t size : {1U, 7U, 15U}) {
    SCOPED_TRACE(size);
    expect_after(
        [&](Bytes& sealed) { sealed = record(kDataType, Bytes(size, 1), unsigned{sealed[1]} << 8 | sealed[2]); },
        GetParam().code);
  }
}

TEST_P(BrokenRecords, AreNoticedInBothDirections) {
  SessionPair pair(client, server);
  ASSERT_EQ(pair.handshake().server, ResultCode::Success);
  ASSERT_EQ(pair.client.write(to_bytes("hello"))->bytes, 5U);
  Bytes sealed = pair.client_wire.take();
  sealed.back() ^= 1U;
  pair.server_wire.feed(sealed);
  Bytes buffer(16);
  EXPECT_EQ(code_of(pair.server.read(buffer)), GetParam().code);
  EXPECT_EQ(pair.server.diagnosis().alert_sent, bad_record_mac_);
  pair.exchange();
  EXPECT_EQ(code_of(pair.client.read(buffer)), ResultCode::PeerBadRecordMac);
}

TEST_P(BrokenRecords, AreNoticedAtTheClientsFinished) {
  SessionPair pair(client, server);
  ASSERT_EQ(code_of(pair.client.handshake()), ResultCode::WouldBlock);
  pair.exchange();
  ASSERT_EQ(code_of(pair.server.handshake()), ResultCode::WouldBlock);
  pair.exchange();
  static_cast<void>(pair.client.handshake());
  Bytes flight = pair.client_wire.take();
  flight.back() ^= 1U;
  pair.server_wire.feed(flight);
  EXPECT_EQ(code_of(pair.server.handshake()), GetParam().code) << pair.server.diagnosis().detail;
  EXPECT_EQ(pair.server.diagnosis().alert_sent, bad_record_mac_);
  EXPECT_NE(pair.server.state(), SessionState::Connected);
}

TEST_P(BrokenRecords, AreNamedByTheirHeader) {
  const bool is_tls13 = GetParam().version == ProtocolVersion::Tls13;
  expect_after([](Bytes& sealed) { sealed[3] = 0x7f; }, ResultCode::RecordOverflow);
  EXPECT_EQ(alert_sent_, (AlertMessage{Alert::RecordOverflow, AlertLevel::Fatal}));
  expect_after([](Bytes& sealed) { sealed[1] = 7; }, ResultCode::Protocol);
  if (!is_tls13) return;  // Before, an unprotected record cannot be told from one that does not authenticate.
  expect_after([](Bytes& sealed) { sealed[0] = 99; }, ResultCode::UnexpectedRecord);
  expect_after([](Bytes& sealed) { sealed = alert_record(2, 40); }, ResultCode::UnexpectedRecord);
  expect_after([](Bytes& sealed) { sealed = record(kCcsType, Bytes{1}); }, ResultCode::UnexpectedRecord);
}

INSTANTIATE_TEST_SUITE_P(
    Tls, BrokenRecords,
    testing::Values(Protection{"Tls13Aes128Gcm", ProtocolVersion::Tls13, 0x1301, ResultCode::DecryptionFail},
                    Protection{"Tls13ChaCha20", ProtocolVersion::Tls13, 0x1303, ResultCode::DecryptionFail},
                    Protection{"Tls12Aes128Gcm", ProtocolVersion::Tls12, 0xC02B, ResultCode::DecryptionFail},
                    Protection{"Tls12ChaCha20", ProtocolVersion::Tls12, 0xCCA9, ResultCode::DecryptionFail},
                    Protection{"Tls12Aes128Cbc", ProtocolVersion::Tls12, 0xC009, ResultCode::BadRecordMac},
                    Protection{"Tls12Aes256CbcSha384", ProtocolVersion::Tls12, 0xC024, ResultCode::BadRecordMac},
                    Protection{"Tls11Aes128Cbc", ProtocolVersion::Tls11, 0xC009, ResultCode::BadRecordMac},
                    Protection{"Tls10Aes256Cbc", ProtocolVersion::Tls10, 0xC00A, ResultCode::BadRecordMac}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace securetransport::test
