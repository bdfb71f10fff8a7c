// SPDX-License-Identifier: Apache-2.0
// <Security/SecImportExport.h>: SecPKCS12Import.
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
using apple::value_in;

namespace {

using Entries = std::vector<std::pair<CFTypeRef, CFTypeRef>>;

cf::CFRef<SecTrustRef> trust_for(const std::vector<Certificate>& chain) {
  TrustQuestion question{.chain = chain};
  question.policies = {PolicyTerms{}};
  auto* const trust = new __SecTrust(std::move(question));
  auto owner = cf::CFRef<SecTrustRef>::adopt(trust);
  static_cast<void>(trust->result());  // Programs find it evaluated.
  return owner;
}

cf::CFRef<CFDictionaryRef> dictionary_of(const ImportedIdentity& imported) {
  const auto& chain = imported.identity.chain();
  const auto identity = apple::make_identity(imported.identity);
  const auto certificates = apple::make_certificate_array(chain);
  const auto trust = trust_for(chain);
  const auto key_id = cf::make_data(PrivateKey::of(imported.identity).identifier());
  const auto label = cf::make_string(imported.label);
  Entries entries{{kSecImportItemIdentity, identity.get()},
                  {kSecImportItemCertChain, certificates.get()},
                  {kSecImportItemTrust, trust.get()},
                  {kSecImportItemKeyID, key_id.get()}};
  if (!imported.label.empty()) entries.emplace_back(kSecImportItemLabel, label.get());
  return cf::make_dictionary(entries);
}

/// The certificates that no identity sends.
std::vector<Certificate> strangers(const ImportedItems& items) {
  std::vector<Certificate> left;
  for (const Certificate& certificate : items.certificates) {
    const bool is_sent = std::ranges::any_of(items.identities, [&](const ImportedIdentity& each) {
      return std::ranges::find(each.identity.chain(), certificate) != each.identity.chain().end();
    });
    if (!is_sent) left.push_back(certificate);
  }
  return left;
}

cf::CFRef<CFArrayRef> dictionaries_of(const ImportedItems& items) {
  std::vector<cf::CFRef<CFDictionaryRef>> dictionaries;
  for (const ImportedIdentity& each : items.identities) dictionaries.push_back(dictionary_of(each));
  if (const auto left = strangers(items); !left.empty()) {
    const auto certificates = apple::make_certificate_array(left);
    dictionaries.push_back(cf::make_dictionary(Entries{{kSecImportItemCertChain, certificates.get()}}));
  }
  std::vector<CFTypeRef> values;
  for (const auto& dictionary : dictionaries) values.push_back(dictionary.get());
  return cf::make_array(values);
}

/// Where the items go as well: null for nowhere. False for an option of a wrong type.
bool read_target(CFDictionaryRef options, std::shared_ptr<Keychain>& keychain) {
  if (apple::is_true(options, kSecImportToMemoryOnly)) return true;
  const CFTypeRef value = value_in(options, kSecImportExportKeychain);
  if (value == nullptr) {
    keychain = apple::keychain_or_default(nullptr);
    return true;
  }
  const auto* const object = cf::checked<__SecKeychain>(value);
  if (object != nullptr) keychain = object->keychain;
  return object != nullptr;
}

}  // namespace

OSStatus SecPKCS12Import(CFDataRef pkcs12_data, CFDictionaryRef options, CFArrayRef* items) {
  if (items == nullptr) return errSecParam;
  *items = nullptr;
  return boundary([&]() -> OSStatus {
    if (apple::as_data(pkcs12_data) == nullptr) return errSecParam;
    if (options != nullptr && apple::as_dictionary(options) == nullptr) return errSecParam;
    apple::Passphrase passphrase;
    std::shared_ptr<Keychain> keychain;
    if (!apple::read_passphrase(value_in(options, kSecImportExportPassphrase), passphrase)) return errSecParam;
    if (!read_target(options, keychain)) return errSecParam;
    const ImportResult result = import_items({.bytes = cf::bytes_of(pkcs12_data), .passphrase = passphrase.if_given()});
    if (!result) return apple::pkcs12_status(result.error->problem);
    if (result.items.form != ImportForm::Pkcs12) return errSecDecode;
    auto dictionaries = dictionaries_of(result.items);
    if (keychain != nullptr) {
      if (const OSStatus status = apple::add_to(*keychain, result.items); status != errSecSuccess) return status;
    }
    *items = dictionaries.release();
    return errSecSuccess;
  });
}
