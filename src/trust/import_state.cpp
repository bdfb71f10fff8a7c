// SPDX-License-Identifier: Apache-2.0
// What one import collects, its limits, and which key belongs to which certificate.
#include "trust/import_state.hpp"

#include <openssl/pkcs12.h>

#include <algorithm>
#include <new>
#include <utility>

#include "trust/key_derivation_work.hpp"
#include "trust/key_impl.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace trust {
namespace {

constexpr std::size_t kMaxCertificates = 4096;
constexpr std::size_t kMaxKeys = 100;
constexpr std::size_t kMaxLists = 100;
constexpr std::size_t kMaxChain = 16;

template <class Object>
std::vector<std::uint8_t> encode(const Object* object, int (*to_der)(const Object*, unsigned char**)) {
  unsigned char* bytes = nullptr;
  const int size = object == nullptr ? -1 : to_der(object, &bytes);
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owner(bytes);
  if (size <= 0) return {};  // Whoever parses it calls it damaged.
  return {bytes, bytes + size};
}

bool belong_together(const Certificate& certificate, const EVP_PKEY& key) {
  return X509_check_private_key(x509_of(certificate), &key) == 1;
}

/// The leaf and, as far as they are there, its issuers; the order in which they stand in the input does not matter.
std::vector<Certificate> chain_of(std::size_t leaf, const std::vector<Certificate>& certificates) {
  std::vector<Certificate> chain{certificates[leaf]};
  while (chain.size() < kMaxChain && !chain.back().is_self_issued()) {
    const auto issuer = std::find_if(certificates.begin(), certificates.end(), [&](const Certificate& candidate) {
      return X509_check_issued(x509_of(candidate), x509_of(chain.back())) == X509_V_OK &&
             std::find(chain.begin(), chain.end(), candidate) == chain.end();
    });
    if (issuer == certificates.end()) break;
    chain.push_back(*issuer);
  }
  return chain;
}

}  // namespace

ImportError import_error(ImportProblem problem, const std::string& where, std::string_view what) {
  return {problem, (where.empty() ? "" : where + ": ") + std::string(what)};
}

ImportTrouble ImportState::add_certificate(std::span<const std::uint8_t> der, const std::string& where) {
  if (items_.certificates.size() == kMaxCertificates) {
    return import_error(ImportProblem::TooMuch, {}, "there are more than 4096 certificates");
  }
  auto certificate = Certificate::from_der(der);
  if (!certificate) return import_error(ImportProblem::Damaged, where, certificate.error().detail);
  items_.certificates.push_back(*std::move(certificate));
  return std::nullopt;
}

ImportTrouble ImportState::add_crl(std::span<const std::uint8_t> der, const std::string& where) {
  if (items_.crls.size() == kMaxLists) {
    return import_error(ImportProblem::TooMuch, {}, "there are more than 100 revocation lists");
  }
  auto list = RevocationList::from_der(der);
  if (!list) return import_error(ImportProblem::Damaged, where, list.error().detail);
  items_.crls.push_back(*std::move(list));
  return std::nullopt;
}

ImportTrouble ImportState::add_certificate(const X509* certificate, const std::string& where) {
  return add_certificate(encode<X509>(certificate, i2d_X509), where);
}

ImportTrouble ImportState::add_crl(const X509_CRL* list, const std::string& where) {
  return add_crl(encode<X509_CRL>(list, i2d_X509_CRL), where);
}

ImportTrouble ImportState::add_key(ossl::PkeyPtr key, std::string label, const std::string& where) {
  if (items_.keys.size() == kMaxKeys) {
    return import_error(ImportProblem::TooMuch, {}, "there are more than 100 private keys");
  }
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
    case EVP_PKEY_EC:
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448: break;
    default: return import_error(ImportProblem::Unsupported, where, "a private key of this kind is not supported");
  }
  items_.keys.push_back(share_private(*key));
  labels_.push_back(std::move(label));
  return std::nullopt;
}

ImportTrouble ImportState::add_public_key(std::span<const std::uint8_t> der, const std::string& where) {
  if (items_.public_keys.size() == kMaxKeys) {
    return import_error(ImportProblem::TooMuch, {}, "there are more than 100 public keys");
  }
  auto key = PublicKey::from_der(der);
  if (!key) return import_error(ImportProblem::Damaged, where, key.error().detail);
  items_.public_keys.push_back(*std::move(key));
  return std::nullopt;
}

ImportTrouble ImportState::spend_on(const X509_ALGOR& scheme, const std::string& where) {
  const std::optional<std::int64_t> rounds = key_derivation_rounds(scheme);
  if (!rounds) return import_error(ImportProblem::Unsupported, where, "its encryption is of an unknown kind");
  return spend(*rounds, where);
}

ImportTrouble ImportState::spend(std::int64_t rounds, const std::string& where) {
  if (rounds > rounds_left_) {
    return import_error(ImportProblem::TooMuch, where, "more than 10 million rounds of key derivation are asked for");
  }
  rounds_left_ -= rounds;
  return std::nullopt;
}

ImportTrouble ImportState::lack_of(const X509_ALGOR& scheme, const std::string& where) {
  static_cast<void>(context_.get());
  if (!needs_legacy(scheme) || context_.has_legacy()) return std::nullopt;
  return import_error(ImportProblem::Unsupported, where,
                      "its encryption is outdated, and OpenSSL's legacy provider is not installed");
}

void ImportState::pair_identities() {
  for (std::size_t key = 0; key < items_.keys.size(); ++key) {
    const EVP_PKEY& private_key = *items_.keys[key].impl().key;
    for (std::size_t at = 0; at < items_.certificates.size(); ++at) {
      if (!belong_together(items_.certificates[at], private_key)) continue;
      Identity identity(std::make_shared<const Identity::Impl>(
          Identity::Impl{chain_of(at, items_.certificates), ossl::retain(*items_.keys[key].impl().key)}));
      items_.identities.push_back({std::move(identity), key, at, labels_[key]});
      break;
    }
  }
}

}  // namespace trust
}  // namespace securetransport
