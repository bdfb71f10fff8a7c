// SPDX-License-Identifier: Apache-2.0
// Rules about the peer's own certificate: what its key may do, and for how long it may be valid.
#pragma once

#include <vector>

#include "trust/path_search.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

/// @param has_system_roots  The path was searched in RootStore::system(), whose authorities keep stricter rules.
void check_leaf_rules(const FoundPath& found, const TrustRequest& request, bool has_system_roots,
                      std::vector<RankedViolation>& violations);

}  // namespace securetransport::trust
