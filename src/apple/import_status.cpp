// SPDX-License-Identifier: Apache-2.0
// What import and export share: passphrases of C, and the codes for what goes wrong.
#include "apple/import_status.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "apple/cf_values.hpp"
#include "apple/keychain_objects.hpp"

namespace securetransport::apple {

bool read_passphrase(CFTypeRef value, Passphrase& passphrase) {
  if (value == nullptr) return true;
  passphrase.is_given = true;
  if (const CFDataRef data = as_data(value)) {
    passphrase.bytes = SecretBytes(cf::bytes_of(data));
    return true;
  }
  if (as_string(value) == nullptr) return false;
  std::string text = cf::string_of(as_string(value));
  passphrase.bytes = SecretBytes(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return true;
}

OSStatus import_status(ImportProblem problem) noexcept {
  switch (problem) {
    case ImportProblem::UnknownForm: return errSecUnknownFormat;
    case ImportProblem::PassphraseMissing: return errSecPassphraseRequired;
    case ImportProblem::PassphraseWrong: return errSecPkcs12VerifyFailure;
    case ImportProblem::Damaged:
    case ImportProblem::Unsupported:
    case ImportProblem::TooMuch: return errSecDecode;
  }
  return errSecInternalComponent;
}

OSStatus pkcs12_status(ImportProblem problem) noexcept {
  switch (problem) {
    // No passphrase is the empty one.
    case ImportProblem::PassphraseMissing:
    case ImportProblem::PassphraseWrong: return errSecAuthFailed;
    case ImportProblem::UnknownForm:
    case ImportProblem::Damaged:
    case ImportProblem::Unsupported:
    case ImportProblem::TooMuch: return errSecDecode;
  }
  return errSecInternalComponent;
}

OSStatus add_to(Keychain& keychain, const ImportedItems& items) {
  std::vector<KeychainItem> fresh;
  for (const Certificate& certificate : items.certificates)
    fresh.push_back({KeychainItemKind::Certificate, certificate});
  for (const PublicKey& key : items.public_keys) fresh.push_back({KeychainItemKind::PublicKey, key});
  for (std::size_t at = 0; at < items.keys.size(); ++at) {
    KeychainItem item{KeychainItemKind::PrivateKey, items.keys[at]};
    const auto owner = std::ranges::find(items.identities, at, &ImportedIdentity::key);
    if (owner != items.identities.end() && !owner->label.empty()) item.attributes["labl"] = owner->label;
    fresh.push_back(std::move(item));
  }
  for (KeychainItem& item : fresh) {
    const KeychainTrouble trouble = keychain.add(std::move(item));
    if (trouble && trouble != KeychainProblem::Duplicate) return keychain_status(trouble);
  }
  return errSecSuccess;
}

}  // namespace securetransport::apple
