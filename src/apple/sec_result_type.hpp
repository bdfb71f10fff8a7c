// SPDX-License-Identifier: Apache-2.0
// The number by which Apple's SecTrust calls an outcome.
#pragma once

#include <Security/SecTrust.h>

#include "securetransport/trust/trust_outcome.hpp"

namespace securetransport::apple {

[[nodiscard]] inline SecTrustResultType result_type_of(const TrustResult& result) noexcept {
  switch (outcome_of(result)) {
    case TrustOutcome::Proceed: return kSecTrustResultProceed;
    case TrustOutcome::Unspecified: return kSecTrustResultUnspecified;
    case TrustOutcome::Deny: return kSecTrustResultDeny;
    case TrustOutcome::RecoverableFailure: return kSecTrustResultRecoverableTrustFailure;
    case TrustOutcome::FatalFailure: return kSecTrustResultFatalTrustFailure;
  }
  return kSecTrustResultOtherError;
}

}  // namespace securetransport::apple
