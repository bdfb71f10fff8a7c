// SPDX-License-Identifier: Apache-2.0
// Rules of RFC 5280 section 6.1 that take more than one certificate.
#pragma once

#include <span>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Whether the path length constraint of the certificate at `issuer` allows those below it.
void check_path_length(std::span<const Certificate> path, std::size_t issuer, Violations& violations);

/// How many certificates between leaf and anchor are not self-issued.
[[nodiscard]] std::size_t intermediates_of(std::span<const Certificate> path, bool is_anchored);

/// Certificate policies, with any policy acceptable at the start: fails where an authority demands an explicit one.
void check_policies(std::span<const Certificate> path, Violations& violations);

/// Whether the root store itself rejects the root for this use (OpenSSL's TRUSTED CERTIFICATE form).
void check_root_settings(const Certificate& root, PeerRole role, std::size_t index, Violations& violations);

}  // namespace securetransport::trust
