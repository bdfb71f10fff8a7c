// SPDX-License-Identifier: Apache-2.0
// <Security/SecKeychainItem.h> and <Security/SecKeychainSearch.h>
#include <Security/SecKeychainItem.h>
#include <Security/SecKeychainSearch.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/item_content.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"

using namespace securetransport;
using apple::boundary;
using apple::FoundItem;

/// The items that were there when the search was made, and how many of them were told.
struct __SecKeychainSearch final : cf::Object {
 public:
  explicit __SecKeychainSearch(std::vector<FoundItem> value) : Object(type_id()), found(std::move(value)) {}
  static CFTypeID type_id() {
    static const CFTypeID kType = cf::register_type("SecKeychainSearch");
    return kType;
  }

  std::mutex mutex;
  const std::vector<FoundItem> found;
  std::size_t told = 0;
};

namespace {

bool is_reference(CFTypeRef reference) noexcept {
  return cf::checked<__SecKeychainItem>(reference) != nullptr || cf::checked<__SecCertificate>(reference) != nullptr ||
         cf::checked<__SecKey>(reference) != nullptr;
}

SecKeychainItemRef reference_to(const FoundItem& found) {
  // Certificates and keys are items as well, by a cast that programs make.
  return static_cast<SecKeychainItemRef>(const_cast<void*>(apple::object_for(found).release()));
}

/// Reads a list of attributes; false if one is impossible.
bool read_list(const SecKeychainAttributeList* list, KeychainAttributes& attributes) {
  if (list == nullptr) return true;
  if (list->attr == nullptr && list->count != 0) return false;
  return std::ranges::all_of(std::span(list->attr, list->count), [&](const SecKeychainAttribute& each) {
    if (each.data == nullptr && each.length != 0) return false;
    return apple::set_attribute(attributes, each.tag, {static_cast<const std::uint8_t*>(each.data), each.length});
  });
}

/// Fills in one attribute of C with a copy; what the item does not have is empty.
void fill(SecKeychainAttribute& attribute, const KeychainItem& item) {
  attribute.length = 0;
  attribute.data = nullptr;
  const auto bytes = apple::attribute_bytes(item, attribute.tag);
  if (!bytes) return;
  attribute.data = std::malloc(std::max<std::size_t>(bytes->size(), 1));
  if (attribute.data == nullptr) throw std::bad_alloc();
  std::ranges::copy(*bytes, static_cast<std::uint8_t*>(attribute.data));
  attribute.length = static_cast<UInt32>(bytes->size());
}

void free_attributes(SecKeychainAttributeList& list) noexcept {
  for (SecKeychainAttribute& each : std::span(list.attr, list.count)) {
    std::free(each.data);
    each.data = nullptr;
    each.length = 0;
  }
}

/// A list of C with its attributes; freed with what it holds unless it is handed out.
struct FreeList {
  void operator()(SecKeychainAttributeList* list) const noexcept {
    free_attributes(*list);
    std::free(list->attr);
    std::free(list);
  }
};

std::unique_ptr<SecKeychainAttributeList, FreeList> list_for(const SecKeychainAttributeInfo& info,
                                                             const KeychainItem& item) {
  auto* const memory = static_cast<SecKeychainAttributeList*>(std::calloc(1, sizeof(SecKeychainAttributeList)));
  if (memory == nullptr) throw std::bad_alloc();
  std::unique_ptr<SecKeychainAttributeList, FreeList> list(memory);
  list->attr = static_cast<SecKeychainAttribute*>(
      std::calloc(std::max<std::size_t>(info.count, 1), sizeof(SecKeychainAttribute)));
  if (list->attr == nullptr) throw std::bad_alloc();
  list->count = info.count;
  for (std::size_t at = 0; at < info.count; ++at) {
    list->attr[at].tag = info.tag[at];
    fill(list->attr[at], item);
  }
  return list;
}

bool has_attributes(const KeychainItem& item, const SecKeychainAttributeList* list) {
  if (list == nullptr) return true;
  return std::ranges::all_of(std::span(list->attr, list->count), [&](const SecKeychainAttribute& wanted) {
    const auto held = apple::attribute_bytes(item, wanted.tag);
    return held && std::ranges::equal(*held, std::span(static_cast<const std::uint8_t*>(wanted.data), wanted.length));
  });
}

OSStatus modify(SecKeychainItemRef reference, const SecKeychainAttributeList* list, UInt32 length, const void* data) {
  if (!is_reference(reference)) return errSecParam;
  auto found = apple::item_of(reference);
  if (!found) return errSecInvalidItemRef;
  if (!read_list(list, found->item.attributes)) return errSecParam;
  if (data != nullptr) {
    if (!std::holds_alternative<std::shared_ptr<const SecretBytes>>(found->item.content)) return errSecParam;
    const std::span bytes(static_cast<const std::uint8_t*>(data), length);
    found->item.content = std::make_shared<const SecretBytes>(bytes);
  }
  return apple::keychain_status(found->keychain->replace(std::move(found->item)));
}

}  // namespace

