// SPDX-License-Identifier: Apache-2.0
#include "ossl/message_watch.hpp"

#include <optional>

namespace securetransport::ossl {
namespace {

constexpr std::size_t kMessageHeaderSize = 4;
constexpr std::size_t kIgnoredAlertsKept = 8;

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
      if (bytes.size() < kMessageHeaderSize) return;
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
    case SSL3_RT_CHANGE_CIPHER_SPEC: self.on_change_cipher_spec(is_sent != 0, *ssl); return;
    case SSL3_RT_INNER_CONTENT_TYPE:
      if (is_sent == 0 && bytes.size() == 1) self.failure_.last_inner_type = bytes[0];
      return;
    default: return;  // Record headers, which the BIO has seen.
  }
}

void MessageWatch::on_handshake_sent(std::span<const std::uint8_t> message, SSL& ssl) {
  const std::span<const std::uint8_t> body = message.subspan(kMessageHeaderSize);
  switch (HandshakeType{message[0]}) {
    case HandshakeType::ClientHello: offered_ = offered_extensions(body); return;
    case HandshakeType::ServerHello:
      take(read_server_hello(body));
      failure_.flight_sent = true;
      return;
    case HandshakeType::ServerKeyExchange: on_server_key_exchange(body, ssl); return;
    case HandshakeType::CertificateRequest: certificate_requested_ = true; return;
    case HandshakeType::Certificate:
    case HandshakeType::Finished:
      // OpenSSL turns to a TLS 1.3 client's write keys with the first of these; its alerts before go in the clear.
      if (is_tls13()) bio_.set_write_protected();
      return;
    default: return;
  }
}

void MessageWatch::on_handshake_received(std::span<const std::uint8_t> message, SSL& ssl) {
  const HandshakeType type{message[0]};
  const std::span<const std::uint8_t> body = message.subspan(kMessageHeaderSize);
  failure_.last_received = type;
  if (type == HandshakeType::CertificateVerify) on_certificate_verify(body);
  if (failure_.role == Role::Server) return;
  switch (type) {
    case HandshakeType::ServerHello:
      take(read_server_hello(body));
      take(judge_server_hello(body, offered_));
      return;
    case HandshakeType::EncryptedExtensions: take(judge_encrypted_extensions(body, offered_)); return;
    case HandshakeType::Certificate:
      if (is_tls13()) take(judge_certificate_extensions(body, offered_));
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
      body, kind == NID_kx_ecdhe ? KeyExchange::Ecdhe : KeyExchange::Dhe, failure_.version == TLS1_2_VERSION);
  key_exchange_.group = facts.group;
  key_exchange_.dh_bits = facts.dh_bits;
  if (failure_.role == Role::Client) key_exchange_.peer_signature = facts.signature_scheme;
}

void MessageWatch::on_certificate_verify(std::span<const std::uint8_t> body) {
  // TLS 1.0 and 1.1 have no algorithm there (RFC 4346 section 7.4.8).
  if (failure_.version < TLS1_2_VERSION || body.size() < 2) return;
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
  if (ignored_alerts_.size() < kIgnoredAlertsKept) ignored_alerts_.push_back(alert);
}

void MessageWatch::on_change_cipher_spec(bool is_sent, SSL& ssl) {
  // RFC 8446 appendix D.4: in TLS 1.3, and after a HelloRetryRequest, it is a dummy for middleboxes.
  if (is_tls13() || failure_.version == 0) return;
  if (is_sent) {
    bio_.set_write_protected();
    return;
  }
  bio_.set_read_protected();
  const SSL_CIPHER* const pending = SSL_get_pending_cipher(&ssl);
  const SSL_CIPHER* const cipher = pending != nullptr ? pending : SSL_get_current_cipher(&ssl);
  if (cipher == nullptr) return;
  failure_.read_cipher = SSL_CIPHER_is_aead(cipher) != 0 ? CipherKind::Aead : CipherKind::MacAndEncrypt;
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

void MessageWatch::take(const std::optional<ServerHelloFacts>& hello) {
  if (!hello || hello->is_retry_request) return;
  failure_.version = hello->version;
  failure_.cipher_suite = hello->cipher_suite;
  if (hello->group) key_exchange_.group = hello->group;
  key_exchange_.extended_master_secret = hello->has_extended_master_secret;
  if (failure_.role == Role::Client) demand_protections(*hello);
  if (!is_tls13()) return;
  // RFC 8446 section 2: "(All handshake messages after the ServerHello are encrypted.)"
  bio_.set_read_protected();
  if (failure_.role == Role::Server) bio_.set_write_protected();
  failure_.read_cipher = CipherKind::Aead;
}

void MessageWatch::take(const std::optional<ExtensionFault>& fault) {
  if (!fault) return;
  failure_.find(fault->finding, fault->detail);
  // OpenSSL may not see the fault, or only with the next message, which need not come.
  bio_.send_plaintext_alert(fault->alert);
  bio_.refuse_reads();
}

}  // namespace securetransport::ossl
