// SPDX-License-Identifier: Apache-2.0
// The stapled OCSP response: is it a good and current answer about the leaf, by somebody who may give it?
#pragma once

#include <vector>

#include "trust/path_search.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

/// Appends what the staple says against the leaf, what is wrong with the staple, or that a demanded one is missing.
void check_staple(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations);

}  // namespace securetransport::trust
