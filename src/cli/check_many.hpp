// SPDX-License-Identifier: Apache-2.0
// Checks many targets side by side.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "cli/check_target.hpp"

namespace securetransport::cli {

/// Checks with at most `jobs` threads; reports come in the order of the requests. `progress` is called on this
/// thread, about ten times a second while it waits, with the number of checks that are done.
[[nodiscard]] std::vector<CheckReport> check_many(std::span<const CheckRequest> requests, std::size_t jobs,
                                                  const std::function<void(std::size_t done)>& progress);

/// As above, with a line on standard error ("checked 3 of 15") if that is a terminal and the run takes longer than a
/// second; the line is gone at the end.
[[nodiscard]] std::vector<CheckReport> check_many(std::span<const CheckRequest> requests, std::size_t jobs);

}  // namespace securetransport::cli
