// SPDX-License-Identifier: Apache-2.0
// Signatures: RSA and ECDSA, over messages or over hashes of them.
#include <openssl/rsa.h>

#include <optional>

#include "securetransport/trust/key.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"

namespace securetransport {
namespace trust {

const EVP_MD* md_of(HashKind hash) noexcept {
  switch (hash) {
    case HashKind::None: return nullptr;
    case HashKind::Md5: return EVP_md5();
    case HashKind::Sha1: return EVP_sha1();
    case HashKind::Sha224: return EVP_sha224();
    case HashKind::Sha256: return EVP_sha256();
    case HashKind::Sha384: return EVP_sha384();
    case HashKind::Sha512: return EVP_sha512();
  }
  return nullptr;
}

bool can_sign(const EVP_PKEY& key, const SignatureAlgorithm& algorithm) noexcept {
  const bool has_hash = algorithm.hash != HashKind::None;
  if (algorithm.input == SignatureInput::Message && !has_hash) return false;
  const auto modulus = static_cast<std::size_t>(EVP_PKEY_get_size(&key));
  const std::size_t hash = has_hash ? static_cast<std::size_t>(EVP_MD_get_size(md_of(algorithm.hash))) : 0;
  switch (algorithm.scheme) {
    case SigningScheme::RsaRaw: return type_of(key) == KeyType::Rsa && !has_hash;
    // RFC 8017 section 9.2: eleven bytes of padding, and at most nineteen of DigestInfo.
    case SigningScheme::RsaPkcs1: return type_of(key) == KeyType::Rsa && modulus >= hash + (has_hash ? 30 : 12);
    // RFC 8017 section 9.1.1: emLen is at least hLen + sLen + 2.
    case SigningScheme::RsaPss: return type_of(key) == KeyType::Rsa && has_hash && modulus >= 2 * hash + 3;
    case SigningScheme::Ecdsa: return type_of(key) == KeyType::Ec;
  }
  return false;
}

}  // namespace trust

namespace {

using Bytes = std::span<const std::uint8_t>;

/// What the key itself signs.
struct HashedInput {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> storage{};
  Bytes bytes;
};

std::optional<Error> prepare(HashedInput& hashed, const EVP_PKEY& key, const SignatureAlgorithm& algorithm,
                             Bytes input) {
  if (!trust::can_sign(key, algorithm)) return trust::wrong_use("the key does not know this signature algorithm");
  const EVP_MD* const md = trust::md_of(algorithm.hash);
  hashed.bytes = input;
  if (algorithm.input == SignatureInput::Message) {
    unsigned size = 0;
    if (EVP_Digest(input.data(), input.size(), hashed.storage.data(), &size, md, nullptr) != 1)
      return Error{ResultCode::Internal, "the message cannot be hashed"};
    hashed.bytes = Bytes(hashed.storage).first(size);
    return std::nullopt;
  }
  const auto modulus = static_cast<std::size_t>(EVP_PKEY_get_size(&key));
  if (md != nullptr && input.size() != static_cast<std::size_t>(EVP_MD_get_size(md)))
    return trust::wrong_use("the input is not as long as the hash");
  if (algorithm.scheme == SigningScheme::RsaRaw && input.size() != modulus)
    return trust::wrong_use("the input is not as long as the modulus");
  if (algorithm.scheme == SigningScheme::RsaPkcs1 && md == nullptr && input.size() + 11 > modulus)
    return trust::wrong_use("the input is too long for this key");
  return std::nullopt;
}

/// Tells the context the algorithm, after sign_init or verify_init.
bool configure(EVP_PKEY_CTX& context, const SignatureAlgorithm& algorithm) {
  const EVP_MD* const md = trust::md_of(algorithm.hash);
  switch (algorithm.scheme) {
    case SigningScheme::RsaRaw: return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_NO_PADDING) == 1;
    case SigningScheme::RsaPkcs1:
      return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PADDING) == 1 &&
             (md == nullptr || EVP_PKEY_CTX_set_signature_md(&context, md) == 1);
    case SigningScheme::RsaPss:
      return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_signature_md(&context, md) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(&context, RSA_PSS_SALTLEN_DIGEST) == 1;
    case SigningScheme::Ecdsa: return md == nullptr || EVP_PKEY_CTX_set_signature_md(&context, md) == 1;
  }
  return false;
}

}  // namespace

bool PublicKey::supports(const SignatureAlgorithm& algorithm) const noexcept {
  return trust::can_sign(*impl_->key, algorithm);
}

bool PrivateKey::supports(const SignatureAlgorithm& algorithm) const noexcept {
  return trust::can_sign(*impl_->key, algorithm);
}

Result<void> PublicKey::verify(const SignatureAlgorithm& algorithm, Bytes input, Bytes signature) const {
  const trust::ErrorMark mark;
  HashedInput hashed;
  if (auto error = prepare(hashed, *impl_->key, algorithm, input)) return *std::move(error);
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1 || !configure(*context, algorithm))
    return Error{ResultCode::Internal, "the engine refuses the signature algorithm"};
  // OpenSSL answers 0 or less for a signature that is wrong and for one that cannot be read.
  if (EVP_PKEY_verify(context.get(), signature.data(), signature.size(), hashed.bytes.data(), hashed.bytes.size()) != 1)
    return trust::failed_crypto("the signature does not verify");
  return {};
}

Result<std::vector<std::uint8_t>> PrivateKey::sign(const SignatureAlgorithm& algorithm, Bytes input) const {
  const trust::ErrorMark mark;
  HashedInput hashed;
  if (auto error = prepare(hashed, *impl_->key, algorithm, input)) return *std::move(error);
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
  if (!context || EVP_PKEY_sign_init(context.get()) != 1 || !configure(*context, algorithm))
    return Error{ResultCode::Internal, "the engine refuses the signature algorithm"};
  std::size_t size = 0;
  if (EVP_PKEY_sign(context.get(), nullptr, &size, hashed.bytes.data(), hashed.bytes.size()) != 1)
    return trust::failed_crypto("the input cannot be signed with this key");
  std::vector<std::uint8_t> signature(size);
  if (EVP_PKEY_sign(context.get(), signature.data(), &size, hashed.bytes.data(), hashed.bytes.size()) != 1)
    return trust::failed_crypto("the input cannot be signed with this key");
  signature.resize(size);
  return signature;
}

}  // namespace securetransport
