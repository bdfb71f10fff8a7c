// SPDX-License-Identifier: Apache-2.0
// The inside of TrustCache: what identifies a question, and what is kept of an answer.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "securetransport/trust/evaluate.hpp"
#include "trust/validity_window.hpp"

namespace securetransport::trust {

/// SHA-256 over everything that a judgement depends on but the time.
using CacheKey = std::array<std::uint8_t, 32>;

[[nodiscard]] CacheKey cache_key(const TrustRequest& request, const RootStore& roots);

/// The judgement, if there is one and `time` is inside its window.
[[nodiscard]] std::optional<TrustResult> find_in_cache(TrustCache& cache, const CacheKey& key,
                                                       std::chrono::sys_seconds time);

void keep_in_cache(TrustCache& cache, const CacheKey& key, const ValidityWindow& window, const TrustResult& result);

}  // namespace securetransport::trust
