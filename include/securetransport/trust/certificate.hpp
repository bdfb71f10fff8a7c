// SPDX-License-Identifier: Apache-2.0
// Certificates and identities as values. No OpenSSL type appears here.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport {

/// SHA-256 over a SubjectPublicKeyInfo in DER: what key pinning compares.
using SpkiHash = std::array<std::uint8_t, 32>;

/// The form in which people write pins: 44 characters.
[[nodiscard]] std::string base64_text(const SpkiHash& hash);

/// A parsed X.509 certificate (RFC 5280). Immutable; a copy shares the parsed form, so copies are cheap and
/// may be used by several threads.
class Certificate {
 public:
  /// Parses exactly one certificate of at most 10 MB. errSSLBadCert if it does not parse, is not in DER (RFC 5280
  /// section 4.1) or has trailing bytes. Keys and extensions that cannot be read do not matter yet: evaluate() objects.
  [[nodiscard]] static Result<Certificate> from_der(std::span<const std::uint8_t> der);

  /// Parses every CERTIFICATE block of a PEM text (RFC 7468), in order; text around the blocks is ignored.
  /// errSSLBadCert if there is none, one does not parse (the detail says which, and its line), there are more than 100
  /// or the text is longer than 10 MB.
  [[nodiscard]] static Result<std::vector<Certificate>> from_pem(std::string_view pem);

  [[nodiscard]] std::vector<std::uint8_t> der() const;
  [[nodiscard]] std::string pem() const;
  [[nodiscard]] std::string subject() const;  ///< RFC 2253 form, UTF-8, control characters escaped; may be empty.
  [[nodiscard]] std::string issuer() const;   ///< As subject().
  [[nodiscard]] std::string serial() const;   ///< Upper-case hex without separators; "-" in front if negative.
  [[nodiscard]] std::vector<std::string> names() const;       ///< dNSName and iPAddress of the SAN, as text, in order.
  [[nodiscard]] std::chrono::sys_seconds not_before() const;  ///< The year 9999 if it cannot be read: never valid.
  [[nodiscard]] std::chrono::sys_seconds not_after() const;   ///< The year 0 if it cannot be read: never valid.
  [[nodiscard]] std::string key() const;                      ///< "RSA 2048", "EC P-256", "ED25519", "unreadable".
  [[nodiscard]] std::string signature_algorithm() const;      ///< "sha256WithRSAEncryption", an OID if unknown.
  [[nodiscard]] std::string sha256() const;                   ///< Fingerprint of the DER form, lower-case hex.
  [[nodiscard]] SpkiHash spki_sha256() const;                 ///< Of the public key, whether it can be read or not.
  [[nodiscard]] bool is_self_issued() const;                  ///< Subject and issuer are equal (RFC 5280 section 6.1).
  [[nodiscard]] bool is_ca() const;                           ///< Basic constraints say CA.

  friend bool operator==(const Certificate& a, const Certificate& b);  ///< The same DER bytes.

  struct Impl;  ///< The engine's form; see src/trust/x509.hpp.
  explicit Certificate(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

class PrivateKey;  // securetransport/trust/key.hpp

/// A private key with its certificate chain. Immutable, cheap to copy, shareable between threads. PrivateKey::of()
/// tells its key.
class Identity {
 public:
  /// Reads the key and the certificates from PEM texts (one text may serve as both). The leaf is the first
  /// certificate; the rest is sent after it in the order given. `passphrase` is used if the key is encrypted.
  ///
  /// Keys: PKCS#8, encrypted or not, and the older forms for RSA and EC. Nobody is ever asked on a terminal.
  ///
  /// errSSLBadCert: a certificate does not parse, or there is none. errSSLConfigurationFailed: no key, a wrong
  /// or missing passphrase, more than ten million rounds of key derivation, or the key does not belong to the leaf.
  [[nodiscard]] static Result<Identity> from_pem(std::string_view certificates, std::string_view key,
                                                 std::string_view passphrase = {});

  /// Joins a key with the certificates that are sent with it, leaf first. errSSLConfigurationFailed: there is no
  /// certificate, or the key does not belong to the first.
  [[nodiscard]] static Result<Identity> from(const PrivateKey& key, std::vector<Certificate> chain);

  [[nodiscard]] const std::vector<Certificate>& chain() const noexcept;  ///< Leaf first, never empty.

  struct Impl;
  explicit Identity(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace securetransport
