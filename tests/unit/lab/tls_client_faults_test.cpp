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

using test::Setup;

struct Row {
  const char* name;
  PeerOptions options;
  Fault fault;
  std::string reason;  ///< OpenSSL's words; empty: it does not mind.
  int alert = -1;      ///< That the server sends, and that the lab sees; -1: none.
  Setup setup = {};
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

Setup asking() {
  Setup setup;
  setup.wants_client_certificate = true;
  return setup;
}
Setup only_x25519() {
  Setup setup;
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
      {"Honest12", v12, {}, "", 0},
      {"Honest13", v13, {}, "", 0},
      {"NoSharedSuite", offering(kTls12, {suite::kRsaAes128Sha}), {}, "", 0},
      {"NoSharedSuite13", offering(kTls13, {0x1399}), {}, "", 0},
      {"UnknownSuites", v12, lie(Lie::CipherSuites, 0, {0x77, 0x77}), "", 0},
      {"VersionTooLow", client(kTls11), {}, "", 0, {.min_version = TLS1_2_VERSION}},
      {"VersionSsl3", v12, lie(Lie::LegacyVersion, 0x0300), "", 0},
      {"FallbackScsv", falling_back(), {}, "", 0},
      {"NoKeyShare", v13, lie(Lie::OmitExtension, extension::kKeyShare), "", 0},
      {"NoGroups", v13, lie(Lie::OmitExtension, extension::kSupportedGroups), "", 0},
      {"NoSchemes", v13, lie(Lie::OmitExtension, extension::kSignatureAlgorithms), "", 0},
      {"UnknownGroups", v13, lie(Lie::ReplaceExtension, extension::kSupportedGroups, {0, 2, 0x77, 0x77}), "", 0},
      {"UnknownGroups12", v12, lie(Lie::ReplaceExtension, extension::kSupportedGroups, {0, 2, 0x77, 0x77}), "", 0},
      {"UnknownSchemes", v13, lie(Lie::ReplaceExtension, extension::kSignatureAlgorithms, {0, 2, 1, 1}), "", 0},
      {"UnknownSchemes12", v12, lie(Lie::ReplaceExtension, extension::kSignatureAlgorithms, {0, 2, 1, 1}), "", 0},
      {"ZeroPoint", v13, lie(Lie::PublicValue, 0, zeros(32)), "", 0},
      {"KeyShareLength", v13, lie(Lie::PublicValueLength, 999), "", 0},
      {"UnknownPskFallsBack", v13, lie(Lie::UnknownPsk, 0, bytes_of("nobody")), "", 0},
      {"Compression", v12, lie(Lie::Compression, 1), "", 0},
      {"Compression13", v13, lie(Lie::Compression, 1), "", 0},
      {"UnknownExtensionIsIgnored", v13, lie(Lie::AddExtension, 0x7777, {1}), "", 0},
      {"DuplicateExtension", v12, lie(Lie::DuplicateExtension, extension::kSupportedGroups), "", 0},
      {"BlockLength", v12, lie(Lie::ExtensionBlockLength, 0), "", 0},
      {"NoExtensionsIsAccepted", v12, lie(Lie::NoExtensions, 0), "", 0},
      {"Truncated", v13, {.step = kHello, .action = Action::Truncate, .size = 4}, "", 0},
      {"Duplicated", v13, {.step = kHello, .action = Action::Duplicate}, "", 0},
      {"Garbage", v13, {.step = kHello, .action = Action::ReplaceRaw, .bytes = zeros(64)}, "", 0},
      {"HttpRequest",
       v13,
       {.step = kHello, .action = Action::ReplaceRaw, .bytes = bytes_of("GET / HTTP/1.0\r\n\r\n")},
       "",
       0},
      {"OtherMessageFirst",
       v12,
       {.step = kHello, .action = Action::ReplaceType, .number = handshake::kFinished},
       "",
       0},
      {"AlertFirst", v12, {.step = kHello, .action = Action::SendAlert, .number = 40, .then = Then::Close}, "", 0},
      {"SecondWithoutShare",
       retried(),
       {.step = kHello, .lie = Lie::OmitExtension, .number = extension::kKeyShare, .occurrence = 2},
       "",
       0,
       only_x25519()},
      {"NothingAtAll", v12, {.step = Step::BeforeAnything, .then = Then::Close}, "", 0},
  };
}

