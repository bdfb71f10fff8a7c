// SPDX-License-Identifier: Apache-2.0
// The engine's form of the key values, and what both kinds of key have in common.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/key.hpp"

namespace securetransport {

struct PublicKey::Impl {
  ossl::PkeyPtr key;  ///< Never null; may hold the private half, which is never used through this value.
};

struct PrivateKey::Impl {
  ossl::PkeyPtr key;  ///< Never null, with its public half.
};

namespace trust {

using BnPtr = std::unique_ptr<BIGNUM, ossl::Deleter<BN_clear_free>>;
using OpensslBytes = std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>>;

/// A curve whose points and numbers tell by their length which one it is.
struct Curve {
  const char* name;
  std::size_t bits;
  std::size_t field;  ///< Bytes of a coordinate, and of a private number.
};

inline constexpr std::array<Curve, 3> kCurves{{{"P-256", 256, 32}, {"P-384", 384, 48}, {"P-521", 521, 66}}};

inline Error unreadable_key(std::string detail) { return Error{ResultCode::BadCert, std::move(detail)}; }
inline Error wrong_use(std::string detail) { return Error{ResultCode::ConfigurationFailed, std::move(detail)}; }
inline Error failed_crypto(std::string detail) { return Error{ResultCode::Crypto, std::move(detail)}; }

[[nodiscard]] KeyType type_of(const EVP_PKEY& key) noexcept;

/// The curve of a key; null if it is none of kCurves or not an EC key.
[[nodiscard]] const Curve* curve_of(const EVP_PKEY& key) noexcept;

[[nodiscard]] bool can_sign(const EVP_PKEY& key, const SignatureAlgorithm& algorithm) noexcept;
[[nodiscard]] bool can_encrypt(const EVP_PKEY& key, const EncryptionAlgorithm& algorithm) noexcept;

/// Null for HashKind::None.
[[nodiscard]] const EVP_MD* md_of(HashKind hash) noexcept;

/// Wraps the same key.
[[nodiscard]] inline PublicKey share_public(EVP_PKEY& borrowed) {
  return PublicKey(std::make_shared<const PublicKey::Impl>(PublicKey::Impl{ossl::retain(borrowed)}));
}
[[nodiscard]] inline PrivateKey share_private(EVP_PKEY& borrowed) {
  return PrivateKey(std::make_shared<const PrivateKey::Impl>(PrivateKey::Impl{ossl::retain(borrowed)}));
}

}  // namespace trust
}  // namespace securetransport
