// SPDX-License-Identifier: Apache-2.0
// <Security/SecKey.h>: keys from data and to data, and what they are.
#include <Security/SecItem.h>
#include <Security/SecKey.h>
#include <Security/SecKeyPriv.h>

#include <array>
#include <utility>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/key_algorithm.hpp"
#include "apple/key_attributes.hpp"
#include "apple/key_objects.hpp"

using namespace securetransport;
using apple::object_boundary;
using apple::set_error;

namespace {

SecKeyRef made_or_null(Result<PublicKey> key, CFErrorRef* error) {
  if (key) return apple::make_key(*std::move(key)).release();
  set_error(error, apple::key_status(key.error()), key.error().detail);
  return nullptr;
}

SecKeyRef made_or_null(Result<PrivateKey> key, CFErrorRef* error) {
  if (key) return apple::make_key(*std::move(key)).release();
  set_error(error, apple::key_status(key.error()), key.error().detail);
  return nullptr;
}

SecKeyRef wrong_size(CFErrorRef* error) {
  set_error(error, errSecParam, "the key is not of the size that the attributes say");
  return nullptr;
}

/// Bytes of C as a span; empty if they are impossible.
std::span<const std::uint8_t> span_of(const uint8_t* bytes, CFIndex size) noexcept {
  if (bytes == nullptr || size <= 0) return {};
  return {bytes, static_cast<std::size_t>(size)};
}

bool is_pkcs1(SecKeyEncoding encoding) noexcept {
  return encoding == kSecKeyEncodingPkcs1 || encoding == kSecKeyEncodingApplePkcs1;
}

bool is_bytes(SecKeyEncoding encoding) noexcept {
  return encoding == kSecKeyEncodingBytes || encoding == kSecKeyEncodingRaw;
}

}  // namespace

CFTypeID SecKeyGetTypeID(void) { return __SecKey::type_id(); }

size_t SecKeyGetBlockSize(SecKeyRef key) {
  const auto* const object = cf::checked<__SecKey>(key);
  return object != nullptr ? std::visit([](const auto& value) { return value.block_size(); }, object->key) : 0;
}

SecKeyRef SecKeyCopyPublicKey(SecKeyRef key) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr) return nullptr;
  return object_boundary([&] { return apple::make_key(object->public_key()).release(); });
}

CFDictionaryRef SecKeyCopyAttributes(SecKeyRef key) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr) return nullptr;
  return object_boundary([&] { return apple::attributes_of(*object).release(); });
}

SecKeyRef SecKeyCreateWithData(CFDataRef keyData, CFDictionaryRef attributes, CFErrorRef* error) {
  return object_boundary([&]() -> SecKeyRef {
    const auto type = apple::key_type_in(apple::as_dictionary(attributes));
    const auto is_private = apple::is_private_in(apple::as_dictionary(attributes));
    if (apple::as_data(keyData) == nullptr || !type || !is_private) {
      set_error(error, errSecParam, "the data, kSecAttrKeyType or kSecAttrKeyClass is missing or not supported");
      return nullptr;
    }
    const auto bytes = cf::bytes_of(keyData);
    const auto size = apple::as_number(apple::value_in(attributes, kSecAttrKeySizeInBits));
    const auto fits = [&](std::size_t bits) { return !size || *size == static_cast<std::int64_t>(bits); };
    if (*is_private) {
      auto key = PrivateKey::from_compact_form(*type, bytes);
      return key && !fits(key->bits()) ? wrong_size(error) : made_or_null(std::move(key), error);
    }
    auto key = PublicKey::from_compact_form(*type, bytes);
    return key && !fits(key->bits()) ? wrong_size(error) : made_or_null(std::move(key), error);
  });
}

