// SPDX-License-Identifier: Apache-2.0
// Clients that misbehave: what a server must see through. Alerts and certificates of clients stand in other themes.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario asked(Scenario scenario) {
  scenario.victim.demands_certificate = true;
  return scenario;
}

Scenario without_twin(Scenario scenario) {
  scenario.twin = Twin::None;
  return scenario;
}

void cbc(PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kEcdheEcdsaAes128Sha}; }

Scenarios offers() {
  Scenario old = without_twin(client("client-tls-v1-1", ResultCode::Negotiation, {kTls11}, {},
                                     "A client that speaks TLS 1.1 alone.", "protocol_version(70) tells it why."));
  Scenario group = client("client-no-shared-group", ResultCode::HandshakeFail, kOld,
                          {.step = Step::ClientHello,
                           .lie = Lie::ReplaceExtension,
                           .number = extension::kSupportedGroups,
                           .bytes = bytes_of(std::string_view("\x00\x02\x00\x1a", 4))},
                          "A client that knows only a Brainpool curve.", "The suites fit, the groups do not.");
  Scenario fallback = client("client-fallback", ResultCode::InappropriateFallback, kOnly12, {},
                             "TLS_FALLBACK_SCSV with TLS 1.2, though the server knows 1.3.",
                             "RFC 7507: somebody made the client believe that 1.3 does not work.");
  fallback.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.fallback_scsv = true; };
  Scenario nobody = without_twin(client("server-without-identity", ResultCode::BadConfiguration, kEvery, {},
                                        "A good client comes to a server without a certificate.",
                                        "The fault is the server's own: internal_error(80)."));
  nobody.victim.is_without_identity = true;
  Scenario name = client("client-unknown-name", ResultCode::UnrecognizedName, kEvery, {},
                         "The client asks for a host that the server does not have.",
                         "A server may insist on its names (RFC 6066 section 3).");
  name.victim.insists_on_names = true;
  name.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.server_name = "unknown.lab.test"; };
  return {
      old,
      group,
      fallback,
      nobody,
      name,
      client("client-no-shared-suite", ResultCode::Negotiation, kEvery,
             {.step = Step::ClientHello, .lie = Lie::CipherSuites, .bytes = bytes_of(std::string_view("\x00\x0a", 2))},
             "A client that offers 3DES alone.", "No suite in common: handshake_failure(40)."),
      client("client-no-shared-algorithm", ResultCode::HandshakeFail, kEvery,
             {.step = Step::ClientHello,
              .lie = Lie::ReplaceExtension,
              .number = extension::kSignatureAlgorithms,
              .bytes = bytes_of(std::string_view("\x00\x02\x01\x01", 4))},
             "A client that accepts RSA with MD5 alone.", "The suites fit, the signature algorithms do not.")};
}

Scenarios keys_known_before() {
  Scenario unknown = client("client-unknown-psk", ResultCode::UnknownPSKIdentity, kOld, {},
                            "A PSK identity that the server does not know.", "RFC 4279 section 2: alert 115.");
  unknown.victim.knows_psk = true;
  unknown.options = [](PeerSetup& setup, const Credentials&) {
    setup.options.suites = {suite::kPskAes128Gcm};
    setup.options.psk_identity = bytes_of(kVictimPskIdentity);
    setup.options.psk = bytes_of(kVictimPsk);
  };
  unknown.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.psk_identity = bytes_of("stranger"); };
  Scenario unknown13 =
      without_twin(client("client-unknown-psk-13", ResultCode::UnknownPSKIdentity, kOnly13,
                          {.step = Step::ClientHello, .lie = Lie::UnknownPsk, .bytes = bytes_of("stranger")},
                          "An unknown PSK, and the server has no certificate to fall back to.",
                          "With a certificate RFC 8446 wants the full handshake in its place."));
  unknown13.victim.knows_psk = true;
  unknown13.victim.is_without_identity = true;
  return {unknown, unknown13};
}

