// SPDX-License-Identifier: Apache-2.0
// Keys from bytes and to bytes: DER, PEM, and the compact forms.
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <algorithm>
#include <climits>
#include <new>

#include "securetransport/trust/import.hpp"
#include "securetransport/trust/key.hpp"
#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"
#include "trust/pem_text.hpp"

namespace securetransport {
namespace {

using ParamBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, ossl::Deleter<OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, ossl::Deleter<OSSL_PARAM_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, ossl::Deleter<PKCS8_PRIV_KEY_INFO_free>>;
using SchemePtr = std::unique_ptr<X509_ALGOR, ossl::Deleter<X509_ALGOR_free>>;
using LockedPtr = std::unique_ptr<X509_SIG, ossl::Deleter<X509_SIG_free>>;

constexpr std::size_t kMaxBytes = 1'000'000;
constexpr int kMaxBits = 16384;  // OpenSSL's own limit for the modulus of a signature that it verifies.
constexpr int kRounds = 100'000;
constexpr std::uint8_t kUncompressed = 4;  // SEC 1 section 2.3.3

Error not_a_key() { return trust::unreadable_key("the data is not a key, or it is damaged or of an unknown kind"); }

Error other_curve() { return trust::wrong_use("only RSA keys and keys on P-256, P-384 and P-521 have this form"); }

/// The key that `decode`, a d2i function, finds in exactly these bytes.
template <class Decode>
ossl::PkeyPtr decoded(std::span<const std::uint8_t> der, Decode decode) {
  if (der.empty() || der.size() > kMaxBytes) return nullptr;
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  ossl::PkeyPtr key(decode(&at, static_cast<long>(der.size())));
  if (!key || at != der.data() + der.size() || EVP_PKEY_get_bits(key.get()) > kMaxBits) return nullptr;
  return key;
}

/// What `encode`, an i2d function, writes. It can fail only for want of memory.
template <class Encode>
SecretBytes encoded(Encode encode) {
  const trust::ErrorMark mark;
  unsigned char* bytes = nullptr;
  const int size = encode(&bytes);
  if (size <= 0) throw std::bad_alloc();
  const trust::OpensslBytes owner(bytes);
  SecretBytes copy(std::span<const std::uint8_t>(bytes, static_cast<std::size_t>(size)));
  OPENSSL_cleanse(bytes, static_cast<std::size_t>(size));
  return copy;
}

std::vector<std::uint8_t> copied(const SecretBytes& bytes) { return {bytes.view().begin(), bytes.view().end()}; }

/// Writes a number of the key in the width of the field.
bool put_number(const EVP_PKEY& key, const char* name, std::span<std::uint8_t> out) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &number) != 1) return false;
  const trust::BnPtr owner(number);
  return BN_bn2binpad(number, out.data(), static_cast<int>(out.size())) == static_cast<int>(out.size());
}

/// 04, X, Y and for a private key K.
Result<SecretBytes> numbers_of(const EVP_PKEY& key, std::initializer_list<const char*> names) {
  const trust::ErrorMark mark;
  const trust::Curve* const curve = trust::curve_of(key);
  if (curve == nullptr) return other_curve();
  SecretBytes form(1 + names.size() * curve->field);
  form.bytes().front() = kUncompressed;
  std::size_t at = 1;
  for (const char* const name : names) {
    if (!put_number(key, name, form.bytes().subspan(at, curve->field))) return other_curve();
    at += curve->field;
  }
  return form;
}

/// Numbers of the three, after the 04: two make a public key, three a private one.
ossl::PkeyPtr key_of_numbers(std::span<const std::uint8_t> bytes, std::size_t numbers) {
  const auto* const curve = std::ranges::find_if(
      trust::kCurves, [&](const trust::Curve& each) { return bytes.size() == 1 + numbers * each.field; });
  if (curve == trust::kCurves.end() || bytes.front() != kUncompressed) return nullptr;
  const bool is_private = numbers == 3;
  const trust::ErrorMark mark;
  const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
  const trust::BnPtr number(
      is_private ? BN_bin2bn(bytes.last(curve->field).data(), static_cast<int>(curve->field), nullptr) : nullptr);
  if (!builder || (is_private && !number)) throw std::bad_alloc();
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->name, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), 1 + 2 * curve->field);
  if (is_private) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
  const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  if (!params || !context) throw std::bad_alloc();
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  ossl::PkeyPtr key(made);
  // A point off the curve, or a number that is not the point's, would give a key away or sign nonsense.
  const ossl::PkeyCtxPtr check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  const int verdict = is_private ? EVP_PKEY_check(check.get()) : EVP_PKEY_public_check(check.get());
  return verdict == 1 ? std::move(key) : nullptr;
}

