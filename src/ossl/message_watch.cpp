// SPDX-License-Identifier: Apache-2.0
#include "ossl/message_watch.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace securetransport::ossl {
namespace {

constexpr std::size_t kIgnoredAlertsKept = 8;

CipherKind kind_of(std::uint16_t suite, SSL& ssl) {
  const std::array<unsigned char, 2> wire{static_cast<unsigned char>(suite >> 8),
                                          static_cast<unsigned char>(suite & 0xff)};
  const SSL_CIPHER* const cipher = SSL_CIPHER_find(&ssl, wire.data());
  if (cipher == nullptr) return CipherKind::None;
  return SSL_CIPHER_is_aead(cipher) != 0 ? CipherKind::Aead : CipherKind::MacAndEncrypt;
}

}  // namespace

void MessageWatch::attach(SSL& ssl) noexcept {
  SSL_set_msg_callback(&ssl, on_message);
  SSL_set_msg_callback_arg(&ssl, this);
}

void MessageWatch::on_message(int is_sent, int /*version*/, int content_type, const void* data, std::size_t size,
                              SSL* ssl, void* watch) {
  MessageWatch& self = *static_cast<MessageWatch*>(watch);
  const std::span<const std::uint8_t> bytes(static_cast<const std::uint8_t*>(data), size);
  switch (content_type) {
    case SSL3_RT_HANDSHAKE:
      if (bytes.size() < self.message_header_size()) return;
      if (is_sent != 0) {
        self.on_handshake_sent(bytes, *ssl);
      } else {
        self.on_handshake_received(bytes, *ssl);
      }
      return;
    case SSL3_RT_ALERT: {
      if (bytes.size() != 2) return;
      const AlertMessage alert{Alert{bytes[1]}, AlertLevel{bytes[0]}};
      if (is_sent != 0) {
        self.on_alert_sent(alert);
      } else {
        self.on_alert_received(alert);
      }
      return;
    }
    case SSL3_RT_CHANGE_CIPHER_SPEC: self.on_change_cipher_spec(is_sent != 0); return;
    case SSL3_RT_INNER_CONTENT_TYPE:
      if (is_sent == 0 && bytes.size() == 1) self.failure_.last_inner_type = bytes[0];
      return;
    case SSL3_RT_HEADER:
      if (is_sent != 0) ++self.records_since_message_;
      return;
    default: return;
  }
}

void MessageWatch::on_handshake_sent(std::span<const std::uint8_t> message, SSL& ssl) {
  const std::span<const std::uint8_t> body = message.subspan(message_header_size());
  switch (HandshakeType{message[0]}) {
    case HandshakeType::ClientHello: on_client_hello_sent(body); return;
    case HandshakeType::ServerHello:
      take(read_server_hello(body), ssl);
      failure_.flight_sent = true;
      return;
    case HandshakeType::ServerKeyExchange: on_server_key_exchange(body, ssl); return;
    case HandshakeType::CertificateRequest:
      certificate_requested_ = true;
      // RFC 8446 section 4.4.2: "Extensions in the Certificate message from the client MUST correspond to extensions
      // in the CertificateRequest message from the server."
      if (is_tls13()) offered_ = requested_extensions(body);
      return;
    case HandshakeType::Certificate:
    case HandshakeType::Finished:
      // OpenSSL turns to a TLS 1.3 client's write keys with the first of these; its alerts before go in the clear.
      if (is_tls13()) bio_.set_write_protected();
      return;
    default: return;
  }
}

void MessageWatch::on_client_hello_sent(std::span<const std::uint8_t> body) {
  // OpenSSL writes the header of each further DTLS fragment over the message's own bytes and shows us the result.
  // What was offered is then not legible, and the server's extensions are left to OpenSSL.
  const bool is_whole = !failure_.datagram || records_since_message_ <= 1;
  records_since_message_ = 0;
  offered_.reset();
  offered_schemes_.clear();
  if (!is_whole) return;
  offered_ = offered_extensions(body);
  offered_schemes_ = offered_signature_schemes(body);
}

void MessageWatch::on_handshake_received(std::span<const std::uint8_t> message, SSL& ssl) {
  const HandshakeType type{message[0]};
  const std::span<const std::uint8_t> body = message.subspan(message_header_size());
  failure_.last_received = type;
  if (failure_.datagram) bio_.note_processed(type, static_cast<std::uint16_t>(message[4] << 8 | message[5]));
  if (type == HandshakeType::CertificateVerify) on_certificate_verify(body);
  if (type == HandshakeType::Certificate && is_tls13() && offered_) take(judge_certificate_extensions(body, *offered_));
  if (failure_.role == Role::Server) {
    if (type == HandshakeType::ClientHello) take(judge_client_hello(body));
    return;
  }
  switch (type) {
    case HandshakeType::ServerHello:
      take(read_server_hello(body), ssl);
      if (offered_) take(judge_server_hello(body, *offered_));
      return;
    case HandshakeType::HelloVerifyRequest: take(judge_hello_verify_request(body)); return;
    case HandshakeType::EncryptedExtensions:
      if (offered_) take(judge_encrypted_extensions(body, *offered_));
      return;
    case HandshakeType::ServerKeyExchange: on_server_key_exchange(body, ssl); return;
    case HandshakeType::CertificateRequest: certificate_requested_ = true; return;
    default: return;
  }
}

