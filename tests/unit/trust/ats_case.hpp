// SPDX-License-Identifier: Apache-2.0
// Short words for the tests of App Transport Security.
#pragma once

#include "securetransport/trust/ats.hpp"
#include "trust_case.hpp"

namespace securetransport::test {

inline const AtsPolicy kDefaultAts;

inline std::string summary_of(const std::vector<Violation>& violations) { return summary(TrustResult{violations, {}}); }

inline std::string verdict(const AtsPolicy& policy, const std::vector<TestCertificate>& path,
                           bool trusted_by_default = true) {
  return summary_of(judge_ats_chain(policy, parsed(path), trusted_by_default));
}

}  // namespace securetransport::test
