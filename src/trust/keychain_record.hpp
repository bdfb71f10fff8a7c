// SPDX-License-Identifier: Apache-2.0
// The kind and the attributes of an item as bytes: what PKCS#12 has no place for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "securetransport/trust/keychain.hpp"

namespace securetransport::trust {

struct KeychainRecord {
  KeychainItemKind kind;
  KeychainAttributes attributes;
};

[[nodiscard]] std::vector<std::uint8_t> encode_record(const KeychainItem& item);
[[nodiscard]] std::optional<KeychainRecord> decode_record(std::span<const std::uint8_t> bytes);

}  // namespace securetransport::trust