void MessageWatch::on_server_key_exchange(std::span<const std::uint8_t> body, SSL& ssl) {
  const SSL_CIPHER* const cipher = SSL_get_pending_cipher(&ssl);
  const int kind = cipher != nullptr ? SSL_CIPHER_get_kx_nid(cipher) : NID_undef;
  if (kind != NID_kx_ecdhe && kind != NID_kx_dhe) return;
  const KeyExchangeFacts facts = read_server_key_exchange(
      body, kind == NID_kx_ecdhe ? KeyExchange::Ecdhe : KeyExchange::Dhe, failure_.names_signature_algorithms());
  key_exchange_.group = facts.group;
  key_exchange_.dh_bits = facts.dh_bits;
  if (failure_.role != Role::Client) return;
  key_exchange_.peer_signature = facts.signature_scheme;
  if (!facts.signature_scheme || offered_schemes_.empty()) return;
  // RFC 5246 section 7.4.3: "the signature algorithm and hash algorithm MUST be a pair offered by the client". OpenSSL
  // makes an exception for SHA-1.
  if (std::find(offered_schemes_.begin(), offered_schemes_.end(), *facts.signature_scheme) != offered_schemes_.end()) {
    return;
  }
  take(ExtensionFault{Finding::UnofferedScheme, Alert::IllegalParameter,
                      "the signature scheme " + std::to_string(*facts.signature_scheme)});
}

void MessageWatch::on_certificate_verify(std::span<const std::uint8_t> body) {
  // TLS 1.0 and 1.1 have no algorithm there (RFC 4346 section 7.4.8).
  if (!failure_.names_signature_algorithms() || body.size() < 2) return;
  key_exchange_.peer_signature = static_cast<std::uint16_t>(body[0] << 8 | body[1]);
}

void MessageWatch::on_alert_sent(AlertMessage alert) {
  // Nothing that follows a fatal alert leaves; OpenSSL may believe so.
  if (failure_.alert_sent && failure_.alert_sent->level == AlertLevel::Fatal) return;
  failure_.alert_sent = alert;
}

void MessageWatch::on_alert_received(AlertMessage alert) {
  const bool has_level = alert.level == AlertLevel::Warning || alert.level == AlertLevel::Fatal;
  if (!has_level && !is_tls13()) return;  // Malformed: OpenSSL says so.
  if (alert.description == Alert::CloseNotify) {
    failure_.alert_received = alert;
    return;
  }
  const bool fatal = alert.level == AlertLevel::Fatal;
  if (alert.description == Alert::UserCanceled && failure_.connected) {
    // RFC 8446 section 6.1: "user_canceled ... This alert MUST be followed by a "close_notify"."
    if (!fatal || is_tls13()) {
      ignore(alert);
      return;
    }
  }
  if (fatal || is_tls13()) {
    // RFC 8446 section 6: "All the alerts listed in Section 6.2 MUST be sent with AlertLevel=fatal and MUST be
    // treated as error alerts when received regardless of the AlertLevel in the message."
    failure_.alert_received = alert;
    if (alert.description == Alert::UserCanceled) {
      // OpenSSL would go on and wait for the close_notify; the cancel is the news.
      failure_.find(Finding::EndingWarning);
      bio_.refuse_reads();
    }
    return;
  }
  // Before TLS 1.3 Apple's systems end the session with the code of any alert they know, whatever its level.
  if (has_row_of_its_own(alert.description) && alert.description != Alert::UnrecognizedName) {
    failure_.alert_received = alert;
    failure_.find(Finding::EndingWarning);
    bio_.refuse_reads();
    return;
  }
  ignore(alert);
}

void MessageWatch::ignore(AlertMessage alert) {
  failure_.warning_ignored = alert;
  if (ignored_alerts_.size() < kIgnoredAlertsKept) ignored_alerts_.push_back(alert);
}

void MessageWatch::on_change_cipher_spec(bool is_sent) {
  // RFC 8446 appendix D.4: in TLS 1.3, and after a HelloRetryRequest, it is a dummy for middleboxes.
  if (is_tls13() || failure_.version == 0) return;
  if (is_sent) {
    bio_.set_write_protected();
    return;
  }
  bio_.set_read_protected();
}

void MessageWatch::demand_protections(const ServerHelloFacts& hello) {
  if (is_tls13()) return;
  if (required_.extended_master_secret && !hello.has_extended_master_secret) {
    failure_.find(Finding::ProtectionMissing, "the extended master secret (RFC 7627)");
  }
  if (required_.secure_renegotiation && !hello.has_renegotiation_info) {
    failure_.find(Finding::ProtectionMissing, "secure renegotiation (RFC 5746)");
  }
}

void MessageWatch::take(const std::optional<ServerHelloFacts>& hello, SSL& ssl) {
  if (!hello || hello->is_retry_request) return;
  failure_.version = hello->version;
  failure_.cipher_suite = hello->cipher_suite;
  bio_.set_next_read_cipher(kind_of(hello->cipher_suite, ssl));
  if (hello->group) key_exchange_.group = hello->group;
  key_exchange_.extended_master_secret = hello->has_extended_master_secret;
  if (failure_.role == Role::Client) demand_protections(*hello);
  if (!is_tls13()) return;
  // RFC 8446 section 2: "(All handshake messages after the ServerHello are encrypted.)"
  bio_.set_read_protected();
  if (failure_.role == Role::Server) bio_.set_write_protected();
}

void MessageWatch::take(const std::optional<ExtensionFault>& fault) {
  if (!fault) return;
  failure_.find(fault->finding, fault->detail);
  // OpenSSL may not see the fault, or only with the next message, which need not come.
  bio_.send_plaintext_alert(fault->alert);
  bio_.refuse_reads();
}

}  // namespace securetransport::ossl
