// SPDX-License-Identifier: Apache-2.0
// Private keys in their several forms.
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <array>
#include <cstring>
#include <utility>

#include "trust/import_state.hpp"

namespace securetransport::trust {
namespace {

constexpr std::size_t kMaxKeyBytes = 65'536;  // RSA with 16384 bits takes some 10,000.

using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, ossl::Deleter<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedKeyPtr = std::unique_ptr<X509_SIG, ossl::Deleter<X509_SIG_free>>;

ImportTrouble damaged(const std::string& where) {
  return import_error(ImportProblem::Damaged, where, "the private key is damaged, cut short or of an unknown kind");
}

ImportTrouble too_large(const std::string& where) {
  return import_error(ImportProblem::TooMuch, where, "the private key is larger than 64 KiB");
}

/// Reading a DSA or DH key computes a power modulo a number of any length; these kinds do not.
bool is_supported(const PKCS8_PRIV_KEY_INFO& info) {
  const ASN1_OBJECT* algorithm = nullptr;
  PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, &info);
  switch (OBJ_obj2nid(algorithm)) {
    case NID_rsaEncryption:
    case NID_rsassaPss:
    case NID_X9_62_id_ecPublicKey:
    case NID_ED25519:
    case NID_ED448: return true;
    default: return false;
  }
}

/// Without a callback of ours OpenSSL would prompt on the terminal.
struct PassphraseSource {
  std::optional<std::string_view> passphrase;
  bool was_asked = false;
};

int answer_passphrase(char* buffer, int size, int /*writing*/, void* source) noexcept {
  auto& answer = *static_cast<PassphraseSource*>(source);
  answer.was_asked = true;
  if (!answer.passphrase || answer.passphrase->size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, answer.passphrase->data(), answer.passphrase->size());
  return static_cast<int>(answer.passphrase->size());
}

ImportTrouble locked(const std::optional<std::string_view>& passphrase, const std::string& where) {
  if (!passphrase) {
    return import_error(ImportProblem::PassphraseMissing, where,
                        "the private key is encrypted and no passphrase was given");
  }
  return import_error(ImportProblem::PassphraseWrong, where, "the passphrase does not open the private key");
}

/// RSAPrivateKey of RFC 8017 and ECPrivateKey of RFC 5915, in DER.
ImportTrouble import_old_form(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  for (const int type : {EVP_PKEY_RSA, EVP_PKEY_EC}) {
    const unsigned char* at = der.data();
    ossl::PkeyPtr key(d2i_PrivateKey(type, nullptr, &at, static_cast<long>(der.size())));
    if (key && at == der.data() + der.size()) return state.add_key(std::move(key), {}, where);
  }
  return damaged(where);
}

}  // namespace

ImportTrouble import_pkcs8(const PKCS8_PRIV_KEY_INFO& info, std::string label, const std::string& where,
                           ImportState& state) {
  if (!is_supported(info)) {
    return import_error(ImportProblem::Unsupported, where, "a private key of this kind is not supported");
  }
  ossl::PkeyPtr key(EVP_PKCS82PKEY(&info));
  if (!key) return damaged(where);
  return state.add_key(std::move(key), std::move(label), where);
}

ImportTrouble import_private_key(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  if (der.size() > kMaxKeyBytes) return too_large(where);
  const unsigned char* at = der.data();
  const Pkcs8Ptr info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  if (!info || at != der.data() + der.size()) return import_old_form(der, where, state);
  return import_pkcs8(*info, {}, where, state);
}

ImportTrouble import_encrypted_key(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  if (!state.request().wants_keys) return std::nullopt;
  if (der.size() > kMaxKeyBytes) return too_large(where);
  const unsigned char* at = der.data();
  const EncryptedKeyPtr box(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!box || at != der.data() + der.size()) return damaged(where);
  const auto& passphrase = state.request().passphrase;
  if (!passphrase) return locked(passphrase, where);
  const X509_ALGOR* scheme = nullptr;
  X509_SIG_get0(box.get(), &scheme, nullptr);
  if (auto trouble = state.spend_on(*scheme, where)) return trouble;
  const Pkcs8Ptr info(PKCS8_decrypt_ex(box.get(), passphrase->data(), static_cast<int>(passphrase->size()),
                                       state.context().get(), nullptr));
  if (!info) {
    if (auto trouble = state.lack_of(*scheme, where)) return trouble;
    return locked(passphrase, where);
  }
  return import_pkcs8(*info, {}, where, state);
}

ImportTrouble import_traditional_key(std::string_view block, const std::string& where, ImportState& state) {
  if (block.size() > 2 * kMaxKeyBytes) return too_large(where);
  // RFC 1421 section 4.6: an encrypted block says so in its header.
  const bool is_encrypted = block.find("ENCRYPTED") != std::string_view::npos;
  if (is_encrypted && !state.request().wants_keys) return std::nullopt;
  const ossl::BioPtr in(BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
  PassphraseSource source{state.request().passphrase};
  ossl::PkeyPtr key(in ? PEM_read_bio_PrivateKey(in.get(), nullptr, answer_passphrase, &source) : nullptr);
  if (key) return state.add_key(std::move(key), {}, where);
  return source.was_asked ? locked(source.passphrase, where) : damaged(where);
}

}  // namespace securetransport::trust
