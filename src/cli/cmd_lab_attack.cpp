// SPDX-License-Identifier: Apache-2.0
#include "cli/lab_commands.hpp"
namespace securetransport::cli {
ExitCode run_lab_attack(const Args&) { return ExitCode::Internal; }
}  // namespace securetransport::cli
