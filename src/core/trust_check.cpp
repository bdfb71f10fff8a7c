// SPDX-License-Identifier: Apache-2.0
// The table behind trust_check.hpp.
#include "securetransport/core/trust_check.hpp"

#include <array>
#include <cstddef>

namespace securetransport {
namespace {

constexpr std::array kRows{
#define ST_TRUST_CHECK(Name, text, status, severity) \
  TrustCheckInfo{TrustCheck::Name, text, status, TrustSeverity::severity},
#include "securetransport/core/trust_checks.def"
#undef ST_TRUST_CHECK
};

}  // namespace

const TrustCheckInfo& trust_check_info(TrustCheck check) noexcept { return kRows.at(static_cast<std::size_t>(check)); }

}  // namespace securetransport
