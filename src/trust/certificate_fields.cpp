// SPDX-License-Identifier: Apache-2.0
// Reads the fields of a certificate out of the engine's form.
#include "securetransport/trust/certificate_fields.hpp"

#include <array>
#include <new>
#include <optional>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/field_text.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

using trust::content_of;
using trust::encoded;
using trust::object_identifier;

constexpr std::string_view kCommonName = "2.5.4.3";
constexpr std::string_view kOrganization = "2.5.4.10";
constexpr std::string_view kUnit = "2.5.4.11";
constexpr std::string_view kEmailAddress = "1.2.840.113549.1.9.1";

X509& engine_form(const Certificate& certificate) { return *trust::keyless_of(certificate); }

AlgorithmField algorithm_of(const X509_ALGOR& algorithm) {
  const ASN1_OBJECT* object = nullptr;
  int type = V_ASN1_UNDEF;
  const void* value = nullptr;
  X509_ALGOR_get0(&object, &type, &value, &algorithm);
  AlgorithmField field{object_identifier(*object)};
  // DER of the whole, less the identifier: the parameters may be of any type.
  if (type == V_ASN1_UNDEF || type == V_ASN1_NULL) return field;
  const std::vector<std::uint8_t> whole = encoded(i2d_X509_ALGOR, &algorithm);
  const std::span<const std::uint8_t> inside = content_of(whole);
  field.parameters.assign(inside.begin() + static_cast<std::ptrdiff_t>(encoded(i2d_ASN1_OBJECT, object).size()),
                          inside.end());
  return field;
}

std::vector<std::uint8_t> bytes(const ASN1_STRING& string) {
  const std::string_view view = trust::bytes_of(string);
  return {view.begin(), view.end()};
}

std::vector<ExtensionField> extensions_of(const X509& x509) {
  std::vector<ExtensionField> fields;
  for (int at = 0; at < X509_get_ext_count(&x509); ++at) {
    X509_EXTENSION* const extension = X509_get_ext(&x509, at);
    fields.push_back({object_identifier(*X509_EXTENSION_get_object(extension)),
                      X509_EXTENSION_get_critical(extension) == 1, bytes(*X509_EXTENSION_get_data(extension))});
  }
  return fields;
}

const X509_NAME& name_of(const Certificate& certificate, NameOf whose) {
  return whose == NameOf::Subject ? trust::subject_of(certificate) : trust::issuer_of(certificate);
}

std::vector<std::string> attributes_of_type(const std::vector<NameAttribute>& name, std::string_view type) {
  std::vector<std::string> texts;
  for (const NameAttribute& attribute : name) {
    if (attribute.type == type) texts.push_back(attribute.text);
  }
  return texts;
}

}  // namespace

CertificateFields fields_of(const Certificate& certificate) {
  const trust::ErrorMark mark;
  const X509& x509 = engine_form(certificate);
  CertificateFields fields;
  fields.version = static_cast<int>(X509_get_version(&x509)) + 1;
  const auto serial = encoded(i2d_ASN1_INTEGER, X509_get0_serialNumber(&x509));
  const auto digits = content_of(serial);
  fields.serial.assign(digits.begin(), digits.end());
  const ASN1_BIT_STRING* signature = nullptr;
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(&signature, &algorithm, &x509);
  fields.signature_algorithm = algorithm_of(*algorithm);
  fields.signature = bytes(*signature);
  fields.issuer = trust::attributes_of(name_of(certificate, NameOf::Issuer));
  fields.subject = trust::attributes_of(name_of(certificate, NameOf::Subject));
  X509_ALGOR* key_algorithm = nullptr;
  X509_PUBKEY_get0_param(nullptr, nullptr, nullptr, &key_algorithm, X509_get_X509_PUBKEY(&x509));
  fields.key_algorithm = algorithm_of(*key_algorithm);
  fields.key = bytes(*X509_get0_pubkey_bitstr(&x509));
  fields.extensions = extensions_of(x509);
  return fields;
}

std::array<std::uint8_t, 32> sha256_of(const Certificate& certificate) {
  const trust::ErrorMark mark;
  std::array<std::uint8_t, 32> digest{};
  const std::vector<std::uint8_t>& der = certificate.impl().der;
  if (EVP_Digest(der.data(), der.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  return digest;
}

std::vector<GeneralNameField> alternative_names_of(const Certificate& certificate, NameOf whose) {
  const trust::ErrorMark mark;
  const int nid = whose == NameOf::Subject ? NID_subject_alt_name : NID_issuer_alt_name;
  const ossl::GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&engine_form(certificate), nid, nullptr, nullptr)));
  return names ? trust::general_name_fields(*names) : std::vector<GeneralNameField>{};
}

std::vector<std::uint8_t> name_der(const Certificate& certificate, NameOf whose) {
  const trust::ErrorMark mark;
  return encoded(i2d_X509_NAME, &name_of(certificate, whose));
}

std::vector<std::uint8_t> normalized_name(const Certificate& certificate, NameOf whose) {
  const trust::ErrorMark mark;
  return encoded(i2d_X509_NAME, trust::normalized(name_of(certificate, whose)).get());
}

std::vector<std::uint8_t> normalized_name_content(const Certificate& certificate, NameOf whose) {
  const auto sequence = normalized_name(certificate, whose);
  const auto content = content_of(sequence);
  return {content.begin(), content.end()};
}

std::vector<std::string> common_names(const Certificate& certificate) {
  const trust::ErrorMark mark;
  return attributes_of_type(trust::attributes_of(name_of(certificate, NameOf::Subject)), kCommonName);
}

std::vector<std::string> email_addresses(const Certificate& certificate) {
  std::vector<std::string> addresses;
  for (GeneralNameField& name : alternative_names_of(certificate, NameOf::Subject)) {
    if (name.kind == GeneralNameField::Kind::Email) addresses.push_back(std::move(name.text));
  }
  const trust::ErrorMark mark;
  const auto subject = trust::attributes_of(name_of(certificate, NameOf::Subject));
  for (std::string& address : attributes_of_type(subject, kEmailAddress)) addresses.push_back(std::move(address));
  return addresses;
}

std::string summary_of(const Certificate& certificate) {
  const trust::ErrorMark mark;
  const auto subject = trust::attributes_of(name_of(certificate, NameOf::Subject));
  for (const std::string_view type : {kCommonName, kUnit, kOrganization}) {
    if (auto texts = attributes_of_type(subject, type); !texts.empty()) return std::move(texts.back());
  }
  if (auto addresses = email_addresses(certificate); !addresses.empty()) return std::move(addresses.front());
  for (GeneralNameField& name : alternative_names_of(certificate, NameOf::Subject)) {
    if (name.kind == GeneralNameField::Kind::Dns) return std::move(name.text);
  }
  return {};
}

std::uint32_t key_usage_bits(const Certificate& certificate) {
  const trust::ErrorMark mark;
  const std::unique_ptr<ASN1_BIT_STRING, ossl::Deleter<ASN1_BIT_STRING_free>> usage(
      static_cast<ASN1_BIT_STRING*>(X509_get_ext_d2i(&engine_form(certificate), NID_key_usage, nullptr, nullptr)));
  std::uint32_t bits = 0;
  for (int bit = 0; usage && bit < 9; ++bit) {
    if (ASN1_BIT_STRING_get_bit(usage.get(), bit) == 1) bits |= 1U << static_cast<unsigned>(bit);
  }
  return bits;
}

}  // namespace securetransport
