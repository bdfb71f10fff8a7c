// SPDX-License-Identifier: Apache-2.0
// <Security/SecKey.h>: new keys.
#include <Security/SecItem.h>
#include <Security/SecKey.h>

#include <optional>
#include <utility>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/item_attributes.hpp"
#include "apple/key_algorithm.hpp"
#include "apple/key_attributes.hpp"
#include "apple/key_objects.hpp"
#include "apple/keychain_objects.hpp"

using namespace securetransport;
using apple::boundary;
using apple::set_error;
using apple::value_in;

namespace {

/// A size as a number or as its decimal text; 0 if there is none.
std::size_t bits_in(CFDictionaryRef parameters) {
  const CFTypeRef size = value_in(parameters, kSecAttrKeySizeInBits);
  if (const CFStringRef text = apple::as_string(size)) return static_cast<std::size_t>(CFStringGetIntValue(text));
  const auto number = apple::as_number(size);
  return number && *number > 0 ? static_cast<std::size_t>(*number) : 0;
}

/// Attributes of one half: those of the whole, and over them those under `own`.
KeychainAttributes attributes_for(CFDictionaryRef parameters, CFStringRef own) {
  KeychainAttributes attributes;
  for (const CFDictionaryRef source : {parameters, apple::as_dictionary(value_in(parameters, own))}) {
    for (const CFStringRef key : {kSecAttrLabel, kSecAttrApplicationTag}) {
      if (auto value = apple::kept_value(value_in(source, key))) attributes[cf::string_of(key)] = *std::move(value);
    }
  }
  return attributes;
}

bool is_permanent(CFDictionaryRef parameters, CFStringRef own) {
  const CFDictionaryRef half = apple::as_dictionary(value_in(parameters, own));
  return apple::is_true(parameters, kSecAttrIsPermanent) || apple::is_true(half, kSecAttrIsPermanent);
}

OSStatus keep(KeychainItem item, CFDictionaryRef parameters, CFStringRef own) {
  if (!is_permanent(parameters, own)) return errSecSuccess;
  const CFTypeRef where = value_in(parameters, kSecUseKeychain);
  const auto keychains = where != nullptr ? apple::keychains_in(where) : std::nullopt;
  const auto keychain = keychains && !keychains->empty() ? keychains->front() : apple::keychain_or_default(nullptr);
  item.attributes = attributes_for(parameters, own);
  return apple::keychain_status(keychain->add(std::move(item)));
}

/// The new key of a dictionary, kept where it says.
OSStatus generate(CFDictionaryRef parameters, std::optional<PrivateKey>& key, std::string& why) {
  const auto type = apple::key_type_in(apple::as_dictionary(parameters));
  if (!type) {
    why = "kSecAttrKeyType is missing or not supported";
    return errSecParam;
  }
  auto made = PrivateKey::generate(*type, bits_in(parameters));
  if (!made) {
    why = made.error().detail;
    return apple::key_status(made.error());
  }
  why = "the key cannot be added to the keychain";
  if (const OSStatus status = keep({KeychainItemKind::PrivateKey, *made}, parameters, kSecPrivateKeyAttrs);
      status != errSecSuccess)
    return status;
  if (const OSStatus status = keep({KeychainItemKind::PublicKey, made->public_key()}, parameters, kSecPublicKeyAttrs);
      status != errSecSuccess)
    return status;
  key = *std::move(made);
  return errSecSuccess;
}

/// Both halves as objects, for calls that may want only one.
void hand_out(const PrivateKey& key, SecKeyRef* public_key, SecKeyRef* private_key) {
  auto secret = apple::make_key(key);
  auto open = apple::make_key(key.public_key());
  if (public_key != nullptr) *public_key = open.release();
  if (private_key != nullptr) *private_key = secret.release();
}

}  // namespace

SecKeyRef SecKeyCreateRandomKey(CFDictionaryRef parameters, CFErrorRef* error) {
  SecKeyRef made = nullptr;
  static_cast<void>(boundary([&]() -> OSStatus {
    std::optional<PrivateKey> key;
    std::string why;
    const OSStatus status = generate(parameters, key, why);
    if (status == errSecSuccess) {
      made = apple::make_key(*key).release();
    } else {
      set_error(error, status, why);
    }
    return status;
  }));
  return made;
}

OSStatus SecKeyGeneratePair(CFDictionaryRef parameters, SecKeyRef* publicKey, SecKeyRef* privateKey) {
  if (publicKey != nullptr) *publicKey = nullptr;
  if (privateKey != nullptr) *privateKey = nullptr;
  return boundary([&]() -> OSStatus {
    std::optional<PrivateKey> key;
    std::string why;
    if (const OSStatus status = generate(parameters, key, why); status != errSecSuccess) return status;
    hand_out(*key, publicKey, privateKey);
    return errSecSuccess;
  });
}

OSStatus SecKeyCreatePair(SecKeychainRef keychain, CSSM_ALGORITHMS algorithm, uint32 keySizeInBits,
                          CSSM_CC_HANDLE /*contextHandle*/, CSSM_KEYUSE /*publicKeyUsage*/, uint32 publicKeyAttr,
                          CSSM_KEYUSE /*privateKeyUsage*/, uint32 privateKeyAttr, SecAccessRef /*initialAccess*/,
                          SecKeyRef* publicKey, SecKeyRef* privateKey) {
  if (publicKey != nullptr) *publicKey = nullptr;
  if (privateKey != nullptr) *privateKey = nullptr;
  if (algorithm != CSSM_ALGID_RSA && algorithm != CSSM_ALGID_ECDSA) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto where = apple::keychain_or_default(keychain);
    if (where == nullptr) return errSecParam;
    const auto made = PrivateKey::generate(algorithm == CSSM_ALGID_RSA ? KeyType::Rsa : KeyType::Ec, keySizeInBits);
    if (!made) return apple::key_status(made.error());
    if ((privateKeyAttr & CSSM_KEYATTR_PERMANENT) != 0) {
      if (const auto trouble = where->add({KeychainItemKind::PrivateKey, *made}))
        return apple::keychain_status(trouble);
    }
    if ((publicKeyAttr & CSSM_KEYATTR_PERMANENT) != 0) {
      if (const auto trouble = where->add({KeychainItemKind::PublicKey, made->public_key()}))
        return apple::keychain_status(trouble);
    }
    hand_out(*made, publicKey, privateKey);
    return errSecSuccess;
  });
}
