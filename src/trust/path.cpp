// SPDX-License-Identifier: Apache-2.0
#include "trust/path.hpp"

#include <algorithm>
#include <string>

#include "trust/leaf_rules.hpp"
#include "trust/name_constraints.hpp"
#include "trust/path_rules.hpp"
#include "trust/policy_rules.hpp"
#include "trust/revocation.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {

Path::Path(const TrustRequest& request, IssuerPool& pool) : request_(request), pool_(pool) { push(IssuerPool::kLeaf); }

bool Path::holds(IssuerPool::Node node) const {
  return std::any_of(nodes_.begin(), nodes_.end(),
                     [&](IssuerPool::Node on) { return on == node || pool_.is_same_authority(on, node); });
}

void Path::push(IssuerPool::Node issuer) {
  nodes_.push_back(issuer);
  certificates_.push_back(pool_.certificate(issuer));
}

void Path::pop() {
  nodes_.pop_back();
  certificates_.pop_back();
}

void Path::check_limits(WorkBudget& budget, Violations& violations) const {
  const std::size_t last = certificates_.size() - 1;
  check_path_length(certificates_, last, violations);
  check_name_constraints(certificates_, last, rules_of(request_.policy).strict_form, budget, violations);
}

bool Path::keeps_limits(WorkBudget& budget) const {
  Violations found;
  check_limits(budget, found);
  return found.empty() && intermediates_of(certificates_, pool_.is_anchor(back())) <= request_.max_intermediates;
}

void Path::check_end(WorkBudget&, Violations& violations) const {
  const bool is_system = pool_.is_system(back());
  check_root_settings(certificates_.back(), request_.peer_role, certificates_.size() - 1, violations);
  check_policies(certificates_, violations);
  check_root_rules(certificates_, request_, is_system, violations);
  check_revocation_lists(certificates_, request_, violations);
}

}  // namespace securetransport::trust
