// SPDX-License-Identifier: Apache-2.0
// Keychains and their items as objects.
#include "apple/keychain_objects.hpp"

#include <functional>
#include <utility>

#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"

__SecKeychain::__SecKeychain(std::shared_ptr<securetransport::Keychain> value)
    : Object(type_id()), keychain(std::move(value)) {}

CFTypeID __SecKeychain::type_id() {
  static const CFTypeID kType = securetransport::cf::register_type("SecKeychain");
  return kType;
}

bool __SecKeychain::equals(const Object& other) const {
  return keychain == static_cast<const __SecKeychain&>(other).keychain;
}

CFHashCode __SecKeychain::hash() const { return std::hash<const void*>{}(keychain.get()); }

std::string __SecKeychain::describe() const {
  return "<SecKeychain " + (keychain->path().empty() ? "in memory" : keychain->path()) + ">";
}

__SecKeychainItem::__SecKeychainItem(const securetransport::apple::FoundItem& found)
    : Object(type_id()), keychain(found.keychain), number(found.item.number) {}

CFTypeID __SecKeychainItem::type_id() {
  static const CFTypeID kType = securetransport::cf::register_type("SecKeychainItem");
  return kType;
}

bool __SecKeychainItem::equals(const Object& other) const {
  return number == static_cast<const __SecKeychainItem&>(other).number;
}

CFHashCode __SecKeychainItem::hash() const { return number; }

// The account may be a secret of its own, so it is not shown.
std::string __SecKeychainItem::describe() const { return "<SecKeychainItem " + std::to_string(number) + ">"; }

namespace securetransport::apple {
namespace {

constexpr std::string_view kPersistentMark = "securetransport.item.";

cf::CFRef<CFTypeRef> untyped(CFTypeRef owned) { return cf::CFRef<CFTypeRef>::adopt(owned); }

/// Whether the object is what the item holds.
bool stands_for(CFTypeRef reference, const KeychainItem& item) {
  if (const auto* const certificate = cf::checked<__SecCertificate>(reference)) {
    const auto* const held = std::get_if<Certificate>(&item.content);
    return held != nullptr && *held == certificate->certificate;
  }
  const auto* const key = cf::checked<__SecKey>(reference);
  if (key == nullptr) return false;
  if (const auto* const secret = key->private_key()) {
    const auto* const held = std::get_if<PrivateKey>(&item.content);
    return held != nullptr && *held == *secret;
  }
  const auto* const held = std::get_if<PublicKey>(&item.content);
  return held != nullptr && *held == key->public_key();
}

}  // namespace

cf::CFRef<SecKeychainRef> make_keychain(std::shared_ptr<Keychain> keychain) {
  return cf::CFRef<SecKeychainRef>::adopt(new __SecKeychain(std::move(keychain)));
}

std::vector<FoundItem> items_in(const Keychains& keychains) {
  std::vector<FoundItem> found;
  for (const auto& keychain : keychains) {
    for (KeychainItem& item : keychain->items()) found.push_back({keychain, std::move(item)});
  }
  return found;
}

std::optional<FoundItem> item_with(std::uint64_t number) {
  for (FoundItem& found : items_in(KeychainRegistry::shared().everything())) {
    if (found.item.number == number) return std::move(found);
  }
  return std::nullopt;
}

std::optional<FoundItem> item_of(CFTypeRef reference) {
  if (const auto* const item = cf::checked<__SecKeychainItem>(reference)) return item_with(item->number);
  for (FoundItem& found : items_in(KeychainRegistry::shared().everything())) {
    if (stands_for(reference, found.item)) return std::move(found);
  }
  return std::nullopt;
}

cf::CFRef<CFDataRef> persistent_reference(const FoundItem& found) {
  const std::string text = std::string(kPersistentMark) + std::to_string(found.item.number);
  return cf::make_data({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::optional<FoundItem> item_of_persistent(CFDataRef reference) {
  for (FoundItem& found : items_in(KeychainRegistry::shared().everything())) {
    if (CFEqual(persistent_reference(found).get(), reference) != 0) return std::move(found);
  }
  return std::nullopt;
}

cf::CFRef<CFTypeRef> object_for(const FoundItem& found) {
  if (const auto* const certificate = std::get_if<Certificate>(&found.item.content))
    return untyped(make_certificate(*certificate).release());
  if (const auto* const key = std::get_if<PrivateKey>(&found.item.content)) return untyped(make_key(*key).release());
  if (const auto* const key = std::get_if<PublicKey>(&found.item.content)) return untyped(make_key(*key).release());
  return untyped(new __SecKeychainItem(found));
}

OSStatus nothing_found_in(const Keychains& keychains) {
  for (const auto& keychain : keychains) {
    if (!keychain->exists()) return errSecNoSuchKeychain;
    if (keychain->is_locked()) return errSecInteractionNotAllowed;
  }
  return errSecItemNotFound;
}

OSStatus keychain_status(const KeychainTrouble& trouble) noexcept {
  if (!trouble) return errSecSuccess;
  switch (*trouble) {
    case KeychainProblem::Missing: return errSecNoSuchKeychain;
    case KeychainProblem::Exists: return errSecDuplicateKeychain;
    case KeychainProblem::Locked: return errSecInteractionNotAllowed;
    case KeychainProblem::WrongPassword: return errSecAuthFailed;
    case KeychainProblem::Damaged: return errSecInvalidKeychain;
    case KeychainProblem::Unreadable: return errSecIO;
    case KeychainProblem::Unwritable: return errSecWrPerm;
    case KeychainProblem::Duplicate: return errSecDuplicateItem;
    case KeychainProblem::NoSuchItem: return errSecInvalidItemRef;
  }
  return errSecInternalComponent;
}

}  // namespace securetransport::apple
