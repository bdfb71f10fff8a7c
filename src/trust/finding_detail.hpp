// SPDX-License-Identifier: Apache-2.0
// The sentence for one finding of the engine, with the values that were compared.
#pragma once

#include <cstdint>
#include <string>

#include "trust/path_search.hpp"

namespace securetransport::trust {

/// What is wrong with the certificate at `finding.depth`, which exists.
[[nodiscard]] std::string detail_of(const FoundPath& found, const TrustRequest& request, EngineFinding finding);

/// Whether the extended key usage admits the peer's role. An issuer's may also say anyExtendedKeyUsage.
[[nodiscard]] bool extended_usage_allows(const Certificate& certificate, PeerRole role, std::size_t depth);

}  // namespace securetransport::trust
