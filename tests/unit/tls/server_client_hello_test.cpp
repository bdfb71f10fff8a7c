// SPDX-License-Identifier: Apache-2.0
// A server whose client says anything but a good ClientHello.
#include <gtest/gtest.h>

#include <string_view>

#include "support/raw_peer.hpp"

namespace securetransport::test {
namespace {

constexpr Phase kPhase = Phase::ClientHello;
constexpr std::uint16_t kFallbackScsv = 0x5600;

ServerConfig plain_server() { return server_config(shared_pki()); }
ServerConfig server_of(ProtocolVersion min, ProtocolVersion max) {
  ServerConfig config = plain_server();
  config.versions = {min, max};
  return config;
}
ServerConfig old_server() { return server_of(ProtocolVersion::Tls12, ProtocolVersion::Tls12); }

std::vector<WireExtension> for_tls12() { return {offered_groups({0x001D, 0x0017}), offered_signatures({0x0403})}; }

std::vector<WireExtension> for_tls13() {
  return {offered_versions({0x0304}), offered_groups({0x001D}), offered_signatures({0x0403}), client_share()};
}

ClientHelloSpec hello12(std::vector<WireExtension> extensions = for_tls12()) {
  return {.suites = {0xC02B}, .extensions = std::move(extensions)};
}

ClientHelloSpec hello13(std::vector<WireExtension> extensions = for_tls13()) {
  return {.suites = {0x1301}, .extensions = std::move(extensions)};
}

std::vector<WireExtension> without(std::vector<WireExtension> extensions, std::uint16_t type) {
  std::erase_if(extensions, [&](const WireExtension& extension) { return extension.type == type; });
  return extensions;
}

struct Row {
  const char* what;
  ClientHelloSpec hello;
  Expected expected;
  ServerConfig config = plain_server();
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    RawClient client(row.config);
    const ResultCode code = client.say(handshake_record(1, client_hello(row.hello)));
    expect_failure(client.session, client.wire, code, row.expected);
  }
}

TEST(ServerClientHello, AnswersAGoodOne) {
  for (const ClientHelloSpec& hello : {hello12(), hello13()}) {
    RawClient client;
    EXPECT_EQ(client.say(handshake_record(1, client_hello(hello))), ResultCode::WouldBlock)
        << client.session.diagnosis().detail;
    EXPECT_GT(client.wire.take().size(), 500U);
  }
}

TEST(ServerClientHello, FindsNoCommonGround) {
  ClientHelloSpec no_suite = hello12();
  no_suite.suites = {0x002F, 0x1234};
  ClientHelloSpec no_suite13 = hello13();
  no_suite13.suites = {0x1305};
  ClientHelloSpec too_old = hello12();
  too_old.version = 0x0301;
  ClientHelloSpec too_new = hello13(without(for_tls13(), 43));
  too_new.extensions->push_back(offered_versions({0x0305}));
  ClientHelloSpec only_old = hello13(without(for_tls13(), 43));
  only_old.extensions->push_back(offered_versions({0x0302, 0x0301}));
  const Expected no_suite_in_common{ResultCode::Negotiation, kPhase, "alert 40"};
  const Expected no_version_in_common{ResultCode::Negotiation, kPhase, "alert 70"};
  check({
      {"no shared suite", no_suite, no_suite_in_common},
      {"no shared suite in TLS 1.3", no_suite13, no_suite_in_common},
      {"version too low", too_old, no_version_in_common},
      {"version too high", too_new, no_version_in_common},
      {"supported_versions too low", only_old, no_version_in_common},
      {"TLS 1.3 only", hello13(), no_version_in_common, old_server()},
      {"TLS 1.2 only", hello12(), no_version_in_common, server_of(ProtocolVersion::Tls13, ProtocolVersion::Tls13)},
  });
}

TEST(ServerClientHello, CountsOnlySuitesOfTheVersionInCommon) {
  // 0x1301 is in the server's list, but TLS 1.2 cannot use it: nothing is in common.
  ClientHelloSpec hello = hello12();
  hello.suites = {0x1301};
  const Expected expected{ResultCode::Negotiation, kPhase, "alert 40"};
  check({
      {"server with TLS 1.2 alone", hello, expected, old_server()},
      {"server with both versions", hello, expected},
  });
}

TEST(ServerClientHello, GivesUpWhereOnlyParametersAreMissing) {
  const Expected expected{ResultCode::HandshakeFail, kPhase, "alert 40"};
  std::vector<WireExtension> other_group = without(without(for_tls13(), 10), 51);
  other_group.push_back(offered_groups({0x0100}));
  other_group.push_back({51, ByteBuilder().u16(0).made()});
  std::vector<WireExtension> other_signature = without(for_tls13(), 13);
  other_signature.push_back(offered_signatures({0x0807}));
  check({
      {"no shared group", hello12({offered_groups({0x0015}), offered_signatures({0x0403})}), expected},
      {"no shared signature algorithm", hello12({offered_groups({0x001D}), offered_signatures({0x0807})}), expected},
      {"no shared group in TLS 1.3", hello13(other_group), expected},
      {"no shared signature algorithm in TLS 1.3", hello13(other_signature), expected},
  });
}

TEST(ServerClientHello, MissesAnExtensionThatTls13Demands) {
  const Expected expected{ResultCode::MissingExtension, kPhase, "alert 109"};
  check({
      {"signature_algorithms", hello13(without(for_tls13(), 13)), expected},
      {"supported_groups", hello13(without(for_tls13(), 10)), expected},
      {"key_share", hello13(without(for_tls13(), 51)), expected},
      {"key_share and supported_groups", hello13(without(without(for_tls13(), 51), 10)), expected},
  });
}

TEST(ServerClientHello, RefusesExtensionsThatStandThereTwice) {
  const Expected expected{ResultCode::Protocol, kPhase, "alert 47"};
  const auto with = [](std::vector<WireExtension> extensions, std::vector<WireExtension> more) {
    extensions.insert(extensions.end(), more.begin(), more.end());
    return extensions;
  };
  check({
      {"a known one", hello12(with(for_tls12(), {{23}, {23}})), expected},
      {"an unknown one", hello12(with(for_tls12(), {{0xffff}, {0xffff}})), expected},
      {"with different contents", hello12(with(for_tls12(), {{0xffff, {1}}, {23}, {0xffff}})), expected},
      {"the first of all", hello12(with(for_tls12(), {for_tls12().front()})), expected},
      {"one that every server needs", hello13(with(for_tls13(), {client_share()})), expected},
      {"an unknown one in TLS 1.3", hello13(with(for_tls13(), {{0x3a3a}, {0x3a3a}})), expected},
  });
  RawClient client;
  EXPECT_EQ(client.say(handshake_record(1, client_hello(hello12(with(for_tls12(), {{0x3a3a}, {0xffff}}))))),
            ResultCode::WouldBlock)
      << "unknown ones are no fault";
}

TEST(ServerClientHello, RefusesAFallbackThatWasNotNeeded) {
  ClientHelloSpec fallback = hello12();
  fallback.suites.push_back(kFallbackScsv);
  check({{"fallback", fallback, {ResultCode::InappropriateFallback, kPhase, "alert 86"}}});
  RawClient client(old_server());
  EXPECT_EQ(client.say(handshake_record(1, client_hello(fallback))), ResultCode::WouldBlock)
      << "TLS 1.2 is the best that this server can do";
}

TEST(ServerClientHello, SaysThatItIsNotSetUp) {
  ServerConfig config = plain_server();
  config.identities.clear();
  const Expected expected{ResultCode::BadConfiguration, kPhase, "alert 80"};
  check({{"TLS 1.2", hello12(), expected, config}, {"TLS 1.3", hello13(), expected, config}});
}

TEST(ServerClientHello, NamesAClientThatDoesNotSpeakTls) {
  struct Talk {
    Bytes bytes;
    Expected expected;
    std::string_view detail;
  };
  const Expected text{ResultCode::RecordOverflow, kPhase, "alert 22"};
  const Expected other{ResultCode::UnexpectedRecord, kPhase, "alert 10"};
  for (const Talk& talk : {
           Talk{to_bytes("GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"), text, "HTTP"},
           Talk{to_bytes("CONNECT www.example.com:443 HTTP/1.1\r\n"), text, "proxy"},
           Talk{to_bytes("PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n"), text, "PROXY"},
           Talk{to_bytes("EHLO client.example.com\r\n"), text, "SMTP"},
           Talk{{0x80, 0x2e, 0x01, 0x03, 0x01, 0, 0x15}, other, "80 2e 01"},
           Talk{Bytes(30, 0), other, "00 00"},
       }) {
    SCOPED_TRACE(talk.detail);
    RawClient client;
    const ResultCode code = client.say(talk.bytes);
    expect_failure(client.session, client.wire, code, talk.expected);
    EXPECT_NE(client.session.diagnosis().detail.find(talk.detail), std::string::npos)
        << client.session.diagnosis().detail;
  }
}

TEST(ServerClientHello, CannotDecodeOneThatIsCutOffAnywhere) {
  const Bytes whole = client_hello(hello12());
  ClientHelloSpec bare = hello12();
  bare.extensions.reset();
  const std::size_t without_extensions = client_hello(bare).size();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (size == without_extensions) continue;
    SCOPED_TRACE(size);
    RawClient client;
    const Bytes body(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const ResultCode code = client.say(handshake_record(1, body));
    expect_failure(client.session, client.wire, code, {ResultCode::DecodeError, kPhase, "alert 50"});
  }
}

TEST(ServerClientHello, RefusesEveryOtherHandshakeMessage) {
  for (unsigned type = 0; type <= 255; ++type) {
    if (type == 1) continue;
    SCOPED_TRACE(type);
    RawClient client;
    const ResultCode code = client.say(handshake_record(type, Bytes(4, 0)));
    expect_failure(client.session, client.wire, code, {ResultCode::UnexpectedMessage, kPhase, "alert 10"});
  }
}

TEST(ServerClientHello, JudgesOtherRecords) {
  struct Case {
    const char* what;
    Bytes bytes;
    Expected expected;
  };
  for (const Case& c : std::vector<Case>{
           {"ChangeCipherSpec", record(kCcsType, Bytes{1}), {ResultCode::Protocol, kPhase, "alert 10"}},
           {"application data", record(kDataType, to_bytes("hi")), {ResultCode::Protocol, kPhase, "alert 10"}},
           {"heartbeat", record(kHeartbeatType, Bytes{1}), {ResultCode::UnexpectedRecord, kPhase, "alert 10"}},
           {"too long", header(kHandshakeType, 0x0301, 18433), {ResultCode::RecordOverflow, kPhase, "alert 22"}},
           {"empty", record(kHandshakeType, {}), {ResultCode::Protocol, kPhase, "alert 10"}},
           {"alert", alert_record(2, 48), {ResultCode::PeerUnknownCA, kPhase, "", DetectedBy::Peer}},
           {"close_notify", alert_record(1, 0), {ResultCode::ClosedGraceful, kPhase, "", DetectedBy::Peer}},
       }) {
    SCOPED_TRACE(c.what);
    RawClient client;
    const ResultCode code = client.say(c.bytes);
    expect_failure(client.session, client.wire, code, c.expected);
  }
}

TEST(ServerClientHello, TakesAPlainAlertInsteadOfTheRestOfATls13Handshake) {
  RawClient client;
  ASSERT_EQ(client.say(handshake_record(1, client_hello(hello13()))), ResultCode::WouldBlock);
  EXPECT_EQ(client.say(alert_record(2, 42)), ResultCode::PeerBadCert);
  EXPECT_EQ(client.session.diagnosis().detected_by, DetectedBy::Peer);
}

TEST(ServerClientHello, CannotDecryptWhatIsSealedWithAnotherKey) {
  RawClient client;
  ASSERT_EQ(client.say(handshake_record(1, client_hello(hello13()))), ResultCode::WouldBlock);
  EXPECT_EQ(client.say(record(kDataType, Bytes(60, 0x11))), ResultCode::DecryptionFail);
}

}  // namespace
}  // namespace securetransport::test
