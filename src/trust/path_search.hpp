// SPDX-License-Identifier: Apache-2.0
// Builds a path from what was sent to an anchor, and notes what the engine objects to.
#pragma once

#include <openssl/x509_vfy.h>

#include <cstddef>
#include <span>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::trust {

/// One objection: an X509_V_ERR_* number and the certificate of the path that it is about.
struct EngineFinding {
  int error;
  std::size_t depth;  ///< 0 = leaf.
  friend bool operator==(const EngineFinding&, const EngineFinding&) = default;
};

struct FoundPath {
  std::vector<Certificate>
      certificates;                     ///< Leaf first, as far as issuers were found; the anchor last if there is one.
  std::vector<EngineFinding> findings;  ///< Each once, in the order of the engine's checks.
  bool was_judged = false;              ///< The engine went through all its checks. If not, never trust.

  [[nodiscard]] bool has(int error) const noexcept;
  [[nodiscard]] bool has(int error, std::size_t depth) const noexcept;
  /// Whether the path ends in an anchor.
  [[nodiscard]] bool is_anchored() const noexcept;
};

/// The path that the engine prefers: one attempt, trusted issuers before sent ones.
[[nodiscard]] FoundPath find_path(const TrustRequest& request, X509_STORE& roots);

}  // namespace securetransport::trust
