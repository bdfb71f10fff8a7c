// SPDX-License-Identifier: Apache-2.0
// Judges a chain: path, name, staple, timestamps, exceptions, order; each has a file of its own.
#include "securetransport/trust/evaluate.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "trust/cache_key.hpp"
#include "trust/error_mark.hpp"
#include "trust/name_match.hpp"
#include "trust/ocsp_staple.hpp"
#include "trust/path_search.hpp"
#include "trust/revocation.hpp"
#include "trust/transparency.hpp"
#include "trust/validity_window.hpp"
#include "trust/violation_order.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxSent = 64;

TrustResult refused(ResultCode code, std::string detail, std::string rule) {
  TrustResult result;
  result.violations.push_back(
      Violation{code, std::nullopt, {}, std::move(detail), std::move(rule), std::nullopt, TrustCheck::CertificateForm});
  return result;
}

std::optional<TrustResult> refusal_of_input(const TrustRequest& request) {
  if (request.chain.empty()) {
    return refused(ResultCode::BadCert, "the peer sent no certificate", "RFC 8446 section 4.4.2");
  }
  if (request.chain.size() > kMaxSent) {
    return refused(ResultCode::XCertChainInvalid,
                   "the peer sent " + std::to_string(request.chain.size()) + " certificates; at most 64 are accepted",
                   "limit of this library");
  }
  if (request.intermediates.size() > kMaxGivenIntermediates) {
    return refused(ResultCode::XCertChainInvalid,
                   std::to_string(request.intermediates.size()) +
                       " further certificates are too many to search; at most " +
                       std::to_string(kMaxGivenIntermediates) + " are accepted",
                   "limit of this library");
  }
  return std::nullopt;
}

void check_name(const TrustRequest& request, trust::Violations& violations) {
  if (request.peer_role != PeerRole::Server || request.peer_name.empty()) return;
  const Certificate& leaf = request.chain.front();
  if (auto fault = trust::name_fault(leaf, request.peer_name, request.policy)) {
    violations.push_back(
        {trust::Rank::Name, Violation{ResultCode::HostNameMismatch, 0, leaf.subject(), std::move(fault->detail),
                                      std::string(fault->rule), std::nullopt, TrustCheck::SslHostname}});
  }
}

/// Where the program insists on an answer: the leaf by staple or list, every issuer by a list.
void check_has_revocation_answer(const trust::FoundPath& found, const TrustRequest& request, bool has_good_staple,
                                 trust::Violations& violations) {
  if (!request.requires_revocation_check || !found.is_anchored) return;
  for (std::size_t index = 0; index + 1 < found.certificates.size(); ++index) {
    if (index == 0 && has_good_staple) continue;
    if (trust::is_covered_by_list(found.certificates, index, request.crls)) continue;
    violations.push_back(
        {trust::Rank::Status,
         Violation{ResultCode::BadCertificateStatusResponse, index, found.certificates[index].subject(),
                   "whether it is revoked is not known: no good staple and no revocation list is "
                   "about it",
                   "RFC 5280 section 6.1.3 (a)(3)", std::nullopt, TrustCheck::RevocationResponse}});
  }
}

void accept_exceptions(const TrustRequest& request, TrustResult& result) {
  if (request.exceptions.empty()) return;
  const auto is_accepted = [&](const Violation& violation) {
    if (!violation.check || trust_check_info(*violation.check).severity == TrustSeverity::Fatal) return false;
    return std::any_of(request.exceptions.begin(), request.exceptions.end(), [&](const TrustException& exception) {
      if (exception.check != *violation.check) return false;
      if (exception.certificate_sha256.empty()) return true;
      const std::size_t index = violation.chain_index.value_or(0);
      return index < result.path.size() && result.path[index].sha256() == exception.certificate_sha256;
    });
  };
  const auto first = std::stable_partition(result.violations.begin(), result.violations.end(),
                                           [&](const Violation& violation) { return !is_accepted(violation); });
  result.accepted.assign(std::make_move_iterator(first), std::make_move_iterator(result.violations.end()));
  result.violations.erase(first, result.violations.end());
}

TrustResult judge(const TrustRequest& request, const RootStore& roots) {
  trust::FoundPath found = trust::find_path(request, roots);
  trust::Violations violations = std::move(found.violations);
  check_name(request, violations);
  const bool has_good_staple = trust::check_staple(found.certificates, request, violations);
  check_has_revocation_answer(found, request, has_good_staple, violations);
  TrustResult result;
  result.is_transparent = trust::check_transparency(found, request, violations);
  result.is_anchored = found.is_anchored;
  result.has_system_root = found.has_system_root;
  result.is_revocation_checked = has_good_staple || (found.is_anchored && found.certificates.size() > 1 &&
                                                     trust::is_covered_by_list(found.certificates, 0, request.crls));
  result.violations = trust::in_order(std::move(violations));
  result.path = std::move(found.certificates);
  result.attempts = std::move(found.attempts);
  accept_exceptions(request, result);
  return result;
}

}  // namespace

TrustResult evaluate(const TrustRequest& request) {
  if (auto refusal = refusal_of_input(request)) return *std::move(refusal);
  const trust::ErrorMark mark;
  const auto roots = request.roots ? request.roots : RootStore::system();
  if (!request.cache) return judge(request, *roots);

  const trust::CacheKey key = trust::cache_key(request, *roots);
  if (auto known = trust::find_in_cache(*request.cache, key, request.time)) return *std::move(known);
  TrustResult result = judge(request, *roots);
  // Only what is beyond doubt is kept: an accepted failure is the program's decision, not ours.
  if (result.trusted() && result.accepted.empty()) {
    trust::keep_in_cache(*request.cache, key, trust::validity_window(request, result.path), result);
  }
  return result;
}

}  // namespace securetransport
