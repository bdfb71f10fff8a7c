// SPDX-License-Identifier: Apache-2.0
// Lies in the hello and the extensions of the server.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unit/lab/tls_server_fault.hpp"

namespace securetransport::lab {
namespace {

using test::ecdsa;
using test::name_of;
using test::zeros;
using Row = test::ServerFaultRow;

const PeerOptions& v12() {
  static const PeerOptions kOptions = ecdsa(kTls12);
  return kOptions;
}
const PeerOptions& v13() {
  static const PeerOptions kOptions = ecdsa(kTls13);
  return kOptions;
}

PeerOptions retrying() {
  PeerOptions options = ecdsa(kTls13);
  options.groups = {group::kP256};
  return options;
}
PeerOptions requesting() {
  PeerOptions options = ecdsa(kTls13);
  options.request_client_certificate = true;
  return options;
}

std::vector<Row> hello_rows() {
  constexpr auto kHello = Step::ServerHello;
  const auto extension_at = [](Step step, Lie lie, std::uint16_t type, Bytes bytes = {}) {
    return Fault{.step = step, .lie = lie, .number = type, .bytes = std::move(bytes)};
  };
  return {
      {"VersionBelow",
       v12(),
       {.step = kHello, .lie = Lie::LegacyVersion, .number = kTls11},
       "unsupported protocol",
       70,
       {.min_version = TLS1_2_VERSION}},
      {"VersionSsl3", v12(), {.step = kHello, .lie = Lie::LegacyVersion, .number = 0x0300}, "unsupported protocol", 70},
      {"VersionAbove",
       v12(),
       {.step = kHello, .lie = Lie::LegacyVersion, .number = 0x0305},
       "unsupported protocol",
       70},
      {"SuiteNotOffered",
       v12(),
       {.step = kHello, .lie = Lie::CipherSuite, .number = suite::kEcdheRsaAes128Sha},
       "wrong cipher returned",
       47,
       {.suites = "ECDHE-ECDSA-AES128-GCM-SHA256"}},
      {"SuiteRc4", v12(), {.step = kHello, .lie = Lie::CipherSuite, .number = 0x0005}, "unknown cipher returned", 47},
      {"SuiteOf12In13",
       v13(),
       {.step = kHello, .lie = Lie::CipherSuite, .number = suite::kEcdheRsaAes128Gcm},
       "wrong cipher returned",
       47},
      {"Compression12", v12(), {.step = kHello, .lie = Lie::Compression, .number = 1}, "compression disabled", 47},
      {"Compression13",
       v13(),
       {.step = kHello, .lie = Lie::Compression, .number = 1},
       "invalid compression algorithm",
       47},
      {"SessionIdEcho", v13(), {.step = kHello, .lie = Lie::SessionId, .bytes = zeros(32)}, "invalid session id", 47},
      {"UnknownExtensionIsIgnored", v12(), extension_at(kHello, Lie::AddExtension, 0x7777), ""},
      {"NotOffered", v12(),
       extension_at(kHello, Lie::AddExtension, extension::kAlpn, bytes_of(std::string_view("\0\3\2h2", 5))),
       "unsolicited extension", 110},
      {"SrtpNotOffered", v12(), extension_at(kHello, Lie::AddExtension, extension::kUseSrtp), "bad extension", 47},
      {"NotOffered13", v13(),
       extension_at(Step::EncryptedExtensions, Lie::AddExtension, extension::kAlpn,
                    bytes_of(std::string_view("\0\3\2h2", 5))),
       "unsolicited extension", 110},
      {"Duplicate", v12(), extension_at(kHello, Lie::DuplicateExtension, extension::kExtendedMasterSecret),
       "bad extension", 47},
      {"Duplicate13", v13(), extension_at(kHello, Lie::DuplicateExtension, extension::kKeyShare), "bad extension", 47},
      {"WrongMessage13", v13(), extension_at(kHello, Lie::AddExtension, extension::kServerName), "bad extension", 47},
      {"ExtensionLength", v12(), extension_at(kHello, Lie::ExtensionLength, extension::kRenegotiationInfo),
       "bad extension", 50},
      {"BlockLength", v12(), extension_at(kHello, Lie::ExtensionBlockLength, 0), "bad length", 50},
      {"BlockLength13", v13(), extension_at(Step::EncryptedExtensions, Lie::ExtensionBlockLength, 0), "length mismatch",
       50},
      {"DowngradeSentinel",
       v12(),
       {.step = kHello, .lie = Lie::RandomTail, .bytes = bytes_of("DOWNGRD\x01")},
       "inappropriate fallback",
       47},
      {"NoRenegotiationInfo", v12(), extension_at(kHello, Lie::OmitExtension, extension::kRenegotiationInfo),
       "unsafe legacy renegotiation disabled", 40},
      {"WrongRenegotiationInfo", v12(),
       extension_at(kHello, Lie::ReplaceExtension, extension::kRenegotiationInfo, bytes_of("\x01x")),
       "renegotiation mismatch", 47},
      {"NoExtendedMasterSecretIsAccepted", v12(),
       extension_at(kHello, Lie::OmitExtension, extension::kExtendedMasterSecret), ""},
      {"NoExtensionsAtAll",
       v12(),
       {.step = kHello, .lie = Lie::NoExtensions},
       "unsafe legacy renegotiation disabled",
       40},
      {"SupportedVersionsRange", v13(),
       extension_at(kHello, Lie::ReplaceExtension, extension::kSupportedVersions, {3, 3}),
       "bad protocol version number", 47},
      {"SupportedVersionsUnknown", v13(),
       extension_at(kHello, Lie::ReplaceExtension, extension::kSupportedVersions, {3, 9}),
       "bad protocol version number", 47},
      {"NoKeyShare", v13(), extension_at(kHello, Lie::OmitExtension, extension::kKeyShare), "no suitable key share",
       109},
      {"KeyShareGroupNotOffered", v13(), {.step = kHello, .lie = Lie::Group, .number = 0x0100}, "bad key share", 47},
      {"ZeroPoint", v13(), {.step = kHello, .lie = Lie::PublicValue, .bytes = zeros(32)}, "bad key share", 47},
      {"ShortPoint", v13(), {.step = kHello, .lie = Lie::PublicValue, .bytes = zeros(31)}, "bad ecpoint", 47},
      {"KeyShareLength", v13(), {.step = kHello, .lie = Lie::PublicValueLength, .number = 33}, "length mismatch", 50},
      {"SecondRetry", v13(), {.step = Step::HelloRetryRequest, .lie = Lie::SecondHelloRetry}, "unexpected message", 10},
      {"RetryWithoutChange",
       v13(),
       {.step = Step::HelloRetryRequest, .lie = Lie::HelloRetryNoChange},
       "bad key share",
       47},
      {"RetryEmpty", retrying(), extension_at(Step::HelloRetryRequest, Lie::OmitExtension, extension::kKeyShare),
       "no change following hrr", 47},
      {"RetryForUnknownGroup", retrying(),
       extension_at(Step::HelloRetryRequest, Lie::ReplaceExtension, extension::kKeyShare, {0x77, 0x77}),
       "bad key share", 47},
      {"CertificateExtension13", v13(),
       extension_at(Step::Certificate, Lie::AddExtension, extension::kStatusRequest, {1, 0, 0, 1, 0}),
       "unsolicited extension", 110},
      {"RequestWithoutSchemes", requesting(),
       extension_at(Step::CertificateRequest, Lie::OmitExtension, extension::kSignatureAlgorithms),
       "missing sigalgs extension", 109},
  };
}

class HelloFault : public testing::TestWithParam<Row> {};

TEST_P(HelloFault, IsNoticedByOpenSsl) { test::expect_noticed(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Hellos, HelloFault, testing::ValuesIn(hello_rows()), name_of);

}  // namespace
}  // namespace securetransport::lab