Scenarios messages() {
  return {
      client("client-hello-truncated", ResultCode::DecodeError, kEvery,
             {.step = Step::ClientHello, .action = Action::Truncate, .size = 1}, "ClientHello lacks its last byte.",
             "The lengths must add up."),
      client("client-hello-trailing-byte", ResultCode::DecodeError, kEvery,
             {.step = Step::ClientHello, .action = Action::Append, .bytes = bytes_of("x")},
             "One byte too many at the end of ClientHello.", "The lengths must add up."),
      client("client-hello-too-long", ResultCode::DecodeError, kEvery,
             {.step = Step::ClientHello, .action = Action::ClaimLength, .number = 0xffffff},
             "A ClientHello that claims 16 MiB.", "Put a limit before you put memory aside."),
      client("client-starts-with-finished", ResultCode::UnexpectedMessage, kBoth,
             {.step = Step::ClientHello, .action = Action::ReplaceType, .number = handshake::kFinished},
             "The first message is Finished.", "Only ClientHello begins a handshake."),
      client("client-two-hellos", ResultCode::UnexpectedMessage, kOld,
             {.step = Step::ClientKeyExchange,
              .action = Action::SendMessage,
              .number = handshake::kClientHello,
              .bytes = Bytes(40, 3)},
             "A second ClientHello in place of ClientKeyExchange.", "Each message at its time, once."),
      client("client-no-key-exchange", ResultCode::Protocol, kOnly12,
             {.step = Step::ClientKeyExchange, .action = Action::Omit},
             "ChangeCipherSpec comes without ClientKeyExchange.", "There is nothing to make keys of."),
      asked(client("client-no-certificate-message", ResultCode::UnexpectedMessage, kEvery,
                   {.step = Step::Certificate, .action = Action::Omit},
                   "Asked for a certificate, the client sends none "
                   "and no empty list either.",
                   "Empty is allowed, missing is not.")),
      asked(client("client-no-certificate-verify", ResultCode::UnexpectedMessage, kOnly13,
                   {.step = Step::CertificateVerify, .action = Action::Omit},
                   "The client shows a certificate without proof of its key.",
                   "Certificates are public: anybody can show one.")),
      asked(client("client-bad-certificate-verify", ResultCode::Crypto, kEvery,
                   {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
                   "The client's signature does not verify.", "The certificate was somebody else's.")),
      asked(client("client-certificate-extension", ResultCode::UnsupportedExtension, kOnly13,
                   {.step = Step::Certificate, .lie = Lie::AddExtension, .number = 0xfafb},
                   "The client's Certificate has an extension that was not asked for.",
                   "CertificateRequest is the offer here.")),
      client("client-bad-finished", ResultCode::Protocol, kEvery,
             {.step = Step::Finished, .action = Action::Flip, .number = 1},
             "The client's Finished does not match the handshake.", "Somebody changed the handshake on its way."),
      client("client-finished-truncated", ResultCode::DecodeError, kEvery,
             {.step = Step::Finished, .action = Action::Truncate, .size = 1}, "Finished is too short.",
             "Compare the length before the bytes."),
      client("client-data-in-handshake", ResultCode::Protocol, kOnly12,
             {.step = Step::ClientKeyExchange,
              .action = Action::SendRecord,
              .number = content::kApplicationData,
              .bytes = bytes_of("early")},
             "Application data before the handshake is done.", "Nobody has agreed to early data."),
      client("client-early-change-cipher-spec", ResultCode::Protocol, kOnly12,
             {.step = Step::ClientKeyExchange,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .bytes = bytes_of("\x01")},
             "ChangeCipherSpec before ClientKeyExchange.", "CVE-2014-0224."),
      client("client-bad-renegotiation-info", ResultCode::Negotiation, kOld,
             {.step = Step::ClientHello,
              .lie = Lie::ReplaceExtension,
              .number = extension::kRenegotiationInfo,
              .bytes = bytes_of("\x01\xaa")},
             "renegotiation_info is not empty in the first handshake.", "RFC 5746 section 3.6: abort."),
      client("client-extension-twice", ResultCode::Protocol, kEvery,
             {.step = Step::ClientHello, .lie = Lie::DuplicateExtension, .number = extension::kSupportedGroups},
             "The same extension twice in ClientHello.", "RFC 8446 section 4.2."),
      client("client-no-groups", ResultCode::MissingExtension, kOnly13,
             {.step = Step::ClientHello, .lie = Lie::OmitExtension, .number = extension::kSupportedGroups},
             "TLS 1.3 without supported_groups.", "RFC 8446 section 9.2: missing_extension."),
      client("client-no-algorithms", ResultCode::MissingExtension, kOnly13,
             {.step = Step::ClientHello, .lie = Lie::OmitExtension, .number = extension::kSignatureAlgorithms},
             "TLS 1.3 without signature_algorithms.", "RFC 8446 section 9.2: missing_extension."),
      client("client-share-zero", ResultCode::Protocol, kOnly13,
             {.step = Step::ClientHello, .lie = Lie::PublicValue, .bytes = Bytes(32, 0)}, "The X25519 share is zero.",
             "RFC 8446 section 7.4.2."),
      client("client-public-value-zero", ResultCode::Protocol, kOld,
             {.step = Step::ClientKeyExchange, .lie = Lie::PublicValue, .bytes = Bytes(32, 0)},
             "The X25519 public value is zero.", "RFC 7748 section 6.1."),
      client("client-compression", ResultCode::Protocol, kOnly13,
             {.step = Step::ClientHello, .lie = Lie::Compression, .number = 1},
             "TLS 1.3 with DEFLATE as the only compression.", "RFC 8446 section 4.1.2: exactly one byte, 0."),
  };
}

Scenarios records() {
  Scenario mac =
      client("client-bad-mac", ResultCode::BadRecordMac, kOnly12,
             {.step = Step::ApplicationData, .action = Action::CorruptRecord}, "AES-CBC: a wrong MAC.", "RFC 7366.");
  mac.options = cbc;
  Scenario hangs = without_twin(client("client-hangs", ResultCode::NetworkTimeout, kBoth,
                                       {.step = Step::ClientHello, .then = Then::Silence},
                                       "A client that connects and says nothing.", "Slowloris needs no more."));
  hangs.victim.patience = std::chrono::milliseconds(1000);
  return {
      mac,
      hangs,
      client("client-bad-tag", ResultCode::DecryptionFail, kBoth,
             {.step = Step::ApplicationData, .action = Action::CorruptRecord}, "A record whose AEAD tag is wrong.",
             "Not one byte of it may reach the program."),
      client("client-record-too-long", ResultCode::RecordOverflow, kBoth,
             {.step = Step::ClientHello, .action = Action::RecordLength, .number = 0x4801},
             "A record header that claims 18,433 bytes.", "Judge the length before you wait."),
      client("client-record-type-unknown", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::ClientHello, .action = Action::RecordType, .number = 99}, "A first record of type 99.",
             "Neither TLS nor text."),
      client("client-http", ResultCode::RecordOverflow, kOnly13,
             {.step = Step::BeforeAnything,
              .action = Action::SendRaw,
              .bytes = bytes_of("GET / HTTP/1.1\r\n\r\n"),
              .then = Then::Silence},
             "A client that speaks HTTP without TLS.", "The most usual of all faults of clients."),
      client("client-garbage", ResultCode::UnexpectedRecord, kOnly13,
             {.step = Step::BeforeAnything,
              .action = Action::SendRaw,
              .bytes = bytes_of(kForeignBytes),
              .then = Then::Silence},
             "Bytes that are neither TLS nor text.", "A port scanner."),
      client("client-empty-handshake-record", ResultCode::Protocol, kBoth,
             {.step = Step::ClientHello, .action = Action::SendRecord, .number = content::kHandshake},
             "A handshake record without content.", "RFC 8446 section 5.1."),
      client("client-closes-at-once", ResultCode::ConnectionRefused, kBoth,
             {.step = Step::ClientHello, .then = Then::Close}, "A client that connects and goes away.",
             "Health checks of load balancers do this all day."),
      client("client-eof-in-hello", ResultCode::ClosedAbort, kBoth,
             {.step = Step::ClientHello, .action = Action::CutRecord, .size = 20, .then = Then::Close},
             "The stream ends inside ClientHello.", "Ended where it must not end."),
      client("client-eof-in-handshake", ResultCode::ClosedAbort, kBoth, {.step = Step::Finished, .then = Then::Close},
             "The stream ends before Finished.", "Often a client that dislikes the certificate and does not say so."),
      client("client-eof-without-notify", ResultCode::ClosedNoNotify, kBoth,
             {.step = Step::AfterHandshake, .then = Then::Close}, "The stream ends without close_notify.",
             "Was that all of the request?"),
      client("client-resets", ResultCode::TransportReset, kBoth, {.step = Step::AfterHandshake, .then = Then::Reset},
             "A reset right after the handshake.", "Users press Stop."),
  };
}

}  // namespace

Scenarios server_side_scenarios() {
  Scenarios all = offers();
  for (const auto& part : {keys_known_before(), messages(), records()}) all.insert(all.end(), part.begin(), part.end());
  Scenario key = client("client-demands-too-much", ResultCode::Internal, kOld,
                        {.step = Step::ClientHello,
                         .lie = Lie::ReplaceExtension,
                         .number = extension::kSignatureAlgorithms,
                         .bytes = bytes_of(std::string_view("\x00\x02\x06\x01", 4))},
                        "The client demands rsa_pkcs1_sha512 of a server whose key has 512 bits.",
                        "A key must be able to make the signatures that are promised.");
  key.victim.certificate = Credential::TinyRsa;
  key.twin = Twin::None;
  all.push_back(key);
  // Nothing is wrong with an empty list but that this server does not take it.
  Scenario none = client("client-no-certificate", ResultCode::CertificateRequired, kEvery, {},
                         "The server demands a certificate, the client has none.",
                         "In TLS 1.3 the client learns of it only when it reads.");
  none.victim.demands_certificate = true;
  none.shows = Credential::None;
  all.push_back(none);
  return all;
}

}  // namespace securetransport::lab
