// SPDX-License-Identifier: Apache-2.0
// What RFC 5280 section 4 demands of authorities when they make a certificate, and validators may let pass.
#pragma once

#include "trust/policy_rules.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Appends every breach of form.
void check_form(const Certificate& certificate, Place place, const PolicyRules& rules, Violations& violations);

}  // namespace securetransport::trust
