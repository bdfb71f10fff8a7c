// SPDX-License-Identifier: Apache-2.0
// Handshake messages at the wrong time, of the wrong length, or with a wrong value.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

/// CompressedCertificate of RFC 8879 section 4: zlib, the length of the message inside, and what is to be inflated.
Fault compressed_certificate() {
  return {.step = Step::Certificate,
          .action = Action::SendMessage,
          .number = handshake::kCompressedCertificate,
          .bytes = bytes_of(std::string_view("\x00\x01\x00\x03\xe8\x00\x00\x08\x78\x9c\x03\x00\x00\x00\x00\x01", 16))};
}

Scenarios compression() {
  Scenario from_client = client("client-compressed-certificate", ResultCode::UnexpectedMessage, kOnly13,
                                compressed_certificate(), "The client compresses its certificate unasked.",
                                "The offer stands in CertificateRequest; this server made none.");
  from_client.victim.demands_certificate = true;
  return {
      server("compressed-certificate", ResultCode::UnexpectedMessage, kOnly13, compressed_certificate(),
             "The server compresses its certificate, which nobody offered to inflate.",
             "RFC 8879 section 4. With an offer, one that does not inflate would be -9857; OpenSSL 3.0 cannot make the "
             "offer (3.2 can), so that here every compressed certificate comes unasked."),
      from_client,
  };
}

Scenarios order() {
  return {
      server("no-certificate-message", ResultCode::UnexpectedMessage, kEvery,
             {.step = Step::Certificate, .action = Action::Omit}, "The server leaves Certificate out.",
             "A state machine that skips states authenticates nobody (SMACK)."),
      server("no-server-key-exchange", ResultCode::UnexpectedMessage, kOld,
             {.step = Step::ServerKeyExchange, .action = Action::Omit}, "ECDHE without ServerKeyExchange.",
             "The suite says which messages must come."),
      server("no-certificate-verify", ResultCode::UnexpectedMessage, kOnly13,
             {.step = Step::CertificateVerify, .action = Action::Omit}, "The server does not prove its key.",
             "Without CertificateVerify anybody can show the certificate."),
      server("no-encrypted-extensions", ResultCode::UnexpectedMessage, kOnly13,
             {.step = Step::EncryptedExtensions, .action = Action::Omit}, "EncryptedExtensions is missing.",
             "Mandatory even when empty (RFC 8446 section 4.3.1)."),
      server("no-server-hello", ResultCode::UnexpectedMessage, kOld,
             {.step = Step::ServerHello, .action = Action::Omit}, "The flight begins with Certificate.",
             "Nothing means anything before ServerHello."),
      server("two-server-hellos", ResultCode::UnexpectedMessage, kOnly12,
             {.step = Step::ServerHello, .action = Action::Duplicate}, "ServerHello comes twice.",
             "Each message at its time, once."),
      server("two-certificates", ResultCode::UnexpectedMessage, kBoth,
             {.step = Step::Certificate, .action = Action::Duplicate}, "Certificate comes twice.",
             "Which of the two was verified?"),
      server("swapped-messages", ResultCode::UnexpectedMessage, kEvery,
             {.step = Step::Certificate, .action = Action::SwapWithNext}, "Certificate comes one message late.",
             "The order is fixed."),
      server("message-type-unknown", ResultCode::UnexpectedMessage, kEvery,
             {.step = Step::Certificate, .action = Action::ReplaceType, .number = 99},
             "A handshake message of type 99.", "Unknown messages are never skipped."),
      server("unasked-certificate-status", ResultCode::UnexpectedMessage, kOld,
             {.step = Step::ServerKeyExchange,
              .action = Action::SendMessage,
              .number = handshake::kCertificateStatus,
              .bytes = bytes_of(std::string_view("\x01\x00\x00\x01\x00", 5))},
             "A staple although none was agreed on.", "status_request must be echoed first (RFC 6066 section 8)."),
      server("key-update-in-12", ResultCode::UnexpectedMessage, kOnly12,
             {.step = Step::AfterHandshake,
              .action = Action::SendMessage,
              .number = handshake::kKeyUpdate,
              .bytes = bytes_of(std::string_view("\x00", 1))},
             "KeyUpdate in TLS 1.2.", "A message of another version is an unknown one."),
      server("hello-request-in-13", ResultCode::UnexpectedMessage, kOnly13,
             {.step = Step::AfterHandshake, .action = Action::SendMessage, .number = handshake::kHelloRequest},
             "HelloRequest in TLS 1.3.", "There is no renegotiation any more."),
      server("server-hello-late", ResultCode::UnexpectedMessage, kBoth,
             {.step = Step::AfterHandshake,
              .action = Action::SendMessage,
              .number = handshake::kServerHello,
              .bytes = Bytes(40, 3)},
             "A ServerHello after the handshake.", "Connected is a state with its own short list of messages."),
      server("second-hello-retry", ResultCode::UnexpectedMessage, kOnly13,
             {.step = Step::HelloRetryRequest, .lie = Lie::SecondHelloRetry}, "A second HelloRetryRequest.",
             "RFC 8446 section 4.1.4: once, or the loop never ends."),
      server("early-change-cipher-spec", ResultCode::Protocol, kOnly12,
             {.step = Step::Certificate,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .bytes = bytes_of("\x01")},
             "ChangeCipherSpec before there are keys.", "CVE-2014-0224: the keys would be empty."),
      server("bad-change-cipher-spec", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .bytes = bytes_of("\x02"),
              .place = Place::After},
             "A ChangeCipherSpec whose byte is not 1.", "RFC 8446 section 5 ignores only the well-formed one."),
      server("empty-change-cipher-spec", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .place = Place::After},
             "A ChangeCipherSpec without its byte.", "Empty is not well-formed."),
      server("late-change-cipher-spec", ResultCode::Protocol, kOnly12,
             {.step = Step::AfterHandshake,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .bytes = bytes_of("\x01")},
             "A ChangeCipherSpec after the handshake.", "Keys change once a handshake."),
      server("late-change-cipher-spec-13", ResultCode::UnexpectedRecord, kOnly13,
             {.step = Step::AfterHandshake,
              .action = Action::SendRecord,
              .number = content::kChangeCipherSpec,
              .bytes = bytes_of("\x01"),
              .protection = Protection::Plain},
             "A ChangeCipherSpec after the handshake.",
             "RFC 8446 section 5: after Finished it is an unexpected record type."),
      server("data-in-handshake", ResultCode::Protocol, kBoth,
             {.step = Step::Certificate,
              .action = Action::SendRecord,
              .number = content::kApplicationData,
              .bytes = bytes_of("early")},
             "Application data before the server is known.", "Data from nobody in particular."),
      server("no-change-cipher-spec", ResultCode::UnexpectedMessage, kOld,
             {.step = Step::ChangeCipherSpec, .action = Action::Omit, .protection = Protection::Plain},
             "Finished without ChangeCipherSpec, in the clear.", "An unprotected Finished proves nothing."),
  };
}

