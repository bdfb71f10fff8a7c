// SPDX-License-Identifier: Apache-2.0
// The checks of a trust evaluation under the names and numbers that SecTrust reports them by.
#pragma once

#include <cstdint>
#include <string_view>

namespace securetransport {

/// One check of Apple's SecPolicy. The order of the enumerators is the order in which SecTrustEvaluateWithError picks
/// the one failure that it reports: revoked, key size, hash, denied, compliance, pinning, trust, usage, name, dates.
/// CertificateForm and PolicyConstraints are ours: Apple has no name for what they stand for.
enum class TrustCheck : std::uint8_t {
#define ST_TRUST_CHECK(Name, text, status, severity) Name,
#include "securetransport/core/trust_checks.def"
#undef ST_TRUST_CHECK
};

/// What a failed check makes of the evaluation's result.
enum class TrustSeverity : std::uint8_t {
  Recoverable,  ///< kSecTrustResultRecoverableTrustFailure: a program may accept it.
  Deny,         ///< kSecTrustResultDeny: the administrator has forbidden it.
  Fatal,        ///< kSecTrustResultFatalTrustFailure: nobody may accept it.
};

struct TrustCheckInfo {
  TrustCheck check;
  std::string_view name;  ///< As in the dictionaries of SecTrust: "SSLHostname".
  std::int32_t status;    ///< OSStatus: errSecHostNameMismatch is -67602.
  TrustSeverity severity;
};

/// The check's row. Total.
[[nodiscard]] const TrustCheckInfo& trust_check_info(TrustCheck check) noexcept;

}  // namespace securetransport
