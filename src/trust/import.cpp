// SPDX-License-Identifier: Apache-2.0
// Finds out what an input is, and hands it to the reader of that form.
#include "securetransport/trust/import.hpp"

#include <openssl/asn1.h>

#include <utility>

#include "trust/error_mark.hpp"
#include "trust/import_state.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
constexpr std::size_t kMaxPassphrase = 1024;

/// Tag and length of one ASN.1 element.
struct Element {
  int tag = -1;
  std::size_t header = 0;
  std::size_t length = 0;  ///< Of the contents; zero where it is indefinite.
  bool is_indefinite = false;
};

std::optional<Element> element_at(std::span<const std::uint8_t> bytes) {
  const unsigned char* at = bytes.data();
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  const int flags = ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(bytes.size()));
  if ((flags & 0x80) != 0) return std::nullopt;
  const auto header = static_cast<std::size_t>(at - bytes.data());
  return Element{tag_class == V_ASN1_UNIVERSAL ? tag : -1, header, static_cast<std::size_t>(length), (flags & 1) != 0};
}

/// One element that fills the input, or claims to be open-ended.
bool is_one_element(std::span<const std::uint8_t> bytes) {
  const std::optional<Element> outer = element_at(bytes);
  return outer && outer->tag == V_ASN1_SEQUENCE &&
         (outer->is_indefinite || outer->header + outer->length == bytes.size());
}

/// By the first two elements of the sequence; none: of no kind that is read here.
std::optional<ImportForm> form_of(std::span<const std::uint8_t> der) {
  const std::optional<Element> outer = element_at(der);
  if (!outer || outer->tag != V_ASN1_SEQUENCE) return std::nullopt;
  der = der.subspan(outer->header);
  const std::optional<Element> first = element_at(der);
  if (!first) return std::nullopt;
  if (first->tag == V_ASN1_OBJECT) return ImportForm::Pkcs7;
  if (first->is_indefinite) return std::nullopt;
  const std::size_t end = first->header + first->length;
  const std::optional<Element> second = element_at(der.subspan(end));
  if (!second) return std::nullopt;
  if (first->tag == V_ASN1_INTEGER) {
    constexpr std::uint8_t kPkcs12Version = 3;
    const bool is_store = second->tag == V_ASN1_SEQUENCE && first->length == 1 && der[first->header] == kPkcs12Version;
    return is_store ? ImportForm::Pkcs12 : ImportForm::PrivateKey;
  }
  if (first->tag != V_ASN1_SEQUENCE) return std::nullopt;
  if (second->tag == V_ASN1_OCTET_STRING) return ImportForm::PrivateKey;  // Encrypted.
  if (second->tag == V_ASN1_BIT_STRING) return ImportForm::PublicKey;
  return second->tag == V_ASN1_SEQUENCE ? std::optional(ImportForm::Certificate) : std::nullopt;
}

std::optional<ImportError> check_limits(const ImportRequest& request) {
  using trust::import_error;
  if (request.bytes.empty()) return import_error(ImportProblem::UnknownForm, {}, "it is empty");
  if (request.bytes.size() > kMaxBytes) return import_error(ImportProblem::TooMuch, {}, "it is larger than 16 MiB");
  if (request.passphrase && request.passphrase->size() > kMaxPassphrase) {
    return import_error(ImportProblem::TooMuch, {}, "the passphrase is longer than 1024 bytes");
  }
  const bool is_utf16 = request.bytes.size() > 1 && ((request.bytes[0] == 0xFF && request.bytes[1] == 0xFE) ||
                                                     (request.bytes[0] == 0xFE && request.bytes[1] == 0xFF));
  if (is_utf16) return import_error(ImportProblem::UnknownForm, {}, "it is UTF-16 text; save it as UTF-8");
  return std::nullopt;
}

trust::ImportTrouble read_all(const ImportRequest& request, trust::ImportState& state) {
  const std::string_view text(reinterpret_cast<const char*>(request.bytes.data()), request.bytes.size());
  const bool is_pem = text.find("-----BEGIN ") != std::string_view::npos;
  const bool is_der = is_one_element(request.bytes) || (!is_pem && text.starts_with('\x30') && form_of(request.bytes));
  return is_der ? trust::import_der(request.bytes, {}, state) : trust::import_pem(text, state);
}

}  // namespace

std::string_view to_string(ImportForm form) noexcept {
  switch (form) {
    case ImportForm::Pem: return "PEM";
    case ImportForm::Certificate: return "DER certificate";
    case ImportForm::RevocationList: return "DER revocation list";
    case ImportForm::Pkcs7: return "PKCS#7";
    case ImportForm::Pkcs12: return "PKCS#12";
    case ImportForm::PrivateKey: return "DER private key";
    case ImportForm::PublicKey: return "DER public key";
  }
  return "";
}

ImportResult import_items(const ImportRequest& request) {
  const trust::ErrorMark mark;
  ImportResult result;
  if ((result.error = check_limits(request))) return result;
  trust::ImportState state(request);
  if ((result.error = read_all(request, state))) return result;
  state.pair_identities();
  result.items = std::move(state.items());
  return result;
}

namespace trust {

ImportTrouble import_der(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  const std::optional<ImportForm> form = form_of(der);
  if (!form) return import_error(ImportProblem::UnknownForm, where, "it is DER of an unknown kind, or damaged");
  state.items().form = *form;
  switch (*form) {
    case ImportForm::Pkcs7: return import_pkcs7(der, where, state);
    case ImportForm::Pkcs12: return import_pkcs12(der, where, state);
    case ImportForm::PublicKey: return state.add_public_key(der, where);
    case ImportForm::PrivateKey: {
      // EncryptedPrivateKeyInfo begins with its algorithm, the others with a version.
      const std::size_t header = element_at(der)->header;
      const bool is_encrypted = der[header] == (V_ASN1_SEQUENCE | V_ASN1_CONSTRUCTED);
      return is_encrypted ? import_encrypted_key(der, where, state) : import_private_key(der, where, state);
    }
    default: break;
  }
  // A certificate and a revocation list look the same from outside.
  auto trouble = state.add_certificate(der, where);
  if (!trouble) return std::nullopt;
  if (state.add_crl(der, where)) return trouble;
  state.items().form = ImportForm::RevocationList;
  return std::nullopt;
}

}  // namespace trust
}  // namespace securetransport
