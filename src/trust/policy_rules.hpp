// SPDX-License-Identifier: Apache-2.0
// Which families of rules a policy switches on. The rules themselves stand where they are checked.
#pragma once

#include "securetransport/trust/evaluate.hpp"

namespace securetransport::trust {

struct PolicyRules {
  bool strict_form;     ///< Certificates must be as RFC 5280 section 4 tells authorities to make them, anchors too.
  bool strong_crypto;   ///< Minimum key sizes, no hash below SHA-224.
  bool web_pki;         ///< Baseline Requirements of the CA/Browser Forum.
  bool apple_platform;  ///< Apple's dated rules.
};

[[nodiscard]] constexpr PolicyRules rules_of(TrustPolicy policy) noexcept {
  switch (policy) {
    case TrustPolicy::Apple: return {false, true, false, true};
    case TrustPolicy::WebPki: return {true, true, true, false};
    case TrustPolicy::Rfc5280: return {true, false, false, false};
  }
  return {true, true, true, true};
}

/// Where a certificate stands in a path: rules differ.
enum class Place : std::uint8_t { Leaf, AnchoredLeaf, Issuer, Anchor };

[[nodiscard]] constexpr bool is_leaf(Place place) noexcept { return place <= Place::AnchoredLeaf; }
[[nodiscard]] constexpr bool is_anchor(Place place) noexcept {
  return place == Place::AnchoredLeaf || place == Place::Anchor;
}

}  // namespace securetransport::trust