CFTypeID SecKeychainItemGetTypeID(void) { return __SecKeychainItem::type_id(); }

OSStatus SecKeychainItemModifyAttributesAndData(SecKeychainItemRef itemRef, const SecKeychainAttributeList* attrList,
                                                UInt32 length, const void* data) {
  return boundary([&] { return modify(itemRef, attrList, length, data); });
}

OSStatus SecKeychainItemModifyContent(SecKeychainItemRef itemRef, const SecKeychainAttributeList* attrList,
                                      UInt32 length, const void* data) {
  return boundary([&] { return modify(itemRef, attrList, length, data); });
}

OSStatus SecKeychainItemCreateFromContent(SecItemClass itemClass, SecKeychainAttributeList* attrList, UInt32 length,
                                          const void* data, SecKeychainRef keychainRef, SecAccessRef /*initialAccess*/,
                                          SecKeychainItemRef* itemRef) {
  if (itemRef != nullptr) *itemRef = nullptr;
  if (data == nullptr && length != 0) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto where = apple::keychain_or_default(keychainRef);
    const auto kind = apple::kind_of(itemClass);
    if (where == nullptr || !kind) return where == nullptr ? errSecParam : errSecNoSuchClass;
    KeychainAttributes attributes;
    if (!read_list(attrList, attributes)) return errSecParam;
    const std::span bytes(static_cast<const std::uint8_t*>(data), length);
    KeychainItem item{*kind, std::make_shared<const SecretBytes>(bytes), std::move(attributes)};
    if (*kind == KeychainItemKind::Certificate) {
      auto certificate = Certificate::from_der(bytes);
      if (!certificate) return errSecDecode;
      item.content = *std::move(certificate);
    } else if (*kind != KeychainItemKind::GenericPassword && *kind != KeychainItemKind::InternetPassword) {
      return errSecNoSuchClass;  // Keys come by SecItemAdd or by import.
    }
    std::uint64_t number = 0;
    if (const auto trouble = where->add(item, &number)) return apple::keychain_status(trouble);
    item.number = number;
    if (itemRef != nullptr) *itemRef = reference_to({where, std::move(item)});
    return errSecSuccess;
  });
}

OSStatus SecKeychainItemCopyContent(SecKeychainItemRef itemRef, SecItemClass* itemClass,
                                    SecKeychainAttributeList* attrList, UInt32* length, void** outData) {
  if (!is_reference(itemRef) || (outData != nullptr && length == nullptr)) return errSecParam;
  if (attrList != nullptr && attrList->attr == nullptr && attrList->count != 0) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of(itemRef);
    if (!found) return errSecInvalidItemRef;
    if (itemClass != nullptr) *itemClass = apple::item_class_of(found->item.kind);
    if (outData != nullptr) *outData = apple::copy_content(found->item, *length);
    if (attrList == nullptr) return errSecSuccess;
    for (SecKeychainAttribute& each : std::span(attrList->attr, attrList->count)) fill(each, found->item);
    return errSecSuccess;
  });
}

OSStatus SecKeychainItemFreeContent(SecKeychainAttributeList* attrList, void* data) {
  if (attrList != nullptr && attrList->attr != nullptr) free_attributes(*attrList);
  apple::free_content(data);
  return errSecSuccess;
}

