// SPDX-License-Identifier: Apache-2.0
// Makes violations. Whoever checks a single certificate leaves the index open; the path fills it in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "trust/violation_order.hpp"

namespace securetransport::trust {

using Violations = std::vector<RankedViolation>;

/// With the code, rank, rule, alert and check of an X509_V_ERR_*; an empty detail is replaced by the row's sentence.
[[nodiscard]] RankedViolation violation_of(int x509_error, const Certificate& certificate, std::string detail = {});

/// For rules that OpenSSL has no number for: -9807 or, for Rank::Unreadable, -9808.
[[nodiscard]] RankedViolation violation_of(Rank rank, TrustCheck check, const Certificate& certificate,
                                           std::string detail, std::string_view rule);

/// Appends them as those of the certificate at `index` of the path.
void append_at(std::size_t index, const Violations& found, Violations& all);

}  // namespace securetransport::trust
