// SPDX-License-Identifier: Apache-2.0
// <Security/SecKeychain.h>: passwords.
#include <Security/SecKeychain.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "apple/boundary.hpp"
#include "apple/item_content.hpp"
#include "apple/keychain_objects.hpp"

using namespace securetransport;
using apple::boundary;
using apple::FoundItem;

namespace {

/// A text of C with its length.
struct Text {
  const char* bytes;
  UInt32 length;
  [[nodiscard]] bool is_possible() const noexcept { return bytes != nullptr || length == 0; }
  [[nodiscard]] std::string string() const { return length == 0 ? std::string() : std::string(bytes, length); }
};

/// Adds what is not empty: an empty text of a search means any.
void set_text(KeychainAttributes& attributes, const char* tag, const Text& text) {
  if (text.length != 0) attributes[tag] = text.string();
}

void set_number(KeychainAttributes& attributes, const char* tag, std::int64_t number) {
  if (number != 0) attributes[tag] = number;
}

OSStatus add(SecKeychainRef keychain, KeychainItemKind kind, KeychainAttributes attributes, const void* password,
             UInt32 length, SecKeychainItemRef* made) {
  if (made != nullptr) *made = nullptr;
  if (password == nullptr && length != 0) return errSecParam;
  const auto where = apple::keychain_or_default(keychain);
  if (where == nullptr) return errSecParam;
  const std::span bytes(static_cast<const std::uint8_t*>(password), length);
  KeychainItem item{kind, std::make_shared<const SecretBytes>(bytes), std::move(attributes)};
  std::uint64_t number = 0;
  if (const auto trouble = where->add(item, &number)) return apple::keychain_status(trouble);
  item.number = number;
  if (made != nullptr) *made = new __SecKeychainItem(FoundItem{where, std::move(item)});
  return errSecSuccess;
}

bool fits(const KeychainItem& item, KeychainItemKind kind, const KeychainAttributes& wanted) {
  return item.kind == kind && std::ranges::all_of(wanted, [&](const auto& entry) {
           const auto held = item.attributes.find(entry.first);
           return held != item.attributes.end() && held->second == entry.second;
         });
}

OSStatus find(CFTypeRef keychain_or_array, KeychainItemKind kind, const KeychainAttributes& wanted, UInt32* length,
              void** password, SecKeychainItemRef* found) {
  if (length != nullptr) *length = 0;
  if (password != nullptr) *password = nullptr;
  if (found != nullptr) *found = nullptr;
  if (password != nullptr && length == nullptr) return errSecParam;
  const auto keychains = apple::keychains_in(keychain_or_array);
  if (!keychains) return errSecParam;
  const auto all = apple::items_in(*keychains);
  const auto first = std::ranges::find_if(all, [&](const FoundItem& each) { return fits(each.item, kind, wanted); });
  if (first == all.end()) return apple::nothing_found_in(*keychains);
  auto object = found != nullptr ? cf::CFRef<CFTypeRef>::adopt(new __SecKeychainItem(*first)) : cf::CFRef<CFTypeRef>();
  if (password != nullptr) *password = apple::copy_content(first->item, *length);
  if (found != nullptr)
    *found = const_cast<SecKeychainItemRef>(static_cast<const __SecKeychainItem*>(object.release()));
  return errSecSuccess;
}

KeychainAttributes generic(const Text& service, const Text& account) {
  KeychainAttributes attributes;
  set_text(attributes, "svce", service);
  set_text(attributes, "acct", account);
  return attributes;
}

KeychainAttributes internet(const Text& server, const Text& domain, const Text& account, const Text& path, UInt16 port,
                            SecProtocolType protocol, SecAuthenticationType authentication) {
  KeychainAttributes attributes;
  set_text(attributes, "srvr", server);
  set_text(attributes, "sdmn", domain);
  set_text(attributes, "acct", account);
  set_text(attributes, "path", path);
  set_number(attributes, "port", port);
  apple::set_code(attributes, "ptcl", protocol);
  apple::set_code(attributes, "atyp", authentication);
  return attributes;
}

/// Programs see the name of the service or the server where there is no label.
KeychainAttributes with_label(KeychainAttributes attributes, const char* tag) {
  const auto named = attributes.find(tag);
  if (named != attributes.end()) attributes.emplace("labl", named->second);
  return attributes;
}

}  // namespace

OSStatus SecKeychainAddGenericPassword(SecKeychainRef keychain, UInt32 serviceNameLength, const char* serviceName,
                                       UInt32 accountNameLength, const char* accountName, UInt32 passwordLength,
                                       const void* passwordData, SecKeychainItemRef* itemRef) {
  const Text service{serviceName, serviceNameLength};
  const Text account{accountName, accountNameLength};
  if (!service.is_possible() || !account.is_possible()) return errSecParam;
  return boundary([&] {
    return add(keychain, KeychainItemKind::GenericPassword, with_label(generic(service, account), "svce"), passwordData,
               passwordLength, itemRef);
  });
}

OSStatus SecKeychainFindGenericPassword(CFTypeRef keychainOrArray, UInt32 serviceNameLength, const char* serviceName,
                                        UInt32 accountNameLength, const char* accountName, UInt32* passwordLength,
                                        void** passwordData, SecKeychainItemRef* itemRef) {
  const Text service{serviceName, serviceNameLength};
  const Text account{accountName, accountNameLength};
  if (!service.is_possible() || !account.is_possible()) return errSecParam;
  return boundary([&] {
    return find(keychainOrArray, KeychainItemKind::GenericPassword, generic(service, account), passwordLength,
                passwordData, itemRef);
  });
}

OSStatus SecKeychainAddInternetPassword(SecKeychainRef keychain, UInt32 serverNameLength, const char* serverName,
                                        UInt32 securityDomainLength, const char* securityDomain,
                                        UInt32 accountNameLength, const char* accountName, UInt32 pathLength,
                                        const char* path, UInt16 port, SecProtocolType protocol,
                                        SecAuthenticationType authenticationType, UInt32 passwordLength,
                                        const void* passwordData, SecKeychainItemRef* itemRef) {
  const Text server{serverName, serverNameLength};
  const Text domain{securityDomain, securityDomainLength};
  const Text account{accountName, accountNameLength};
  const Text where{path, pathLength};
  if (!server.is_possible() || !domain.is_possible() || !account.is_possible() || !where.is_possible())
    return errSecParam;
  return boundary([&] {
    auto attributes = internet(server, domain, account, where, port, protocol, authenticationType);
    return add(keychain, KeychainItemKind::InternetPassword, with_label(std::move(attributes), "srvr"), passwordData,
               passwordLength, itemRef);
  });
}

OSStatus SecKeychainFindInternetPassword(CFTypeRef keychainOrArray, UInt32 serverNameLength, const char* serverName,
                                         UInt32 securityDomainLength, const char* securityDomain,
                                         UInt32 accountNameLength, const char* accountName, UInt32 pathLength,
                                         const char* path, UInt16 port, SecProtocolType protocol,
                                         SecAuthenticationType authenticationType, UInt32* passwordLength,
                                         void** passwordData, SecKeychainItemRef* itemRef) {
  const Text server{serverName, serverNameLength};
  const Text domain{securityDomain, securityDomainLength};
  const Text account{accountName, accountNameLength};
  const Text where{path, pathLength};
  if (!server.is_possible() || !domain.is_possible() || !account.is_possible() || !where.is_possible())
    return errSecParam;
  return boundary([&] {
    return find(keychainOrArray, KeychainItemKind::InternetPassword,
                internet(server, domain, account, where, port, protocol, authenticationType), passwordLength,
                passwordData, itemRef);
  });
}