OSStatus SecKeychainItemCopyAttributesAndData(SecKeychainItemRef itemRef, SecKeychainAttributeInfo* info,
                                              SecItemClass* itemClass, SecKeychainAttributeList** attrList,
                                              UInt32* length, void** outData) {
  if (attrList != nullptr) *attrList = nullptr;
  if (!is_reference(itemRef) || (outData != nullptr && length == nullptr)) return errSecParam;
  if ((attrList != nullptr) != (info != nullptr)) return errSecParam;
  if (info != nullptr && info->tag == nullptr && info->count != 0) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of(itemRef);
    if (!found) return errSecInvalidItemRef;
    std::unique_ptr<SecKeychainAttributeList, FreeList> list;
    if (info != nullptr) list = list_for(*info, found->item);
    if (outData != nullptr) *outData = apple::copy_content(found->item, *length);
    if (itemClass != nullptr) *itemClass = apple::item_class_of(found->item.kind);
    if (attrList != nullptr) *attrList = list.release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainItemFreeAttributesAndData(SecKeychainAttributeList* attrList, void* data) {
  if (attrList != nullptr) FreeList()(attrList);
  apple::free_content(data);
  return errSecSuccess;
}

OSStatus SecKeychainItemDelete(SecKeychainItemRef itemRef) {
  if (!is_reference(itemRef)) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of(itemRef);
    if (!found) return errSecInvalidItemRef;
    return apple::keychain_status(found->keychain->remove(std::span(&found->item.number, 1)));
  });
}

OSStatus SecKeychainItemCopyKeychain(SecKeychainItemRef itemRef, SecKeychainRef* keychainRef) {
  if (keychainRef != nullptr) *keychainRef = nullptr;
  if (!is_reference(itemRef) || keychainRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of(itemRef);
    if (!found) return errSecNoSuchKeychain;
    *keychainRef = apple::make_keychain(found->keychain).release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainItemCreatePersistentReference(SecKeychainItemRef itemRef, CFDataRef* persistentItemRef) {
  if (persistentItemRef != nullptr) *persistentItemRef = nullptr;
  if (!is_reference(itemRef) || persistentItemRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of(itemRef);
    if (!found) return errSecInvalidItemRef;
    *persistentItemRef = apple::persistent_reference(*found).release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainItemCopyFromPersistentReference(CFDataRef persistentItemRef, SecKeychainItemRef* itemRef) {
  if (itemRef != nullptr) *itemRef = nullptr;
  if (apple::as_data(persistentItemRef) == nullptr || itemRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto found = apple::item_of_persistent(persistentItemRef);
    if (!found) return errSecItemNotFound;
    *itemRef = reference_to(*found);
    return errSecSuccess;
  });
}

CFTypeID SecKeychainSearchGetTypeID(void) { return __SecKeychainSearch::type_id(); }

OSStatus SecKeychainSearchCreateFromAttributes(CFTypeRef keychainOrArray, SecItemClass itemClass,
                                               const SecKeychainAttributeList* attrList,
                                               SecKeychainSearchRef* searchRef) {
  if (searchRef == nullptr) return errSecParam;
  *searchRef = nullptr;
  return boundary([&]() -> OSStatus {
    const auto keychains = apple::keychains_in(keychainOrArray);
    const auto kind = apple::kind_of(itemClass);
    KeychainAttributes checked;
    if (!keychains || !read_list(attrList, checked)) return errSecParam;
    if (!kind) return errSecNoSuchClass;
    std::vector<FoundItem> found = apple::items_in(*keychains);
    std::erase_if(
        found, [&](const FoundItem& each) { return each.item.kind != *kind || !has_attributes(each.item, attrList); });
    *searchRef = new __SecKeychainSearch(std::move(found));
    return errSecSuccess;
  });
}

OSStatus SecKeychainSearchCopyNext(SecKeychainSearchRef searchRef, SecKeychainItemRef* itemRef) {
  if (itemRef != nullptr) *itemRef = nullptr;
  auto* const search = cf::checked<__SecKeychainSearch>(searchRef);
  if (search == nullptr || itemRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const std::scoped_lock guard(search->mutex);
    if (search->told == search->found.size()) return errSecItemNotFound;
    *itemRef = reference_to(search->found[search->told++]);
    return errSecSuccess;
  });
}
