// SPDX-License-Identifier: Apache-2.0
// Certificates made on the spot: correct ones by default, and wrong in one chosen way where a scenario asks for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport::lab {

enum class KeyKind : std::uint8_t { P256, P384, Ed25519, Rsa1024, Rsa2048, Rsa3072 };  ///< RSA takes long to make.
enum class Digest : std::uint8_t { Sha256, Sha384, Sha1, Md5 };                        ///< Ed25519 has its own.
enum class Purpose : std::uint8_t { ServerAuth, ClientAuth, OcspSigning, CodeSigning, Any };

/// An extension in OpenSSL's notation (x509v3_config(5)): {"nameConstraints", "critical,permitted;DNS:example.com"},
/// {"tlsfeature", "status_request"}, {"1.2.3.4", "critical,DER:05:00"}.
struct ExtraExtension {
  std::string name;
  std::string value;
};

/// Now, in whole seconds of the system's clock.
[[nodiscard]] std::chrono::sys_seconds now();

/// What a certificate shall say. The defaults satisfy strict clients: 90 days, P-256 with SHA-256, key usage,
/// serverAuth, key identifiers, a random serial of 127 bits. Only the names are left to fill in.
struct CertificateSpec {
  std::string common_name;                ///< UTF-8, at most 64 characters; empty: an empty subject.
  std::vector<std::string> dns_names;     ///< For the SAN, byte for byte as given (A-labels).
  std::vector<std::string> ip_addresses;  ///< For the SAN, as text. With no name at all there is no SAN.
  std::chrono::sys_seconds not_before = now() - std::chrono::hours(1);
  std::chrono::sys_seconds not_after = now() - std::chrono::hours(1) + std::chrono::days(90);
  bool is_ca = false;
  std::optional<int> path_length;                      ///< Only for a CA.
  KeyKind key = KeyKind::P256;                         ///< Of the key to make.
  std::optional<std::string> key_pem;                  ///< Use this key in place of a new one.
  Digest digest = Digest::Sha256;                      ///< For the issuer's signature.
  std::vector<Purpose> purposes{Purpose::ServerAuth};  ///< Extended key usage; empty: none. Ignored for a CA.
  std::optional<std::vector<std::uint8_t>> serial;     ///< Big-endian, not negative.
  bool omit_basic_constraints = false;
  bool omit_key_usage = false;
  bool omit_key_identifiers = false;
  std::vector<ExtraExtension> extra_extensions;
};

/// A certificate with its key. Plain data.
struct Issued {
  std::string certificate_pem;
  std::string key_pem;  ///< PKCS #8, not encrypted.
  std::vector<std::uint8_t> certificate_der;
};

/// Makes a certificate signed by its own key, or by an issuer's. Any issuer will do, one that is no CA included.
/// errSSLConfigurationFailed: the spec cannot be carried out; the detail says which part. Thread-safe.
[[nodiscard]] Result<Issued> self_sign(const CertificateSpec& spec);
[[nodiscard]] Result<Issued> issue(const CertificateSpec& spec, const Issued& issuer);

/// The spec of a server for a DNS name or an IP address. "localhost" also gets the two loopback addresses.
[[nodiscard]] CertificateSpec server_spec(const std::string& name);

/// The spec of a client: clientAuth, the name in the subject alone.
[[nodiscard]] CertificateSpec client_spec(const std::string& name);

/// One root and one intermediate. Both are valid from five years ago, so that an expired leaf is the only thing
/// wrong with its chain, to ten years ahead. Plain data.
struct Pki {
  Issued root;
  Issued intermediate;

  /// The name goes into the subjects: two Pki of different names have nothing in common.
  [[nodiscard]] static Result<Pki> make(const std::string& name = "Lab", KeyKind key = KeyKind::P256);

  /// Signed by the intermediate.
  [[nodiscard]] Result<Issued> issue(const CertificateSpec& spec) const;
  [[nodiscard]] Result<Issued> issue_server(const std::string& name) const;
  [[nodiscard]] Result<Issued> issue_client(const std::string& name) const;

  /// Leaf and intermediate: what a correct server sends.
  [[nodiscard]] std::string chain_pem(const Issued& leaf) const;

  /// Leaf, intermediate and root.
  [[nodiscard]] std::string full_chain_pem(const Issued& leaf) const;
};

}  // namespace securetransport::lab
