// SPDX-License-Identifier: Apache-2.0
// Compares a certificate's names with the name of the peer (RFC 9525).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport::trust {

struct NameFault {
  std::string detail;
  std::string_view rule;
};

/// nullopt if a dNSName or iPAddress of the subject alternative name covers the peer. The common name is never used.
/// Outside Rfc5280 a wildcard directly below a public suffix covers nothing.
[[nodiscard]] std::optional<NameFault> name_fault(const Certificate& leaf, std::string_view peer_name,
                                                  TrustPolicy policy);

}  // namespace securetransport::trust
