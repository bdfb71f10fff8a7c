// SPDX-License-Identifier: Apache-2.0
// Items as the older calls see them: bytes of C, and attributes under four-letter codes.
#pragma once

#include <Security/SecKeychainItem.h>

#include <optional>
#include <span>
#include <vector>

#include "apple/keychain_objects.hpp"

namespace securetransport::apple {

/// A copy of what the item holds, for SecKeychainItemFreeContent.
[[nodiscard]] void* copy_content(const KeychainItem& item, UInt32& length);
/// Wipes and frees such a copy; its length stands before it.
void free_content(void* content) noexcept;

/// 'acct' as "acct"; the small numbers of key attributes as their SecItem tags; empty for an unknown one.
[[nodiscard]] std::string tag_of(SecKeychainAttrType code);
/// Keeps a four-letter value ("htps") as its text, as SecItem does; 0 is none.
void set_code(KeychainAttributes& attributes, const char* tag, FourCharCode code);

/// The bytes of an attribute as these calls hand it out: texts, data, numbers of four bytes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> attribute_bytes(const KeychainItem& item,
                                                                       SecKeychainAttrType code);
/// The other way; false if the tag is unknown.
[[nodiscard]] bool set_attribute(KeychainAttributes& attributes, SecKeychainAttrType code,
                                 std::span<const std::uint8_t> bytes);

[[nodiscard]] SecItemClass item_class_of(KeychainItemKind kind) noexcept;
[[nodiscard]] std::optional<KeychainItemKind> kind_of(SecItemClass item_class) noexcept;

}  // namespace securetransport::apple
