// SPDX-License-Identifier: Apache-2.0
// PKCS#12 (RFC 7292): a tree of bags, some of them encrypted, under one checksum.
#include <openssl/pkcs12.h>

#include <array>
#include <utility>
#include <vector>

#include "trust/import_state.hpp"
#include "trust/text.hpp"

namespace securetransport::trust {
namespace {

using Pkcs12Ptr = std::unique_ptr<PKCS12, ossl::Deleter<PKCS12_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, ossl::Deleter<PKCS8_PRIV_KEY_INFO_free>>;
inline void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) noexcept {
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), ossl::Deleter<free_bags>>;
inline void free_safes(STACK_OF(PKCS7) * safes) noexcept { sk_PKCS7_pop_free(safes, PKCS7_free); }
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), ossl::Deleter<free_safes>>;

constexpr int kMaxDepth = 4;
constexpr int kMaxBags = 10'000;

/// The passphrase as OpenSSL wants it. A null pointer and an empty text are two different passphrases of RFC 7292
/// appendix B.1: nothing at all, and two zero bytes. Files without a passphrase have either.
struct Secret {
  const char* text;
  int size;
};

class Pkcs12Reader {
 public:
  Pkcs12Reader(const std::string& where, ImportState& state) : where_(where), state_(state) {}

  ImportTrouble read(std::span<const std::uint8_t> ber) {
    // The authenticated safes inherit the library context from the object they are read into.
    PKCS12* made = PKCS12_init_ex(NID_pkcs7_data, state_.context().get(), nullptr);
    const ossl::BioPtr in(BIO_new_mem_buf(ber.data(), static_cast<int>(ber.size())));
    // On failure the object is gone and the pointer null.
    const bool is_read = made != nullptr && in && d2i_PKCS12_bio(in.get(), &made) != nullptr;
    const Pkcs12Ptr store(made);
    if (!is_read || BIO_pending(in.get()) != 0) return damaged("the PKCS#12 data is damaged or cut short");
    if (auto trouble = open(*store)) return trouble;
    const SafesPtr safes(PKCS12_unpack_authsafes(store.get()));
    if (!safes) return damaged("the PKCS#12 data holds no safe that can be read");
    for (int at = 0; at < sk_PKCS7_num(safes.get()); ++at) {
      if (auto trouble = read_safe(*sk_PKCS7_value(safes.get(), at))) return trouble;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] ImportTrouble damaged(std::string_view what) const {
    return import_error(ImportProblem::Damaged, where_, what);
  }

  [[nodiscard]] ImportTrouble locked() const {
    if (!state_.request().passphrase) {
      return import_error(ImportProblem::PassphraseMissing, where_,
                          "the PKCS#12 data is encrypted and no passphrase was given");
    }
    return import_error(ImportProblem::PassphraseWrong, where_, "the passphrase does not open the PKCS#12 data");
  }

  /// Proves the passphrase by the checksum, if there is one.
  ImportTrouble open(PKCS12& store) {
    const auto& passphrase = state_.request().passphrase;
    if (passphrase && !passphrase->empty()) {
      secret_ = {passphrase->data(), static_cast<int>(passphrase->size())};
    }
    if (PKCS12_mac_present(&store) != 1) return std::nullopt;
    const ASN1_INTEGER* rounds = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, &store);
    std::int64_t count = 1;  // RFC 7292 section 4: the default.
    if (rounds != nullptr && (ASN1_INTEGER_get_int64(&count, rounds) != 1 || count < 0)) count = INT64_MAX;
    for (const Secret& candidate : {secret_, Secret{"", 0}}) {
      if (auto trouble = state_.spend(count, where_)) return trouble;
      if (PKCS12_verify_mac(&store, candidate.text, candidate.size) == 1) {
        secret_ = candidate;
        return std::nullopt;
      }
      if (secret_.size > 0) break;
    }
    return locked();
  }

  ImportTrouble read_safe(PKCS7& safe) {
    switch (OBJ_obj2nid(safe.type)) {
      case NID_pkcs7_data: {
        const BagsPtr bags(PKCS12_unpack_p7data(&safe));
        if (!bags) return damaged("a safe of the PKCS#12 data is damaged");
        return read_bags(*bags, 0);
      }
      case NID_pkcs7_encrypted: {
        if (safe.d.encrypted == nullptr || safe.d.encrypted->enc_data == nullptr) {
          return damaged("an encrypted safe of the PKCS#12 data is damaged");
        }
        const X509_ALGOR& scheme = *safe.d.encrypted->enc_data->algorithm;
        if (auto trouble = state_.spend_on(scheme, where_)) return trouble;
        const BagsPtr bags(PKCS12_unpack_p7encdata(&safe, secret_.text, secret_.size));
        if (bags) return read_bags(*bags, 0);
        if (auto trouble = state_.lack_of(scheme, where_)) return trouble;
        return locked();
      }
      default:
        return import_error(ImportProblem::Unsupported, where_,
                            "a safe of the PKCS#12 data is encrypted for a certificate instead of with a passphrase");
    }
  }

