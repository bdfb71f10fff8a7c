// SPDX-License-Identifier: Apache-2.0
// The one translation of X509_V_ERR_* numbers into result codes, ranks, sentences and sources.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/result_code.hpp"
#include "securetransport/core/trust_check.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

/// What one verification error of OpenSSL stands for here.
struct X509ErrorRow {
  int error;  ///< X509_V_ERR_*
  ResultCode code;
  Rank rank;
  std::string_view sentence;  ///< Without subject: "its signature does not verify ...".
  std::string_view rule;      ///< Source of the rule.
};

/// The rows, one for each X509_V_ERR_* of OpenSSL 3.0, in numeric order.
[[nodiscard]] std::span<const X509ErrorRow> x509_error_table() noexcept;

/// Total: a number without a row (a newer OpenSSL's) is -9807 for structure, the strictest reading of "not valid".
[[nodiscard]] const X509ErrorRow& x509_error(int error) noexcept;

/// The alert for errors that RFC 8446 section 6.2 gives a narrower one than their code has; none for all others.
[[nodiscard]] std::optional<Alert> alert_of_x509_error(int error) noexcept;

/// What SecTrust calls it. Total: what has no check of its own is CertificateForm.
[[nodiscard]] TrustCheck check_of_x509_error(int error) noexcept;

}  // namespace securetransport::trust
