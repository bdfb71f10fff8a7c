// SPDX-License-Identifier: Apache-2.0
// RSA encryption, and key agreement on elliptic curves.
#include <openssl/rsa.h>

#include <algorithm>

#include "securetransport/trust/key.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"

namespace securetransport {
namespace trust {

bool can_encrypt(const EVP_PKEY& key, const EncryptionAlgorithm& algorithm) noexcept {
  if (type_of(key) != KeyType::Rsa) return false;
  if (algorithm.scheme != EncryptionScheme::RsaOaep) return algorithm.hash == HashKind::None;
  if (algorithm.hash == HashKind::None) return false;
  // RFC 8017 section 7.1.1: the message is at most k - 2hLen - 2 bytes long.
  return EVP_PKEY_get_size(&key) >= 2 * EVP_MD_get_size(md_of(algorithm.hash)) + 2;
}

}  // namespace trust

namespace {

using Bytes = std::span<const std::uint8_t>;

bool configure(EVP_PKEY_CTX& context, const EncryptionAlgorithm& algorithm) {
  switch (algorithm.scheme) {
    case EncryptionScheme::RsaRaw: return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_NO_PADDING) == 1;
    case EncryptionScheme::RsaPkcs1: return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PADDING) == 1;
    case EncryptionScheme::RsaOaep:
      return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_OAEP_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_oaep_md(&context, trust::md_of(algorithm.hash)) == 1 &&
             EVP_PKEY_CTX_set_rsa_mgf1_md(&context, trust::md_of(algorithm.hash)) == 1;
  }
  return false;
}

std::size_t longest_plaintext(const EVP_PKEY& key, const EncryptionAlgorithm& algorithm) {
  const auto modulus = static_cast<std::size_t>(EVP_PKEY_get_size(&key));
  switch (algorithm.scheme) {
    case EncryptionScheme::RsaRaw: return modulus;
    case EncryptionScheme::RsaPkcs1: return modulus - 11;
    case EncryptionScheme::RsaOaep:
      return modulus - 2 * static_cast<std::size_t>(EVP_MD_get_size(trust::md_of(algorithm.hash))) - 2;
  }
  return 0;
}

}  // namespace

bool PublicKey::supports(const EncryptionAlgorithm& algorithm) const noexcept {
  return trust::can_encrypt(*impl_->key, algorithm);
}

bool PrivateKey::supports(const EncryptionAlgorithm& algorithm) const noexcept {
  return trust::can_encrypt(*impl_->key, algorithm);
}

Result<std::vector<std::uint8_t>> PublicKey::encrypt(const EncryptionAlgorithm& algorithm, Bytes plaintext) const {
  if (!supports(algorithm)) return trust::wrong_use("the key does not know this encryption algorithm");
  if (plaintext.size() > longest_plaintext(*impl_->key, algorithm))
    return trust::wrong_use("the plaintext is too long for this key");
  const trust::ErrorMark mark;
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 || !configure(*context, algorithm))
    return Error{ResultCode::Internal, "the engine refuses the encryption algorithm"};
  std::size_t size = block_size();
  SecretBytes padded(algorithm.scheme == EncryptionScheme::RsaRaw ? size : plaintext.size());
  std::ranges::copy_backward(plaintext, padded.bytes().end());
  std::vector<std::uint8_t> ciphertext(size);
  if (EVP_PKEY_encrypt(context.get(), ciphertext.data(), &size, padded.view().data(), padded.size()) != 1)
    return trust::failed_crypto("the plaintext cannot be encrypted with this key");
  ciphertext.resize(size);
  return ciphertext;
}

Result<SecretBytes> PrivateKey::decrypt(const EncryptionAlgorithm& algorithm, Bytes ciphertext) const {
  if (!supports(algorithm)) return trust::wrong_use("the key does not know this encryption algorithm");
  if (ciphertext.size() != block_size()) return trust::wrong_use("the ciphertext is not as long as the modulus");
  const trust::ErrorMark mark;
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
  if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 || !configure(*context, algorithm))
    return Error{ResultCode::Internal, "the engine refuses the encryption algorithm"};
  SecretBytes plaintext(block_size());
  std::size_t size = plaintext.size();
  // One sentence for every reason: which part of the padding is wrong would help an attacker to decrypt.
  if (EVP_PKEY_decrypt(context.get(), plaintext.bytes().data(), &size, ciphertext.data(), ciphertext.size()) != 1)
    return trust::failed_crypto("the ciphertext does not decrypt");
  plaintext.shorten(size);
  return plaintext;
}

Result<SecretBytes> PrivateKey::agree(const PublicKey& peer) const {
  const trust::Curve* const curve = trust::curve_of(*impl_->key);
  if (curve == nullptr || curve != trust::curve_of(*peer.impl().key))
    return trust::wrong_use("the keys are not on the same curve");
  const trust::ErrorMark mark;
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), peer.impl().key.get()) != 1)
    return trust::failed_crypto("the keys do not agree");
  SecretBytes secret(curve->field);
  std::size_t size = secret.size();
  if (EVP_PKEY_derive(context.get(), secret.bytes().data(), &size) != 1)
    return trust::failed_crypto("the keys do not agree");
  secret.shorten(size);
  return secret;
}

Result<PrivateKey> PrivateKey::generate(KeyType type, std::size_t bits) {
  const trust::ErrorMark mark;
  EVP_PKEY* made = nullptr;
  if (type == KeyType::Rsa && bits >= 1024 && bits <= 8192) {
    made = EVP_RSA_gen(static_cast<unsigned>(bits));
  } else if (const auto* const curve = std::ranges::find(trust::kCurves, bits, &trust::Curve::bits);
             type == KeyType::Ec && curve != trust::kCurves.end()) {
    made = EVP_EC_gen(curve->name);
  } else {
    return trust::wrong_use("keys are RSA with 1024 to 8192 bits or EC with 256, 384 or 521");
  }
  if (made == nullptr) return Error{ResultCode::Internal, "the engine cannot make a key"};
  return PrivateKey(std::make_shared<const Impl>(Impl{ossl::PkeyPtr(made)}));
}

}  // namespace securetransport