  ImportTrouble read_bags(const STACK_OF(PKCS12_SAFEBAG) & bags, int depth) {
    if (depth > kMaxDepth) return import_error(ImportProblem::TooMuch, where_, "bags are nested too deeply");
    for (int at = 0; at < sk_PKCS12_SAFEBAG_num(&bags); ++at) {
      if (++bags_ > kMaxBags) {
        return import_error(ImportProblem::TooMuch, where_, "there are more than 10000 bags");
      }
      if (auto trouble = read_bag(*sk_PKCS12_SAFEBAG_value(&bags, at), depth)) return trouble;
    }
    return std::nullopt;
  }

  ImportTrouble read_bag(const PKCS12_SAFEBAG& bag, int depth) {
    switch (PKCS12_SAFEBAG_get_nid(&bag)) {
      case NID_certBag: return read_certificate(bag);
      case NID_crlBag: return read_crl(bag);
      case NID_keyBag: {
        const PKCS8_PRIV_KEY_INFO* const info = PKCS12_SAFEBAG_get0_p8inf(&bag);
        if (info == nullptr) return damaged("a private key of the PKCS#12 data is damaged");
        return import_pkcs8(*info, label_of(bag), where_, state_);
      }
      case NID_pkcs8ShroudedKeyBag: return read_shrouded_key(bag);
      case NID_safeContentsBag: {
        const STACK_OF(PKCS12_SAFEBAG)* const inner = PKCS12_SAFEBAG_get0_safes(&bag);
        return inner == nullptr ? damaged("a bag of the PKCS#12 data is damaged") : read_bags(*inner, depth + 1);
      }
      default: state_.items().ignored.push_back("a bag of another kind in the PKCS#12 data"); return std::nullopt;
    }
  }

  ImportTrouble read_certificate(const PKCS12_SAFEBAG& bag) {
    const std::string where = numbered("certificate", ++certificates_);
    const ossl::X509Ptr certificate(PKCS12_SAFEBAG_get1_cert(&bag));
    if (!certificate) return import_error(ImportProblem::Damaged, where, "it is not an X.509 certificate");
    return state_.add_certificate(certificate.get(), where);
  }

  ImportTrouble read_crl(const PKCS12_SAFEBAG& bag) {
    const std::string where = numbered("revocation list", ++lists_);
    const ossl::X509CrlPtr list(PKCS12_SAFEBAG_get1_crl(&bag));
    if (!list) return import_error(ImportProblem::Damaged, where, "it is not an X.509 revocation list");
    return state_.add_crl(list.get(), where);
  }

  ImportTrouble read_shrouded_key(const PKCS12_SAFEBAG& bag) {
    if (!state_.request().wants_keys) return std::nullopt;
    const X509_SIG* const box = PKCS12_SAFEBAG_get0_pkcs8(&bag);
    if (box == nullptr) return damaged("a private key of the PKCS#12 data is damaged");
    const X509_ALGOR* scheme = nullptr;
    X509_SIG_get0(box, &scheme, nullptr);
    if (auto trouble = state_.spend_on(*scheme, where_)) return trouble;
    const Pkcs8Ptr info(PKCS8_decrypt_ex(box, secret_.text, secret_.size, state_.context().get(), nullptr));
    if (info) return import_pkcs8(*info, label_of(bag), where_, state_);
    if (auto trouble = state_.lack_of(*scheme, where_)) return trouble;
    return locked();
  }

  static std::string label_of(const PKCS12_SAFEBAG& bag) {
    // OpenSSL's own const is missing: the bag is not changed.
    const ossl::OpensslString name(PKCS12_get_friendlyname(const_cast<PKCS12_SAFEBAG*>(&bag)));
    return name ? shorten(name.get(), 1000) : std::string();
  }

  [[nodiscard]] std::string numbered(const char* what, int number) const {
    return (where_.empty() ? "" : where_ + ", ") + std::string(what) + " " + std::to_string(number) + " of PKCS#12";
  }

  const std::string& where_;
  ImportState& state_;
  Secret secret_{nullptr, 0};
  int bags_ = 0;
  int certificates_ = 0;
  int lists_ = 0;
};

}  // namespace

ImportTrouble import_pkcs12(std::span<const std::uint8_t> ber, const std::string& where, ImportState& state) {
  return Pkcs12Reader(where, state).read(ber);
}

}  // namespace securetransport::trust
