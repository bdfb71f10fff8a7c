// SPDX-License-Identifier: Apache-2.0
// <Security/SecKeychain.h>: keychains as a whole.
#include <Security/SecKeychain.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/keychain_objects.hpp"

using namespace securetransport;
using apple::boundary;
using apple::keychain_or_default;
using apple::keychain_status;
using apple::KeychainRegistry;

namespace {

std::string_view text_of(const void* bytes, UInt32 length) noexcept {
  return length == 0 ? std::string_view() : std::string_view(static_cast<const char*>(bytes), length);
}

/// Settings that programs set and read back; they change nothing.
struct Settings {
  std::mutex mutex;
  std::map<std::string, SecKeychainSettings> by_path;
  std::atomic<bool> is_interaction_allowed{true};
  std::atomic<SecPreferencesDomain> domain{kSecPreferencesDomainUser};
};

Settings& settings() {
  static Settings kept;
  return kept;
}

cf::CFRef<CFArrayRef> array_of(const apple::Keychains& keychains) {
  std::vector<cf::CFRef<SecKeychainRef>> objects;
  std::vector<CFTypeRef> values;
  for (const auto& keychain : keychains) {
    objects.push_back(apple::make_keychain(keychain));
    values.push_back(objects.back().get());
  }
  return cf::make_array(values);
}

}  // namespace

CFTypeID SecKeychainGetTypeID(void) { return __SecKeychain::type_id(); }

OSStatus SecKeychainGetVersion(UInt32* version) {
  if (version == nullptr) return errSecParam;
  *version = 0x02028000;  // What every Mac of the last decade answers.
  return errSecSuccess;
}

OSStatus SecKeychainCreate(const char* pathName, UInt32 passwordLength, const void* password, Boolean promptUser,
                           SecAccessRef /*initialAccess*/, SecKeychainRef* keychain) {
  if (keychain != nullptr) *keychain = nullptr;
  if (pathName == nullptr || *pathName == '\0' || keychain == nullptr) return errSecParam;
  if (password == nullptr && passwordLength != 0) return errSecParam;
  if (promptUser != 0) return errSecInteractionNotAllowed;
  return boundary([&] {
    auto made = KeychainRegistry::shared().at(pathName);
    const OSStatus status = keychain_status(made->create(text_of(password, passwordLength)));
    if (status == errSecSuccess) *keychain = apple::make_keychain(std::move(made)).release();
    return status;
  });
}

OSStatus SecKeychainOpen(const char* pathName, SecKeychainRef* keychain) {
  if (keychain != nullptr) *keychain = nullptr;
  if (pathName == nullptr || *pathName == '\0' || keychain == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    *keychain = apple::make_keychain(KeychainRegistry::shared().at(pathName)).release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainDelete(SecKeychainRef keychainOrArray) {
  return boundary([&]() -> OSStatus {
    const auto keychains = keychainOrArray != nullptr ? apple::keychains_in(keychainOrArray) : std::nullopt;
    if (!keychains) return errSecParam;
    OSStatus status = errSecSuccess;
    for (const auto& keychain : *keychains) {
      const OSStatus each = keychain_status(keychain->remove());
      if (status == errSecSuccess) status = each;
      KeychainRegistry::shared().forget(keychain);
    }
    return status;
  });
}

OSStatus SecKeychainUnlock(SecKeychainRef keychain, UInt32 passwordLength, const void* password, Boolean usePassword) {
  if (usePassword != 0 && password == nullptr && passwordLength != 0) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    if (usePassword != 0) return keychain_status(meant->unlock(text_of(password, passwordLength)));
    if (!meant->is_locked()) return errSecSuccess;
    const OSStatus status = keychain_status(meant->unlock({}));
    return status == errSecAuthFailed ? OSStatus{errSecInteractionNotAllowed} : status;
  });
}

OSStatus SecKeychainLock(SecKeychainRef keychain) {
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    if (!meant->exists()) return errSecNoSuchKeychain;
    meant->lock();
    return errSecSuccess;
  });
}

OSStatus SecKeychainLockAll(void) {
  return boundary([]() -> OSStatus {
    for (const auto& keychain : KeychainRegistry::shared().everything()) keychain->lock();
    return errSecSuccess;
  });
}

OSStatus SecKeychainGetStatus(SecKeychainRef keychain, SecKeychainStatus* keychainStatus) {
  if (keychainStatus == nullptr) return errSecParam;
  *keychainStatus = 0;
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    if (!meant->exists()) return errSecNoSuchKeychain;
    *keychainStatus = kSecReadPermStatus;
    if (!meant->is_locked()) *keychainStatus |= kSecUnlockStateStatus;
    if (meant->is_writable()) *keychainStatus |= kSecWritePermStatus;
    return errSecSuccess;
  });
}

OSStatus SecKeychainGetPath(SecKeychainRef keychain, UInt32* ioPathLength, char* pathName) {
  if (ioPathLength == nullptr || pathName == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    const std::string& path = meant->path();
    const UInt32 room = *ioPathLength;
    *ioPathLength = static_cast<UInt32>(path.size());
    if (room < path.size() + 1) return errSecBufferTooSmall;
    std::ranges::copy(path, pathName);
    pathName[path.size()] = '\0';
    return errSecSuccess;
  });
}

