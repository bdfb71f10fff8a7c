// SPDX-License-Identifier: Apache-2.0
// Public and private keys as values: reading, writing, signing, encrypting. No OpenSSL type appears here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "securetransport/core/result.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/secret.hpp"

namespace securetransport {

/// Keys of other kinds (Ed25519, DSA) can be read, written and be part of an identity, but not used by themselves.
enum class KeyType : std::uint8_t { Rsa, Ec, Other };

enum class HashKind : std::uint8_t { None, Md5, Sha1, Sha224, Sha256, Sha384, Sha512 };

enum class SigningScheme : std::uint8_t {
  RsaRaw,    ///< The bare power; the input is as long as the modulus.
  RsaPkcs1,  ///< RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2); without a hash, the input is padded and nothing more.
  RsaPss,    ///< RSASSA-PSS (RFC 8017 section 8.1); the salt is as long as the hash, MGF1 uses the same one.
  Ecdsa,     ///< Signatures are the DER of RFC 3279 section 2.2.3.
};

/// What is handed to sign() and verify().
enum class SignatureInput : std::uint8_t { Message, Hash };

struct SignatureAlgorithm {
  SigningScheme scheme = SigningScheme::RsaPkcs1;
  HashKind hash = HashKind::Sha256;
  SignatureInput input = SignatureInput::Message;
};

enum class EncryptionScheme : std::uint8_t {
  RsaRaw,    ///< The bare power; shorter input is taken as a number.
  RsaPkcs1,  ///< RSAES-PKCS1-v1_5 (RFC 8017 section 7.2).
  RsaOaep,   ///< RSAES-OAEP (RFC 8017 section 7.1), MGF1 with the same hash, empty label.
};

struct EncryptionAlgorithm {
  EncryptionScheme scheme = EncryptionScheme::RsaOaep;
  HashKind hash = HashKind::Sha256;
};

/// The key identifier of RFC 5280 section 4.2.1.2, method 1: SHA-1 of the contents of subjectPublicKey. The two keys
/// of a pair and their certificate have the same one.
using KeyIdentifier = std::array<std::uint8_t, 20>;

/// Errors of both classes: errSSLBadCert for a key that cannot be read, errSSLConfigurationFailed for an algorithm
/// that the key does not know or input of a wrong length, errSSLCrypto for a signature that does not verify or a
/// ciphertext that does not decrypt.
///
/// Values are immutable; copies are cheap, share the key, and may be used by several threads.
class PublicKey {
 public:
  /// Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1).
  [[nodiscard]] static Result<PublicKey> from_der(std::span<const std::uint8_t> der);
  /// Reads a PUBLIC KEY or RSA PUBLIC KEY block.
  [[nodiscard]] static Result<PublicKey> from_pem(std::string_view pem);
  /// Reads what compact_form() writes.
  [[nodiscard]] static Result<PublicKey> from_compact_form(KeyType type, std::span<const std::uint8_t> bytes);
  /// The key of a certificate.
  [[nodiscard]] static Result<PublicKey> of(const Certificate& certificate);

  [[nodiscard]] KeyType type() const noexcept;
  [[nodiscard]] std::size_t bits() const noexcept;        ///< 2048, 256.
  [[nodiscard]] std::size_t block_size() const noexcept;  ///< Of the modulus or the field, in bytes.
  [[nodiscard]] KeyIdentifier identifier() const;

  [[nodiscard]] std::vector<std::uint8_t> der() const;  ///< SubjectPublicKeyInfo.
  [[nodiscard]] std::string pem() const;
  /// RSA: RSAPublicKey in DER (RFC 8017 appendix A.1.1). EC: 04, X, Y (SEC 1 section 2.3.3), P-256, P-384 and P-521.
  [[nodiscard]] Result<std::vector<std::uint8_t>> compact_form() const;

  [[nodiscard]] bool supports(const SignatureAlgorithm& algorithm) const noexcept;
  [[nodiscard]] bool supports(const EncryptionAlgorithm& algorithm) const noexcept;
  /// Success if it is the signature.
  [[nodiscard]] Result<void> verify(const SignatureAlgorithm& algorithm, std::span<const std::uint8_t> input,
                                    std::span<const std::uint8_t> signature) const;
  [[nodiscard]] Result<std::vector<std::uint8_t>> encrypt(const EncryptionAlgorithm& algorithm,
                                                          std::span<const std::uint8_t> plaintext) const;

  friend bool operator==(const PublicKey& a, const PublicKey& b);

  struct Impl;
  explicit PublicKey(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

/// See PublicKey for what both have in common.
class PrivateKey {
 public:
  /// Reads PKCS#8 (RFC 5208), RSAPrivateKey (RFC 8017) or ECPrivateKey (RFC 5915), not encrypted. import_items() reads
  /// the encrypted ones.
  [[nodiscard]] static Result<PrivateKey> from_der(std::span<const std::uint8_t> der);
  /// Reads what compact_form() writes.
  [[nodiscard]] static Result<PrivateKey> from_compact_form(KeyType type, std::span<const std::uint8_t> bytes);
  /// RSA with 1024 to 8192 bits, EC with 256, 384 or 521.
  [[nodiscard]] static Result<PrivateKey> generate(KeyType type, std::size_t bits);
  /// The key of an identity.
  [[nodiscard]] static PrivateKey of(const Identity& identity);

  [[nodiscard]] KeyType type() const noexcept;
  [[nodiscard]] std::size_t bits() const noexcept;
  [[nodiscard]] std::size_t block_size() const noexcept;
  [[nodiscard]] KeyIdentifier identifier() const;
  [[nodiscard]] PublicKey public_key() const;

  [[nodiscard]] SecretBytes der() const;              ///< PKCS#8.
  [[nodiscard]] SecretBytes traditional_der() const;  ///< RSAPrivateKey or ECPrivateKey; PKCS#8 for other kinds.
  /// RSA: RSAPrivateKey in DER. EC: 04, X, Y, K with the three numbers as long as the field.
  [[nodiscard]] Result<SecretBytes> compact_form() const;
  /// PKCS#8, encrypted with AES-256 and 100,000 rounds of PBKDF2-HMAC-SHA256. A passphrase may be empty.
  [[nodiscard]] Result<std::vector<std::uint8_t>> encrypted_der(std::string_view passphrase) const;

  [[nodiscard]] bool supports(const SignatureAlgorithm& algorithm) const noexcept;
  [[nodiscard]] bool supports(const EncryptionAlgorithm& algorithm) const noexcept;
  [[nodiscard]] Result<std::vector<std::uint8_t>> sign(const SignatureAlgorithm& algorithm,
                                                       std::span<const std::uint8_t> input) const;
  [[nodiscard]] Result<SecretBytes> decrypt(const EncryptionAlgorithm& algorithm,
                                            std::span<const std::uint8_t> ciphertext) const;
  /// Elliptic curve Diffie-Hellman (SEC 1 section 3.3.1): the X coordinate. Both keys are on the same curve.
  [[nodiscard]] Result<SecretBytes> agree(const PublicKey& peer) const;

  friend bool operator==(const PrivateKey& a, const PrivateKey& b);

  struct Impl;
  explicit PrivateKey(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace securetransport
