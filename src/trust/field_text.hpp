// SPDX-License-Identifier: Apache-2.0
// Parts of certificates as values for programs: unescaped, unlike those of trust/text.hpp.
#pragma once

#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate_fields.hpp"
#include "trust/encoding.hpp"

namespace securetransport::trust {

using X509NamePtr = std::unique_ptr<X509_NAME, ossl::Deleter<X509_NAME_free>>;

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
