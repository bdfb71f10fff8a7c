// SPDX-License-Identifier: Apache-2.0
// A question of trust as Apple's SecTrust holds it: it owns what it is made of, and may name several policies.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

/// One policy of a question, as Apple's SecPolicy.
struct PolicyTerms {
  enum class Kind : std::uint8_t { BasicX509, Tls, Revocation };

  Kind kind = Kind::BasicX509;
  PeerRole peer_role = PeerRole::Server;   ///< Of Tls: Server or Client.
  std::string peer_name = {};              ///< Of Tls, for servers: "" = any.
  bool requires_revocation_check = false;  ///< Of Revocation.
  bool refuses_every_name = false;  ///< Of Tls, for servers: a name was given and is empty, so no certificate has it.
  friend bool operator==(const PolicyTerms&, const PolicyTerms&) = default;
};

/// All that may change an answer. Copies are deep, certificates and stores are shared.
struct TrustQuestion {
  std::vector<Certificate> chain;          ///< Leaf first, the rest in any order.
  std::vector<PolicyTerms> policies = {};  ///< The chain must keep all; none of Kind Tls or BasicX509: basic X.509.
  std::shared_ptr<const RootStore> roots = {};           ///< Null: RootStore::system(). Anchors replace it.
  std::optional<std::vector<Certificate>> anchors = {};  ///< The program's own; none: it set none.
  bool has_anchors_only = false;                         ///< The system's roots do not count beside the anchors.
  bool has_implicit_anchors = false;                     ///< Self-signed certificates of the chain are anchors as well.
  bool accepts_expired = false;                          ///< Dates do not matter ...
  bool accepts_expired_root = false;                     ///< ... for the root.
  bool requires_revocation_check = false;                ///< As one of Kind Revocation that demands it.
  std::optional<std::chrono::sys_seconds> time = {};     ///< None: the moment of the answer.
  std::vector<std::uint8_t> stapled_ocsp = {};           ///< TrustRequest::stapled_ocsp.
  bool staple_possible = false;                          ///< TrustRequest::staple_possible.
  bool key_signs = true;                                 ///< TrustRequest::key_signs.
  std::vector<std::uint8_t> timestamps = {};             ///< TrustRequest::timestamps.
  std::vector<Certificate> intermediates = {};
  std::vector<RevocationList> crls = {};
  std::vector<TrustException> exceptions = {};
  TrustPolicy rules = TrustPolicy::Apple;
  std::shared_ptr<const CtLogList> ct_logs = {};
  std::shared_ptr<TrustCache> cache = {};
};

/// Judges the chain by every policy. Violations of several policies stand in one list, each once, those of the first
/// policy that is broken first. As pure as evaluate(), which does the work.
[[nodiscard]] TrustResult answer(const TrustQuestion& question, std::chrono::sys_seconds now);

/// Single SignedCertificateTimestamps as the list of RFC 6962 section 3.3; empty for none. Nothing if one is empty or
/// they are too long for a list.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> timestamp_list(
    std::span<const std::vector<std::uint8_t>> timestamps);

}  // namespace securetransport
