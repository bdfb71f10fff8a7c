// SPDX-License-Identifier: Apache-2.0
// For how long a good judgement stays good.
#pragma once

#include <chrono>
#include <span>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport::trust {

struct ValidityWindow {
  std::chrono::sys_seconds from;   ///< Inclusive.
  std::chrono::sys_seconds until;  ///< Inclusive.
};

/// From the moment of the judgement to the first date at which a certificate of the path, the staple or a list ends, or
/// one that may have signed those two; at most an hour.
[[nodiscard]] ValidityWindow validity_window(const TrustRequest& request, std::span<const Certificate> path);

}  // namespace securetransport::trust
