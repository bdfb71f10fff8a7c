// SPDX-License-Identifier: Apache-2.0
// Judges a chain: search, rules, names, staple, order; each has a file of its own.
#include "securetransport/trust/evaluate.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/finding.hpp"
#include "trust/leaf_rules.hpp"
#include "trust/name_match.hpp"
#include "trust/ocsp_staple.hpp"
#include "trust/path_rules.hpp"
#include "trust/path_search.hpp"
#include "trust/violation_order.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxSent = 64;

TrustResult refused(ResultCode code, std::string detail, std::string rule) {
  TrustResult result;
  result.violations.push_back(Violation{code, std::nullopt, {}, std::move(detail), std::move(rule)});
  return result;
}

void check_name(const TrustRequest& request, std::vector<trust::RankedViolation>& violations) {
  if (request.peer_role == PeerRole::Client || request.peer_name.empty()) return;
  const Certificate& leaf = request.chain.front();
  if (auto fault = trust::name_fault(leaf, request.peer_name)) {
    violations.push_back({trust::Rank::Name, Violation{ResultCode::HostNameMismatch, 0, leaf.subject(),
                                                       std::move(fault->detail), std::string(fault->rule)}});
  }
}

/// The engine gives up on certificates that cannot be read. Any other failure is its own, and then rules may be
/// unchecked.
bool explains_failure(const std::vector<trust::RankedViolation>& violations) {
  return std::any_of(violations.begin(), violations.end(),
                     [](const trust::RankedViolation& found) { return found.rank == trust::Rank::Unreadable; });
}

}  // namespace

TrustResult evaluate(const TrustRequest& request) {
  if (request.chain.empty()) {
    return refused(ResultCode::BadCert, "the peer sent no certificate", "RFC 8446 section 4.4.2");
  }
  if (request.chain.size() > kMaxSent) {
    return refused(ResultCode::XCertChainInvalid,
                   "the peer sent " + std::to_string(request.chain.size()) + " certificates; at most 64 are accepted",
                   "limit of this library");
  }
  const trust::ErrorMark mark;
  const auto roots = request.roots ? request.roots : RootStore::system();
  trust::FoundPath found = trust::find_path(request, *roots->impl().store);

  std::vector<trust::RankedViolation> violations;
  trust::explain_findings(found, request, violations);
  trust::check_path_rules(found, request, violations);
  trust::check_leaf_rules(found, request, roots->impl().is_system, violations);
  check_name(request, violations);
  trust::check_staple(found, request, violations);
  if (!found.was_judged && !explains_failure(violations)) {
    violations.push_back(
        {trust::Rank::Internal,
         Violation{ResultCode::Internal, std::nullopt, {}, "the engine could not judge the chain", "our own failure"}});
  }
  return {trust::in_order(std::move(violations)), std::move(found.certificates)};
}

}  // namespace securetransport
