// SPDX-License-Identifier: Apache-2.0
// The fields of a certificate under Apple's keys and labels; the extensions have a file of their own.
#include "securetransport/trust/certificate_listing.hpp"

#include <string_view>
#include <utility>

#include "securetransport/trust/certificate_fields.hpp"
#include "trust/error_mark.hpp"
#include "trust/extension_listing.hpp"
#include "trust/field_text.hpp"

namespace securetransport {
namespace {

using trust::listed_name;

// The keys of Intel's CDSA field identifiers, which Apple's constants kSecOIDX509V1... name.
constexpr std::string_view kVersion = "2.16.840.1.113741.2.1.1.1.2";
constexpr std::string_view kSerialNumber = "2.16.840.1.113741.2.1.1.1.3";
constexpr std::string_view kIssuer = "2.16.840.1.113741.2.1.1.1.5";
constexpr std::string_view kNotBefore = "2.16.840.1.113741.2.1.1.1.6";
constexpr std::string_view kNotAfter = "2.16.840.1.113741.2.1.1.1.7";
constexpr std::string_view kSubject = "2.16.840.1.113741.2.1.1.1.8";
constexpr std::string_view kKeyAlgorithm = "2.16.840.1.113741.2.1.1.1.9";
constexpr std::string_view kKey = "2.16.840.1.113741.2.1.1.1.10";
constexpr std::string_view kSignatureAlgorithm = "2.16.840.1.113741.2.1.3.2.1";
constexpr std::string_view kSignature = "2.16.840.1.113741.2.1.3.2.2";
constexpr std::string_view kCommonName = "2.5.4.3";
constexpr std::string_view kEmailAddress = "1.2.840.113549.1.9.1";
constexpr std::string_view kInvalidityDate = "2.5.29.24";
constexpr std::string_view kKeyUsage = "2.5.29.15";

ListedField field(std::string_view key, std::string label, decltype(ListedValue::value) value) {
  return {std::string(key), {std::move(label), std::move(value)}};
}

ListedValue::Section algorithm(const AlgorithmField& algorithm) {
  ListedValue::Section section{{"Algorithm", algorithm.type}};
  if (algorithm.parameters.empty()) {
    section.push_back({"Parameters", std::string("none")});
  } else {
    section.push_back({"Parameters", algorithm.parameters});
  }
  return section;
}

}  // namespace

std::vector<ListedField> list_certificate(const Certificate& certificate, std::chrono::sys_seconds now) {
  const trust::ErrorMark mark;
  CertificateFields fields = fields_of(certificate);
  const bool is_over = certificate.not_after() < now;
  std::vector<ListedField> listed{
      field(kSubject, "Subject Name", listed_name(fields.subject)),
      field(kIssuer, "Issuer Name", listed_name(fields.issuer)),
      field(kVersion, "Version", std::to_string(fields.version)),
      field(kSerialNumber, "Serial Number", trust::hex_text(fields.serial)),
      field(kSignatureAlgorithm, "Signature Algorithm", algorithm(fields.signature_algorithm)),
      field(kNotBefore, "Not Valid Before", certificate.not_before()),
      field(kNotAfter, "Not Valid After", certificate.not_after()),
      field(is_over ? "Expired" : kInvalidityDate, is_over ? "Expired" : "Expires",
            ListedDate{certificate.not_after()}),
      field(kKeyAlgorithm, "Public Key Algorithm", algorithm(fields.key_algorithm)),
      field(kKey, "Public Key Data", std::move(fields.key)),
      field(kSignature, "Signature", std::move(fields.signature)),
      field(kKeyUsage, "Key Usage", static_cast<std::int64_t>(key_usage_bits(certificate))),
  };
  if (auto names = common_names(certificate); !names.empty()) {
    listed.push_back(field(kCommonName, "CN", std::move(names)));
  }
  if (auto addresses = email_addresses(certificate); !addresses.empty()) {
    listed.push_back(field(kEmailAddress, "Email Addresses", std::move(addresses)));
  }
  for (const ExtensionField& extension : fields.extensions) {
    if (extension.type == kKeyUsage) continue;  // A number, see above.
    listed.push_back(trust::listed_extension(extension));
  }
  return listed;
}

}  // namespace securetransport
