// SPDX-License-Identifier: Apache-2.0
// Stands in until the trust layer has these; weak, so the real ones win. To be deleted with their arrival.
#include "securetransport/trust/ats.hpp"

namespace securetransport {
[[gnu::weak]] std::vector<Violation> judge_ats_connection(const AtsPolicy&, const AtsConnection&) { return {}; }
[[gnu::weak]] std::vector<Violation> judge_ats_chain(const AtsPolicy&, std::span<const Certificate>, bool) {
  return {};
}
[[gnu::weak]] std::vector<Violation> merge_violations(std::vector<Violation> trust, std::vector<Violation>) {
  return trust;
}
}  // namespace securetransport
