// SPDX-License-Identifier: Apache-2.0
// The attributes of an item, as SecItem names them.
#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <optional>

#include "apple/keychain_objects.hpp"

namespace securetransport::apple {

/// A value of C as a keychain keeps it; none for a type that it does not keep.
[[nodiscard]] std::optional<KeychainValue> kept_value(CFTypeRef value);
[[nodiscard]] cf::CFRef<CFTypeRef> object_of(const KeychainValue& value);

/// kSecClass of a kind.
[[nodiscard]] CFStringRef class_of(KeychainItemKind kind) noexcept;

/// What was kept with the item, and what a certificate or a key tells by itself.
[[nodiscard]] cf::CFRef<CFDictionaryRef> attributes_of(const KeychainItem& item);

/// kSecValueData: the password, the certificate in DER, or the key as SecKeyCopyExternalRepresentation.
[[nodiscard]] cf::CFRef<CFDataRef> data_of(const KeychainItem& item);

}  // namespace securetransport::apple
