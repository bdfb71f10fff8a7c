// SPDX-License-Identifier: Apache-2.0
// Which of several violations decides: the order that the contract fixes.
#include "trust/violation_order.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace securetransport::trust {
namespace {

auto sort_key(const RankedViolation& found) {
  return std::tuple(found.rank, found.violation.chain_index.value_or(std::numeric_limits<std::size_t>::max()));
}

bool is_same(const Violation& a, const Violation& b) {
  return a.code == b.code && a.chain_index == b.chain_index && a.detail == b.detail;
}

}  // namespace

Rank ats_rank(ResultCode code) noexcept {
  switch (code) {
    case ResultCode::ATSMinimumVersionViolation: return Rank::AtsVersion;
    case ResultCode::ATSCiphersuiteViolation: return Rank::AtsSuite;
    case ResultCode::ATSMinimumKeySizeViolation: return Rank::AtsKeySize;
    case ResultCode::ATSLeafCertificateHashAlgorithmViolation: return Rank::AtsLeafHash;
    case ResultCode::ATSCertificateHashAlgorithmViolation: return Rank::AtsHash;
    case ResultCode::ATSCertificateTrustViolation: return Rank::AtsTrust;
    default: return Rank::AtsOther;
  }
}

std::vector<Violation> in_order(std::vector<RankedViolation> found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const RankedViolation& a, const RankedViolation& b) { return sort_key(a) < sort_key(b); });
  std::vector<Violation> ordered;
  for (RankedViolation& next : found) {
    const bool is_known = std::any_of(ordered.begin(), ordered.end(),
                                      [&](const Violation& earlier) { return is_same(earlier, next.violation); });
    if (!is_known) ordered.push_back(std::move(next.violation));
  }
  return ordered;
}

}  // namespace securetransport::trust
