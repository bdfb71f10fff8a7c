// SPDX-License-Identifier: Apache-2.0
// Writes certificates and keys in the forms that other programs read.
#include "securetransport/trust/export.hpp"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>

#include <algorithm>
#include <new>

#include "trust/error_mark.hpp"
#include "trust/key_impl.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) noexcept { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
void free_safes(STACK_OF(PKCS7) * safes) noexcept { sk_PKCS7_pop_free(safes, PKCS7_free); }

using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), ossl::Deleter<free_bags>>;
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), ossl::Deleter<free_safes>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, ossl::Deleter<PKCS12_free>>;
using Pkcs7Ptr = std::unique_ptr<PKCS7, ossl::Deleter<PKCS7_free>>;

constexpr int kRounds = 100'000;
constexpr std::size_t kMaxPassphrase = 1024;  // What the import takes.

/// What fails while writing what was read fails for want of memory.
void require(bool holds) {
  if (!holds) throw std::bad_alloc();
}

template <class Object>
std::vector<std::uint8_t> encoded(const Object& object, int (*encode)(const Object*, unsigned char**)) {
  unsigned char* bytes = nullptr;
  const int size = encode(&object, &bytes);
  const trust::OpensslBytes owner(bytes);
  require(size > 0);
  return {bytes, bytes + size};
}

void mark(PKCS12_SAFEBAG* bag, const KeyIdentifier* id, const std::string& label) {
  require(bag != nullptr);
  KeyIdentifier copy = id != nullptr ? *id : KeyIdentifier{};
  require(id == nullptr || PKCS12_add_localkeyid(bag, copy.data(), static_cast<int>(copy.size())) == 1);
  if (!label.empty()) require(PKCS12_add_friendlyname_utf8(bag, label.data(), static_cast<int>(label.size())) == 1);
}

/// The key that the certificate is for, unless an earlier certificate is as well.
const PrivateKey* owner_of(std::span<const Certificate> certificates, std::size_t at,
                           std::span<const PrivateKey> keys) {
  const auto fits = [&](const Certificate& certificate, const PrivateKey& key) {
    return X509_check_private_key(trust::x509_of(certificate), key.impl().key.get()) == 1;
  };
  for (const PrivateKey& key : keys) {
    if (!fits(certificates[at], key)) continue;
    const bool is_first =
        std::ranges::none_of(certificates.first(at), [&](const Certificate& earlier) { return fits(earlier, key); });
    if (is_first) return &key;
  }
  return nullptr;
}

}  // namespace

std::string pem_block(std::string_view label, std::span<const std::uint8_t> bytes) {
  const trust::ErrorMark error_mark;
  const ossl::BioPtr out(BIO_new(BIO_s_secmem()));  // What it held is wiped: it may be a private key.
  require(out &&
          PEM_write_bio(out.get(), std::string(label).c_str(), "", bytes.data(), static_cast<long>(bytes.size())) > 0);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Result<std::vector<std::uint8_t>> export_pkcs12(std::span<const PrivateKey> keys,
                                                std::span<const Certificate> certificates, std::string_view passphrase,
                                                const std::string& label) {
  if (passphrase.size() > kMaxPassphrase) return trust::wrong_use("the passphrase is longer than 1024 bytes");
  const trust::ErrorMark error_mark;
  const std::string pass(passphrase);  // OpenSSL's functions for whole safes want a final zero.
  STACK_OF(PKCS12_SAFEBAG)* certificate_bags = sk_PKCS12_SAFEBAG_new_null();
  const BagsPtr certificate_owner(certificate_bags);
  for (std::size_t at = 0; at < certificates.size(); ++at) {
    PKCS12_SAFEBAG* const bag = PKCS12_add_cert(&certificate_bags, trust::x509_of(certificates[at]));
    const PrivateKey* const key = owner_of(certificates, at, keys);
    const KeyIdentifier id = key != nullptr ? key->identifier() : KeyIdentifier{};
    mark(bag, key != nullptr ? &id : nullptr, key != nullptr ? label : std::string());
  }
  STACK_OF(PKCS12_SAFEBAG)* key_bags = sk_PKCS12_SAFEBAG_new_null();
  const BagsPtr key_owner(key_bags);
  for (const PrivateKey& key : keys) {
    const KeyIdentifier id = key.identifier();
    mark(PKCS12_add_key(&key_bags, key.impl().key.get(), 0, kRounds, NID_aes_256_cbc, pass.c_str()), &id, label);
  }
  STACK_OF(PKCS7)* safes = sk_PKCS7_new_null();
  const SafesPtr safes_owner(safes);
  require(PKCS12_add_safe(&safes, certificate_bags, NID_aes_256_cbc, kRounds, pass.c_str()) == 1);
  require(PKCS12_add_safe(&safes, key_bags, -1, 0, nullptr) == 1);
  const Pkcs12Ptr store(PKCS12_add_safes(safes, 0));
  require(store && PKCS12_set_mac(store.get(), pass.c_str(), static_cast<int>(pass.size()), nullptr, 0, kRounds,
                                  EVP_sha256()) == 1);
  return encoded<PKCS12>(*store, i2d_PKCS12);
}

std::vector<std::uint8_t> export_pkcs7(std::span<const Certificate> certificates) {
  const trust::ErrorMark error_mark;
  const Pkcs7Ptr bag(PKCS7_new());
  require(bag && PKCS7_set_type(bag.get(), NID_pkcs7_signed) == 1);
  require(PKCS7_content_new(bag.get(), NID_pkcs7_data) == 1);
  require(PKCS7_set_detached(bag.get(), 1) >= 0);
  for (const Certificate& certificate : certificates)
    require(PKCS7_add_certificate(bag.get(), trust::x509_of(certificate)) == 1);
  return encoded<PKCS7>(*bag, i2d_PKCS7);
}

}  // namespace securetransport
