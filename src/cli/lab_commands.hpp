// SPDX-License-Identifier: Apache-2.0
// The commands below `securetransport lab` that have files of their own.
#pragma once

#include "cli/command_line.hpp"

namespace securetransport::cli {

[[nodiscard]] ExitCode run_lab(const Args& args);
[[nodiscard]] ExitCode run_lab_serve(const Args& args);
[[nodiscard]] ExitCode run_lab_attack(const Args& args);

}  // namespace securetransport::cli
