// SPDX-License-Identifier: Apache-2.0
// Keys as values: what they are, and what belongs together.
#include "securetransport/trust/key.hpp"

#include <openssl/core_names.h>
#include <openssl/sha.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace trust {

KeyType type_of(const EVP_PKEY& key) noexcept {
  if (EVP_PKEY_is_a(&key, "RSA") == 1) return KeyType::Rsa;
  return EVP_PKEY_is_a(&key, "EC") == 1 ? KeyType::Ec : KeyType::Other;
}

const Curve* curve_of(const EVP_PKEY& key) noexcept {
  std::array<char, 64> group{};
  if (EVP_PKEY_get_group_name(&key, group.data(), group.size(), nullptr) != 1) return nullptr;
  const char* const nist = EC_curve_nid2nist(OBJ_sn2nid(group.data()));
  const std::string_view name = nist != nullptr ? nist : group.data();
  const auto* const found = std::ranges::find(kCurves, name, &Curve::name);
  return found != kCurves.end() ? found : nullptr;
}

}  // namespace trust

namespace {

std::size_t bits_of(const EVP_PKEY& key) noexcept {
  return static_cast<std::size_t>(std::max(EVP_PKEY_get_bits(&key), 0));
}

std::size_t block_size_of(const EVP_PKEY& key) noexcept { return (bits_of(key) + 7) / 8; }

KeyIdentifier identifier_of(EVP_PKEY& key) {
  X509_PUBKEY* wrapped = nullptr;
  const trust::ErrorMark mark;
  // What was decoded can be encoded; only memory can be missing.
  if (X509_PUBKEY_set(&wrapped, &key) != 1) throw std::bad_alloc();
  const std::unique_ptr<X509_PUBKEY, ossl::Deleter<X509_PUBKEY_free>> owner(wrapped);
  const unsigned char* bytes = nullptr;
  int size = 0;
  X509_PUBKEY_get0_param(nullptr, &bytes, &size, nullptr, wrapped);
  KeyIdentifier identifier{};
  SHA1(bytes, static_cast<std::size_t>(size), identifier.data());
  return identifier;
}

}  // namespace

Result<PublicKey> PublicKey::of(const Certificate& certificate) {
  const trust::ErrorMark mark;
  EVP_PKEY* const key = certificate.impl().key();
  if (key == nullptr) return trust::unreadable_key("the public key of the certificate cannot be read");
  return trust::share_public(*key);
}

KeyType PublicKey::type() const noexcept { return trust::type_of(*impl_->key); }
std::size_t PublicKey::bits() const noexcept { return bits_of(*impl_->key); }
std::size_t PublicKey::block_size() const noexcept { return block_size_of(*impl_->key); }
KeyIdentifier PublicKey::identifier() const { return identifier_of(*impl_->key); }

bool operator==(const PublicKey& a, const PublicKey& b) {
  const trust::ErrorMark mark;
  return EVP_PKEY_eq(a.impl_->key.get(), b.impl_->key.get()) == 1;
}

PrivateKey PrivateKey::of(const Identity& identity) { return trust::share_private(*identity.impl().key); }

KeyType PrivateKey::type() const noexcept { return trust::type_of(*impl_->key); }
std::size_t PrivateKey::bits() const noexcept { return bits_of(*impl_->key); }
std::size_t PrivateKey::block_size() const noexcept { return block_size_of(*impl_->key); }
KeyIdentifier PrivateKey::identifier() const { return identifier_of(*impl_->key); }
PublicKey PrivateKey::public_key() const { return trust::share_public(*impl_->key); }

// A private number has one public one, so comparing the public halves is enough.
bool operator==(const PrivateKey& a, const PrivateKey& b) {
  const trust::ErrorMark mark;
  return EVP_PKEY_eq(a.impl_->key.get(), b.impl_->key.get()) == 1;
}

Result<Identity> Identity::from(const PrivateKey& key, std::vector<Certificate> chain) {
  if (chain.empty()) return trust::wrong_use("an identity needs a certificate");
  const trust::ErrorMark mark;
  if (X509_check_private_key(trust::x509_of(chain.front()), key.impl().key.get()) != 1) {
    return trust::wrong_use("the private key does not belong to the certificate \"" + chain.front().subject() + "\"");
  }
  return Identity(std::make_shared<const Impl>(Impl{std::move(chain), ossl::retain(*key.impl().key)}));
}

}  // namespace securetransport
