// SPDX-License-Identifier: Apache-2.0
// <Security/SecImportExport.h>: SecItemImport.
#include <Security/SecImportExport.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/import_status.hpp"
#include "apple/key_objects.hpp"
#include "apple/keychain_objects.hpp"
#include "apple/sec_objects.hpp"

using namespace securetransport;
using apple::boundary;

namespace {

/// What both kinds of key parameters say that matters here.
struct Parameters {
  SecKeyImportExportFlags flags = 0;
  CFTypeRef passphrase = nullptr;
};

SecExternalItemType type_of(const ImportedItems& items) noexcept {
  const std::size_t certificates = items.certificates.size();
  const std::size_t private_keys = items.keys.size();
  const std::size_t public_keys = items.public_keys.size();
  if (certificates + private_keys + public_keys != 1) return kSecItemTypeAggregate;
  if (certificates == 1) return kSecItemTypeCertificate;
  return private_keys == 1 ? kSecItemTypePrivateKey : kSecItemTypePublicKey;
}

SecExternalFormat format_of(const ImportedItems& items) noexcept {
  switch (items.form) {
    case ImportForm::Pkcs7: return kSecFormatPKCS7;
    case ImportForm::Pkcs12: return kSecFormatPKCS12;
    case ImportForm::Certificate: return kSecFormatX509Cert;
    case ImportForm::PrivateKey:
    case ImportForm::PublicKey: return kSecFormatOpenSSL;
    case ImportForm::RevocationList: return kSecFormatUnknown;
    case ImportForm::Pem: break;
  }
  switch (type_of(items)) {
    case kSecItemTypeCertificate: return kSecFormatX509Cert;
    case kSecItemTypePrivateKey:
    case kSecItemTypePublicKey: return kSecFormatOpenSSL;
    default: return kSecFormatPEMSequence;
  }
}

/// The certificates of a PKCS#12 for a program that asks for certificates: those with a key come first and keep it, so
/// that SecIdentityCreateWithCertificate finds it although no keychain has it. This is how curl reads its identity.
cf::CFRef<CFArrayRef> certificates_of(const ImportedItems& items) {
  std::vector<cf::CFRef<SecCertificateRef>> objects;
  for (const ImportedIdentity& each : items.identities) {
    objects.push_back(cf::CFRef<SecCertificateRef>::adopt(
        new __SecCertificate(items.certificates[each.certificate], items.keys[each.key])));
  }
  for (std::size_t at = 0; at < items.certificates.size(); ++at) {
    if (std::ranges::find(items.identities, at, &ImportedIdentity::certificate) != items.identities.end()) continue;
    objects.push_back(apple::make_certificate(items.certificates[at]));
  }
  std::vector<CFTypeRef> values;
  for (const auto& object : objects) values.push_back(object.get());
  return cf::make_array(values);
}

/// The items as objects. Of PKCS#12 a key and its certificate are one identity.
cf::CFRef<CFArrayRef> objects_of(const ImportedItems& items) {
  const bool joins = items.form == ImportForm::Pkcs12;
  const auto is_joined = [&](std::size_t at, std::size_t ImportedIdentity::*which) {
    return joins && std::ranges::find(items.identities, at, which) != items.identities.end();
  };
  std::vector<cf::CFRef<CFTypeRef>> objects;
  const auto add = [&](CFTypeRef owned) { objects.push_back(cf::CFRef<CFTypeRef>::adopt(owned)); };
  for (std::size_t at = 0; at < items.certificates.size(); ++at) {
    if (!is_joined(at, &ImportedIdentity::certificate)) add(apple::make_certificate(items.certificates[at]).release());
  }
  for (std::size_t at = 0; at < items.keys.size(); ++at) {
    if (!is_joined(at, &ImportedIdentity::key)) add(apple::make_key(items.keys[at]).release());
  }
  for (const PublicKey& key : items.public_keys) add(apple::make_key(key).release());
  if (joins) {
    for (const ImportedIdentity& each : items.identities) add(apple::make_identity(each.identity).release());
  }
  std::vector<CFTypeRef> values;
  for (const auto& object : objects) values.push_back(object.get());
  return cf::make_array(values);
}

OSStatus import(CFDataRef data, SecExternalFormat* format, SecExternalItemType* type, const Parameters& parameters,
                SecKeychainRef keychain, CFArrayRef* out) {
  if (out != nullptr) *out = nullptr;
  const auto* const target = cf::checked<__SecKeychain>(keychain);
  apple::Passphrase passphrase;
  if (apple::as_data(data) == nullptr || (keychain != nullptr && target == nullptr)) return errSecParam;
  if (!apple::read_passphrase(parameters.passphrase, passphrase)) return errSecParam;
  ImportRequest request{.bytes = cf::bytes_of(data), .passphrase = passphrase.if_given()};
  // Who expects certificates alone has no passphrase for keys beside them, unless it is a PKCS#12.
  const bool wants_certificates = type != nullptr && *type == kSecItemTypeCertificate;
  request.wants_keys = !wants_certificates || (format != nullptr && *format == kSecFormatPKCS12);
  const ImportResult result = import_items(request);
  if (!result) return apple::import_status(result.error->problem);
  const ImportedItems& items = result.items;
  if (items.certificates.empty() && items.keys.empty() && items.public_keys.empty()) return errSecUnknownFormat;
  if ((parameters.flags & kSecKeyImportOnlyOne) != 0 && items.keys.size() > 1) return errSecMultiplePrivKeys;
  if (target != nullptr) {
    if (const OSStatus status = apple::add_to(*target->keychain, items); status != errSecSuccess) return status;
  }
  const bool gives_certificates = wants_certificates && items.form == ImportForm::Pkcs12;
  if (format != nullptr) *format = format_of(items);
  if (type != nullptr) *type = type_of(items);
  if (out != nullptr) *out = (gives_certificates ? certificates_of(items) : objects_of(items)).release();
  return errSecSuccess;
}

}  // namespace

OSStatus SecItemImport(CFDataRef importedData, CFStringRef /*fileNameOrExtension*/, SecExternalFormat* inputFormat,
                       SecExternalItemType* itemType, SecItemImportExportFlags /*flags*/,
                       const SecItemImportExportKeyParameters* keyParams, SecKeychainRef importKeychain,
                       CFArrayRef* outItems) {
  return boundary([&] {
    const Parameters parameters =
        keyParams != nullptr ? Parameters{keyParams->flags, keyParams->passphrase} : Parameters{};
    return import(importedData, inputFormat, itemType, parameters, importKeychain, outItems);
  });
}

OSStatus SecKeychainItemImport(CFDataRef importedData, CFStringRef /*fileNameOrExtension*/,
                               SecExternalFormat* inputFormat, SecExternalItemType* itemType,
                               SecItemImportExportFlags /*flags*/, const SecKeyImportExportParameters* keyParams,
                               SecKeychainRef importKeychain, CFArrayRef* outItems) {
  return boundary([&] {
    const Parameters parameters =
        keyParams != nullptr ? Parameters{keyParams->flags, keyParams->passphrase} : Parameters{};
    return import(importedData, inputFormat, itemType, parameters, importKeychain, outItems);
  });
}
