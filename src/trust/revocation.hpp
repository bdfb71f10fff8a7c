// SPDX-License-Identifier: Apache-2.0
// Revocation lists given by the program (RFC 5280 section 6.3).
#pragma once

#include <span>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Holds every certificate of an anchored path but the anchor against the lists of its issuer. One that no list is
/// about is not revoked; `requires_revocation_check` is judged elsewhere, since a staple may answer too.
void check_revocation_lists(std::span<const Certificate> path, const TrustRequest& request, Violations& violations);

/// Whether some list speaks about the certificate at `index`.
[[nodiscard]] bool is_covered_by_list(std::span<const Certificate> path, std::size_t index,
                                      std::span<const RevocationList> lists);

}  // namespace securetransport::trust
