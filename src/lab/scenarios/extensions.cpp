// SPDX-License-Identifier: Apache-2.0
// Extensions that were not asked for, are missing, stand twice, or do not parse.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

constexpr std::uint16_t kUnassigned = 0xfafb;

Scenario retried(Scenario scenario) {
  scenario.options = [](PeerSetup& setup, const Credentials&) { setup.options.groups = {group::kP256}; };
  return scenario;
}

Scenarios unsolicited() {
  const std::string lesson = "RFC 8446 section 4.2: what was not offered must be refused, known or not.";
  return {
      server("extension-not-offered", ResultCode::UnsupportedExtension, kEvery,
             {.step = Step::ServerHello, .lie = Lie::AddExtension, .number = kUnassigned},
             "ServerHello has an extension that no one knows.", lesson),
      server("heartbeat-not-offered", ResultCode::UnsupportedExtension, kOld,
             {.step = Step::ServerHello,
              .lie = Lie::AddExtension,
              .number = extension::kHeartbeat,
              .bytes = bytes_of("\x01")},
             "ServerHello agrees to a heartbeat that was not offered.", lesson),
      server("srtp-not-offered", ResultCode::UnsupportedExtension, kOld,
             {.step = Step::ServerHello,
              .lie = Lie::AddExtension,
              .number = extension::kUseSrtp,
              .bytes = bytes_of(std::string_view("\x00\x02\x00\x01\x00", 5))},
             "ServerHello agrees to SRTP, which was not offered.", lesson),
      server("alpn-not-offered", ResultCode::UnsupportedExtension, kOld,
             {.step = Step::ServerHello,
              .lie = Lie::AddExtension,
              .number = extension::kAlpn,
              .bytes = bytes_of(std::string_view("\x00\x03\x02h2", 5))},
             "ServerHello chooses a protocol although none was offered.", lesson),
      server("encrypted-extension-not-offered", ResultCode::UnsupportedExtension, kOnly13,
             {.step = Step::EncryptedExtensions, .lie = Lie::AddExtension, .number = kUnassigned},
             "EncryptedExtensions has an extension that no one knows.", lesson),
      retried(server("hello-retry-extension-not-offered", ResultCode::UnsupportedExtension, kOnly13,
                     {.step = Step::HelloRetryRequest, .lie = Lie::AddExtension, .number = kUnassigned},
                     "HelloRetryRequest has an extension that no one knows.", lesson)),
      server("certificate-extension-not-offered", ResultCode::UnsupportedExtension, kOnly13,
             {.step = Step::Certificate, .lie = Lie::AddExtension, .number = kUnassigned},
             "Certificate has an extension that no one knows.", lesson),
  };
}

Scenarios wrong_place() {
  return {
      server("extension-twice", ResultCode::Protocol, kOld,
             {.step = Step::ServerHello, .lie = Lie::DuplicateExtension, .number = extension::kRenegotiationInfo},
             "The same extension twice in ServerHello.", "RFC 8446 section 4.2: no more than one of each type."),
      server("extension-twice-13", ResultCode::Protocol, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::DuplicateExtension, .number = extension::kSupportedVersions},
             "The same extension twice in ServerHello.", "RFC 8446 section 4.2: no more than one of each type."),
      server("extension-misplaced", ResultCode::Protocol, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::AddExtension, .number = extension::kServerName},
             "server_name in the ServerHello of TLS 1.3.", "The table of RFC 8446 section 4.2 says what goes where."),
      server("key-share-misplaced", ResultCode::Protocol, kOnly13,
             {.step = Step::EncryptedExtensions,
              .lie = Lie::AddExtension,
              .number = extension::kKeyShare,
              .bytes = Bytes(4, 0)},
             "key_share in EncryptedExtensions.", "Offered, but in the wrong message: illegal_parameter."),
  };
}

Scenarios malformed() {
  const std::string lesson = "Every length is checked against what is left, and nothing may be left over.";
  return {
      server("extension-too-long", ResultCode::DecodeError, kOld,
             {.step = Step::ServerHello, .lie = Lie::ExtensionLength, .number = extension::kRenegotiationInfo},
             "An extension that claims a byte too many.", lesson),
      server("extension-too-long-13", ResultCode::DecodeError, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::ExtensionLength, .number = extension::kKeyShare},
             "An extension that claims a byte too many.", lesson),
      server("extension-block-too-long", ResultCode::DecodeError, kEvery,
             {.step = Step::ServerHello, .lie = Lie::ExtensionBlockLength},
             "The extensions together claim a byte too many.", lesson),
      server("encrypted-extension-block-too-long", ResultCode::DecodeError, kOnly13,
             {.step = Step::EncryptedExtensions, .lie = Lie::ExtensionBlockLength},
             "The extensions together claim a byte too many.", lesson),
      server("key-share-truncated", ResultCode::DecodeError, kOnly13,
             {.step = Step::ServerHello,
              .lie = Lie::ReplaceExtension,
              .number = extension::kKeyShare,
              .bytes = bytes_of(std::string_view("\x00\x1d\x00\x20xyz", 7))},
             "A key share that ends too early.", lesson),
  };
}

Scenarios missing() {
  return {
      server("no-key-share", ResultCode::MissingExtension, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::OmitExtension, .number = extension::kKeyShare},
             "ServerHello without a key share.", "Without one there is no key: missing_extension."),
      with_request(server(
          "request-without-algorithms", ResultCode::MissingExtension, kOnly13,
          {.step = Step::CertificateRequest, .lie = Lie::OmitExtension, .number = extension::kSignatureAlgorithms},
          "CertificateRequest without signature_algorithms.", "RFC 8446 section 4.3.2: it MUST be specified.")),
  };
}

}  // namespace

Scenarios extension_scenarios() {
  Scenarios all = unsolicited();
  for (const auto& part : {wrong_place(), malformed(), missing()}) all.insert(all.end(), part.begin(), part.end());
  Scenario& ignored = all.emplace_back(
      with_request(server("request-extension-unknown", ResultCode::Success, kOnly13,
                          {.step = Step::CertificateRequest, .lie = Lie::AddExtension, .number = kUnassigned},
                          "CertificateRequest has an extension that no one knows.",
                          "Here, and in tickets, RFC 8446 wants them ignored: GREASE depends on it.")));
  ignored.twin = Twin::None;
  return all;
}

}  // namespace securetransport::lab
