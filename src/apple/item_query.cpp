// SPDX-License-Identifier: Apache-2.0
// What a program's dictionary asks of SecItem, and what fits.
#include "apple/item_query.hpp"

#include <Security/SecItem.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "apple/cf_values.hpp"
#include "apple/item_attributes.hpp"
#include "apple/item_match.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"

namespace securetransport::apple {
namespace {

bool belongs(ItemClass wanted, KeychainItemKind kind) noexcept {
  switch (wanted) {
    case ItemClass::GenericPassword: return kind == KeychainItemKind::GenericPassword;
    case ItemClass::InternetPassword: return kind == KeychainItemKind::InternetPassword;
    case ItemClass::Certificate: return kind == KeychainItemKind::Certificate;
    case ItemClass::Key: return kind == KeychainItemKind::PublicKey || kind == KeychainItemKind::PrivateKey;
    case ItemClass::Identity: return false;
  }
  return false;
}

/// The certificate first, then those of the keychains that lead on to its root, as far as they are there.
std::vector<Certificate> chain_from(const Certificate& leaf, const std::vector<FoundItem>& all) {
  constexpr std::size_t kLongest = 10;
  std::vector<Certificate> chain{leaf};
  while (chain.size() < kLongest && !chain.back().is_self_issued()) {
    const auto issuer = std::ranges::find_if(all, [&](const FoundItem& each) {
      const auto* const certificate = std::get_if<Certificate>(&each.item.content);
      return certificate != nullptr && certificate->is_ca() && certificate->subject() == chain.back().issuer();
    });
    if (issuer == all.end()) break;
    chain.push_back(std::get<Certificate>(issuer->item.content));
  }
  // The root is known to whoever trusts it.
  if (chain.size() > 1 && chain.back().is_self_issued()) chain.pop_back();
  return chain;
}

std::optional<Identity> join(const Certificate& certificate, const PrivateKey& key, const std::vector<FoundItem>& all) {
  const auto public_key = PublicKey::of(certificate);
  if (!public_key || *public_key != key.public_key()) return std::nullopt;
  auto identity = Identity::from(key, chain_from(certificate, all));
  if (!identity) return std::nullopt;
  return *std::move(identity);
}

std::vector<Candidate> identities(const Keychains& keychains) {
  const std::vector<FoundItem> all = items_in(keychains);
  std::vector<Candidate> found;
  for (const FoundItem& each : all) {
    const auto* const certificate = std::get_if<Certificate>(&each.item.content);
    if (certificate == nullptr) continue;
    for (const FoundItem& other : all) {
      const auto* const key = std::get_if<PrivateKey>(&other.item.content);
      auto identity = key != nullptr ? join(*certificate, *key, all) : std::nullopt;
      if (!identity) continue;
      found.push_back(
          {cf::CFRef<CFTypeRef>::adopt(make_identity(*std::move(identity)).release()), {each, other}, *certificate});
      break;
    }
  }
  return found;
}

/// The class that a reference tells by itself.
std::optional<ItemClass> class_of_reference(CFTypeRef reference) {
  if (cf::checked<__SecCertificate>(reference) != nullptr) return ItemClass::Certificate;
  if (cf::checked<__SecKey>(reference) != nullptr) return ItemClass::Key;
  if (cf::checked<__SecIdentity>(reference) != nullptr) return ItemClass::Identity;
  if (cf::checked<__SecKeychainItem>(reference) == nullptr) return std::nullopt;
  const auto found = item_of(reference);
  const bool is_internet = found && found->item.kind == KeychainItemKind::InternetPassword;
  return is_internet ? ItemClass::InternetPassword : ItemClass::GenericPassword;
}

}  // namespace

std::optional<ItemClass> item_class_in(CFDictionaryRef dictionary) {
  const CFStringRef name = as_string(value_in(dictionary, kSecClass));
  if (name == nullptr) return class_of_reference(value_in(dictionary, kSecValueRef));
  if (CFEqual(name, kSecClassGenericPassword) != 0) return ItemClass::GenericPassword;
  if (CFEqual(name, kSecClassInternetPassword) != 0) return ItemClass::InternetPassword;
  if (CFEqual(name, kSecClassCertificate) != 0) return ItemClass::Certificate;
  if (CFEqual(name, kSecClassKey) != 0) return ItemClass::Key;
  if (CFEqual(name, kSecClassIdentity) != 0) return ItemClass::Identity;
  return std::nullopt;
}

std::vector<Candidate> candidates(ItemClass wanted, const Keychains& keychains) {
  if (wanted == ItemClass::Identity) return identities(keychains);
  std::vector<Candidate> found;
  for (FoundItem& each : items_in(keychains)) {
    if (!belongs(wanted, each.item.kind)) continue;
    Candidate candidate{object_for(each), {}, std::nullopt};
    if (const auto* const certificate = std::get_if<Certificate>(&each.item.content))
      candidate.certificate = *certificate;
    candidate.items.push_back(std::move(each));
    found.push_back(std::move(candidate));
  }
  return found;
}

std::optional<Identity> identity_for(const Certificate& certificate, const Keychains& keychains) {
  const std::vector<FoundItem> all = items_in(keychains);
  for (const FoundItem& each : all) {
    const auto* const key = std::get_if<PrivateKey>(&each.item.content);
    if (key == nullptr) continue;
    if (auto identity = join(certificate, *key, all)) return identity;
  }
  return std::nullopt;
}

OSStatus read_query(CFDictionaryRef dictionary, std::optional<ItemQuery>& query) {
  if (as_dictionary(dictionary) == nullptr) return errSecParam;
  const auto wanted = item_class_in(dictionary);
  if (!wanted) return errSecParam;
  const CFTypeRef list = value_in(dictionary, kSecMatchSearchList);
  auto keychains = keychains_in(list != nullptr ? list : value_in(dictionary, kSecUseKeychain));
  if (!keychains) return errSecParam;
  query = ItemQuery{dictionary, *wanted, *std::move(keychains)};
  return errSecSuccess;
}

bool is_attribute(CFTypeRef key) {
  if (as_string(key) == nullptr) return false;
  const std::string text = cf::string_of(static_cast<CFStringRef>(key));
  if (text == "class" || text == "nleg" || text == "acls") return false;
  // Where each item is, and how well it is guarded, has no meaning here: see SecItem.h.
  if (text == "agrp" || text == "pdmn" || text == "sync" || text == "accc" || text == "perm") return false;
  return !(text.size() > 2 && text[1] == '_');  // m_Limit, r_Data, u_Keychain, v_Ref
}

std::vector<Candidate> matches(const ItemQuery& query, std::size_t limit) {
  std::vector<Candidate> found;
  for (Candidate& candidate : candidates(query.wanted, query.keychains)) {
    if (found.size() == limit) break;
    if (fits(candidate, query)) found.push_back(std::move(candidate));
  }
  return found;
}

}  // namespace securetransport::apple
