// SPDX-License-Identifier: Apache-2.0
// What import and export share: passphrases of C, and the codes for what goes wrong.
#pragma once

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

#include <memory>
#include <optional>
#include <string_view>

#include "securetransport/trust/import.hpp"
#include "securetransport/trust/keychain.hpp"
#include "securetransport/trust/secret.hpp"

namespace securetransport::apple {

/// A CFString or CFData. `is_given` is false for NULL; false is returned for another type.
struct Passphrase {
  bool is_given = false;
  SecretBytes bytes;

  [[nodiscard]] std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(bytes.view().data()), bytes.size()};
  }
  [[nodiscard]] std::optional<std::string_view> if_given() const noexcept {
    return is_given ? std::optional(text()) : std::nullopt;
  }
};
[[nodiscard]] bool read_passphrase(CFTypeRef value, Passphrase& passphrase);

/// For SecItemImport, and for SecPKCS12Import.
[[nodiscard]] OSStatus import_status(ImportProblem problem) noexcept;
[[nodiscard]] OSStatus pkcs12_status(ImportProblem problem) noexcept;

/// Adds certificates, keys and public keys; those that are there already stay as they are.
[[nodiscard]] OSStatus add_to(Keychain& keychain, const ImportedItems& items);

}  // namespace securetransport::apple
