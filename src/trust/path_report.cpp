// SPDX-License-Identifier: Apache-2.0
#include "trust/path_report.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "trust/certificate_checks.hpp"
#include "trust/certificate_text.hpp"
#include "trust/leaf_rules.hpp"
#include "trust/path.hpp"
#include "trust/path_rules.hpp"
#include "trust/policy_rules.hpp"
#include "trust/x509.hpp"
#include "trust/x509_error.hpp"

namespace securetransport::trust {
namespace {

using Node = IssuerPool::Node;

constexpr std::size_t kMaxPaths = 32;

/// Larger is closer to a good path.
auto closeness(const FoundPath& found) {
  const auto decisive = std::min_element(found.violations.begin(), found.violations.end(),
                                         [](const auto& a, const auto& b) { return a.rank < b.rank; });
  return std::tuple(found.is_anchored, decisive == found.violations.end() ? Rank::AtsOther : decisive->rank,
                    -static_cast<long>(found.violations.size()));
}

/// Follows every way upwards, faults or not, and keeps the closest.
class Report {
 public:
  Report(const TrustRequest& request, IssuerPool& pool, WorkBudget& budget)
      : request_(request), pool_(pool), budget_(budget), path_(request, pool) {}

  FoundPath closest() {
    extend();
    return std::move(*closest_);
  }

 private:
  void extend() {
    if (pool_.is_anchor(path_.back())) return finish();
    const std::vector<Node> issuers = likely_issuers();
    if (issuers.empty() || path_.size() == kLongestPath) return finish();
    for (const Node issuer : issuers) {
      if (paths_ >= kMaxPaths || (closest_ && !WorkBudget::spend(budget_.steps, 1))) return;
      path_.push(issuer);
      extend();
      path_.pop();
    }
  }

  /// Those that signed; else the best of those that claim to have.
  std::vector<Node> likely_issuers() {
    const Node child = path_.back();
    std::vector<Node> signers;
    std::optional<Node> pretender;
    for (const Node issuer : pool_.issuers_of(child)) {
      if (path_.holds(issuer)) continue;
      if (pool_.signature(child, issuer) == SignatureState::Good) {
        signers.push_back(issuer);
      } else if (!pretender && names_fit(child, issuer)) {
        pretender = issuer;
      }
    }
    if (signers.empty() && pretender) signers.push_back(*pretender);
    // The way that an anchor is least far on, first.
    std::stable_sort(signers.begin(), signers.end(),
                     [&](Node a, Node b) { return pool_.distance(a) < pool_.distance(b); });
    return signers;
  }

  [[nodiscard]] bool names_fit(Node child, Node issuer) const {
    switch (X509_check_issued(keyless_of(pool_.certificate(issuer)), keyless_of(pool_.certificate(child)))) {
      case X509_V_ERR_SUBJECT_ISSUER_MISMATCH:
      case X509_V_ERR_AKID_SKID_MISMATCH:
      case X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH: return false;
      default: return true;
    }
  }

  void finish() {
    ++paths_;
    FoundPath found = describe();
    if (!closest_ || closeness(found) > closeness(*closest_)) closest_ = std::move(found);
  }

  FoundPath describe() {
    FoundPath found;
    found.certificates = path_.certificates();
    found.is_anchored = pool_.is_anchor(path_.back());
    found.has_system_root = found.is_anchored && pool_.is_system(path_.back());
    Path grown(request_, pool_);
    for (std::size_t at = 0; at < path_.size(); ++at) {
      append_at(at, pool_.faults(path_.at(at)), found.violations);
      if (at == 0) continue;
      grown.push(path_.at(at));
      grown.check_limits(budget_, found.violations);
      check_signature(at - 1, found.violations);
    }
    if (found.is_anchored) {
      grown.check_end(budget_, found.violations);
      check_length(found);
    } else {
      describe_dead_end(found);
    }
    return found;
  }