template <class Value>
Result<Value> value_or_error(ossl::PkeyPtr key) {
  if (!key) return not_a_key();
  return Value(std::make_shared<const typename Value::Impl>(typename Value::Impl{std::move(key)}));
}

}  // namespace

Result<PublicKey> PublicKey::from_der(std::span<const std::uint8_t> der) {
  return value_or_error<PublicKey>(
      decoded(der, [](const unsigned char** at, long size) { return d2i_PUBKEY(nullptr, at, size); }));
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
  if (pem.size() > kMaxBytes) return not_a_key();
  for (const trust::PemBlock& block : trust::pem_blocks(pem, "PUBLIC KEY", 1)) {
    if (block.has_end && block.data) return from_der(*block.data);
  }
  for (const trust::PemBlock& block : trust::pem_blocks(pem, "RSA PUBLIC KEY", 1)) {
    if (block.has_end && block.data) return from_compact_form(KeyType::Rsa, *block.data);
  }
  return trust::unreadable_key("the text has no PUBLIC KEY block, or it is damaged");
}

Result<PublicKey> PublicKey::from_compact_form(KeyType type, std::span<const std::uint8_t> bytes) {
  if (type == KeyType::Other || bytes.empty()) return not_a_key();
  if (type == KeyType::Ec) return value_or_error<PublicKey>(key_of_numbers(bytes, 2));
  return value_or_error<PublicKey>(decoded(
      bytes, [](const unsigned char** at, long size) { return d2i_PublicKey(EVP_PKEY_RSA, nullptr, at, size); }));
}

std::vector<std::uint8_t> PublicKey::der() const {
  return copied(encoded([&](unsigned char** out) { return i2d_PUBKEY(impl_->key.get(), out); }));
}

std::string PublicKey::pem() const {
  const trust::ErrorMark mark;
  const ossl::BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_PUBKEY(out.get(), impl_->key.get()) != 1) throw std::bad_alloc();
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Result<std::vector<std::uint8_t>> PublicKey::compact_form() const {
  if (type() == KeyType::Rsa)
    return copied(encoded([&](unsigned char** out) { return i2d_PublicKey(impl_->key.get(), out); }));
  const auto form = numbers_of(*impl_->key, {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y});
  if (!form) return form.error();
  return copied(*form);
}

Result<PrivateKey> PrivateKey::from_der(std::span<const std::uint8_t> der) {
  // The import refuses kinds of key that are dangerous to read.
  ImportResult found = import_items({.bytes = der});
  if (!found || found.items.form != ImportForm::PrivateKey || found.items.keys.size() != 1) return not_a_key();
  return std::move(found.items.keys.front());
}

Result<PrivateKey> PrivateKey::from_compact_form(KeyType type, std::span<const std::uint8_t> bytes) {
  if (type == KeyType::Other || bytes.empty()) return not_a_key();
  if (type == KeyType::Ec) return value_or_error<PrivateKey>(key_of_numbers(bytes, 3));
  return value_or_error<PrivateKey>(decoded(
      bytes, [](const unsigned char** at, long size) { return d2i_PrivateKey(EVP_PKEY_RSA, nullptr, at, size); }));
}

SecretBytes PrivateKey::der() const {
  const Pkcs8Ptr pkcs8(EVP_PKEY2PKCS8(impl_->key.get()));
  if (!pkcs8) throw std::bad_alloc();
  return encoded([&](unsigned char** out) { return i2d_PKCS8_PRIV_KEY_INFO(pkcs8.get(), out); });
}

SecretBytes PrivateKey::traditional_der() const {
  if (type() == KeyType::Other) return der();
  return encoded([&](unsigned char** out) { return i2d_PrivateKey(impl_->key.get(), out); });
}

Result<SecretBytes> PrivateKey::compact_form() const {
  if (type() == KeyType::Rsa) return traditional_der();
  return numbers_of(*impl_->key, {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y, OSSL_PKEY_PARAM_PRIV_KEY});
}

Result<std::vector<std::uint8_t>> PrivateKey::encrypted_der(std::string_view passphrase) const {
  if (passphrase.size() > INT_MAX) return trust::wrong_use("the passphrase is too long");
  const trust::ErrorMark mark;
  const Pkcs8Ptr pkcs8(EVP_PKEY2PKCS8(impl_->key.get()));
  SchemePtr scheme(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), kRounds, nullptr, 0, nullptr, NID_hmacWithSHA256));
  if (!pkcs8 || !scheme) throw std::bad_alloc();
  const LockedPtr locked(
      PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), pkcs8.get(), scheme.get()));
  if (!locked) return Error{ResultCode::Internal, "the key cannot be encrypted"};
  (void)scheme.release();  // It is part of `locked` now.
  return copied(encoded([&](unsigned char** out) { return i2d_X509_SIG(locked.get(), out); }));
}

}  // namespace securetransport