Scenario lengths(Step step, const std::string& name, const Versions& versions, bool is_truncated) {
  Fault fault{.step = step};
  fault.action = is_truncated ? Action::Truncate : Action::Append;
  fault.size = 1;
  if (!is_truncated) fault.bytes = bytes_of("x");
  return server(name + (is_truncated ? "-truncated" : "-trailing-byte"), ResultCode::DecodeError, versions, fault,
                is_truncated ? "The message lacks its last byte." : "One byte too many at the end of the message.",
                "The lengths inside a message and that of the message must agree.");
}

Scenarios encoding() {
  Scenarios all;
  for (const bool is_truncated : {true, false}) {
    all.push_back(lengths(Step::ServerHello, "server-hello", kEvery, is_truncated));
    all.push_back(lengths(Step::EncryptedExtensions, "encrypted-extensions", kOnly13, is_truncated));
    all.push_back(lengths(Step::Certificate, "certificate", kEvery, is_truncated));
    all.push_back(lengths(Step::ServerKeyExchange, "server-key-exchange", kOld, is_truncated));
    all.push_back(lengths(Step::CertificateVerify, "certificate-verify", kOnly13, is_truncated));
    all.push_back(lengths(Step::Finished, "finished", kEvery, is_truncated));
    all.push_back(with_request(lengths(Step::CertificateRequest, "certificate-request", kEvery, is_truncated)));
  }
  all.push_back(lengths(Step::ServerHelloDone, "server-hello-done", kOld, false));
  all.push_back(server("message-too-long", ResultCode::DecodeError, kEvery,
                       {.step = Step::Certificate, .action = Action::ClaimLength, .number = 0xffffff},
                       "A Certificate that claims 16 MiB.", "Put a limit before you put memory aside."));
  all.push_back(server("empty-certificate-list", ResultCode::DecodeError, kOld,
                       {.step = Step::Certificate, .action = Action::ReplaceBody, .bytes = Bytes(3, 0)},
                       "The server's list of certificates is empty.", "RFC 8446 section 4.4.2.4: decode_error."));
  all.push_back(server("empty-certificate-list-13", ResultCode::DecodeError, kOnly13,
                       {.step = Step::Certificate, .action = Action::ReplaceBody, .bytes = Bytes(4, 0)},
                       "The server's list of certificates is empty.", "RFC 8446 section 4.4.2.4: decode_error."));
  all.push_back(with_request(server("certificate-request-without-algorithms", ResultCode::DecodeError, kOnly12,
                                    {.step = Step::CertificateRequest,
                                     .action = Action::ReplaceBody,
                                     .bytes = bytes_of(std::string_view("\x02\x01\x40\x00\x00\x00\x00", 7))},
                                    "The list of signature algorithms in CertificateRequest is empty.",
                                    "RFC 5246 section 7.4.4: the list has at least one.")));
  return all;
}

Scenarios values() {
  return {
      server("bad-finished", ResultCode::Protocol, kEvery,
             {.step = Step::Finished, .action = Action::Flip, .number = 1},
             "The server's Finished does not match the handshake.", "Somebody changed the handshake on its way."),
      server("wrong-session-id", ResultCode::Protocol, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::SessionId, .bytes = Bytes(32, 7)},
             "The session id that comes back is not the one that went out.", "RFC 8446 section 4.1.3 has it echoed."),
      server("downgrade-sentinel", ResultCode::Protocol, kOnly12,
             {.step = Step::ServerHello, .lie = Lie::RandomTail, .bytes = bytes_of("DOWNGRD\x01")},
             "TLS 1.2, but the random says that the server can 1.3.", "Somebody removed TLS 1.3 from the offer."),
      server("hello-retry-no-change", ResultCode::Protocol, kOnly13,
             {.step = Step::HelloRetryRequest, .lie = Lie::HelloRetryNoChange},
             "A HelloRetryRequest for what was already sent.", "RFC 8446 section 4.1.4: illegal_parameter."),
      server("server-compression", ResultCode::DecompressFail, kEvery,
             {.step = Step::ServerHello, .lie = Lie::Compression, .number = 1},
             "The server selects DEFLATE, which nobody offered.", "TLS compression is dead since CRIME."),
  };
}

}  // namespace

Scenarios message_scenarios() {
  Scenarios all = order();
  for (const auto& part : {compression(), encoding(), values()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace securetransport::lab
