// SPDX-License-Identifier: Apache-2.0
// What the CA/Browser Forum's Baseline Requirements ask of a server's certificates beyond RFC 5280.
#pragma once

#include "trust/policy_rules.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Appends every breach. Section numbers are those of version 2.1 of the Requirements.
void check_web_pki_rules(const Certificate& certificate, Place place, Violations& violations);

}  // namespace securetransport::trust
