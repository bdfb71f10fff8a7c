// SPDX-License-Identifier: Apache-2.0
// Which of several violations decides: the order that the contract fixes.
#pragma once

#include <cstdint>
#include <vector>

#include "securetransport/core/diagnosis.hpp"

namespace securetransport::trust {

/// From most to least decisive. A code alone does not tell: errSSLXCertChainInvalid stands for two of these.
enum class Rank : std::uint8_t {
  Internal,       ///< -9810: we could not judge at all, so nothing else that was found can be relied on.
  Unreadable,     ///< -9808
  Structure,      ///< -9807: signature, CA, path length, name constraints, critical extension, revoked.
  Expired,        ///< -9814
  NotYetValid,    ///< -9815
  MissingIssuer,  ///< -9813
  UnknownRoot,    ///< -9812
  Status,         ///< -9862
  PlatformRule,   ///< -9807: weak key or hash, lifetime, key usages, certificate transparency.
  Name,           ///< -9843
  AtsVersion,     ///< -9881
  AtsSuite,       ///< -9882
  AtsKeySize,     ///< -9883
  AtsLeafHash,    ///< -9884
  AtsHash,        ///< -9885
  AtsTrust,       ///< -9886
  AtsOther,       ///< -9880: rules without a code of their own come last.
};

struct RankedViolation {
  Rank rank;
  Violation violation;
};

/// The rank of a violation of App Transport Security, from its code, which tells.
[[nodiscard]] Rank ats_rank(ResultCode code) noexcept;

/// Sorts by rank, then from the leaf upwards (the chain as a whole last), keeps the order of discovery among equals
/// and drops what was found twice.
[[nodiscard]] std::vector<Violation> in_order(std::vector<RankedViolation> found);

}  // namespace securetransport::trust
