// SPDX-License-Identifier: Apache-2.0
// From a question to requests of evaluate(), one for each policy, and from their results to one.
#include "securetransport/trust/trust_question.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "trust/x509.hpp"

namespace securetransport {
namespace {

std::vector<PolicyTerms> path_policies(const TrustQuestion& question) {
  std::vector<PolicyTerms> policies;
  for (const PolicyTerms& policy : question.policies) {
    if (policy.kind == PolicyTerms::Kind::Revocation) continue;
    if (std::find(policies.begin(), policies.end(), policy) == policies.end()) policies.push_back(policy);
  }
  // The rules of a TLS policy include those of the basic one.
  const bool has_tls = std::any_of(policies.begin(), policies.end(),
                                   [](const PolicyTerms& policy) { return policy.kind == PolicyTerms::Kind::Tls; });
  if (has_tls) std::erase_if(policies, [](const auto& policy) { return policy.kind == PolicyTerms::Kind::BasicX509; });
  if (policies.empty()) policies.emplace_back();
  return policies;
}

std::shared_ptr<const RootStore> roots_of(const TrustQuestion& question) {
  const bool has_own_store = question.roots != nullptr || !question.has_anchors_only;
  if (!question.anchors && !question.has_implicit_anchors && has_own_store) return question.roots;
  std::vector<Certificate> anchors = question.anchors.value_or(std::vector<Certificate>{});
  if (question.has_implicit_anchors) {
    std::copy_if(question.chain.begin(), question.chain.end(), std::back_inserter(anchors), trust::proves_self_signed);
  }
  return question.has_anchors_only ? RootStore::of(anchors) : RootStore::system_and(anchors);
}

TrustRequest request_for(const TrustQuestion& question, const PolicyTerms& policy, std::chrono::sys_seconds now) {
  TrustRequest request;
  request.chain = question.chain;
  // For evaluate() an empty name stands for any; "." is the name of no host.
  request.peer_name = policy.refuses_every_name ? "." : policy.peer_name;
  request.peer_role = policy.kind == PolicyTerms::Kind::Tls ? policy.peer_role : PeerRole::Any;
  request.time = question.time.value_or(now);
  request.policy = question.rules;
  request.stapled_ocsp = question.stapled_ocsp;
  request.staple_possible = question.staple_possible;
  request.key_signs = question.key_signs;
  request.timestamps = question.timestamps;
  request.intermediates = question.intermediates;
  request.crls = question.crls;
  request.requires_revocation_check =
      question.requires_revocation_check ||
      std::any_of(question.policies.begin(), question.policies.end(),
                  [](const PolicyTerms& each) { return each.requires_revocation_check; });
  request.ct_logs = question.ct_logs;
  request.cache = question.cache;
  return request;
}

bool contains(const std::vector<Violation>& known, const Violation& violation) {
  return std::any_of(known.begin(), known.end(), [&](const Violation& each) {
    return each.code == violation.code && each.chain_index == violation.chain_index && each.detail == violation.detail;
  });
}

void append_new(std::vector<Violation>& known, std::vector<Violation> found) {
  for (Violation& violation : found) {
    if (!contains(known, violation)) known.push_back(std::move(violation));
  }
}

/// The path is that of the first policy that was broken: its violations speak of it.
TrustResult merge(TrustResult first, TrustResult second) {
  if (first.trusted() && !second.trusted()) std::swap(first, second);
  append_new(first.violations, std::move(second.violations));
  append_new(first.accepted, std::move(second.accepted));
  first.is_anchored = first.is_anchored && second.is_anchored;
  first.has_system_root = first.has_system_root && second.has_system_root;
  first.is_revocation_checked = first.is_revocation_checked && second.is_revocation_checked;
  // Only a server's policy asks for timestamps.
  first.is_transparent = first.is_transparent || second.is_transparent;
  return first;
}

TrustResult judge(const TrustQuestion& question, TrustRequest request) {
  std::vector<TrustException> exceptions = question.exceptions;
  if (question.accepts_expired) exceptions.push_back({TrustCheck::TemporalValidity, {}});
  request.exceptions = exceptions;
  TrustResult result = evaluate(request);
  if (!question.accepts_expired_root || result.trusted() || result.path.empty()) return result;
  // Which certificate is the root is known only now.
  exceptions.push_back({TrustCheck::TemporalValidity, result.path.back().sha256()});
  request.exceptions = exceptions;
  return evaluate(request);
}

}  // namespace

TrustResult answer(const TrustQuestion& question, std::chrono::sys_seconds now) {
  const std::shared_ptr<const RootStore> roots = roots_of(question);
  std::optional<TrustResult> all;
  for (const PolicyTerms& policy : path_policies(question)) {
    TrustRequest request = request_for(question, policy, now);
    request.roots = roots;
    TrustResult result = judge(question, std::move(request));
    all = all ? merge(*std::move(all), std::move(result)) : std::move(result);
  }
  return *std::move(all);
}

std::optional<std::vector<std::uint8_t>> timestamp_list(std::span<const std::vector<std::uint8_t>> timestamps) {
  // RFC 6962 section 3.3: "opaque SerializedSCT<1..2^16-1>", and as much for the list.
  constexpr std::size_t kMaxLength = 0xFFFF;
  const auto append_length = [](std::vector<std::uint8_t>& out, std::size_t length) {
    out.push_back(static_cast<std::uint8_t>(length >> 8U));
    out.push_back(static_cast<std::uint8_t>(length & 0xFFU));
  };
  if (timestamps.empty()) return std::vector<std::uint8_t>{};
  std::vector<std::uint8_t> content;
  for (const std::vector<std::uint8_t>& timestamp : timestamps) {
    if (timestamp.empty() || timestamp.size() > kMaxLength) return std::nullopt;
    append_length(content, timestamp.size());
    content.insert(content.end(), timestamp.begin(), timestamp.end());
  }
  if (content.size() > kMaxLength) return std::nullopt;
  std::vector<std::uint8_t> list;
  append_length(list, content.size());
  list.insert(list.end(), content.begin(), content.end());
  return list;
}

}  // namespace securetransport
