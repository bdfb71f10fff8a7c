// SPDX-License-Identifier: Apache-2.0
// Apple's dated rules about server certificates, which depend on whose root the path ends in.
#pragma once

#include <span>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Lifetime, serverAuth and certificate transparency of an anchored path.
/// @param has_system_root  Its root is one of the system's, whose authorities keep stricter rules.
void check_root_rules(std::span<const Certificate> path, const TrustRequest& request, bool has_system_root,
                      Violations& violations);

}  // namespace securetransport::trust
