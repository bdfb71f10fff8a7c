// SPDX-License-Identifier: Apache-2.0
// Our own reading of the messages that carry extensions. OpenSSL accepts unknown extensions that nobody offered
// and reports several extension faults with one reason; the rows of the table need them apart.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ossl/failure.hpp"

namespace securetransport::ossl {

/// What a ServerHello or HelloRetryRequest chose.
struct ServerHelloFacts {
  std::uint16_t version = 0;  ///< From supported_versions if that extension is there, else the legacy field.
  std::uint16_t cipher_suite = 0;
  std::optional<std::uint16_t> group;  ///< From key_share: the group of the server's share.
  bool is_retry_request = false;
  bool has_extended_master_secret = false;  ///< RFC 7627.
  bool has_renegotiation_info = false;      ///< RFC 5746.
};

/// What a ServerKeyExchange of TLS 1.2 or below says in the clear.
struct KeyExchangeFacts {
  std::optional<std::uint16_t> group;             ///< ECDHE over a named curve (RFC 8422 section 5.4).
  std::optional<unsigned> dh_bits;                ///< DHE: size of the prime.
  std::optional<std::uint16_t> signature_scheme;  ///< TLS 1.2 only: RFC 5246 section 4.7.
};

enum class KeyExchange : std::uint8_t { Ecdhe, Dhe };

/// A rule of RFC 8446 section 4.2 that the extensions of a message break.
struct ExtensionFault {
  Finding finding;
  Alert alert;  ///< The one that the rule demands.
  std::string detail;
};

/// Extension numbers in a ClientHello body (without the message header; TLS or DTLS), in order. A body that
/// does not parse gives what was read until then: it is our own.
[[nodiscard]] std::vector<std::uint16_t> offered_extensions(std::span<const std::uint8_t> client_hello);

/// The signature schemes that a ClientHello body offers; empty if it names none.
[[nodiscard]] std::vector<std::uint16_t> offered_signature_schemes(std::span<const std::uint8_t> client_hello);

/// Judges the extensions of a ClientHello body (TLS or DTLS). nullopt: none stands there twice; all else is OpenSSL's
/// to report.
[[nodiscard]] std::optional<ExtensionFault> judge_client_hello(std::span<const std::uint8_t> client_hello);

/// Extension numbers in a CertificateRequest body of TLS 1.3, in order.
[[nodiscard]] std::vector<std::uint16_t> requested_extensions(std::span<const std::uint8_t> certificate_request);

/// Reads a ServerHello or HelloRetryRequest body; nullopt if it is too short or its fixed lengths do not add up.
[[nodiscard]] std::optional<ServerHelloFacts> read_server_hello(std::span<const std::uint8_t> body);

/// Reads a ServerKeyExchange body as far as it parses; a broken one is OpenSSL's to report.
[[nodiscard]] KeyExchangeFacts read_server_key_exchange(std::span<const std::uint8_t> body, KeyExchange kind,
                                                        bool has_signature_scheme);

/// Judges the extensions of one message of the server against what we offered. nullopt: nothing to object to,
/// or the message is broken outside its extensions, which OpenSSL reports precisely.
[[nodiscard]] std::optional<ExtensionFault> judge_server_hello(std::span<const std::uint8_t> body,
                                                               std::span<const std::uint16_t> offered);
/// HelloVerifyRequest, which has no extensions: RFC 6347 section 4.2.1.
[[nodiscard]] std::optional<ExtensionFault> judge_hello_verify_request(std::span<const std::uint8_t> body);
[[nodiscard]] std::optional<ExtensionFault> judge_encrypted_extensions(std::span<const std::uint8_t> body,
                                                                       std::span<const std::uint16_t> offered);
/// The Certificate message of TLS 1.3.
[[nodiscard]] std::optional<ExtensionFault> judge_certificate_extensions(std::span<const std::uint8_t> body,
                                                                         std::span<const std::uint16_t> offered);

}  // namespace securetransport::ossl
