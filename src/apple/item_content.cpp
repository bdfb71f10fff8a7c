// SPDX-License-Identifier: Apache-2.0
// Items as the older calls see them: bytes of C, and attributes under four-letter codes.
#include "apple/item_content.hpp"

#include <Security/SecKey.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "apple/cf_values.hpp"
#include "apple/item_attributes.hpp"
#include "securetransport/trust/secret.hpp"

namespace securetransport::apple {
namespace {

// The length, so that what is freed can be wiped; as wide as any alignment.
constexpr std::size_t kPrefix = alignof(std::max_align_t);

bool is_code(std::string_view tag) noexcept { return tag == "ptcl" || tag == "atyp"; }
bool is_number(std::string_view tag) noexcept {
  return tag == "port" || tag == "crtr" || tag == "type" || tag == "scrp" || tag == "invi" || tag == "nega";
}

std::vector<std::uint8_t> four_bytes(std::uint32_t number) {
  std::vector<std::uint8_t> bytes(4);
  std::memcpy(bytes.data(), &number, bytes.size());  // In the order of this machine, as on a Mac.
  return bytes;
}

std::uint32_t number_in(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof number));
  return number;
}

std::string text_of_code(FourCharCode code) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(code >> shift & 0xFFU);
  return text;
}

FourCharCode code_of_text(std::string_view text) noexcept {
  FourCharCode code = 0;
  for (const char letter : text.substr(0, 4)) code = code << 8U | static_cast<std::uint8_t>(letter);
  return code;
}

}  // namespace

void* copy_content(const KeychainItem& item, UInt32& length) {
  const auto data = data_of(item);
  const auto bytes = cf::bytes_of(data.get());
  auto* const memory = static_cast<std::uint8_t*>(std::malloc(kPrefix + std::max<std::size_t>(bytes.size(), 1)));
  if (memory == nullptr) throw std::bad_alloc();
  const std::uint64_t size = bytes.size();
  std::memcpy(memory, &size, sizeof size);
  std::ranges::copy(bytes, memory + kPrefix);
  length = static_cast<UInt32>(size);
  return memory + kPrefix;
}

void free_content(void* content) noexcept {
  if (content == nullptr) return;
  auto* const memory = static_cast<std::uint8_t*>(content) - kPrefix;
  std::uint64_t size = 0;
  std::memcpy(&size, memory, sizeof size);
  wipe({memory, kPrefix + static_cast<std::size_t>(size)});
  std::free(memory);
}

std::string tag_of(SecKeychainAttrType code) {
  switch (code) {
    case kSecKeyKeyClass: return "kcls";
    case kSecKeyPrintName: return "labl";
    case kSecKeyLabel: return "klbl";
    case kSecKeyApplicationTag: return "atag";
    case kSecKeyKeyType: return "type";
    case kSecKeyKeySizeInBits: return "bsiz";
    case kSecKeyEffectiveKeySize: return "esiz";
    default: return code > 0xFFFFFFU ? text_of_code(code) : std::string();
  }
}

void set_code(KeychainAttributes& attributes, const char* tag, FourCharCode code) {
  if (code != 0) attributes[tag] = text_of_code(code);
}

std::optional<std::vector<std::uint8_t>> attribute_bytes(const KeychainItem& item, SecKeychainAttrType code) {
  const std::string tag = tag_of(code);
  if (tag.empty()) return std::nullopt;
  const auto attributes = attributes_of(item);
  const CFTypeRef value = CFDictionaryGetValue(attributes.get(), cf::make_string(tag).get());
  if (const CFStringRef string = as_string(value)) {
    const std::string text = cf::string_of(string);
    if (is_code(tag)) return four_bytes(code_of_text(text));
    return std::vector<std::uint8_t>(text.begin(), text.end());
  }
  if (const CFDataRef data = as_data(value)) {
    const auto bytes = cf::bytes_of(data);
    return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
  }
  if (const auto truth = as_bool(value)) return four_bytes(*truth ? 1 : 0);
  if (const auto number = as_number(value)) return four_bytes(static_cast<std::uint32_t>(*number));
  return std::nullopt;
}

bool set_attribute(KeychainAttributes& attributes, SecKeychainAttrType code, std::span<const std::uint8_t> bytes) {
  const std::string tag = tag_of(code);
  if (tag.empty()) return false;
  if (is_code(tag)) {
    set_code(attributes, tag.c_str(), number_in(bytes));
  } else if (is_number(tag)) {
    attributes[tag] = std::int64_t{number_in(bytes)};
  } else if (tag == "gena" || tag == "klbl" || tag == "atag") {
    attributes[tag] = std::vector<std::uint8_t>(bytes.begin(), bytes.end());
  } else {
    attributes[tag] = std::string(bytes.begin(), bytes.end());
  }
  return true;
}

SecItemClass item_class_of(KeychainItemKind kind) noexcept {
  switch (kind) {
    case KeychainItemKind::GenericPassword: return kSecGenericPasswordItemClass;
    case KeychainItemKind::InternetPassword: return kSecInternetPasswordItemClass;
    case KeychainItemKind::Certificate: return static_cast<SecItemClass>(kSecCertificateItemClass);
    case KeychainItemKind::PublicKey: return kSecPublicKeyItemClass;
    case KeychainItemKind::PrivateKey: return kSecPrivateKeyItemClass;
  }
  return 0;
}

std::optional<KeychainItemKind> kind_of(SecItemClass item_class) noexcept {
  for (const KeychainItemKind kind :
       {KeychainItemKind::GenericPassword, KeychainItemKind::InternetPassword, KeychainItemKind::Certificate,
        KeychainItemKind::PublicKey, KeychainItemKind::PrivateKey}) {
    if (item_class_of(kind) == item_class) return kind;
  }
  return std::nullopt;
}

}  // namespace securetransport::apple
