// SPDX-License-Identifier: Apache-2.0
// A client whose server answers with an odd ServerHello.
#include <gtest/gtest.h>

#include "support/raw_peer.hpp"

namespace securetransport::test {
namespace {

constexpr Phase kPhase = Phase::ServerHello;

ServerHelloSpec tls12(std::vector<WireExtension> extensions) { return {.extensions = std::move(extensions)}; }

ServerHelloSpec tls13(std::vector<WireExtension> more = {server_share()}) {
  more.insert(more.begin(), chosen_version(0x0304));
  return {.suite = 0x1301, .extensions = std::move(more)};
}

ServerHelloSpec retry(std::vector<WireExtension> more) {
  ServerHelloSpec spec = tls13(std::move(more));
  spec.random = retry_random();
  return spec;
}

/// RFC 8446 section 4.1.3: in TLS 1.3 the server echoes the session id.
Bytes echoing(const RawServer& server, ServerHelloSpec spec) {
  const bool is_tls13 = spec.extensions && !spec.extensions->empty() && spec.extensions->front().type == 43;
  if (is_tls13 && spec.session_id.empty()) spec.session_id = session_id_of(server.hello);
  return server_hello(spec);
}

struct Row {
  const char* what;
  ServerHelloSpec hello;
  Expected expected;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    RawServer server;
    const ResultCode code = server.answer(handshake_record(2, echoing(server, row.hello)));
    expect_failure(server.session, server.wire, code, row.expected);
  }
}

TEST(ClientServerHello, WaitsForMoreAfterAGoodOne) {
  const std::pair<const char*, ServerHelloSpec> good[] = {
      {"TLS 1.2 without extensions", {}},
      {"TLS 1.2", tls12({{0xff01, {0}}, {23}, {11, {1, 0}}})},
      {"TLS 1.3", tls13()},
  };
  for (const auto& [what, hello] : good) {
    SCOPED_TRACE(what);
    RawServer server;
    expect_waiting(server.session, server.wire, server.answer(handshake_record(2, echoing(server, hello))));
  }
}

TEST(ClientServerHello, RefusesAVersionThatWasNotOffered) {
  const Expected expected{ResultCode::Negotiation, kPhase, "alert 70"};
  check({
      {"SSL 3.0", {.version = 0x0300}, expected},
      {"TLS 1.0", {.version = 0x0301}, expected},
      {"TLS 1.1", {.version = 0x0302}, expected},
      {"TLS 1.3 in the field of the past", {.version = 0x0304}, expected},
      {"the future", {.version = 0x0305}, expected},
      {"nonsense", {.version = 0x0102}, expected},
  });
}

TEST(ClientServerHello, RefusesASupportedVersionThatWasNotOffered) {
  const Expected expected{ResultCode::Negotiation, kPhase, "alert 47"};
  check({
      {"TLS 1.4", {.suite = 0x1301, .extensions = {{chosen_version(0x0305), server_share()}}}, expected},
      {"TLS 1.2", {.suite = 0x1301, .extensions = {{chosen_version(0x0303), server_share()}}}, expected},
  });
}

TEST(ClientServerHello, RefusesASuiteThatWasNotOffered) {
  const Expected expected{ResultCode::Negotiation, kPhase, "alert 47"};
  check({
      {"known", {.suite = 0x002F}, expected},
      {"unknown", {.suite = 0x1234}, expected},
      {"NULL", {.suite = 0x0000}, expected},
      {"signalling", {.suite = 0x00FF}, expected},
      {"of TLS 1.3", {.suite = 0x1302}, expected},
      {"of TLS 1.2 in TLS 1.3", {.suite = 0xC02F, .extensions = {{chosen_version(0x0304), server_share()}}}, expected},
  });
}

TEST(ClientServerHello, RefusesCompression) {
  ServerHelloSpec modern = tls13();
  modern.compression = 1;
  check({
      {"TLS 1.2", {.compression = 1}, {ResultCode::DecompressFail, kPhase, "alert 47"}},
      {"TLS 1.3", modern, {ResultCode::DecompressFail, kPhase, "alert 47"}},
  });
}

TEST(ClientServerHello, JudgesExtensionsByTheirRules) {
  const Expected unsolicited{ResultCode::UnsupportedExtension, kPhase, "alert 110"};
  const Expected illegal{ResultCode::Protocol, kPhase, "alert 47"};
  check({
      {"unknown", tls12({{0xabcd}}), unsolicited},
      {"GREASE that was not offered", tls12({{0x1a1a}}), unsolicited},
      {"heartbeat", tls12({{15, {1}}}), unsolicited},
      {"use_srtp", tls12({{14, {0, 2, 0, 1, 0}}}), unsolicited},
      {"ALPN without an offer", tls12({{16, {0, 3, 2, 'h', '2'}}}), unsolicited},
      {"twice", tls12({{23}, {23}}), illegal},
      {"unknown in TLS 1.3", tls13({server_share(), {0xabcd}}), unsolicited},
      {"twice in TLS 1.3", tls13({server_share(), server_share()}), illegal},
      {"server_name in TLS 1.3", tls13({server_share(), {0}}), illegal},
      {"unknown in a HelloRetryRequest", retry({{51, {0, 0x17}}, {0xabcd}}), unsolicited},
  });
}

TEST(ClientServerHello, RefusesImpossibleValues) {
  const Expected illegal{ResultCode::Protocol, kPhase, "alert 47"};
  ServerHelloSpec other_id = tls13();
  other_id.session_id = Bytes(32, 7);
  ServerHelloSpec downgraded;
  const Bytes sentinel{'D', 'O', 'W', 'N', 'G', 'R', 'D', 1};
  std::copy(sentinel.begin(), sentinel.end(), downgraded.random.end() - 8);
  check({
      {"another session id", other_id, illegal},
      {"downgrade sentinel", downgraded, illegal},
      {"share of a group that was not offered", tls13({{51, ByteBuilder().u16(0x0100).u16(4).fill(4, 9).made()}}),
       illegal},
      {"share of zeros", tls13({{51, ByteBuilder().u16(0x001D).u16(32).fill(32, 0).made()}}), illegal},
      {"retry for a group that was not offered", retry({{51, {1, 0}}}), illegal},
      {"retry that asks for nothing new", retry({}), illegal},
  });
}

TEST(ClientServerHello, MissesAKeyShare) {
  check({{"no key_share", tls13({}), {ResultCode::MissingExtension, kPhase, "alert 109"}}});
}

TEST(ClientServerHello, CannotDecodeOneThatIsCutOffAnywhere) {
  const Bytes whole = server_hello(tls12({{0xff01, {0}}, {23}}));
  const std::size_t without_extensions = server_hello().size();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (size == without_extensions) continue;  // RFC 5246 section 7.4.1.2: extensions may be left out.
    SCOPED_TRACE(size);
    RawServer server;
    const Bytes body(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const ResultCode code = server.answer(handshake_record(2, body));
    expect_failure(server.session, server.wire, code, {ResultCode::DecodeError, kPhase, "alert 50"});
  }
}

TEST(ClientServerHello, CannotDecodeLengthsThatDoNotAddUp) {
  const Expected expected{ResultCode::DecodeError, kPhase, "alert 50"};
  check({
      {"trailing byte", {.extensions = {{}}, .trailing = {0}}, expected},
      {"trailing byte in TLS 1.3", {.suite = 0x1301, .extensions = tls13().extensions, .trailing = {0}}, expected},
      {"block longer than the message", {.trailing = {0, 9, 0, 23}}, expected},
      {"key share of one byte", tls13({{51, {0}}}), expected},
      {"key share shorter than it says", tls13({{51, {0, 0x1d, 0, 32, 1, 2}}}), expected},
      {"supported_versions of three bytes", {.suite = 0x1301, .extensions = {{{43, {3, 4, 0}}}}}, expected},
      {"renegotiation_info without content", tls12({{0xff01}}), expected},
  });
}

TEST(ClientServerHello, RefusesAMessageThatClaimsSixteenMegabytes) {
  RawServer server;
  const Bytes huge = ByteBuilder().u8(2).u24(0xffffff).fill(100, 1).made();
  EXPECT_EQ(server.answer(record(kHandshakeType, huge)), ResultCode::DecodeError);
}

TEST(ClientServerHello, AnswersARetryWithASecondClientHello) {
  RawServer server;
  const ServerHelloSpec again = retry({{44, {0, 3, 'a', 'b', 'c'}}, {51, {0, 0x17}}});
  EXPECT_EQ(server.answer(handshake_record(2, echoing(server, again))), ResultCode::WouldBlock);
  EXPECT_GT(server.wire.take().size(), 200U);

  const ResultCode code = server.answer(handshake_record(2, echoing(server, again)));
  expect_failure(server.session, server.wire, code, {ResultCode::UnexpectedMessage, kPhase, "alert 10"});
}

TEST(ClientServerHello, AcceptsMessagesInTheirOrderOnly) {
  for (const unsigned type : {1U, 2U, 4U, 8U, 12U, 13U, 14U, 15U, 16U, 20U, 99U}) {
    SCOPED_TRACE(type);
    RawServer server;
    ASSERT_EQ(server.answer(handshake_record(2, server_hello())), ResultCode::WouldBlock);
    const ResultCode code = server.answer(handshake_record(type, type == 14 ? Bytes() : Bytes(4, 0)));
    expect_failure(server.session, server.wire, code, {ResultCode::UnexpectedMessage, kPhase, "alert 10"});
  }
}

TEST(ClientServerHello, CannotDecodeACertificateMessageWithoutCertificates) {
  RawServer server;
  ASSERT_EQ(server.answer(handshake_record(2, server_hello())), ResultCode::WouldBlock);
  const ResultCode code = server.answer(handshake_record(11, Bytes{0, 0, 0}));
  expect_failure(server.session, server.wire, code, {ResultCode::DecodeError, Phase::Certificate, "alert 50"});
}

TEST(ClientServerHello, CannotReadACertificateThatIsNotOne) {
  RawServer server;
  ASSERT_EQ(server.answer(handshake_record(2, server_hello())), ResultCode::WouldBlock);
  const Bytes list = ByteBuilder().vector24(to_bytes("this is not DER")).made();
  const ResultCode code = server.answer(handshake_record(11, ByteBuilder().vector24(list).made()));
  expect_failure(server.session, server.wire, code, {ResultCode::BadCert, Phase::Certificate, "alert 42"});
}

TEST(ClientServerHello, WantsEverythingProtectedOnceTls13IsChosen) {
  struct Unprotected {
    const char* what;
    Bytes bytes;
  };
  for (const Unprotected& c :
       {Unprotected{"handshake", handshake_record(8, Bytes{0, 0})}, Unprotected{"alert", alert_record(2, 40)}}) {
    SCOPED_TRACE(c.what);
    RawServer server;
    ASSERT_EQ(server.answer(handshake_record(2, echoing(server, tls13()))), ResultCode::WouldBlock);
    const ResultCode code = server.answer(c.bytes);
    expect_failure(server.session, server.wire, code, {ResultCode::UnexpectedRecord, kPhase, "alert 10"});
  }
}

TEST(ClientServerHello, CannotDecryptWhatIsSealedWithAnotherKey) {
  RawServer server;
  ASSERT_EQ(server.answer(handshake_record(2, echoing(server, tls13()))), ResultCode::WouldBlock);
  const ResultCode code = server.answer(record(kDataType, Bytes(40, 0x11)));
  expect_failure(server.session, server.wire, code, {ResultCode::DecryptionFail, kPhase, "alert 20"});
}

}  // namespace
}  // namespace securetransport::test
