// SPDX-License-Identifier: Apache-2.0
// Keys as attributes of SecItem, and back.
#include "apple/key_attributes.hpp"

#include <Security/SecItem.h>

#include <string>
#include <utility>
#include <vector>

#include "apple/cf_values.hpp"

namespace securetransport::apple {
namespace {

/// Older programs give numbers where newer ones give their decimal text.
std::string text_of(CFTypeRef value) {
  if (const auto number = as_number(value)) return std::to_string(*number);
  return cf::string_of(as_string(value));
}

CFBooleanRef boolean(bool value) noexcept { return value ? kCFBooleanTrue : kCFBooleanFalse; }

}  // namespace

std::optional<KeyType> key_type_in(CFDictionaryRef attributes) {
  const std::string type = text_of(value_in(attributes, kSecAttrKeyType));
  if (type == cf::string_of(kSecAttrKeyTypeRSA)) return KeyType::Rsa;
  if (type == cf::string_of(kSecAttrKeyTypeEC)) return KeyType::Ec;
  return std::nullopt;
}

std::optional<bool> is_private_in(CFDictionaryRef attributes) {
  const std::string kind = text_of(value_in(attributes, kSecAttrKeyClass));
  if (kind == cf::string_of(kSecAttrKeyClassPrivate)) return true;
  if (kind == cf::string_of(kSecAttrKeyClassPublic)) return false;
  return std::nullopt;
}

cf::CFRef<CFDictionaryRef> attributes_of(const __SecKey& key) {
  const bool is_private = key.private_key() != nullptr;
  const PublicKey public_key = key.public_key();
  const bool is_rsa = public_key.type() == KeyType::Rsa;
  const bool is_ec = public_key.type() == KeyType::Ec;
  const auto size = cf::make_number(static_cast<std::int64_t>(public_key.bits()));
  const auto label = cf::make_data(public_key.identifier());
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries{
      {kSecClass, kSecClassKey},
      {kSecAttrKeyClass, is_private ? kSecAttrKeyClassPrivate : kSecAttrKeyClassPublic},
      {kSecAttrKeySizeInBits, size.get()},
      {kSecAttrEffectiveKeySize, size.get()},
      {kSecAttrApplicationLabel, label.get()},
      {kSecAttrIsPermanent, kCFBooleanFalse},
      {kSecAttrIsExtractable, kCFBooleanTrue},
      {kSecAttrCanEncrypt, boolean(is_rsa && !is_private)},
      {kSecAttrCanDecrypt, boolean(is_rsa && is_private)},
      {kSecAttrCanDerive, boolean(is_ec && is_private)},
      {kSecAttrCanSign, boolean((is_rsa || is_ec) && is_private)},
      {kSecAttrCanVerify, boolean((is_rsa || is_ec) && !is_private)},
      {kSecAttrCanWrap, boolean(is_rsa && !is_private)},
      {kSecAttrCanUnwrap, boolean(is_rsa && is_private)},
  };
  if (is_rsa || is_ec) entries.emplace_back(kSecAttrKeyType, is_rsa ? kSecAttrKeyTypeRSA : kSecAttrKeyTypeEC);
  return cf::make_dictionary(entries);
}

}  // namespace securetransport::apple