  void check_signature(std::size_t at, Violations& violations) {
    const Certificate& child = pool_.certificate(path_.at(at));
    const Certificate& issuer = pool_.certificate(path_.at(at + 1));
    switch (pool_.signature(path_.at(at), path_.at(at + 1))) {
      case SignatureState::Good: return;
      case SignatureState::Unsupported: return add_unsupported(at, violations);
      case SignatureState::Bad:
        // A key that cannot be read is reported already.
        if (issuer.impl().key() == nullptr) return;
        violations.push_back(violation_of(X509_V_ERR_CERT_SIGNATURE_FAILURE, child,
                                          "its signature (" + child.signature_algorithm() +
                                              ") does not verify with the key of " + reference_to(issuer, at + 1)));
        break;
      case SignatureState::NotChecked:
        violations.push_back(violation_of(X509_V_ERR_CERT_CHAIN_TOO_LONG, child,
                                          "too many signatures would have to be verified to judge the chain"));
        violations.back().violation.rule = "limit of this library";
        break;
    }
    violations.back().violation.chain_index = at;
  }

  void add_unsupported(std::size_t at, Violations& violations) {
    const Certificate& child = pool_.certificate(path_.at(at));
    violations.push_back(violation_of(X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM, child,
                                      "its signature algorithm " + child.signature_algorithm() + " is not supported"));
    violations.back().violation.chain_index = at;
  }

  void check_length(FoundPath& found) {
    const std::size_t count = intermediates_of(found.certificates, true);
    if (count <= request_.max_intermediates) return;
    found.violations.push_back(violation_of(X509_V_ERR_CERT_CHAIN_TOO_LONG, found.certificates.front(),
                                            "the path has " + std::to_string(count) +
                                                " intermediate certificates, and at most " +
                                                std::to_string(request_.max_intermediates) + " are allowed"));
    found.violations.back().violation.subject.clear();
  }

  void describe_dead_end(FoundPath& found) {
    const std::size_t end = found.certificates.size() - 1;
    const Certificate& last = found.certificates[end];
    const auto add = [&](int error, std::string detail) {
      found.violations.push_back(violation_of(error, last, std::move(detail)));
      found.violations.back().violation.chain_index = end;
    };
    // What is not said of the certificates that have their issuers: who might have signed the last one is not known.
    check_root_rules(found.certificates, request_, false, found.violations);
    if (has_unsupported_signature(last)) add_unsupported(end, found.violations);
    if (found.certificates.size() == kLongestPath) {
      add(X509_V_ERR_CERT_CHAIN_TOO_LONG,
          "the path has more than 16 intermediate certificates and has not reached a root");
    } else if (is_self_signed(last)) {
      if (!proves_self_signed(last)) {
        add(X509_V_ERR_CERT_SIGNATURE_FAILURE,
            "its signature (" + last.signature_algorithm() + ") does not verify with its own key");
      }
      if (end == 0) {
        add(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "the certificate is self-signed and not trusted");
      } else {
        add(X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            "the chain ends in the root " + quoted(last.subject()) + ", which is not trusted");
      }
    } else if (!has_unsupported_signature(last)) {
      const std::vector<Node>& issuers = pool_.issuers_of(path_.back());
      const bool goes_round = std::any_of(issuers.begin(), issuers.end(), [&](Node at) { return path_.holds(at); });
      add(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
          "the issuer " + quoted(last.issuer()) +
              (goes_round
                   ? " is on the path already: these certificates certify each other and lead to no trusted root"
                   : " is neither sent nor trusted: a missing intermediate, or a private root that was not sent" +
                         why_unused(last)));
    }
  }

  /// If a certificate with the issuer's name was sent and not used, why.
  std::string why_unused(const Certificate& certificate) {
    for (const Certificate& sent : request_.chain) {
      if (X509_NAME_cmp(&subject_of(sent), &issuer_of(certificate)) != 0) continue;
      const int why = X509_check_issued(x509_of(sent), x509_of(certificate));
      if (why == X509_V_OK || why == X509_V_ERR_UNSPECIFIED || why == X509_V_ERR_NO_ISSUER_PUBLIC_KEY) continue;
      return "; a certificate of that name was sent, but is not the issuer: " + std::string(x509_error(why).sentence);
    }
    return {};
  }

  const TrustRequest& request_;
  IssuerPool& pool_;
  WorkBudget& budget_;
  Path path_;
  std::size_t paths_ = 0;
  std::optional<FoundPath> closest_;
};

}  // namespace

FoundPath report_closest_path(const TrustRequest& request, IssuerPool& pool, WorkBudget& budget) {
  return Report(request, pool, budget).closest();
}

}  // namespace securetransport::trust
