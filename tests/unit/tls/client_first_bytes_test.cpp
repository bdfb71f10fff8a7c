// SPDX-License-Identifier: Apache-2.0
// A client whose server answers the ClientHello with anything but a ServerHello.
#include <gtest/gtest.h>

#include <map>
#include <string_view>

#include "support/raw_peer.hpp"

namespace securetransport::test {
namespace {

constexpr Phase kPhase = Phase::ClientHello;

struct Row {
  const char* what;
  Bytes bytes;
  Expected expected;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    RawServer server;
    const ResultCode code = server.answer(row.bytes);
    expect_failure(server.session, server.wire, code, row.expected);
  }
}

TEST(ClientFirstBytes, NamesAPeerThatSpeaksText) {
  const std::pair<std::string_view, std::string_view> banners[] = {
      {"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "HTTP"},
      {"<html><body>plain HTTP</body></html>", "HTTP"},
      {"220 mail.example.com ESMTP Postfix\r\n", "SMTP or FTP"},
      {"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", "IMAP"},
      {"+OK POP3 ready\r\n", "POP3"},
      {"SSH-2.0-OpenSSH_9.2p1\r\n", "SSH"},
      {"RFB 003.008\n", "VNC"},
      {"-ERR unknown command\r\n", "Redis"},
      {"hello", "text"},
      {"\r\n\r\nhi", "text"},
  };
  for (const auto& [banner, protocol] : banners) {
    SCOPED_TRACE(banner);
    RawServer server;
    const ResultCode code = server.answer(to_bytes(banner));
    expect_failure(server.session, server.wire, code, {ResultCode::RecordOverflow, kPhase, "alert 22"});
    EXPECT_NE(server.session.diagnosis().detail.find(protocol), std::string::npos) << server.session.diagnosis().detail;
  }
}

TEST(ClientFirstBytes, CallsOtherBytesAnUnexpectedRecord) {
  const Expected expected{ResultCode::UnexpectedRecord, kPhase, "alert 10"};
  check({
      {"zeros", Bytes(20, 0), expected},
      {"ones", Bytes(20, 0xff), expected},
      {"SSLv2 ServerHello", {0x80, 0x20, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0}, expected},
      {"a greeting of MySQL", {0x4a, 0, 0, 0, 0x0a, '8', '.', '0'}, expected},
      {"type 19", {19, 3, 3, 0, 1, 0}, expected},
      {"type 25", {25, 3, 3, 0, 1, 0}, expected},
      {"major version 2", {22, 2, 0, 0, 1, 0}, expected},
      {"DTLS", {22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0}, expected},
  });
}

TEST(ClientFirstBytes, JudgesARecordByItsType) {
  check({
      {"ChangeCipherSpec", record(kCcsType, Bytes{1}), {ResultCode::Protocol, kPhase, "alert 10"}},
      {"application data", record(kDataType, to_bytes("hi")), {ResultCode::Protocol, kPhase, "alert 10"}},
      {"heartbeat", record(kHeartbeatType, Bytes{1}), {ResultCode::UnexpectedRecord, kPhase, "alert 10"}},
      {"half an alert", record(kAlertType, Bytes{2}), {ResultCode::Protocol, kPhase, "alert 10"}},
      {"an alert and a half", record(kAlertType, Bytes{2, 40, 2}), {ResultCode::Protocol, kPhase, "alert 10"}},
      {"two alerts", record(kAlertType, Bytes{1, 112, 2, 40}), {ResultCode::Protocol, kPhase, "alert 10"}},
      {"alert of level 0", alert_record(0, 40), {ResultCode::Protocol, kPhase, "alert 47"}},
      {"alert of level 3", alert_record(3, 40), {ResultCode::Protocol, kPhase, "alert 47"}},
      {"close_notify of level 3", alert_record(3, 0), {ResultCode::Protocol, kPhase, "alert 47"}},
  });
}

TEST(ClientFirstBytes, JudgesARecordByItsLength) {
  const Expected too_long{ResultCode::RecordOverflow, kPhase, "alert 22"};
  check({
      {"header of 18433", header(kHandshakeType, 0x0303, 18433), too_long},
      {"header of 65535", header(kHandshakeType, 0x0303, 65535), too_long},
      {"16385 bytes of handshake", record(kHandshakeType, Bytes(16385, 2)), too_long},
      {"16385 bytes of data", record(kDataType, Bytes(16385, 2)), too_long},
  });
}

TEST(ClientFirstBytes, RefusesEmptyRecords) {
  const Expected expected{ResultCode::Protocol, kPhase, "alert 10"};
  check({
      {"ChangeCipherSpec", record(kCcsType, {}), expected},
      {"alert", record(kAlertType, {}), expected},
      {"handshake", record(kHandshakeType, {}), expected},
      {"application data", record(kDataType, {}), expected},
      {"heartbeat", record(kHeartbeatType, {}), {ResultCode::UnexpectedRecord, kPhase, "alert 10"}},
  });
}

TEST(ClientFirstBytes, KeepsItsJudgementOfLaterRecords) {
  const Bytes hello = handshake_record(2, server_hello());
  const Phase phase = Phase::ServerHello;
  check({
      {"unknown type", concat(hello, record(99, Bytes{1})), {ResultCode::UnexpectedRecord, phase, "alert 10"}},
      {"empty and of unknown type", concat(hello, record(99, {})), {ResultCode::UnexpectedRecord, phase, "alert 10"}},
      {"text", concat(hello, to_bytes("HTTP/1.1 500")), {ResultCode::Protocol, phase, "alert 70"}},
      {"wrong minor version",
       concat(hello, record(kHandshakeType, Bytes{11, 0, 0, 0}, 0x0301)),
       {ResultCode::Protocol, phase, "alert 70"}},
      {"wrong major version",
       concat(hello, record(kHandshakeType, Bytes{11, 0, 0, 0}, 0x0403)),
       {ResultCode::Protocol, phase, "alert 70"}},
      {"empty handshake record", concat(hello, record(kHandshakeType, {})), {ResultCode::Protocol, phase, "alert 10"}},
      {"early ChangeCipherSpec", concat(hello, record(kCcsType, Bytes{1})), {ResultCode::Protocol, phase, "alert 10"}},
      {"application data", concat(hello, record(kDataType, Bytes{1})), {ResultCode::Protocol, phase, "alert 10"}},
      {"fatal alert", concat(hello, alert_record(2, 80)), {ResultCode::PeerInternalError, phase, "", DetectedBy::Peer}},
  });
}

// The column alert_received of the table of codes.
const std::map<int, int>& codes_of_alerts() {
  static const std::map<int, int> kCodes{
      {0, -9805},   {10, -9819},  {20, -9820},  {21, -9821},  {22, -9822},  {30, -9823}, {40, -9824}, {42, -9825},
      {43, -9826},  {44, -9827},  {45, -9828},  {46, -9829},  {47, -9830},  {48, -9831}, {49, -9832}, {50, -9833},
      {51, -9834},  {60, -9835},  {70, -9836},  {71, -9837},  {80, -9838},  {86, -9860}, {90, -9839}, {100, -9840},
      {109, -9861}, {110, -9855}, {112, -9865}, {113, -9862}, {115, -9864}, {116, -9863}};
  return kCodes;
}

TEST(ClientFirstBytes, TakesEveryFatalAlertForItsCode) {
  for (int number = 0; number <= 255; ++number) {
    SCOPED_TRACE(number);
    const auto named = codes_of_alerts().find(number);
    const ResultCode expected{named != codes_of_alerts().end() ? named->second : -9802};
    RawServer server;
    const ResultCode code = server.answer(alert_record(2, static_cast<unsigned>(number)));
    expect_failure(server.session, server.wire, code, {expected, kPhase, "", DetectedBy::Peer});
    EXPECT_EQ(server.session.diagnosis().alert_received,
              (AlertMessage{Alert{static_cast<std::uint8_t>(number)}, AlertLevel::Fatal}));
  }
}

TEST(ClientFirstBytes, LetsAWarningEndTheSessionIfItHasARowOfItsOwn) {
  for (int number = 0; number <= 255; ++number) {
    SCOPED_TRACE(number);
    const auto named = codes_of_alerts().find(number);
    RawServer server;
    const ResultCode code = server.answer(alert_record(1, static_cast<unsigned>(number)));
    if (named == codes_of_alerts().end() || number == 112) {
      expect_waiting(server.session, server.wire, code);
      continue;
    }
    // OpenSSL gives up with an alert of its own when a renegotiation is refused that nobody asked for.
    const char* const answer = number == 100 ? "alert 40" : "";
    expect_failure(server.session, server.wire, code, {ResultCode{named->second}, kPhase, answer, DetectedBy::Peer});
  }
}

TEST(ClientFirstBytes, GoesOnAfterAnIgnoredWarningAndMentionsIt) {
  RawServer server;
  EXPECT_EQ(server.answer(alert_record(1, 112)), ResultCode::WouldBlock);
  EXPECT_EQ(server.answer(alert_record(2, 40)), ResultCode::PeerHandshakeFail);
  ASSERT_EQ(server.session.diagnosis().notes.size(), 1U);
  EXPECT_NE(server.session.diagnosis().notes.front().find("unrecognized_name"), std::string::npos);
}

TEST(ClientFirstBytes, DoesNotIgnoreWarningsForever) {
  RawServer server;
  ResultCode code = ResultCode::WouldBlock;
  for (int i = 0; i < 10 && code == ResultCode::WouldBlock; ++i) code = server.answer(alert_record(1, 112));
  EXPECT_EQ(code, ResultCode::Protocol);
}

TEST(ClientFirstBytes, RefusesEveryHandshakeMessageButAServerHello) {
  for (unsigned type = 1; type <= 255; ++type) {
    if (type == 2) continue;
    SCOPED_TRACE(type);
    RawServer server;
    const ResultCode code = server.answer(handshake_record(type, Bytes(4, 0)));
    expect_failure(server.session, server.wire, code, {ResultCode::UnexpectedMessage, kPhase, "alert 10"});
  }
  // RFC 5246 section 7.4.1.1: a HelloRequest during the handshake is ignored.
  RawServer server;
  expect_waiting(server.session, server.wire, server.answer(handshake_record(0, {})));
}

struct Ending {
  IoStatus status;
  ResultCode before_first_byte;
  ResultCode later;
};

TEST(ClientFirstBytes, NamesTheEndOfTheTransportAfterEveryByte) {
  const Bytes hello = handshake_record(2, server_hello());
  for (const Ending& ending : {Ending{IoStatus::EndOfStream, ResultCode::ConnectionRefused, ResultCode::ClosedAbort},
                               Ending{IoStatus::Reset, ResultCode::TransportReset, ResultCode::TransportReset},
                               Ending{IoStatus::TimedOut, ResultCode::NetworkTimeout, ResultCode::NetworkTimeout}}) {
    for (std::size_t size = 0; size <= hello.size(); ++size) {
      SCOPED_TRACE(testing::Message() << symbol_of(ending.later) << " after " << size << " bytes");
      RawServer server;
      const Bytes part(hello.begin(), hello.begin() + static_cast<std::ptrdiff_t>(size));
      const ResultCode code = server.answer(part, ending.status);
      const Phase phase = size == hello.size() ? Phase::ServerHello : kPhase;
      expect_failure(server.session, server.wire, code,
                     {size == 0 ? ending.before_first_byte : ending.later, phase, "", DetectedBy::Transport});
    }
  }
}

}  // namespace
}  // namespace securetransport::test
