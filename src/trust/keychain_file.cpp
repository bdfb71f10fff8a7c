// SPDX-License-Identifier: Apache-2.0
// The items of a keychain as PKCS#12: certificates and keys as everybody writes them, passwords and public keys as
// secret bags, and the attributes of each in one bag attribute of ours.
#include "trust/keychain_file.hpp"

#include <openssl/pkcs12.h>

#include <new>
#include <optional>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/import_state.hpp"
#include "trust/key_impl.hpp"
#include "trust/keychain_record.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) noexcept { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
void free_safes(STACK_OF(PKCS7) * safes) noexcept { sk_PKCS7_pop_free(safes, PKCS7_free); }

using Pkcs12Ptr = std::unique_ptr<PKCS12, ossl::Deleter<PKCS12_free>>;
using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), ossl::Deleter<free_bags>>;
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), ossl::Deleter<free_safes>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, ossl::Deleter<ASN1_OBJECT_free>>;

constexpr int kRounds = 100'000;
// An arc that anybody may make from a random UUID (ITU-T X.667), and nobody else has.
constexpr const char* kRecordOid = "2.25.166897180809138129734228213816601531641";

/// What fails while writing what was read fails for want of memory.
void require(bool holds) {
  if (!holds) throw std::bad_alloc();
}

PKCS12_SAFEBAG* add_secret(STACK_OF(PKCS12_SAFEBAG) * *bags, std::span<const std::uint8_t> bytes) {
  return PKCS12_add_secret(bags, NID_pkcs7_data, bytes.data(), static_cast<int>(bytes.size()));
}

PKCS12_SAFEBAG* add_content(STACK_OF(PKCS12_SAFEBAG) * *bags, const KeychainContent& content) {
  if (const auto* const certificate = std::get_if<Certificate>(&content))
    return PKCS12_add_cert(bags, x509_of(*certificate));
  // In the clear inside the safe, which is encrypted as a whole.
  if (const auto* const key = std::get_if<PrivateKey>(&content))
    return PKCS12_add_key(bags, key->impl().key.get(), 0, kRounds, -1, nullptr);
  if (const auto* const key = std::get_if<PublicKey>(&content)) return add_secret(bags, key->der());
  return add_secret(bags, std::get<std::shared_ptr<const SecretBytes>>(content)->view());
}

void add_item(STACK_OF(PKCS12_SAFEBAG) * *bags, const KeychainItem& item) {
  PKCS12_SAFEBAG* const bag = add_content(bags, item.content);
  require(bag != nullptr);
  const auto record = encode_record(item);
  require(PKCS12_add1_attr_by_txt(bag, kRecordOid, V_ASN1_OCTET_STRING, record.data(),
                                  static_cast<int>(record.size())) == 1);
  const auto label = item.attributes.find("labl");
  if (label == item.attributes.end()) return;
  // For other programs; a text that is not UTF-8 is left out.
  if (const auto* const text = std::get_if<std::string>(&label->second))
    static_cast<void>(PKCS12_add_friendlyname_utf8(bag, text->data(), static_cast<int>(text->size())));
}

