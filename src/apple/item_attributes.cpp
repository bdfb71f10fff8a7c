// SPDX-License-Identifier: Apache-2.0
// The attributes of an item, as SecItem names them.
#include "apple/item_attributes.hpp"

#include <Security/SecItem.h>

#include <utility>

#include "apple/cf_values.hpp"
#include "apple/key_attributes.hpp"
#include "apple/key_objects.hpp"
#include "securetransport/trust/certificate_fields.hpp"

namespace securetransport::apple {
namespace {

using MutableDictionary = cf::CFRef<CFMutableDictionaryRef>;

cf::CFRef<CFTypeRef> untyped(CFTypeRef owned) { return cf::CFRef<CFTypeRef>::adopt(owned); }

void set_data(const MutableDictionary& dictionary, CFStringRef key, std::span<const std::uint8_t> bytes) {
  CFDictionarySetValue(dictionary.get(), key, cf::make_data(bytes).get());
}

void add_certificate(const MutableDictionary& dictionary, const Certificate& certificate) {
  set_data(dictionary, kSecAttrSubject, normalized_name(certificate, NameOf::Subject));
  set_data(dictionary, kSecAttrIssuer, normalized_name(certificate, NameOf::Issuer));
  set_data(dictionary, kSecAttrSerialNumber, fields_of(certificate).serial);
  CFDictionarySetValue(dictionary.get(), kSecAttrLabel, cf::make_string(summary_of(certificate)).get());
  CFDictionarySetValue(dictionary.get(), kSecAttrCertificateType, cf::make_number(3).get());
  CFDictionarySetValue(dictionary.get(), kSecAttrCertificateEncoding, cf::make_number(3).get());
  if (const auto key = PublicKey::of(certificate)) set_data(dictionary, kSecAttrPublicKeyHash, key->identifier());
}

void add_all(const MutableDictionary& dictionary, CFDictionaryRef others) {
  CFDictionaryApplyFunction(
      others,
      [](const void* key, const void* value, void* into) {
        CFDictionarySetValue(static_cast<CFMutableDictionaryRef>(into), key, value);
      },
      dictionary.get());
}

}  // namespace

std::optional<KeychainValue> kept_value(CFTypeRef value) {
  if (const CFStringRef text = as_string(value)) return cf::string_of(text);
  if (const CFDataRef data = as_data(value)) {
    const auto bytes = cf::bytes_of(data);
    return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
  }
  if (const auto truth = as_bool(value)) return *truth;
  if (const auto number = as_number(value)) return *number;
  return std::nullopt;
}

cf::CFRef<CFTypeRef> object_of(const KeychainValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) return untyped(cf::make_string(*text).release());
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return untyped(cf::make_number(*number).release());
  if (const auto* const truth = std::get_if<bool>(&value))
    return cf::CFRef<CFTypeRef>::retain(*truth ? kCFBooleanTrue : kCFBooleanFalse);
  return untyped(cf::make_data(std::get<std::vector<std::uint8_t>>(value)).release());
}

CFStringRef class_of(KeychainItemKind kind) noexcept {
  switch (kind) {
    case KeychainItemKind::GenericPassword: return kSecClassGenericPassword;
    case KeychainItemKind::InternetPassword: return kSecClassInternetPassword;
    case KeychainItemKind::Certificate: return kSecClassCertificate;
    case KeychainItemKind::PublicKey:
    case KeychainItemKind::PrivateKey: return kSecClassKey;
  }
  return nullptr;
}

cf::CFRef<CFDictionaryRef> attributes_of(const KeychainItem& item) {
  const auto dictionary = MutableDictionary::adopt(
      CFDictionaryCreateMutable(nullptr, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  if (const auto* const certificate = std::get_if<Certificate>(&item.content))
    add_certificate(dictionary, *certificate);
  if (const auto* const key = std::get_if<PrivateKey>(&item.content))
    add_all(dictionary, attributes_of(*cf::checked<__SecKey>(make_key(*key).get())).get());
  if (const auto* const key = std::get_if<PublicKey>(&item.content))
    add_all(dictionary, attributes_of(*cf::checked<__SecKey>(make_key(*key).get())).get());
  if (item.kind == KeychainItemKind::PrivateKey || item.kind == KeychainItemKind::PublicKey)
    CFDictionarySetValue(dictionary.get(), kSecAttrIsPermanent, kCFBooleanTrue);
  CFDictionarySetValue(dictionary.get(), kSecClass, class_of(item.kind));
  for (const auto& [tag, value] : item.attributes)
    CFDictionarySetValue(dictionary.get(), cf::make_string(tag).get(), object_of(value).get());
  return cf::CFRef<CFDictionaryRef>::retain(dictionary.get());
}

cf::CFRef<CFDataRef> data_of(const KeychainItem& item) {
  if (const auto* const secret = std::get_if<std::shared_ptr<const SecretBytes>>(&item.content))
    return cf::make_data((*secret)->view());
  if (const auto* const certificate = std::get_if<Certificate>(&item.content)) return cf::make_data(certificate->der());
  if (const auto* const key = std::get_if<PublicKey>(&item.content)) {
    const auto form = key->compact_form();
    return cf::make_data(form ? *form : key->der());
  }
  const auto& key = std::get<PrivateKey>(item.content);
  const auto form = key.compact_form();
  return cf::make_data(form ? form->view() : key.der().view());
}

}  // namespace securetransport::apple
