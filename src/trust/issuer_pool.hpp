// SPDX-License-Identifier: Apache-2.0
// The certificates a path can be made of, and who of them may have issued whom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"
#include "trust/work_budget.hpp"

namespace securetransport::trust {

enum class SignatureState : std::uint8_t { Good, Bad, Unsupported, NotChecked };

/// What is known about each certificate and each pair, found out when first asked and kept for the evaluation.
class IssuerPool {
 public:
  using Node = std::size_t;  ///< 0 is the leaf.
  static constexpr Node kLeaf = 0;

  IssuerPool(const TrustRequest& request, const RootStore& roots, WorkBudget& budget);

  [[nodiscard]] const Certificate& certificate(Node node) const { return entries_[node].certificate; }
  [[nodiscard]] bool is_anchor(Node node) const { return entries_[node].is_anchor; }
  [[nodiscard]] bool is_system(Node node) const { return entries_[node].is_system; }

  /// Certificates with the name of its issuer, the most promising first: anchors, then those whose key identifier
  /// fits, that are in date, and that are newer. Never itself.
  [[nodiscard]] const std::vector<Node>& issuers_of(Node node);

  /// What check_certificate() says of it in its place.
  [[nodiscard]] const Violations& faults(Node node);

  /// Whether the key of `issuer` verifies the signature of `child`; NotChecked if the budget is spent.
  [[nodiscard]] SignatureState signature(Node child, Node issuer);

  /// Subject and key are the same: two certificates of one authority.
  [[nodiscard]] bool is_same_authority(Node a, Node b) const;

 private:
  struct Entry {
    Certificate certificate;
    bool is_anchor = false;
    bool is_system = false;
    std::optional<std::vector<Node>> issuers = {};
    std::optional<Violations> faults = {};
  };

  struct BySubject;
  Node add_anchor(const Certificate& certificate, bool is_system);
  void mark_leaf();
  [[nodiscard]] std::vector<Node> find_issuers(Node node);
  [[nodiscard]] std::vector<Node> sort_by_promise(Node child, std::vector<Node> candidates);

  const TrustRequest& request_;
  const RootStore& roots_;
  WorkBudget& budget_;
  std::vector<Entry> entries_;
  std::vector<Node> by_subject_;  ///< Everything but the leaf and anchors of the stores, sorted by subject.
  std::map<std::pair<Node, Node>, SignatureState> signatures_;
};

}  // namespace securetransport::trust
