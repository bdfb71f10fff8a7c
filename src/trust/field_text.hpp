// SPDX-License-Identifier: Apache-2.0
// Parts of certificates as values for programs: unescaped, unlike those of trust/text.hpp.
#pragma once

#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate_fields.hpp"

namespace securetransport::trust {

using X509NamePtr = std::unique_ptr<X509_NAME, ossl::Deleter<X509_NAME_free>>;

/// DER, by the i2d function of the value's type.
template <class Encode, class Value>
std::vector<std::uint8_t> encoded(Encode encode, const Value* value) {
  unsigned char* bytes = nullptr;
  const int size = encode(value, &bytes);
  if (size < 0) throw std::bad_alloc();  // What was decoded can be encoded; only memory can be missing.
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owner(bytes);
  return {bytes, bytes + size};
}

/// What is inside the outermost value of a DER encoding of ours.
[[nodiscard]] std::span<const std::uint8_t> content_of(std::span<const std::uint8_t> der);

[[nodiscard]] std::string object_identifier(const ASN1_OBJECT& object);   ///< "2.5.4.3"
[[nodiscard]] std::string hex_text(std::span<const std::uint8_t> bytes);  ///< "00 AE"

/// UTF-8; hex if the bytes are no text of their type, or hold a zero.
[[nodiscard]] std::string text_of(const ASN1_STRING& string);

[[nodiscard]] std::vector<NameAttribute> attributes_of(const X509_NAME& name);
[[nodiscard]] std::vector<GeneralNameField> general_name_fields(const GENERAL_NAMES& names);

/// See normalized_name().
[[nodiscard]] X509NamePtr normalized(const X509_NAME& name);

}  // namespace securetransport::trust
