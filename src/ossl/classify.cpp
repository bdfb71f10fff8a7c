// SPDX-License-Identifier: Apache-2.0
#include "ossl/classify.hpp"

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <algorithm>

#include "ossl/foreign_protocol.hpp"

namespace securetransport::ossl {
namespace {

Verdict local(ResultCode code, std::string detail) { return {code, DetectedBy::Local, std::move(detail)}; }

/// OpenSSL queues consequences after causes of other libraries; the last entry of libssl itself is the statement
/// about the handshake. A reason means nothing without its library: 102 is "bad dh value" in one and "cipher
/// operation failed" in another.
const EngineError* decisive_error(const Failure& failure) noexcept {
  const auto last = std::find_if(failure.errors.rbegin(), failure.errors.rend(),
                                 [](const EngineError& error) { return error.library == ERR_LIB_SSL; });
  return last != failure.errors.rend() ? &*last : nullptr;
}

/// The server answered outside of what we offered. Under an ATS policy that is how its rules are broken on the
/// wire, since what they forbid is not offered.
Verdict of_selection(const Failure& failure, std::string detail) {
  if (failure.ats && tls_equivalent(failure.version) < failure.ats->minimum_version) {
    return {ResultCode::ATSMinimumVersionViolation, DetectedBy::Ats, std::move(detail)};
  }
  if (failure.ats && !failure.ats->cipher_suites.empty() &&
      std::find(failure.ats->cipher_suites.begin(), failure.ats->cipher_suites.end(), failure.cipher_suite) ==
          failure.ats->cipher_suites.end()) {
    return {ResultCode::ATSCiphersuiteViolation, DetectedBy::Ats, std::move(detail)};
  }
  return local(ResultCode::Negotiation, std::move(detail));
}

Verdict of_finding(const Failure& failure) {
  switch (failure.finding) {
    case Finding::PlainTextPeer:
      // RFC 8446 section 5.1 limits the length; text read as a header is far over it.
      return local(ResultCode::RecordOverflow, describe_plain_text(failure.first_bytes));
    case Finding::NotTls: return local(ResultCode::UnexpectedRecord, describe_foreign_bytes(failure.first_bytes));
    case Finding::EmptyRecord:
    // RFC 8446 section 4.2: "There MUST NOT be more than one extension of the same type in a given block."
    case Finding::RepeatedExtension:
    // RFC 8446 section 4.2: "... it MUST abort the handshake with an "illegal_parameter" alert."
    case Finding::MisplacedExtension:
      return local(ResultCode::Protocol, "The peer broke the protocol: " + failure.finding_detail + ".");
    // RFC 8446 section 4.2: "... an endpoint MUST abort the handshake with an "unsupported_extension" alert."
    case Finding::UnsolicitedExtension:
      return local(ResultCode::UnsupportedExtension, "The server answered with an " + failure.finding_detail + ".");
    case Finding::MalformedExtensions:
      return local(ResultCode::DecodeError, "A handshake message cannot be decoded: " + failure.finding_detail + ".");
    // RFC 8446 section 9.2: "missing_extension".
    case Finding::MissingExtension:
      return local(ResultCode::MissingExtension, "A mandatory extension is missing: " + failure.finding_detail + ".");
    case Finding::UnofferedVersion:
      return of_selection(failure,
                          "The server selected a TLS version that was not offered: " + failure.finding_detail + ".");
    case Finding::UnofferedScheme:
      return local(ResultCode::Protocol, "The peer signed with " + failure.finding_detail + ", which was not offered.");
    case Finding::EndingWarning: break;  // The alert decides.
    case Finding::NoIdentity:
      return local(ResultCode::BadConfiguration, "This server has no certificate to answer the ClientHello with.");
    case Finding::TrustRejected: {
      // Trust, ATS, or for a certificate that cannot be read this side itself.
      const ResultInfo* const row = find_result(failure.finding_code);
      return {failure.finding_code, row != nullptr ? row->detected_by.front() : DetectedBy::Trust,
              failure.finding_detail};
    }
    case Finding::PeerIdentityChanged:
      return local(ResultCode::Protocol, "The peer presented another certificate in a renegotiation.");
    case Finding::ProtectionMissing:
      return local(ResultCode::HandshakeFail, "The server lacks " + failure.finding_detail + ", which is required.");
    case Finding::SessionNotFound:
      return local(ResultCode::SessionNotFound,
                   "Resumption is required, but the cache holds no session for this peer.");
    case Finding::UnknownPskIdentity:
      return local(ResultCode::UnknownPSKIdentity, "The PSK identity is not known here.");
    case Finding::UnknownServerName:
      return local(ResultCode::UnrecognizedName,
                   "The client asks for " + failure.finding_detail + ", which is not known here.");
    case Finding::NoAnswer:
      return {ResultCode::ConnectionRefused, DetectedBy::Transport,
              failure.first_bytes.empty() ? "The peer never answered, however often the messages were sent."
                                          : "The peer stopped answering in the middle of the handshake."};
    case Finding::Unjudged:
      return local(ResultCode::Internal, "The handshake completed although the peer's certificate was not judged.");
    case Finding::None: break;
  }
  return local(ResultCode::Internal, "No cause is known.");
}

Verdict of_alert(const AlertMessage& alert) {
  return {result_of_alert(alert.description), DetectedBy::Peer,
          alert.description == Alert::CloseNotify
              ? "The peer closed the connection with close_notify."
              : "The peer sent the " + std::string(alert.level == AlertLevel::Warning ? "warning" : "fatal") +
                    " alert " + describe(alert.description) + "."};
}

/// A transport that fails with a code of its own may mean what a status says better: callbacks of the C API know
/// nothing but codes.
IoStatus status_of(const Failure& failure) noexcept {
  if (failure.transport != IoStatus::Failed || failure.transport_failed_on_write) return failure.transport;
  switch (ResultCode{failure.transport_code}) {
    case ResultCode::TransportReset: return IoStatus::Reset;
    case ResultCode::NetworkTimeout: return IoStatus::TimedOut;
    case ResultCode::Success:
    case ResultCode::ClosedGraceful:
    case ResultCode::ClosedAbort:
    case ResultCode::ClosedNoNotify: return IoStatus::EndOfStream;
    default: return IoStatus::Failed;
  }
}

Verdict of_transport(const Failure& failure) {
  const std::string doing = failure.transport_failed_on_write ? "while writing" : "while reading";
  switch (status_of(failure)) {
    case IoStatus::EndOfStream:
      if (failure.first_bytes.empty()) {
        return {ResultCode::ConnectionRefused, DetectedBy::Transport,
                "The peer closed the connection before it sent a single byte."};
      }
      if (failure.missing > 0) {
        return {ResultCode::ClosedAbort, DetectedBy::Transport,
                "The stream ended inside a record: " + std::to_string(failure.missing) + " bytes are missing."};
      }
      if (!failure.connected) {
        return {ResultCode::ClosedAbort, DetectedBy::Transport, "The stream ended in the middle of the handshake."};
      }
      // RFC 8446 section 6.1: "Each party MUST send a "close_notify" alert before closing its write side".
      return {ResultCode::ClosedNoNotify, DetectedBy::Transport,
              "The stream ended at a record boundary without close_notify; data may have been cut off."};
    case IoStatus::Reset:
      return {ResultCode::TransportReset, DetectedBy::Transport, "The connection was reset " + doing + "."};
    case IoStatus::TimedOut:
      return {ResultCode::NetworkTimeout, DetectedBy::Transport,
              failure.first_bytes.empty() && !failure.datagram
                  ? "The peer accepted the connection but sent nothing before the deadline."
                  : "The deadline passed " + doing + "."};
    case IoStatus::Failed:
      if (failure.transport_failed_in_header && !failure.transport_failed_on_write) {
        return {
            ResultCode::ClosedAbort, DetectedBy::Transport,
            "The transport failed with " + std::to_string(failure.transport_code) + " while a record header was read."};
      }
      if (failure.transport_code == 0) {
        return {ResultCode::ClosedAbort, DetectedBy::Transport, "The transport failed " + doing + "."};
      }
      return {ResultCode{failure.transport_code}, DetectedBy::Transport,
              "The transport failed with " + std::to_string(failure.transport_code) + " " + doing + "."};
    case IoStatus::Ok:
    case IoStatus::WouldBlock: break;
  }
  return local(ResultCode::Internal, "No cause is known.");
}

/// SSL_R_UNEXPECTED_MESSAGE tells the state only; the record's type tells what came.
Verdict of_unexpected_message(const Failure& failure) {
  const RecordHeader record = failure.last_record.value_or(RecordHeader{});
  switch (ContentType{failure.last_inner_type.value_or(record.type)}) {
    case ContentType::Handshake:
      return local(ResultCode::UnexpectedMessage, "A handshake message arrived at the wrong time.");
    case ContentType::ApplicationData:
      return local(ResultCode::Protocol, "Application data arrived during the handshake.");
    case ContentType::ChangeCipherSpec:
      return local(ResultCode::Protocol, "ChangeCipherSpec arrived at the wrong time.");
    case ContentType::Alert: return local(ResultCode::Protocol, "An alert record is malformed.");
    case ContentType::Heartbeat: break;
  }
  // RFC 8446 section 5: "If a TLS implementation receives an unexpected record type, it MUST terminate the
  // connection with an "unexpected_message" alert."
  return local(ResultCode::UnexpectedRecord, "A record of type " + std::to_string(record.type) + " arrived.");
}

Verdict of_bad_staple() {
  return {ResultCode::BadCertificateStatusResponse, DetectedBy::Trust, "The stapled OCSP response is not acceptable."};
}

Verdict of_failed_authentication(const Failure& failure) {
  return failure.read_cipher == CipherKind::Aead
             ? local(ResultCode::DecryptionFail, "A record of the peer does not authenticate.")
             : local(ResultCode::BadRecordMac, "A record of the peer has a wrong MAC or padding.");
}

/// What an alert that OpenSSL chose says about the cause, for reasons that have no line of their own.
Verdict of_alert_sent(const Failure& failure) {
  if (!failure.alert_sent) return local(ResultCode::Internal, "The TLS engine failed without a cause of the peer.");
  switch (failure.alert_sent->description) {
    case Alert::UnexpectedMessage: return of_unexpected_message(failure);
    case Alert::BadRecordMac: return of_failed_authentication(failure);
    case Alert::RecordOverflow: return local(ResultCode::RecordOverflow, "A record is longer than TLS allows.");
    case Alert::HandshakeFailure:
      return local(ResultCode::HandshakeFail, "There is no set of parameters that both sides accept.");
    case Alert::BadCertificate: return local(ResultCode::BadCert, "The peer's certificate cannot be read.");
    case Alert::UnsupportedCertificate:
      return local(ResultCode::Crypto, "The peer's certificate has a key of a kind that is not supported.");
    case Alert::DecodeError: return local(ResultCode::DecodeError, "A handshake message cannot be decoded.");
    case Alert::DecryptError: return local(ResultCode::Crypto, "A signature or key of the handshake does not verify.");
    case Alert::ProtocolVersion: return local(ResultCode::Negotiation, "There is no TLS version in common.");
    case Alert::InsufficientSecurity: return local(ResultCode::HandshakeFail, "The parameters are too weak.");
    case Alert::InappropriateFallback:
      return local(ResultCode::InappropriateFallback, "The client fell back to an older version without need.");
    case Alert::MissingExtension: return local(ResultCode::MissingExtension, "A mandatory extension is missing.");
    case Alert::UnsupportedExtension:
      return local(ResultCode::UnsupportedExtension, "The peer answered with an extension that was not offered.");
    case Alert::UnrecognizedName: return local(ResultCode::UnrecognizedName, "The requested name is not known here.");
    case Alert::BadCertificateStatusResponse: return of_bad_staple();
    case Alert::UnknownPskIdentity: return local(ResultCode::UnknownPSKIdentity, "The PSK identity is not known.");
    case Alert::CertificateRequired:
      return local(ResultCode::CertificateRequired, "The client sent no certificate although one is required.");
    case Alert::InternalError: return local(ResultCode::Internal, "The TLS engine failed without a cause of the peer.");
    default:
      // RFC 8446 section 6.2: illegal_parameter is for what fits nowhere else; so is this code.
      return local(ResultCode::Protocol, "The peer broke the protocol.");
  }
}

Verdict of_engine(const Failure& failure) {
  const bool is_server = failure.role == Role::Server;
  const EngineError* const error = decisive_error(failure);
  if (error == nullptr) return of_alert_sent(failure);
  switch (error->reason) {
    case SSL_R_UNEXPECTED_MESSAGE: return of_unexpected_message(failure);
    case SSL_R_BAD_RECORD_TYPE:
      // RFC 8446 section 5: unprotected, or of an unknown inner type: either way not a record that may come now.
      return local(ResultCode::UnexpectedRecord, "A record that is not protected, or of an unknown type, arrived.");
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
    case SSL_R_BLOCK_CIPHER_PAD_IS_WRONG: return of_failed_authentication(failure);
    case SSL_R_LENGTH_TOO_SHORT:
      // An encrypt-then-MAC record shorter than its MAC has this reason, as have truncated messages.
      if (failure.read_cipher == CipherKind::MacAndEncrypt) return of_failed_authentication(failure);
      return local(ResultCode::DecodeError, "A handshake message is too short.");
    case SSL_R_LENGTH_MISMATCH:
    case SSL_R_EXCESSIVE_MESSAGE_SIZE:
    case SSL_R_BAD_LENGTH:
      // RFC 8446 section 6.2, decode_error: "some field was out of the specified range, or the length of the
      // message was incorrect."
      return local(ResultCode::DecodeError, "The lengths in a handshake message do not add up.");
    case SSL_R_SIGNATURE_ALGORITHMS_ERROR:
      // RFC 5246 section 7.4.4: supported_signature_algorithms<2..2^16-2>. OpenSSL blames itself for an empty list.
      return local(ResultCode::DecodeError, "The server's CertificateRequest has no signature algorithms.");
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_ENCRYPTED_LENGTH_TOO_LONG:
    case SSL_R_DATA_LENGTH_TOO_LONG:
      // RFC 8446 section 5.1: "An endpoint that receives a record that exceeds this length MUST terminate the
      // connection with a "record_overflow" alert."
      return local(ResultCode::RecordOverflow, "A record is longer than TLS allows.");
    case SSL_R_DIGEST_CHECK_FAILED:
      // Contract: a wrong Finished is a protocol error, though its alert is decrypt_error.
      return local(ResultCode::Protocol, "The peer's Finished message does not match the handshake.");
    case SSL_R_BAD_SIGNATURE:
      return local(ResultCode::Crypto, "The peer's signature over the handshake does not verify.");
    case SSL_R_DH_KEY_TOO_SMALL:
      return local(ResultCode::WeakPeerEphemeralDHKey, "The server's Diffie-Hellman group is below the minimum.");
    case SSL_R_UNSOLICITED_EXTENSION:
      return local(ResultCode::UnsupportedExtension, "The peer answered with an extension that was not offered.");
    case SSL_R_UNSUPPORTED_COMPRESSION_ALGORITHM:
    case SSL_R_COMPRESSION_DISABLED:
    case SSL_R_INVALID_COMPRESSION_ALGORITHM:
      return local(ResultCode::DecompressFail, "The peer selected a compression that was not offered.");
    case SSL_R_NO_SHARED_CIPHER:
      // TLS 1.2 servers of OpenSSL fold groups and signature algorithms into this reason.
      return failure.offered_enabled_suite
                 ? local(ResultCode::HandshakeFail,
                         "A cipher suite is in common, but no group, signature algorithm or kind of certificate is.")
                 : local(ResultCode::Negotiation, "No cipher suite is in common.");
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_BAD_PROTOCOL_VERSION_NUMBER:
      if (is_server) return local(ResultCode::Negotiation, "The client offers no TLS version that is enabled here.");
      return of_selection(failure, "The server selected a TLS version that was not offered.");
    case SSL_R_UNKNOWN_CIPHER_RETURNED:
    case SSL_R_WRONG_CIPHER_RETURNED:
      return of_selection(failure, "The server selected a cipher suite that was not offered.");
    case SSL_R_RENEGOTIATION_MISMATCH:
      return local(ResultCode::Negotiation, "The contents of renegotiation_info do not match (RFC 5746).");
    case SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED:
      return local(ResultCode::HandshakeFail, "The peer lacks secure renegotiation (RFC 5746), which is required.");
    case SSL_R_INAPPROPRIATE_FALLBACK:
      if (is_server) return of_alert_sent(failure);
      // RFC 8446 section 4.1.3: clients "MUST abort the handshake with an "illegal_parameter" alert".
      return local(ResultCode::Protocol, "The server's random carries the downgrade sentinel: somebody interfered.");
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return local(ResultCode::CertificateRequired, "The client sent no certificate although one is required.");
    case SSL_R_PSK_IDENTITY_NOT_FOUND: return local(ResultCode::UnknownPSKIdentity, "The PSK identity is not known.");
    case SSL_R_INVALID_STATUS_RESPONSE:
    case SSL_R_OCSP_CALLBACK_FAILURE: return of_bad_staple();
    case SSL_R_ECC_CERT_NOT_FOR_SIGNING:
      return {ResultCode::XCertChainInvalid, DetectedBy::Trust,
              "The key usage of the peer's certificate does not allow it to sign."};
    case SSL_R_NO_COMPRESSION_SPECIFIED:
      // RFC 8446 section 4.1.2: the list must be exactly the null method, or "illegal_parameter".
      return local(ResultCode::Protocol, "The ClientHello does not offer the null compression method.");
    case ERR_R_ASN1_LIB:
      if (failure.last_received != HandshakeType::Certificate) return of_alert_sent(failure);
      return local(ResultCode::BadCert, "The peer's certificate cannot be read.");
    case SSL_R_WRONG_CERTIFICATE_TYPE:
      return local(ResultCode::Crypto, "The key of the peer's certificate cannot serve the cipher suite.");
    case SSL_R_UNKNOWN_CERTIFICATE_TYPE:
      return local(ResultCode::Crypto, "The peer's certificate has a key of a kind that is not supported.");
    case SSL_R_UNABLE_TO_FIND_PUBLIC_KEY_PARAMETERS:
      return local(ResultCode::BadCert, "The public key of the peer's certificate cannot be read.");
    case SSL_R_READ_TIMEOUT_EXPIRED:
      return {ResultCode::ConnectionRefused, DetectedBy::Transport,
              "The peer asks again and again for messages that were sent: ours do not reach it."};
    case SSL_R_TOO_MANY_WARN_ALERTS:
      // Over datagrams OpenSSL 3.0 reads the same warning again and again: one is too many.
      if (failure.datagram && failure.warning_ignored) return of_alert(*failure.warning_ignored);
      return of_alert_sent(failure);
    case SSL_R_WRONG_VERSION_NUMBER:
      return local(ResultCode::Protocol, "A record carries a version that was not negotiated.");
    default: return of_alert_sent(failure);
  }
}

}  // namespace

Verdict classify(const Failure& failure) {
  if (failure.finding != Finding::None && failure.finding != Finding::EndingWarning) return of_finding(failure);
  if (failure.alert_received) return of_alert(*failure.alert_received);
  if (failure.transport != IoStatus::Ok) return of_transport(failure);
  return of_engine(failure);
}

std::string engine_reason(const Failure& failure) {
  const EngineError* const error = decisive_error(failure);
  if (error != nullptr) return error->text;
  return failure.errors.empty() ? std::string() : failure.errors.back().text;
}

}  // namespace securetransport::ossl
