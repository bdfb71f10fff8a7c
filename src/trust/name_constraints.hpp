// SPDX-License-Identifier: Apache-2.0
// Name constraints (RFC 5280 section 4.2.1.10): may the certificates below an authority have their names?
#pragma once

#include <span>

#include "trust/violation.hpp"
#include "trust/work_budget.hpp"

namespace securetransport::trust {

/// Holds the names of every certificate of `path` below position `issuer` against that one's constraints and appends
/// what breaks them, with indexes. Self-issued intermediates are left out, as section 6.1.3 (b) says.
///
/// @param budget     Comparisons are paid from it; an empty one is a violation.
/// @param is_strict  Malformed constraints are violations, whatever the names below are. Otherwise only if a name of
///                   that kind is there.
void check_name_constraints(std::span<const Certificate> path, std::size_t issuer, bool is_strict, WorkBudget& budget,
                            Violations& violations);

/// Whether there are any, at no cost.
[[nodiscard]] bool has_name_constraints(const Certificate& certificate);

}  // namespace securetransport::trust
