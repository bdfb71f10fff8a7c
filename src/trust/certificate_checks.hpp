// SPDX-License-Identifier: Apache-2.0
// Rules about one certificate that hold in every path it may be part of.
#pragma once

#include "securetransport/trust/evaluate.hpp"
#include "trust/policy_rules.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Everything that is wrong with it in this place, its signature and its names apart: key, extensions, dates, what it
/// may be used for, strength, and form.
[[nodiscard]] Violations check_certificate(const Certificate& certificate, Place place, const TrustRequest& request);

/// Whether it may issue certificates (RFC 5280 section 6.1.4 (k) and (n)), for its extended usages too.
void check_issuer_rights(const Certificate& certificate, const TrustRequest& request, Violations& violations);

/// Whether an extension does not parse or occurs twice.
[[nodiscard]] bool has_unreadable_extension(const Certificate& certificate);

/// Whether the hash of the signature is too weak; false for a signature whose strength is not known.
[[nodiscard]] bool has_weak_signature(const Certificate& certificate);

/// Whether nobody here can verify the signature.
[[nodiscard]] bool has_unsupported_signature(const Certificate& certificate);

/// Whether the extended key usage, if there is one, admits the peer's role under the request's policy.
[[nodiscard]] bool extended_usage_allows(const Certificate& certificate, Place place, const TrustRequest& request);

}  // namespace securetransport::trust
