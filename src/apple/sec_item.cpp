// SPDX-License-Identifier: Apache-2.0
// <Security/SecItem.h>
#include <Security/SecItem.h>

#include <Security/SecKey.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/item_attributes.hpp"
#include "apple/item_query.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"

using namespace securetransport;
using apple::as_dictionary;
using apple::boundary;
using apple::Candidate;
using apple::FoundItem;
using apple::is_true;
using apple::ItemClass;
using apple::value_in;

namespace {

std::optional<std::size_t> limit_in(CFDictionaryRef query) {
  const CFTypeRef limit = value_in(query, kSecMatchLimit);
  if (limit == nullptr) return 1;
  if (const auto number = apple::as_number(limit))
    return *number > 0 ? std::optional<std::size_t>(static_cast<std::size_t>(*number)) : std::nullopt;
  if (CFEqual(limit, kSecMatchLimitOne) != 0) return 1;
  if (CFEqual(limit, kSecMatchLimitAll) != 0) return std::numeric_limits<std::size_t>::max();
  return std::nullopt;
}

cf::CFRef<CFMutableDictionaryRef> merged_attributes(const Candidate& candidate) {
  auto all = cf::CFRef<CFMutableDictionaryRef>::adopt(
      CFDictionaryCreateMutable(nullptr, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  // Of an identity the key comes last and the certificate decides.
  for (auto each = candidate.items.rbegin(); each != candidate.items.rend(); ++each) {
    CFDictionaryApplyFunction(
        apple::attributes_of(each->item).get(),
        [](const void* key, const void* value, void* into) {
          CFDictionarySetValue(static_cast<CFMutableDictionaryRef>(into), key, value);
        },
        all.get());
  }
  if (candidate.items.size() > 1) CFDictionarySetValue(all.get(), kSecClass, kSecClassIdentity);
  return all;
}

/// What the query wants to have of one candidate; empty if it wants nothing.
cf::CFRef<CFTypeRef> result_of(const Candidate& candidate, CFDictionaryRef query) {
  std::vector<std::pair<CFStringRef, cf::CFRef<CFTypeRef>>> values;
  if (is_true(query, kSecReturnRef)) values.emplace_back(kSecValueRef, candidate.object);
  if (is_true(query, kSecReturnData)) {
    values.emplace_back(kSecValueData,
                        cf::CFRef<CFTypeRef>::adopt(apple::data_of(candidate.items.front().item).release()));
  }
  if (is_true(query, kSecReturnPersistentRef)) {
    values.emplace_back(kSecValuePersistentRef,
                        cf::CFRef<CFTypeRef>::adopt(apple::persistent_reference(candidate.items.front()).release()));
  }
  if (is_true(query, kSecReturnAttributes)) {
    const auto all = merged_attributes(candidate);
    for (const auto& [key, value] : values) CFDictionarySetValue(all.get(), key, value.get());
    return cf::CFRef<CFTypeRef>::retain(all.get());
  }
  if (values.size() < 2) return values.empty() ? cf::CFRef<CFTypeRef>() : values.front().second;
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries;
  for (const auto& [key, value] : values) entries.emplace_back(key, value.get());
  return cf::CFRef<CFTypeRef>::adopt(cf::make_dictionary(entries).release());
}

/// The attributes of a dictionary as a keychain keeps them. False if one of them has a type that is not kept.
bool read_attributes(CFDictionaryRef dictionary, KeychainAttributes& attributes) {
  std::vector<CFTypeRef> keys(static_cast<std::size_t>(CFDictionaryGetCount(dictionary)));
  CFDictionaryGetKeysAndValues(dictionary, keys.data(), nullptr);
  return std::ranges::all_of(keys, [&](CFTypeRef key) {
    if (!apple::is_attribute(key)) return true;
    auto value = apple::kept_value(CFDictionaryGetValue(dictionary, key));
    if (!value) return false;
    attributes[cf::string_of(static_cast<CFStringRef>(key))] = *std::move(value);
    return true;
  });
}

KeychainItem item_of_key(const __SecKey& key) {
  if (const auto* const secret = key.private_key()) return {KeychainItemKind::PrivateKey, *secret};
  return {KeychainItemKind::PublicKey, key.public_key()};
}

/// The new items that a reference stands for; an identity is two.
std::vector<KeychainItem> items_of_reference(CFTypeRef reference) {
  if (const auto* const certificate = cf::checked<__SecCertificate>(reference))
    return {{KeychainItemKind::Certificate, certificate->certificate}};
  if (const auto* const key = cf::checked<__SecKey>(reference)) return {item_of_key(*key)};
  if (const auto* const identity = cf::checked<__SecIdentity>(reference)) {
    return {{KeychainItemKind::Certificate, identity->leaf()},
            {KeychainItemKind::PrivateKey, PrivateKey::of(identity->identity)}};
  }
  return {};
}

/// The new item that data of a class stands for.
std::vector<KeychainItem> items_of_data(ItemClass wanted, CFDataRef data, CFDictionaryRef attributes) {
  const auto bytes = cf::bytes_of(data);
  switch (wanted) {
    case ItemClass::GenericPassword:
      return {{KeychainItemKind::GenericPassword, std::make_shared<const SecretBytes>(bytes)}};
    case ItemClass::InternetPassword:
      return {{KeychainItemKind::InternetPassword, std::make_shared<const SecretBytes>(bytes)}};
    case ItemClass::Certificate: {
      auto certificate = Certificate::from_der(bytes);
      if (!certificate) return {};
      return {{KeychainItemKind::Certificate, *std::move(certificate)}};
    }
    case ItemClass::Key: {
      const auto key = cf::CFRef<SecKeyRef>::adopt(SecKeyCreateFromData(attributes, data, nullptr));
      if (!key) return {};
      return {item_of_key(*cf::checked<__SecKey>(key.get()))};
    }
    case ItemClass::Identity: return {};
  }
  return {};
}

std::vector<KeychainItem> new_items(ItemClass wanted, CFDictionaryRef attributes) {
  if (const CFTypeRef reference = value_in(attributes, kSecValueRef)) return items_of_reference(reference);
  const CFTypeRef value = value_in(attributes, kSecValueData);
  if (value != nullptr && apple::as_data(value) == nullptr) return {};
  const bool is_password = wanted == ItemClass::GenericPassword || wanted == ItemClass::InternetPassword;
  if (value == nullptr && !is_password) return {};
  return items_of_data(wanted, apple::as_data(value), attributes);
}

OSStatus add_items(std::vector<KeychainItem> items, const std::shared_ptr<Keychain>& keychain,
                   std::vector<FoundItem>& added) {
  bool is_new = false;
  for (KeychainItem& item : items) {
    std::uint64_t number = 0;
    const KeychainTrouble trouble = keychain->add(item, &number);
    if (trouble && trouble != KeychainProblem::Duplicate) return apple::keychain_status(trouble);
    is_new = is_new || !trouble;
    item.number = number;
    added.push_back({keychain, std::move(item)});
  }
  // Half an identity may be there already; all of it is a duplicate.
  return is_new ? errSecSuccess : errSecDuplicateItem;
}

/// An item with the changes of SecItemUpdate; nullopt if they are impossible.
std::optional<KeychainItem> changed(const KeychainItem& item, const KeychainAttributes& attributes, CFTypeRef data) {
  KeychainItem copy = item;
  for (const auto& [tag, value] : attributes) copy.attributes[tag] = value;
  if (data == nullptr) return copy;
  const bool is_password = std::holds_alternative<std::shared_ptr<const SecretBytes>>(item.content);
  if (apple::as_data(data) == nullptr || !is_password) return std::nullopt;
  copy.content = std::make_shared<const SecretBytes>(cf::bytes_of(apple::as_data(data)));
  return copy;
}

}  // namespace

OSStatus SecItemCopyMatching(CFDictionaryRef query, CFTypeRef* result) {
  if (result != nullptr) *result = nullptr;
  return boundary([&]() -> OSStatus {
    std::optional<apple::ItemQuery> read;
    if (const OSStatus status = apple::read_query(query, read); status != errSecSuccess) return status;
    const auto limit = limit_in(query);
    if (!limit) return errSecParam;
    const auto found = apple::matches(*read, *limit);
    if (found.empty()) return apple::nothing_found_in(read->keychains);
    if (result == nullptr) return errSecSuccess;
    std::vector<cf::CFRef<CFTypeRef>> results;
    for (const Candidate& candidate : found) results.push_back(result_of(candidate, query));
    if (!results.front()) return errSecSuccess;
    if (*limit == 1) {
      *result = results.front().release();
      return errSecSuccess;
    }
    std::vector<CFTypeRef> values;
    for (const auto& each : results) values.push_back(each.get());
    *result = cf::make_array(values).release();
    return errSecSuccess;
  });
}

OSStatus SecItemAdd(CFDictionaryRef attributes, CFTypeRef* result) {
  if (result != nullptr) *result = nullptr;
  return boundary([&]() -> OSStatus {
    if (as_dictionary(attributes) == nullptr) return errSecParam;
    const CFTypeRef where = value_in(attributes, kSecUseKeychain);
    const auto wanted = apple::item_class_in(attributes);
    const auto keychain = apple::keychain_or_default(
        static_cast<SecKeychainRef>(const_cast<void*>(where)));  // NOLINT(*-const-cast): references of C are not const
    KeychainAttributes kept;
    if (!wanted || keychain == nullptr || !read_attributes(attributes, kept)) return errSecParam;
    std::vector<KeychainItem> items = new_items(*wanted, attributes);
    if (items.empty()) return errSecParam;
    for (KeychainItem& item : items) item.attributes = kept;
    std::vector<FoundItem> added;
    if (const OSStatus status = add_items(std::move(items), keychain, added); status != errSecSuccess) return status;
    if (result == nullptr) return errSecSuccess;
    const CFTypeRef reference = value_in(attributes, kSecValueRef);
    auto object = reference != nullptr ? cf::CFRef<CFTypeRef>::retain(reference) : apple::object_for(added.front());
    *result = result_of(Candidate{std::move(object), std::move(added), std::nullopt}, attributes).release();
    return errSecSuccess;
  });
}

OSStatus SecItemUpdate(CFDictionaryRef query, CFDictionaryRef attributesToUpdate) {
  return boundary([&]() -> OSStatus {
    std::optional<apple::ItemQuery> read;
    if (const OSStatus status = apple::read_query(query, read); status != errSecSuccess) return status;
    KeychainAttributes changes;
    if (as_dictionary(attributesToUpdate) == nullptr || !read_attributes(attributesToUpdate, changes))
      return errSecParam;
    const auto found = apple::matches(*read, std::numeric_limits<std::size_t>::max());
    if (found.empty()) return apple::nothing_found_in(read->keychains);
    for (const Candidate& candidate : found) {
      for (const FoundItem& each : candidate.items) {
        auto item = changed(each.item, changes, value_in(attributesToUpdate, kSecValueData));
        if (!item) return errSecParam;
        if (const auto trouble = each.keychain->replace(*std::move(item))) return apple::keychain_status(trouble);
      }
    }
    return errSecSuccess;
  });
}

OSStatus SecItemDelete(CFDictionaryRef query) {
  return boundary([&]() -> OSStatus {
    std::optional<apple::ItemQuery> read;
    if (const OSStatus status = apple::read_query(query, read); status != errSecSuccess) return status;
    const auto found = apple::matches(*read, std::numeric_limits<std::size_t>::max());
    if (found.empty()) return apple::nothing_found_in(read->keychains);
    for (const Candidate& candidate : found) {
      for (const FoundItem& each : candidate.items) {
        const auto trouble = each.keychain->remove(std::span(&each.item.number, 1));
        // Two identities may share a key, which is gone then.
        if (trouble && trouble != KeychainProblem::NoSuchItem) return apple::keychain_status(trouble);
      }
    }
    return errSecSuccess;
  });
}