SecKeyRef SecKeyCreateFromData(CFDictionaryRef parameters, CFDataRef keyData, CFErrorRef* error) {
  // A Mac's own guess: what has a header is PKCS#8 or SubjectPublicKeyInfo.
  return object_boundary([&]() -> SecKeyRef {
    const auto type = apple::key_type_in(apple::as_dictionary(parameters));
    const auto is_private = apple::is_private_in(apple::as_dictionary(parameters));
    if (apple::as_data(keyData) != nullptr && type && is_private) {
      if (*is_private) {
        auto key = PrivateKey::from_der(cf::bytes_of(keyData));
        if (key && key->type() == *type) return made_or_null(std::move(key), error);
      } else {
        auto key = PublicKey::from_der(cf::bytes_of(keyData));
        if (key && key->type() == *type) return made_or_null(std::move(key), error);
      }
    }
    return SecKeyCreateWithData(keyData, parameters, error);
  });
}

CFDataRef SecKeyCopyExternalRepresentation(SecKeyRef key, CFErrorRef* error) {
  return object_boundary([&]() -> CFDataRef {
    const auto* const object = cf::checked<__SecKey>(key);
    if (object == nullptr) {
      set_error(error, errSecParam, "there is no key");
      return nullptr;
    }
    if (const auto* const secret = object->private_key()) {
      const auto form = secret->compact_form();
      if (form) return cf::make_data(form->view()).release();
      set_error(error, apple::key_status(form.error()), form.error().detail);
      return nullptr;
    }
    const auto form = object->public_key().compact_form();
    if (form) return cf::make_data(*form).release();
    set_error(error, apple::key_status(form.error()), form.error().detail);
    return nullptr;
  });
}

CFIndex SecKeyGetAlgorithmId(SecKeyRef key) {
  const auto* const object = cf::checked<__SecKey>(key);
  if (object == nullptr) return kSecNullAlgorithmID;
  switch (std::visit([](const auto& value) { return value.type(); }, object->key)) {
    case KeyType::Rsa: return kSecRSAAlgorithmID;
    case KeyType::Ec: return kSecECDSAAlgorithmID;
    case KeyType::Other: return kSecNullAlgorithmID;
  }
  return kSecNullAlgorithmID;
}

SecKeyRef SecKeyCreateRSAPrivateKey(CFAllocatorRef /*allocator*/, const uint8_t* keyData, CFIndex keyDataLength,
                                    SecKeyEncoding encoding) {
  if (!is_pkcs1(encoding)) return nullptr;
  return object_boundary([&] {
    return made_or_null(PrivateKey::from_compact_form(KeyType::Rsa, span_of(keyData, keyDataLength)), nullptr);
  });
}

SecKeyRef SecKeyCreateRSAPublicKey(CFAllocatorRef /*allocator*/, const uint8_t* keyData, CFIndex keyDataLength,
                                   SecKeyEncoding encoding) {
  if (!is_pkcs1(encoding)) return nullptr;
  return object_boundary([&] {
    return made_or_null(PublicKey::from_compact_form(KeyType::Rsa, span_of(keyData, keyDataLength)), nullptr);
  });
}

SecKeyRef SecKeyCreateECPrivateKey(CFAllocatorRef /*allocator*/, const uint8_t* keyData, CFIndex keyDataLength,
                                   SecKeyEncoding encoding) {
  return object_boundary([&]() -> SecKeyRef {
    const auto bytes = span_of(keyData, keyDataLength);
    if (is_bytes(encoding)) return made_or_null(PrivateKey::from_compact_form(KeyType::Ec, bytes), nullptr);
    if (!is_pkcs1(encoding)) return nullptr;
    auto key = PrivateKey::from_der(bytes);
    return key && key->type() == KeyType::Ec ? made_or_null(std::move(key), nullptr) : nullptr;
  });
}

SecKeyRef SecKeyCreateECPublicKey(CFAllocatorRef /*allocator*/, const uint8_t* keyData, CFIndex keyDataLength,
                                  SecKeyEncoding encoding) {
  if (!is_bytes(encoding)) return nullptr;
  return object_boundary([&] {
    return made_or_null(PublicKey::from_compact_form(KeyType::Ec, span_of(keyData, keyDataLength)), nullptr);
  });
}
