// SPDX-License-Identifier: Apache-2.0
#include "trust/path_search.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "trust/certificate_text.hpp"
#include "trust/issuer_pool.hpp"
#include "trust/path.hpp"
#include "trust/path_report.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using Node = IssuerPool::Node;

constexpr std::size_t kMaxAttempts = 16;

/// Looks for a path without any fault above the leaf. Depth first with a growing limit, so that the shortest is found
/// first and a maze of long ways cannot hide it.
class CleanSearch {
 public:
  CleanSearch(const TrustRequest& request, IssuerPool& pool, WorkBudget& budget)
      : pool_(pool), budget_(budget), path_(request, pool) {}

  /// Whether there is one; then path() is it.
  bool find() {
    if (pool_.is_anchor(IssuerPool::kLeaf)) return is_good_end();
    if (pool_.distance(IssuerPool::kLeaf) == IssuerPool::kUnreachable) return false;
    for (limit_ = 1 + pool_.distance(IssuerPool::kLeaf); limit_ <= kLongestPath; ++limit_) {
      was_cut_ = false;
      if (extend()) return true;
      if (!was_cut_) return false;
    }
    return false;
  }

  [[nodiscard]] const Path& path() const { return path_; }
  [[nodiscard]] std::vector<TrustAttempt> take_attempts() { return std::move(attempts_); }

 private:
  bool extend() {
    const Node child = path_.back();
    for (const Node issuer : pool_.issuers_of(child)) {
      if (pool_.distance(issuer) == IssuerPool::kUnreachable || path_.holds(issuer)) continue;
      if (path_.size() + 1 + pool_.distance(issuer) > limit_) {
        was_cut_ = true;
        continue;
      }
      if (!WorkBudget::spend(budget_.steps, 1)) return false;
      if (!may_issue(child, issuer)) continue;
      path_.push(issuer);
      if (path_.keeps_limits(budget_) && (pool_.is_anchor(issuer) ? is_good_end() : extend())) return true;
      path_.pop();
    }
    return false;
  }

  bool may_issue(Node child, Node issuer) {
    // The signature first: it costs less than to read all that the issuer says of itself.
    if (pool_.signature(child, issuer) != SignatureState::Good) {
      note(child, issuer,
           "the key of " + quoted(pool_.certificate(issuer).subject()) + " does not verify the signature of " +
               reference_to(pool_.certificate(child), path_.size() - 1));
      return false;
    }
    if (!pool_.knows_faults(issuer) && !WorkBudget::spend(budget_.signatures, WorkBudget::kReading)) return false;
    const Violations& faults = pool_.faults(issuer);
    if (faults.empty()) return true;
    note(child, issuer, reference_to(pool_.certificate(issuer), path_.size()) + ": " + faults.front().violation.detail);
    return false;
  }

  bool is_good_end() {
    Violations found;
    path_.check_end(budget_, found);
    if (found.empty()) return true;
    note(path_.back(), path_.back(), found.front().violation.detail);
    return false;
  }

  /// Each pair once, although the growing limit comes by again.
  void note(Node child, Node issuer, std::string reason) {
    if (attempts_.size() >= kMaxAttempts || !noted_.insert({child, issuer}).second) return;
    std::vector<Certificate> way = path_.certificates();
    if (issuer != child) way.push_back(pool_.certificate(issuer));
    attempts_.push_back({std::move(way), std::move(reason)});
  }

  IssuerPool& pool_;
  WorkBudget& budget_;
  Path path_;
  std::size_t limit_ = 0;
  bool was_cut_ = false;
  std::vector<TrustAttempt> attempts_;
  std::set<std::pair<Node, Node>> noted_;
};

}  // namespace

FoundPath find_path(const TrustRequest& request, const RootStore& roots) {
  WorkBudget budget;
  IssuerPool pool(request, roots, budget);
  CleanSearch search(request, pool, budget);
  if (!search.find()) {
    FoundPath closest = report_closest_path(request, pool, budget);
    closest.attempts = search.take_attempts();
    // The path that is reported is no attempt.
    std::erase_if(closest.attempts, [&](const TrustAttempt& at) { return at.path == closest.certificates; });
    return closest;
  }
  FoundPath found;
  found.certificates = search.path().certificates();
  append_at(0, pool.faults(IssuerPool::kLeaf), found.violations);
  found.attempts = search.take_attempts();
  found.is_anchored = true;
  found.has_system_root = pool.is_system(search.path().back());
  return found;
}

}  // namespace securetransport::trust