OSStatus SecKeychainSetSettings(SecKeychainRef keychain, const SecKeychainSettings* newSettings) {
  if (newSettings == nullptr || newSettings->version != SEC_KEYCHAIN_SETTINGS_VERS1) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    if (!meant->exists()) return errSecNoSuchKeychain;
    const std::scoped_lock guard(settings().mutex);
    settings().by_path[meant->path()] = *newSettings;
    return errSecSuccess;
  });
}

OSStatus SecKeychainCopySettings(SecKeychainRef keychain, SecKeychainSettings* outSettings) {
  if (outSettings == nullptr || outSettings->version != SEC_KEYCHAIN_SETTINGS_VERS1) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto meant = keychain_or_default(keychain);
    if (meant == nullptr) return errSecParam;
    if (!meant->exists()) return errSecNoSuchKeychain;
    const std::scoped_lock guard(settings().mutex);
    const auto kept = settings().by_path.find(meant->path());
    *outSettings = kept != settings().by_path.end()
                       ? kept->second
                       : SecKeychainSettings{SEC_KEYCHAIN_SETTINGS_VERS1, 0, 0, 0x7FFFFFFF};
    return errSecSuccess;
  });
}

OSStatus SecKeychainCopyDefault(SecKeychainRef* keychain) {
  if (keychain == nullptr) return errSecParam;
  *keychain = nullptr;
  return boundary([&]() -> OSStatus {
    *keychain = apple::make_keychain(KeychainRegistry::shared().default_keychain()).release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainSetDefault(SecKeychainRef keychain) {
  return boundary([&]() -> OSStatus {
    const auto* const object = cf::checked<__SecKeychain>(keychain);
    if (keychain != nullptr && object == nullptr) return errSecParam;
    if (object != nullptr && !object->keychain->exists()) return errSecNoSuchKeychain;
    KeychainRegistry::shared().set_default(object != nullptr ? object->keychain : nullptr);
    return errSecSuccess;
  });
}

OSStatus SecKeychainCopySearchList(CFArrayRef* searchList) {
  if (searchList == nullptr) return errSecParam;
  *searchList = nullptr;
  return boundary([&]() -> OSStatus {
    *searchList = array_of(KeychainRegistry::shared().search_list()).release();
    return errSecSuccess;
  });
}

OSStatus SecKeychainSetSearchList(CFArrayRef searchList) {
  return boundary([&]() -> OSStatus {
    if (apple::as_array(searchList) == nullptr) return errSecParam;
    auto keychains = apple::keychains_in(searchList);
    if (!keychains) return errSecParam;
    KeychainRegistry::shared().set_search_list(*std::move(keychains));
    return errSecSuccess;
  });
}

OSStatus SecKeychainSetPreferenceDomain(SecPreferencesDomain domain) {
  if (domain < kSecPreferencesDomainUser || domain > kSecPreferencesDomainDynamic) return errSecInvalidPrefsDomain;
  return boundary([&]() -> OSStatus {
    settings().domain = domain;
    return errSecSuccess;
  });
}

OSStatus SecKeychainGetPreferenceDomain(SecPreferencesDomain* domain) {
  if (domain == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    *domain = settings().domain;
    return errSecSuccess;
  });
}

OSStatus SecKeychainCopyDomainDefault(SecPreferencesDomain /*domain*/, SecKeychainRef* keychain) {
  return SecKeychainCopyDefault(keychain);
}

OSStatus SecKeychainSetDomainDefault(SecPreferencesDomain /*domain*/, SecKeychainRef keychain) {
  return SecKeychainSetDefault(keychain);
}

OSStatus SecKeychainCopyDomainSearchList(SecPreferencesDomain /*domain*/, CFArrayRef* searchList) {
  return SecKeychainCopySearchList(searchList);
}

OSStatus SecKeychainSetDomainSearchList(SecPreferencesDomain /*domain*/, CFArrayRef searchList) {
  return SecKeychainSetSearchList(searchList);
}

OSStatus SecKeychainSetUserInteractionAllowed(Boolean state) {
  return boundary([&]() -> OSStatus {
    settings().is_interaction_allowed = state != 0;
    return errSecSuccess;
  });
}

OSStatus SecKeychainGetUserInteractionAllowed(Boolean* state) {
  if (state == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    *state = settings().is_interaction_allowed ? 1 : 0;
    return errSecSuccess;
  });
}

OSStatus SecKeychainAddCallback(SecKeychainCallback callbackFunction, SecKeychainEventMask /*eventMask*/,
                                void* /*userContext*/) {
  return callbackFunction == nullptr ? errSecParam : errSecUnimplemented;
}

OSStatus SecKeychainRemoveCallback(SecKeychainCallback callbackFunction) {
  return callbackFunction == nullptr ? errSecParam : errSecInvalidCallback;
}
