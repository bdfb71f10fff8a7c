// SPDX-License-Identifier: Apache-2.0
// What the command tells its caller when it ends.
#pragma once

#include <cstdint>

namespace securetransport::cli {

/// The exit codes of every command; scripts may rely on them.
enum class ExitCode : std::uint8_t {
  Ok = 0,           ///< All as it should be.
  Rejected = 1,     ///< The target violates what was asked: a code other than success was seen.
  Usage = 2,        ///< The command line makes no sense; one line on standard error says why.
  Unavailable = 3,  ///< The target could not be reached, or an input could not be read.
  Internal = 4,     ///< Our own failure.
};

/// How much an exit code matters when several targets end differently.
[[nodiscard]] constexpr int weight_of(ExitCode code) noexcept {
  switch (code) {
    case ExitCode::Internal: return 4;
    case ExitCode::Usage: return 3;
    case ExitCode::Rejected: return 2;
    case ExitCode::Unavailable: return 1;
    case ExitCode::Ok: return 0;
  }
  return 4;
}

[[nodiscard]] constexpr ExitCode worse_of(ExitCode a, ExitCode b) noexcept {
  return weight_of(a) >= weight_of(b) ? a : b;
}

}  // namespace securetransport::cli
