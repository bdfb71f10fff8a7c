// SPDX-License-Identifier: Apache-2.0
// A certificate chain with its key, and what a peer does with a key: sign, decrypt, encrypt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lab/openssl_handles.hpp"
#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

struct TlsIdentity {
  std::vector<Bytes> chain;  ///< DER, leaf first.
  PrivateKey key;            ///< Null: there is none.

  /// Nullopt: the key cannot be read. Both empty: an identity without anything.
  [[nodiscard]] static std::optional<TlsIdentity> from_pem(const std::string& chain_pem, const std::string& key_pem);

  [[nodiscard]] bool is_rsa() const noexcept;
  [[nodiscard]] bool is_ecdsa() const noexcept;

  /// The scheme that goes with the key, among those offered where there is a choice.
  [[nodiscard]] std::uint16_t scheme(std::uint16_t version, const std::vector<std::uint16_t>& offered) const;

  /// From TLS 1.2 on by the scheme, before with MD5 and SHA-1 (RSA) or SHA-1 alone. Empty: the key cannot do that.
  [[nodiscard]] Bytes sign(std::uint16_t version, std::uint16_t scheme, ByteView data) const;

  /// RSA, PKCS #1 v1.5. Nullopt: it does not decrypt.
  [[nodiscard]] std::optional<Bytes> decrypt(ByteView secret) const;
};

/// Encrypts with the RSA key of a certificate; nullopt: it has none.
[[nodiscard]] std::optional<Bytes> encrypt_for(ByteView certificate_der, ByteView secret);

/// The certificate with a public key that nobody can read: for Lie::LeafBytes. Its signature breaks too.
[[nodiscard]] Bytes with_unreadable_key(ByteView certificate_der);

}  // namespace securetransport::lab
