// SPDX-License-Identifier: Apache-2.0
// A path while it grows from the leaf upwards, and the rules that concern more than one certificate.
#pragma once

#include <cstddef>
#include <vector>

#include "trust/issuer_pool.hpp"
#include "trust/violation.hpp"
#include "trust/work_budget.hpp"

namespace securetransport::trust {

class Path {
 public:
  /// Holds the leaf.
  Path(const TrustRequest& request, IssuerPool& pool);

  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] IssuerPool::Node back() const noexcept { return nodes_.back(); }
  [[nodiscard]] IssuerPool::Node at(std::size_t index) const { return nodes_[index]; }
  [[nodiscard]] const std::vector<Certificate>& certificates() const noexcept { return certificates_; }

  /// Whether it, or another certificate of the same authority, is on the path already.
  [[nodiscard]] bool holds(IssuerPool::Node node) const;

  void push(IssuerPool::Node issuer);
  void pop();

  /// Rules that the last certificate imposes on those below it: length and name constraints.
  void check_limits(WorkBudget& budget, Violations& violations) const;
  [[nodiscard]] bool keeps_limits(WorkBudget& budget) const;

  /// Rules of the whole path, now that its last certificate is an anchor: policies, revocation lists, the root store's
  /// own word, and what depends on whose root it is.
  void check_end(WorkBudget& budget, Violations& violations) const;

 private:
  const TrustRequest& request_;
  IssuerPool& pool_;
  std::vector<IssuerPool::Node> nodes_;
  std::vector<Certificate> certificates_;
};

}  // namespace securetransport::trust
