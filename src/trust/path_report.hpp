// SPDX-License-Identifier: Apache-2.0
// Where no path is good: which one comes closest, and everything that is wrong with it.
#pragma once

#include "trust/issuer_pool.hpp"
#include "trust/path_search.hpp"

namespace securetransport::trust {

/// An anchored path is closer than one that is not, and one whose decisive violation is less grave is closer than
/// another. A certificate with the issuer's name that did not sign counts as issuer only if no other did.
[[nodiscard]] FoundPath report_closest_path(const TrustRequest& request, IssuerPool& pool, WorkBudget& budget);

}  // namespace securetransport::trust
