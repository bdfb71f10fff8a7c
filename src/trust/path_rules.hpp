// SPDX-License-Identifier: Apache-2.0
// Rules that the engine skips once it has found another fault, or never checks.
#pragma once

#include <vector>

#include "trust/path_search.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

/// Appends: keys, extensions and dates of the path that cannot be read, certificates not valid at the requested time,
/// a weak or wrong signature on a last certificate that is no anchor, and issuers that were sent but cannot be read.
void check_path_rules(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations);

/// Whether an extension does not parse or occurs twice.
[[nodiscard]] bool has_unreadable_extension(const Certificate& certificate);

/// Whether the hash of the signature is too weak; false for a signature whose strength is not known.
[[nodiscard]] bool has_weak_signature(const Certificate& certificate);

/// Whether nobody here can verify the signature.
[[nodiscard]] bool has_unsupported_signature(const Certificate& certificate);

}  // namespace securetransport::trust
