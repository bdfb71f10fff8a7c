// SPDX-License-Identifier: Apache-2.0
// Finds the blocks of a PEM text (RFC 7468) and decodes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace securetransport::trust {

/// One block.
struct PemBlock {
  std::size_t line = 0;                           ///< Where it begins, 1 = first line.
  bool has_end = false;                           ///< Whether the END line is there.
  std::optional<std::vector<std::uint8_t>> data;  ///< Decoded; nullopt if it is not base64.
};

/// Every block of this label ("CERTIFICATE"), in order, at most `limit`.
[[nodiscard]] std::vector<PemBlock> pem_blocks(std::string_view text, std::string_view label, std::size_t limit);

}  // namespace securetransport::trust
