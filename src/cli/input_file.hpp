// SPDX-License-Identifier: Apache-2.0
// Reads the files that a command line names.
#pragma once

#include <optional>
#include <string>

#include "cli/command_line.hpp"

namespace securetransport::cli {

/// Reads a file, or standard input for "-", into `text`. Refuses more than 16 MiB: nothing this command reads is
/// that large, and a device may never end. The complaint names the file and the system's reason.
[[nodiscard]] std::optional<Complaint> read_input(const std::string& path, std::string& text);

}  // namespace securetransport::cli
