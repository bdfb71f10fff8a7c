// SPDX-License-Identifier: Apache-2.0
// Turns the engine's findings into violations, without those that only echo another one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "trust/path_search.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

/// A violation with the code, rank and rule of an X509_V_ERR_*.
[[nodiscard]] RankedViolation violation_of(int error, const Certificate& certificate, std::optional<std::size_t> index,
                                           std::string detail);

/// One finding with the values compared.
[[nodiscard]] RankedViolation explain_finding(const FoundPath& found, const TrustRequest& request,
                                              EngineFinding finding);

/// Appends every finding, except for echoes: those whose cause is another finding or a violation that
/// check_path_rules reports.
void explain_findings(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations);

}  // namespace securetransport::trust
