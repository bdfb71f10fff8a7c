// SPDX-License-Identifier: Apache-2.0
// Sees every message that passes, in both directions, before OpenSSL acts on it; keeps the Failure record up to
// date, and finds what OpenSSL overlooks.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ossl/failure.hpp"
#include "ossl/hello_messages.hpp"
#include "ossl/transport_bio.hpp"

namespace securetransport::ossl {

/// What a server must support before TLS 1.3, where both are built in.
struct RequiredProtections {
  bool extended_master_secret = false;
  bool secure_renegotiation = false;
};

/// What the messages say of the key exchange.
struct KeyExchangeSeen {
  std::optional<std::uint16_t> group;           ///< NamedGroup number.
  std::optional<unsigned> dh_bits;              ///< TLS 1.2 DHE, whose groups have no number.
  std::optional<std::uint16_t> peer_signature;  ///< SignatureScheme number of the peer's signature.
  bool extended_master_secret = false;          ///< As the ServerHello says (RFC 7627).
};

class MessageWatch {
 public:
  /// Both are borrowed and must outlive this object.
  MessageWatch(Failure& failure, TransportBio& bio) noexcept : failure_(failure), bio_(bio) {}

  /// Installs the message callback. The watch must outlive `ssl` and must not move.
  void attach(SSL& ssl) noexcept;

  /// A client's demands on the ServerHello; what is missing becomes a finding.
  void require(RequiredProtections required) noexcept { required_ = required; }

  /// A CertificateRequest passed: received as a client, sent as a server.
  [[nodiscard]] bool certificate_requested() const noexcept { return certificate_requested_; }

  [[nodiscard]] const KeyExchangeSeen& key_exchange() const noexcept { return key_exchange_; }

  /// A warning that was ignored, or a user_canceled after the handshake: worth a note in the diagnosis.
  [[nodiscard]] const std::vector<AlertMessage>& ignored_alerts() const noexcept { return ignored_alerts_; }

 private:
  static void on_message(int is_sent, int version, int content_type, const void* data, std::size_t size, SSL* ssl,
                         void* watch);
  void on_client_hello_sent(std::span<const std::uint8_t> body);
  void on_handshake_sent(std::span<const std::uint8_t> message, SSL& ssl);
  void on_handshake_received(std::span<const std::uint8_t> message, SSL& ssl);
  void on_server_key_exchange(std::span<const std::uint8_t> body, SSL& ssl);
  void on_certificate_verify(std::span<const std::uint8_t> body);
  void on_alert_sent(AlertMessage alert);
  void on_alert_received(AlertMessage alert);
  void ignore(AlertMessage alert);
  void on_change_cipher_spec(bool is_sent);
  void take(const std::optional<ServerHelloFacts>& hello, SSL& ssl);
  void demand_protections(const ServerHelloFacts& hello);
  void take(const std::optional<ExtensionFault>& fault);
  [[nodiscard]] std::size_t message_header_size() const noexcept { return failure_.datagram ? 12 : 4; }
  [[nodiscard]] bool is_tls13() const noexcept { return failure_.is_tls13(); }

  Failure& failure_;
  TransportBio& bio_;
  /// Extensions of our last ClientHello; nullopt if it cannot be told.
  std::optional<std::vector<std::uint16_t>> offered_;
  std::vector<std::uint16_t> offered_schemes_;  ///< Of a client.
  std::size_t records_since_message_ = 0;       ///< Sent since the last handshake message was, this one's included.
  std::vector<AlertMessage> ignored_alerts_;
  KeyExchangeSeen key_exchange_;
  bool certificate_requested_ = false;
  RequiredProtections required_;
};

}  // namespace securetransport::ossl
