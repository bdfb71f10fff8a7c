// SPDX-License-Identifier: Apache-2.0
// Finds a path from the leaf to an anchor that breaks no rule, or else the one that comes closest.
#pragma once

#include <vector>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

struct FoundPath {
  std::vector<Certificate>
      certificates;                    ///< Leaf first, as far as issuers were found; the anchor last if there is one.
  Violations violations;               ///< Of the certificates and of the path; not those of names and staples.
  std::vector<TrustAttempt> attempts;  ///< Other ways that were tried.
  bool is_anchored = false;
  bool has_system_root = false;
};

/// Shorter paths are preferred to longer ones, and trusted issuers to sent ones. docs/adr/0001-path-building.md says
/// why the search is ours.
[[nodiscard]] FoundPath find_path(const TrustRequest& request, const RootStore& roots);

}  // namespace securetransport::trust
