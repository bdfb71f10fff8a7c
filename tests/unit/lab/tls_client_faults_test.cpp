// SPDX-License-Identifier: Apache-2.0
// Faults of the lab's client, and what OpenSSL's server makes of them.
#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "unit/lab/libssl_peer.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab {
namespace {

using test::LibsslOptions;

struct Row {
  const char* name;
  PeerOptions options;
  Fault fault;
  std::string reason;  ///< OpenSSL's words; empty: it does not mind.
  int alert = -1;      ///< That the server sends, and that the lab sees; -1: none.
  LibsslOptions setup = {};
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }
std::string name_of(const testing::TestParamInfo<Row>& info) { return info.param.name; }

Bytes zeros(std::size_t count) { return Bytes(count); }

PeerOptions client(std::uint16_t version) {
  PeerOptions options;
  options.version = version;
  options.application_data = "from the lab";
  return options;
}
PeerOptions offering(std::uint16_t version, std::vector<std::uint16_t> suites) {
  PeerOptions options = client(version);
  options.suites = std::move(suites);
  return options;
}
PeerOptions falling_back() {
  PeerOptions options = client(kTls12);
  options.fallback_scsv = true;
  return options;
}
PeerOptions with_psk(std::string_view identity) {
  PeerOptions options = client(kTls12);
  options.psk_identity = bytes_of(identity);
  options.psk = Bytes(16, 7);
  return options;
}
PeerOptions with_certificate(std::uint16_t version) { return test::ecdsa(version); }
PeerOptions retried() {
  PeerOptions options = client(kTls13);
  options.groups = {group::kP256, group::kX25519};
  return options;
}

LibsslOptions asking() {
  LibsslOptions setup;
  setup.wants_client_certificate = true;
  return setup;
}
LibsslOptions only_x25519() {
  LibsslOptions setup;
  setup.groups = "X25519";
  return setup;
}

std::vector<Row> hello_rows() {
  constexpr auto kHello = Step::ClientHello;
  const auto lie = [](Lie kind, std::uint32_t number, Bytes bytes = {}) {
    return Fault{.step = Step::ClientHello, .lie = kind, .number = number, .bytes = std::move(bytes)};
  };
  const PeerOptions v12 = client(kTls12);
  const PeerOptions v13 = client(kTls13);
  return {
      {"Honest12", v12, {}, ""},
      {"Honest13", v13, {}, ""},
      {"NoSharedSuite", offering(kTls12, {suite::kRsaAes128Sha}), {}, "no shared cipher", 40},
      {"NoSharedSuite13", offering(kTls13, {0x1399}), {}, "no shared cipher", 40},
      {"UnknownSuites", v12, lie(Lie::CipherSuites, 0, {0x77, 0x77}), "no shared cipher", 40},
      {"VersionTooLow", client(kTls11), {}, "unsupported protocol", 70, {.min_version = TLS1_2_VERSION}},
      {"VersionSsl3", v12, lie(Lie::LegacyVersion, 0x0300), "version too low", 40},
      {"FallbackScsv", falling_back(), {}, "inappropriate fallback", 86},
      {"NoKeyShare", v13, lie(Lie::OmitExtension, extension::kKeyShare), "no suitable key share", 109},
      {"NoGroups", v13, lie(Lie::OmitExtension, extension::kSupportedGroups), "missing supported groups extension",
       109},
      {"NoSchemes", v13, lie(Lie::OmitExtension, extension::kSignatureAlgorithms), "missing sigalgs extension", 109},
      {"UnknownGroups", v13, lie(Lie::ReplaceExtension, extension::kSupportedGroups, {0, 2, 0x77, 0x77}),
       "bad key share", 47},
      {"UnknownGroups12", v12, lie(Lie::ReplaceExtension, extension::kSupportedGroups, {0, 2, 0x77, 0x77}),
       "no shared cipher", 40},
      {"UnknownSchemes", v13, lie(Lie::ReplaceExtension, extension::kSignatureAlgorithms, {0, 2, 1, 1}),
       "no shared signature algorithms", 40},
      {"UnknownSchemes12", v12, lie(Lie::ReplaceExtension, extension::kSignatureAlgorithms, {0, 2, 1, 1}),
       "no shared signature algorithms", 40},
      {"ZeroPoint", v13, lie(Lie::PublicValue, 0, zeros(32)), "bad key share", 47},
      {"KeyShareLength", v13, lie(Lie::PublicValueLength, 999), "length mismatch", 50},
      {"UnknownPskFallsBack", v13, lie(Lie::UnknownPsk, 0, bytes_of("nobody")), ""},
      {"Compression", v12, lie(Lie::Compression, 1), "no compression specified", 50},
      {"Compression13", v13, lie(Lie::Compression, 1), "no compression specified", 50},
      {"UnknownExtensionIsIgnored", v13, lie(Lie::AddExtension, 0x7777, {1}), ""},
      {"DuplicateExtension", v12, lie(Lie::DuplicateExtension, extension::kSupportedGroups), "bad extension", 47},
      {"BlockLength", v12, lie(Lie::ExtensionBlockLength, 0), "length mismatch", 50},
      {"NoExtensions", v12, lie(Lie::NoExtensions, 0), "no shared cipher", 40},
      {"Truncated", v13, {.step = kHello, .action = Action::Truncate, .size = 4}, "length mismatch", 50},

      {"Garbage", v13, {.step = kHello, .action = Action::ReplaceRaw, .bytes = zeros(64)}, "wrong version number"},
      {"HttpRequest",
       v13,
       {.step = kHello, .action = Action::ReplaceRaw, .bytes = bytes_of("GET / HTTP/1.0\r\n\r\n")},
       "http request"},
      {"OtherMessageFirst",
       v12,
       {.step = kHello, .action = Action::ReplaceType, .number = handshake::kFinished},
       "unexpected message",
       10},
      {"AlertFirst",
       v12,
       {.step = kHello, .action = Action::SendAlert, .number = 40, .then = Then::Close},
       "unexpected message",
       10},
      {"SecondWithoutShare",
       retried(),
       {.step = kHello, .lie = Lie::OmitExtension, .number = extension::kKeyShare, .occurrence = 2},
       "no suitable key share",
       109,
       only_x25519()},
      {"NothingAtAll", v12, {.step = Step::BeforeAnything, .then = Then::Close}, "unexpected eof while reading", 50},
  };
}

std::vector<Row> flight_rows() {
  constexpr auto kKeys = Step::ClientKeyExchange;
  const PeerOptions v12 = client(kTls12);
  const PeerOptions v13 = client(kTls13);
  const PeerOptions own12 = with_certificate(kTls12);
  const PeerOptions own13 = with_certificate(kTls13);
  return {
      {"Certificate12", own12, {}, "", -1, asking()},
      {"Certificate13", own13, {}, "", -1, asking()},
      {"NoCertificate12", v12, {}, "peer did not return a certificate", 40, asking()},
      {"NoCertificate13", v13, {}, "peer did not return a certificate", 116, asking()},
      {"NotDer12",
       own12,
       {.step = Step::Certificate, .lie = Lie::LeafBytes, .bytes = {1, 2, 3}},
       "ASN1 lib",
       50,
       asking()},
      {"BadSignature12",
       own12,
       {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
       "bad signature",
       51,
       asking()},
      {"BadSignature13",
       own13,
       {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
       "bad signature",
       51,
       asking()},
      {"Scheme12",
       own12,
       {.step = Step::CertificateVerify, .lie = Lie::SignatureScheme, .number = 0x0101},
       "wrong signature type",
       47,
       asking()},
      {"NoVerify12",
       own12,
       {.step = Step::CertificateVerify, .action = Action::Omit},
       "unexpected message",
       10,
       asking()},
      {"NoVerify13",
       own13,
       {.step = Step::CertificateVerify, .action = Action::Omit},
       "unexpected message",
       10,
       asking()},
      {"UnknownPsk12", with_psk("unknown"), {}, "psk identity not found", 115},
      {"KnownPsk12", with_psk("known"), {}, ""},
      {"BadPoint", v12, {.step = kKeys, .lie = Lie::PublicValue, .bytes = zeros(5)}, "bad key share", 47},
      {"PointLength", v12, {.step = kKeys, .lie = Lie::PublicValueLength, .number = 200}, "length mismatch", 50},
      {"TwoKeyExchanges", v12, {.step = kKeys, .action = Action::Duplicate}, "unexpected message", 10},
      {"NoKeyExchange", v12, {.step = kKeys, .action = Action::Omit}, "unexpected message", 10},
      {"AlertInKeyExchange",
       v12,
       {.step = kKeys, .action = Action::SendAlert, .number = 46, .then = Then::Close},
       "sslv3 alert certificate unknown"},
      {"Alert13",
       v13,
       {.step = Step::Finished, .action = Action::SendAlert, .number = 48, .then = Then::Close},
       "tlsv1 alert unknown ca"},
      {"PlainAlert13",
       v13,
       {.step = Step::Finished,
        .action = Action::SendAlert,
        .number = 48,
        .protection = Protection::Plain,
        .then = Then::Close},
       "tlsv1 alert unknown ca"},
      {"AlertAfterHandshake",
       v13,
       {.step = Step::AfterHandshake, .action = Action::SendAlert, .number = 80, .then = Then::Close},
       "tlsv1 alert internal error"},
      {"WrongFinished12",
       v12,
       {.step = Step::Finished, .action = Action::Flip, .number = 1},
       "digest check failed",
       51},
      {"WrongFinished13",
       v13,
       {.step = Step::Finished, .action = Action::Flip, .number = 1},
       "digest check failed",
       51},
      {"FinishedTag12",
       v12,
       {.step = Step::Finished, .action = Action::CorruptRecord},
       "decryption failed or bad record mac",
       20},
      {"NoChangeCipherSpec12", v12, {.step = Step::ChangeCipherSpec, .action = Action::Omit}, "unexpected message", 10},
      {"NoChangeCipherSpec13IsFine", v13, {.step = Step::ChangeCipherSpec, .action = Action::Omit}, ""},
      {"DataTag13",
       v13,
       {.step = Step::ApplicationData, .action = Action::CorruptRecord},
       "decryption failed or bad record mac",
       20},
      {"EndOfStreamBeforeFinished",
       v13,
       {.step = Step::Finished, .then = Then::Close},
       "unexpected eof while reading",
       50},
      {"EndOfStreamAfterHandshake",
       v12,
       {.step = Step::AfterHandshake, .then = Then::Close},
       "unexpected eof while reading",
       50},
      {"ResetBeforeKeyExchange", v12, {.step = kKeys, .then = Then::Reset}, ""},
  };
}

class ClientFault : public testing::TestWithParam<Row> {};

TEST_P(ClientFault, IsNoticedByOpenSsl) {
  const Row& row = GetParam();
  LibsslOptions setup = row.setup;
  setup.certificate_pem = test::identities().ecdsa.certificate_pem;
  setup.key_pem = test::identities().ecdsa.key_pem;
  test::LibsslServer server(setup);
  const net::Endpoint endpoint = *net::parse_address("127.0.0.1", server.port());
  const auto seen = attack(endpoint, row.options, row.fault, net::within(std::chrono::seconds(10)));
  ASSERT_TRUE(seen);
  const test::View& view = server.view();
  EXPECT_TRUE(seen->fault_applied || row.fault.step == Step::None);
  EXPECT_EQ(seen->problem, "");
  EXPECT_EQ(view.reason, row.reason);
  EXPECT_EQ(view.alert_sent, row.alert);
  EXPECT_EQ(seen->alert() ? seen->alert()->number : -1, row.alert) << "as the lab saw it";
  const bool is_tolerated = row.reason.empty() && row.fault.then == Then::GoOn;
  EXPECT_EQ(view.data, is_tolerated ? row.options.application_data : "");
}

INSTANTIATE_TEST_SUITE_P(Hellos, ClientFault, testing::ValuesIn(hello_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Flights, ClientFault, testing::ValuesIn(flight_rows()), name_of);

}  // namespace
}  // namespace securetransport::lab