std::optional<KeychainRecord> record_of(const PKCS12_SAFEBAG& bag) {
  const ObjectPtr oid(OBJ_txt2obj(kRecordOid, 1));
  const STACK_OF(X509_ATTRIBUTE)* const attributes = PKCS12_SAFEBAG_get0_attrs(&bag);
  const int at = X509at_get_attr_by_OBJ(attributes, oid.get(), -1);
  if (at < 0) return std::nullopt;
  const ASN1_TYPE* const value = X509_ATTRIBUTE_get0_type(X509at_get_attr(attributes, at), 0);
  if (value == nullptr || value->type != V_ASN1_OCTET_STRING) return std::nullopt;
  const auto bytes = bytes_of(*value->value.octet_string);
  return decode_record({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<KeychainContent> certificate_of(const PKCS12_SAFEBAG& bag) {
  const ossl::X509Ptr certificate(PKCS12_SAFEBAG_get1_cert(&bag));
  if (!certificate) return std::nullopt;
  return share(*certificate);
}

std::optional<KeychainContent> private_key_of(const PKCS12_SAFEBAG& bag) {
  const PKCS8_PRIV_KEY_INFO* const info = PKCS12_SAFEBAG_get0_p8inf(&bag);
  const ossl::PkeyPtr key(info != nullptr ? EVP_PKCS82PKEY(info) : nullptr);
  if (!key) return std::nullopt;
  return share_private(*key);
}

std::optional<KeychainContent> secret_of(const PKCS12_SAFEBAG& bag, KeychainItemKind kind) {
  const ASN1_TYPE* const value = PKCS12_SAFEBAG_get0_bag_obj(&bag);
  if (value == nullptr || value->type != V_ASN1_OCTET_STRING) return std::nullopt;
  const auto text = bytes_of(*value->value.octet_string);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  if (kind != KeychainItemKind::PublicKey) return std::make_shared<const SecretBytes>(bytes);
  auto key = PublicKey::from_der(bytes);
  if (!key) return std::nullopt;
  return *std::move(key);
}

std::optional<KeychainContent> content_of(const PKCS12_SAFEBAG& bag, KeychainItemKind kind) {
  switch (kind) {
    case KeychainItemKind::Certificate:
      return PKCS12_SAFEBAG_get_nid(&bag) == NID_certBag ? certificate_of(bag) : std::nullopt;
    case KeychainItemKind::PrivateKey:
      return PKCS12_SAFEBAG_get_nid(&bag) == NID_keyBag ? private_key_of(bag) : std::nullopt;
    case KeychainItemKind::PublicKey:
    case KeychainItemKind::GenericPassword:
    case KeychainItemKind::InternetPassword:
      return PKCS12_SAFEBAG_get_nid(&bag) == NID_secretBag ? secret_of(bag, kind) : std::nullopt;
  }
  return std::nullopt;
}

/// Whether the safe can be decrypted without hours of work.
bool is_cheap(const PKCS7& safe, ImportState& state) {
  if (safe.d.encrypted == nullptr || safe.d.encrypted->enc_data == nullptr) return false;
  return !state.spend_on(*safe.d.encrypted->enc_data->algorithm, {}).has_value();
}

bool is_mac_cheap(const PKCS12& store, ImportState& state) {
  const ASN1_INTEGER* rounds = nullptr;
  PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, &store);
  std::int64_t count = 0;
  return rounds != nullptr && ASN1_INTEGER_get_int64(&count, rounds) == 1 && count > 0 &&
         !state.spend(count, {}).has_value();
}

}  // namespace

std::vector<std::uint8_t> encode_keychain(std::span<const KeychainItem> items, std::string_view password) {
  const ErrorMark mark;
  STACK_OF(PKCS12_SAFEBAG)* made = sk_PKCS12_SAFEBAG_new_null();
  const BagsPtr bags(made);
  for (const KeychainItem& item : items) add_item(&made, item);
  const auto length = static_cast<int>(password.size());
  const SafesPtr safes(sk_PKCS7_new_null());
  PKCS7* const safe = PKCS12_pack_p7encdata(NID_aes_256_cbc, password.data(), length, nullptr, 0, kRounds, bags.get());
  require(safes && safe != nullptr && sk_PKCS7_push(safes.get(), safe) > 0);
  const Pkcs12Ptr store(PKCS12_add_safes(safes.get(), 0));
  require(store && PKCS12_set_mac(store.get(), password.data(), length, nullptr, 0, kRounds, EVP_sha256()) == 1);
  unsigned char* bytes = nullptr;
  const int size = i2d_PKCS12(store.get(), &bytes);
  const OpensslBytes owner(bytes);
  require(size > 0);
  return {bytes, bytes + size};
}

std::variant<std::vector<KeychainItem>, KeychainProblem> decode_keychain(std::span<const std::uint8_t> bytes,
                                                                         std::string_view password) {
  const ErrorMark mark;
  const unsigned char* at = bytes.data();
  const Pkcs12Ptr store(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  const ImportRequest request{.bytes = bytes};
  ImportState work(request);
  if (!store || PKCS12_mac_present(store.get()) != 1 || !is_mac_cheap(*store, work)) return KeychainProblem::Damaged;
  const auto length = static_cast<int>(password.size());
  if (PKCS12_verify_mac(store.get(), password.data(), length) != 1) return KeychainProblem::WrongPassword;
  const SafesPtr safes(PKCS12_unpack_authsafes(store.get()));
  if (!safes || sk_PKCS7_num(safes.get()) != 1) return KeychainProblem::Damaged;
  PKCS7* const safe = sk_PKCS7_value(safes.get(), 0);
  if (OBJ_obj2nid(safe->type) != NID_pkcs7_encrypted || !is_cheap(*safe, work)) return KeychainProblem::Damaged;
  const BagsPtr bags(PKCS12_unpack_p7encdata(safe, password.data(), length));
  if (!bags) return KeychainProblem::Damaged;
  std::vector<KeychainItem> items;
  for (int each = 0; each < sk_PKCS12_SAFEBAG_num(bags.get()); ++each) {
    const PKCS12_SAFEBAG& bag = *sk_PKCS12_SAFEBAG_value(bags.get(), each);
    auto record = record_of(bag);
    auto content = record ? content_of(bag, record->kind) : std::nullopt;
    // A file of another program would lose what we do not know with the next change.
    if (!content) return KeychainProblem::Damaged;
    items.push_back({record->kind, *std::move(content), std::move(record->attributes)});
  }
  return items;
}

}  // namespace securetransport::trust
