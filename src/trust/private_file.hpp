// SPDX-License-Identifier: Apache-2.0
// Files that only their owner may read, written whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace securetransport::trust {

/// What is in the file; nullopt (and errno) if it cannot be read or is longer than 64 MB.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> read_file(const std::string& path);

enum class Existing : std::uint8_t { Keep, Replace };

/// Writes a new file of mode 0600 beside the old one, and moves it to `path` once it is on the disk. False (and errno)
/// if that fails, or if there is a file that is to be kept (EEXIST); then nothing has changed and nothing is left over.
[[nodiscard]] bool write_file(const std::string& path, std::span<const std::uint8_t> bytes, Existing existing);

}  // namespace securetransport::trust
