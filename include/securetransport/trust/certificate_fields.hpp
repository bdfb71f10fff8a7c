// SPDX-License-Identifier: Apache-2.0
// What stands in a certificate, field by field, for programs that show it or compare it. Nothing here judges.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport {

/// One attribute of a name. The text is what the certificate says, in UTF-8 and unescaped: whoever shows it to people
/// must expect control characters. Bytes that are no text, or hold a zero, appear in hex ("00 AE").
struct NameAttribute {
  std::string type;  ///< Object identifier: "2.5.4.3".
  std::string text;
  friend bool operator==(const NameAttribute&, const NameAttribute&) = default;
};

struct AlgorithmField {
  std::string type;                           ///< Object identifier.
  std::vector<std::uint8_t> parameters = {};  ///< In DER; empty if absent or NULL.
};

struct ExtensionField {
  std::string type;  ///< Object identifier.
  bool is_critical = false;
  std::vector<std::uint8_t> value;  ///< What is inside the OCTET STRING.
};

/// The fields of RFC 5280 section 4.1, in that order.
struct CertificateFields {
  int version = 1;                   ///< 1, 2 or 3.
  std::vector<std::uint8_t> serial;  ///< Content of the INTEGER: big-endian, two's complement.
  AlgorithmField signature_algorithm;
  std::vector<NameAttribute> issuer;
  std::vector<NameAttribute> subject;
  AlgorithmField key_algorithm;
  std::vector<std::uint8_t> key;  ///< Content of the BIT STRING.
  std::vector<ExtensionField> extensions;
  std::vector<std::uint8_t> signature;  ///< Content of the BIT STRING.
};

[[nodiscard]] CertificateFields fields_of(const Certificate& certificate);

/// Fingerprint of the DER form.
[[nodiscard]] std::array<std::uint8_t, 32> sha256_of(const Certificate& certificate);

/// One name of a GeneralNames.
struct GeneralNameField {
  enum class Kind : std::uint8_t { Email, Dns, Uri, IpAddress, Directory, RegisteredId, Other };
  Kind kind = Kind::Other;
  std::string text;                      ///< As NameAttribute::text; an object identifier for RegisteredId and Other.
  std::vector<NameAttribute> directory;  ///< Of Directory.
  std::vector<std::uint8_t> value;       ///< Of Other: the value in DER.
};

enum class NameOf : std::uint8_t { Subject, Issuer };

/// The alternative names of the subject or the issuer, in order; empty if there are none or they cannot be read.
[[nodiscard]] std::vector<GeneralNameField> alternative_names_of(const Certificate& certificate, NameOf whose);

/// The distinguished name in DER, as it stands in the certificate.
[[nodiscard]] std::vector<std::uint8_t> name_der(const Certificate& certificate, NameOf whose);

/// The distinguished name in DER for comparisons as on Apple's systems: ASCII letters in upper case, no blanks at the
/// ends, one blank for several.
[[nodiscard]] std::vector<std::uint8_t> normalized_name(const Certificate& certificate, NameOf whose);
/// The same without the SEQUENCE around it.
[[nodiscard]] std::vector<std::uint8_t> normalized_name_content(const Certificate& certificate, NameOf whose);

/// Whether the name is this one (in DER, normalized or not), compared as RFC 5280 section 7.1 wants.
[[nodiscard]] bool has_name(const Certificate& certificate, NameOf whose, std::span<const std::uint8_t> der);

[[nodiscard]] std::vector<std::string> common_names(const Certificate& certificate);  ///< Of the subject, in order.
/// rfc822Names of the subject alternative name, then e-mail addresses of the subject.
[[nodiscard]] std::vector<std::string> email_addresses(const Certificate& certificate);

/// What a list of certificates shows: the last common name, unit or organization of the subject, in this preference,
/// else the first e-mail address or DNS name; "" if there is nothing.
[[nodiscard]] std::string summary_of(const Certificate& certificate);

/// The bits of the key usage extension from bit 0, digitalSignature (RFC 5280 section 4.2.1.3); 0 without it.
[[nodiscard]] std::uint32_t key_usage_bits(const Certificate& certificate);

}  // namespace securetransport
