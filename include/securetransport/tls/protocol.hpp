// SPDX-License-Identifier: Apache-2.0
// The numbers that TLS endpoints negotiate: versions, cipher suites, groups, signature schemes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport {

/// ProtocolVersion as on the wire (RFC 8446 section 4.1.2, RFC 6347 section 4.1). DTLS counts downwards: compare
/// versions with is_older(), never by number.
enum class ProtocolVersion : std::uint16_t {
  Tls10 = 0x0301,
  Tls11 = 0x0302,
  Tls12 = 0x0303,
  Tls13 = 0x0304,
  Dtls10 = 0xFEFF,
  Dtls12 = 0xFEFD,
};

/// Whether it is a version of DTLS.
[[nodiscard]] bool is_datagram(ProtocolVersion version) noexcept;

/// By age; DTLS 1.0 and 1.2 are as old as TLS 1.1 and 1.2, from which they are derived.
[[nodiscard]] bool is_older(ProtocolVersion version, ProtocolVersion than) noexcept;

/// The versions a session may negotiate, both ends included. TLS 1.0, TLS 1.1 and DTLS 1.0 only when asked for here.
struct VersionRange {
  ProtocolVersion min = ProtocolVersion::Tls12;
  ProtocolVersion max = ProtocolVersion::Tls13;
  friend bool operator==(const VersionRange&, const VersionRange&) = default;
};

/// An IANA TLS cipher suite number. Any number may be held; only supported_cipher_suites() can be negotiated.
enum class CipherSuite : std::uint16_t {};

/// An IANA TLS supported-groups number, such as 0x001D for x25519.
enum class NamedGroup : std::uint16_t {};

/// An IANA TLS SignatureScheme number, such as 0x0403 for ecdsa_secp256r1_sha256.
enum class SignatureScheme : std::uint16_t {};

[[nodiscard]] std::string to_string(ProtocolVersion version);  ///< "TLS 1.3", "DTLS 1.2"; "0x0305" if unknown.
[[nodiscard]] std::string to_string(CipherSuite suite);        ///< IANA name; "0x1234" if the engine lacks it.
[[nodiscard]] std::string to_string(NamedGroup group);         ///< IANA name; "0x1234" if unknown.
[[nodiscard]] std::string to_string(SignatureScheme scheme);   ///< IANA name; "0x1234" if unknown.

/// Accepts "1.2", "TLS1.2", "TLSv1.2", "TLS 1.2", and the last three for DTLS, without regard to case; nullopt for
/// anything else.
[[nodiscard]] std::optional<ProtocolVersion> parse_version(std::string_view text) noexcept;

/// Accepts an IANA name, an OpenSSL name or 0xNNNN of a supported suite; errSSLBadCipherSuite otherwise.
[[nodiscard]] Result<CipherSuite> parse_cipher_suite(std::string_view text);

/// Every suite the engine can negotiate, TLS 1.3 first, strongest first.
[[nodiscard]] const std::vector<CipherSuite>& supported_cipher_suites();

/// What a session offers unless told otherwise: the TLS 1.3 suites and the ECDHE suites with AES or ChaCha20
/// that Apple's clients offer, in their order (Security framework, group "default").
[[nodiscard]] const std::vector<CipherSuite>& default_cipher_suites();

/// x25519, secp256r1, secp384r1, secp521r1: Apple's order without the hybrid group, which OpenSSL 3.0 lacks.
[[nodiscard]] const std::vector<NamedGroup>& default_groups();

/// Apple's list without SHA-1 (captured ClientHello of Safari 26.4).
[[nodiscard]] const std::vector<SignatureScheme>& default_signature_algorithms();
/// Those of Ed25519, Ed448 and RSA-PSS keys.
[[nodiscard]] const std::vector<SignatureScheme>& default_further_signing_algorithms();

}  // namespace securetransport
