// SPDX-License-Identifier: Apache-2.0
// Random bytes fit for keys.
#pragma once

#include <cstdint>
#include <span>

namespace securetransport {

/// Fills the bytes from the engine's generator, which the system seeds; false if it fails. Safe from any thread.
[[nodiscard]] bool fill_with_random(std::span<std::uint8_t> bytes) noexcept;

}  // namespace securetransport
