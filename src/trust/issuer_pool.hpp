// SPDX-License-Identifier: Apache-2.0
// The certificates a path can be made of, and who of them may have issued whom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "securetransport/trust/evaluate.hpp"
#include "trust/root_store.hpp"
#include "trust/violation.hpp"
#include "trust/work_budget.hpp"

namespace securetransport::trust {

inline constexpr std::size_t kLongestPath = 18;  ///< Leaf, 16 intermediates, anchor.

enum class SignatureState : std::uint8_t { Good, Bad, Unsupported, NotChecked };

/// What is known about each certificate and each pair, found out when first asked and kept for the evaluation.
class IssuerPool {
 public:
  using Node = std::size_t;  ///< 0 is the leaf.
  static constexpr Node kLeaf = 0;
  static constexpr std::size_t kUnreachable = std::numeric_limits<std::size_t>::max();

  IssuerPool(const TrustRequest& request, const RootStore& roots, WorkBudget& budget);

  [[nodiscard]] const Certificate& certificate(Node node) const { return entries_[node].certificate; }
  [[nodiscard]] bool is_anchor(Node node) const { return entries_[node].is_anchor; }
  [[nodiscard]] bool is_system(Node node) const { return entries_[node].is_system; }

  /// How many certificates must at least stand above this one, the anchor counted; 0 for an anchor. Found by names
  /// alone, so that no signature is verified on a way that leads nowhere.
  [[nodiscard]] std::size_t distance(Node node) const { return entries_[node].distance; }

  /// Certificates with the name of its issuer, each once, the most promising first: anchors, then those whose key
  /// identifier fits, that are in date, and that are newer. Never itself.
  [[nodiscard]] const std::vector<Node>& issuers_of(Node node);

  /// What check_certificate() says of it in its place.
  [[nodiscard]] const Violations& faults(Node node);
  [[nodiscard]] bool knows_faults(Node node) const { return entries_[node].faults.has_value(); }

  /// Whether the key of `issuer` verifies the signature of `child`; NotChecked if the budget is spent.
  [[nodiscard]] SignatureState signature(Node child, Node issuer);

  /// Subject and key are the same: two certificates of one authority.
  [[nodiscard]] bool is_same_authority(Node a, Node b) const;

 private:
  using NameId = std::size_t;

  struct Entry {
    Certificate certificate;
    NameId issuer = 0;
    std::size_t distance = kUnreachable;
    bool is_anchor = false;
    bool is_system = false;
    std::optional<SpkiHash> key_hash = {};
    std::optional<std::vector<Node>> issuers = {};
    std::optional<Violations> faults = {};
  };

  /// A name that somebody's issuer has.
  struct Name {
    std::vector<Node> holders;  ///< Sent certificates with this subject, without duplicates, the leaf left out.
    std::vector<Node> anchors;
    std::size_t distance = kUnreachable;  ///< The smallest of theirs.
  };

  void name_everything();
  void find_anchors();
  void measure_distances();
  void add_anchor(Name& name, const Anchor& anchor);
  void sort_by_promise(Node child, std::vector<Node>& candidates) const;
  [[nodiscard]] SignatureState verify(Node child, Node issuer);
  [[nodiscard]] const SpkiHash& key_hash(Node node);

  const TrustRequest& request_;
  const RootStore& roots_;
  WorkBudget& budget_;
  std::vector<Entry> entries_;
  std::vector<Name> names_;
  std::map<std::pair<Node, Node>, SignatureState> signatures_;
  std::map<std::pair<Node, SpkiHash>, SignatureState> signatures_by_key_;
};

}  // namespace securetransport::trust
