// SPDX-License-Identifier: Apache-2.0
// The items of a keychain as PKCS#12 (RFC 7292), and back.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "securetransport/trust/keychain.hpp"

namespace securetransport::trust {

[[nodiscard]] std::vector<std::uint8_t> encode_keychain(std::span<const KeychainItem> items, std::string_view password);

/// The numbers of the items are 0.
[[nodiscard]] std::variant<std::vector<KeychainItem>, KeychainProblem> decode_keychain(
    std::span<const std::uint8_t> bytes, std::string_view password);

}  // namespace securetransport::trust
