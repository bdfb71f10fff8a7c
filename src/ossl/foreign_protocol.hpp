// SPDX-License-Identifier: Apache-2.0
// Names the protocol of a peer that does not speak TLS, from its first bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace securetransport::ossl {

/// A sentence for text: "The peer answers in plain HTTP, not TLS: "HTTP/1.1 400 Bad Request"."
[[nodiscard]] std::string describe_plain_text(std::span<const std::uint8_t> first_bytes);

/// A sentence for bytes that are neither TLS nor text, with the bytes in hex.
[[nodiscard]] std::string describe_foreign_bytes(std::span<const std::uint8_t> first_bytes);

}  // namespace securetransport::ossl
