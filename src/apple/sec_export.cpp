// SPDX-License-Identifier: Apache-2.0
// <Security/SecImportExport.h>: SecItemExport.
#include <Security/SecImportExport.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/import_status.hpp"
#include "apple/key_algorithm.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "securetransport/trust/export.hpp"

using namespace securetransport;
using apple::boundary;

namespace {

using Item = std::variant<Certificate, PublicKey, PrivateKey>;
using Bytes = std::vector<std::uint8_t>;

/// One item in one form: bytes, and the label of its PEM block.
struct Form {
  Bytes bytes;
  std::string label;

  Form(Bytes written, std::string name) : bytes(std::move(written)), label(std::move(name)) {}
  Form(const Form&) = delete;
  Form& operator=(const Form&) = delete;
  Form(Form&&) = default;
  Form& operator=(Form&&) = delete;
  ~Form() { wipe(bytes); }
};

bool add(CFTypeRef object, std::vector<Item>& items) {
  if (const auto* const certificate = cf::checked<__SecCertificate>(object)) {
    items.emplace_back(certificate->certificate);
    return true;
  }
  if (const auto* const key = cf::checked<__SecKey>(object)) {
    std::visit([&](const auto& value) { items.emplace_back(value); }, key->key);
    return true;
  }
  const auto* const identity = cf::checked<__SecIdentity>(object);
  if (identity == nullptr) return false;
  items.emplace_back(identity->leaf());
  items.emplace_back(PrivateKey::of(identity->identity));
  return true;
}

std::optional<std::vector<Item>> items_in(CFTypeRef one_or_array) {
  std::vector<Item> items;
  const CFArrayRef array = apple::as_array(one_or_array);
  const bool is_sound =
      array == nullptr ? add(one_or_array, items)
                       : std::ranges::all_of(cf::values_of(array), [&](CFTypeRef each) { return add(each, items); });
  if (!is_sound || items.empty()) return std::nullopt;
  return items;
}

Bytes copied(const SecretBytes& secret) { return {secret.view().begin(), secret.view().end()}; }

/// The block in which OpenSSL writes a key in its own form.
std::string label_of(KeyType type) {
  switch (type) {
    case KeyType::Rsa: return "RSA PRIVATE KEY";
    case KeyType::Ec: return "EC PRIVATE KEY";
    case KeyType::Other: return "PRIVATE KEY";
  }
  return "";
}

std::optional<Form> form_of(const Certificate& certificate, SecExternalFormat format) {
  if (format != kSecFormatX509Cert && format != kSecFormatUnknown) return std::nullopt;
  return Form(certificate.der(), "CERTIFICATE");
}

std::optional<Form> form_of(const PublicKey& key, SecExternalFormat format) {
  if (format == kSecFormatOpenSSL || format == kSecFormatUnknown) return Form(key.der(), "PUBLIC KEY");
  if (format != kSecFormatBSAFE && format != kSecFormatRawKey) return std::nullopt;
  auto compact = key.compact_form();
  if (!compact) return std::nullopt;
  return Form(*std::move(compact), key.type() == KeyType::Rsa ? "RSA PUBLIC KEY" : "PUBLIC KEY");
}

std::optional<Form> form_of(const PrivateKey& key, SecExternalFormat format) {
  switch (format) {
    case kSecFormatUnknown:
    case kSecFormatOpenSSL: return Form(copied(key.traditional_der()), label_of(key.type()));
    case kSecFormatBSAFE:
    case kSecFormatRawKey: return Form(copied(key.der()), "PRIVATE KEY");
    default: return std::nullopt;
  }
}

/// Data, and the bytes wiped.
cf::CFRef<CFDataRef> data_of(std::string text) {
  auto data = cf::make_data({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return data;
}

OSStatus put(const Form& form, bool is_pem, CFDataRef* out) {
  *out = (is_pem ? data_of(pem_block(form.label, form.bytes)) : cf::make_data(form.bytes)).release();
  return errSecSuccess;
}

OSStatus put_sequence(const std::vector<Item>& items, CFDataRef* out) {
  std::string text;
  for (const Item& item : items) {
    const auto form = std::visit([](const auto& value) { return form_of(value, kSecFormatUnknown); }, item);
    std::string block = pem_block(form->label, form->bytes);
    text += block;
    wipe({reinterpret_cast<std::uint8_t*>(block.data()), block.size()});
  }
  *out = data_of(std::move(text)).release();
  return errSecSuccess;
}

template <class Kind>
std::vector<Kind> only(const std::vector<Item>& items) {
  std::vector<Kind> chosen;
  for (const Item& item : items) {
    if (const auto* const value = std::get_if<Kind>(&item)) chosen.push_back(*value);
  }
  return chosen;
}

OSStatus put_pkcs12(const std::vector<Item>& items, const apple::Passphrase& passphrase, bool is_pem, CFDataRef* out) {
  if (!passphrase.is_given) return errSecPassphraseRequired;
  if (!only<PublicKey>(items).empty()) return errSecUnsupportedFormat;
  auto bytes = export_pkcs12(only<PrivateKey>(items), only<Certificate>(items), passphrase.text());
  if (!bytes) return apple::key_status(bytes.error());
  return put(Form(*std::move(bytes), "PKCS12"), is_pem, out);
}

OSStatus put_pkcs7(const std::vector<Item>& items, bool is_pem, CFDataRef* out) {
  const auto certificates = only<Certificate>(items);
  if (certificates.size() != items.size()) return errSecUnsupportedFormat;
  return put(Form(export_pkcs7(certificates), "PKCS7"), is_pem, out);
}

OSStatus put_wrapped(const std::vector<Item>& items, const apple::Passphrase& passphrase, bool is_pem, CFDataRef* out) {
  const auto* const key = items.size() == 1 ? std::get_if<PrivateKey>(&items.front()) : nullptr;
  if (key == nullptr) return errSecUnsupportedFormat;
  if (!passphrase.is_given) return errSecPassphraseRequired;
  auto bytes = key->encrypted_der(passphrase.text());
  if (!bytes) return apple::key_status(bytes.error());
  return put(Form(*std::move(bytes), "ENCRYPTED PRIVATE KEY"), is_pem, out);
}

OSStatus export_items(CFTypeRef one_or_array, SecExternalFormat format, bool is_pem, CFTypeRef passphrase_value,
                      CFDataRef* out) {
  if (out == nullptr) return errSecParam;
  *out = nullptr;
  const auto items = items_in(one_or_array);
  apple::Passphrase passphrase;
  if (!items || !apple::read_passphrase(passphrase_value, passphrase)) return errSecParam;
  switch (format) {
    case kSecFormatPKCS12: return put_pkcs12(*items, passphrase, is_pem, out);
    case kSecFormatPKCS7: return put_pkcs7(*items, is_pem, out);
    case kSecFormatWrappedPKCS8: return put_wrapped(*items, passphrase, is_pem, out);
    case kSecFormatPEMSequence: return put_sequence(*items, out);
    default: break;
  }
  if (items->size() > 1) return format == kSecFormatUnknown ? put_sequence(*items, out) : errSecUnsupportedFormat;
  const auto form = std::visit([&](const auto& value) { return form_of(value, format); }, items->front());
  return form ? put(*form, is_pem, out) : OSStatus{errSecUnsupportedFormat};
}

}  // namespace

OSStatus SecItemExport(CFTypeRef secItemOrArray, SecExternalFormat outputFormat, SecItemImportExportFlags flags,
                       const SecItemImportExportKeyParameters* keyParams, CFDataRef* exportedData) {
  return boundary([&] {
    return export_items(secItemOrArray, outputFormat, (flags & kSecItemPemArmour) != 0,
                        keyParams != nullptr ? keyParams->passphrase : nullptr, exportedData);
  });
}

OSStatus SecKeychainItemExport(CFTypeRef keychainItemOrArray, SecExternalFormat outputFormat,
                               SecItemImportExportFlags flags, const SecKeyImportExportParameters* keyParams,
                               CFDataRef* exportedData) {
  return boundary([&] {
    return export_items(keychainItemOrArray, outputFormat, (flags & kSecItemPemArmour) != 0,
                        keyParams != nullptr ? keyParams->passphrase : nullptr, exportedData);
  });
}