std::vector<Row> flight_rows() {
  constexpr auto kKeys = Step::ClientKeyExchange;
  const PeerOptions v12 = client(kTls12);
  const PeerOptions v13 = client(kTls13);
  const PeerOptions own12 = with_certificate(kTls12);
  const PeerOptions own13 = with_certificate(kTls13);
  return {
      {"Certificate12", own12, {}, "", 0, asking()},
      {"Certificate13", own13, {}, "", 0, asking()},
      {"NoCertificate12", v12, {}, "", 0, asking()},
      {"NoCertificate13", v13, {}, "", 0, asking()},
      {"NotDer12", own12, {.step = Step::Certificate, .lie = Lie::LeafBytes, .bytes = {1, 2, 3}}, "", 0, asking()},
      {"BadSignature12",
       own12,
       {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
       "",
       0,
       asking()},
      {"BadSignature13",
       own13,
       {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
       "",
       0,
       asking()},
      {"Scheme12",
       own12,
       {.step = Step::CertificateVerify, .lie = Lie::SignatureScheme, .number = 0x0101},
       "",
       0,
       asking()},
      {"NoVerify12", own12, {.step = Step::CertificateVerify, .action = Action::Omit}, "", 0, asking()},
      {"NoVerify13", own13, {.step = Step::CertificateVerify, .action = Action::Omit}, "", 0, asking()},
      {"UnknownPsk12", with_psk("unknown"), {}, "", 0},
      {"KnownPsk12", with_psk("known"), {}, "", 0},
      {"BadPoint", v12, {.step = kKeys, .lie = Lie::PublicValue, .bytes = zeros(5)}, "", 0},
      {"PointLength", v12, {.step = kKeys, .lie = Lie::PublicValueLength, .number = 200}, "", 0},
      {"NoKeyExchange", v12, {.step = kKeys, .action = Action::Omit}, "", 0},
      {"AlertInKeyExchange",
       v12,
       {.step = kKeys, .action = Action::SendAlert, .number = 46, .then = Then::Close},
       "",
       0},
      {"Alert13", v13, {.step = Step::Finished, .action = Action::SendAlert, .number = 48, .then = Then::Close}, "", 0},
      {"PlainAlert13",
       v13,
       {.step = Step::Finished,
        .action = Action::SendAlert,
        .number = 48,
        .protection = Protection::Plain,
        .then = Then::Close},
       "",
       0},
      {"AlertAfterHandshake",
       v13,
       {.step = Step::AfterHandshake, .action = Action::SendAlert, .number = 90, .then = Then::Close},
       "",
       0},
      {"WrongFinished12", v12, {.step = Step::Finished, .action = Action::Flip, .number = 1}, "", 0},
      {"WrongFinished13", v13, {.step = Step::Finished, .action = Action::Flip, .number = 1}, "", 0},
      {"FinishedTag12", v12, {.step = Step::Finished, .action = Action::CorruptRecord}, "", 0},
      {"NoChangeCipherSpec12", v12, {.step = Step::ChangeCipherSpec, .action = Action::Omit}, "", 0},
      {"NoChangeCipherSpec13IsFine", v13, {.step = Step::ChangeCipherSpec, .action = Action::Omit}, "", 0},
      {"DataTag13", v13, {.step = Step::ApplicationData, .action = Action::CorruptRecord}, "", 0},
      {"EndOfStreamBeforeFinished", v13, {.step = Step::Finished, .then = Then::Close}, "", 0},
      {"EndOfStreamAfterHandshake", v12, {.step = Step::AfterHandshake, .then = Then::Close}, "", 0},
      {"ResetBeforeKeyExchange", v12, {.step = kKeys, .then = Then::Reset}, "", 0},
      {"ResetAfterHandshake", v13, {.step = Step::AfterHandshake, .then = Then::Reset}, "", 0},
  };
}

class ClientFault : public testing::TestWithParam<Row> {};

TEST_P(ClientFault, IsNoticedByOpenSsl) {
  const Row& row = GetParam();
  Setup setup = row.setup;
  setup.certificate_pem = test::identities().ecdsa.certificate_pem;
  setup.key_pem = test::identities().ecdsa.key_pem;
  test::LibsslServer server(setup);
  const net::Endpoint endpoint = *net::parse_address("127.0.0.1", server.port());
  const auto seen = attack(endpoint, row.options, row.fault, net::within(std::chrono::seconds(10)));
  ASSERT_TRUE(seen);
  const test::View& view = server.view();
  if (getenv("LAB_PRINT"))
    printf("PRINT %-32s|%s| sent %d lab saw %d rcvd %d| conn %d data %s problem %s types %zu\n", row.name,
           view.reason.c_str(), view.alert_sent, seen->alert() ? seen->alert()->number : -1, view.alert_received,
           view.is_connected, view.data.c_str(), seen->problem.c_str(), seen->handshake_types.size());
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
