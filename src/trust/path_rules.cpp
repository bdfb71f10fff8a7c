// SPDX-License-Identifier: Apache-2.0
#include "trust/path_rules.hpp"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <new>
#include <string>

#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

/// The objects in it are OpenSSL's own and not freed.
inline void free_borrowed_objects(STACK_OF(ASN1_OBJECT) * objects) noexcept { sk_ASN1_OBJECT_free(objects); }
using AcceptablePolicies = std::unique_ptr<STACK_OF(ASN1_OBJECT), ossl::Deleter<free_borrowed_objects>>;

using PolicyConstraintsPtr = std::unique_ptr<POLICY_CONSTRAINTS, ossl::Deleter<POLICY_CONSTRAINTS_free>>;

bool has_extension(const Certificate& certificate, int nid) {
  return X509_get_ext_by_NID(keyless_of(certificate), nid, -1) >= 0;
}

/// X509_policy_check leaks the constraints of such a certificate (OpenSSL 3.0), so it must not see one.
bool has_constraints_without_policies(std::span<const Certificate> path) {
  return std::any_of(path.begin(), path.end(), [](const Certificate& at) {
    return has_extension(at, NID_policy_constraints) && !has_extension(at, NID_certificate_policies);
  });
}

/// A path with a certificate that has no policies ends with none. RFC 5280 section 6.1.5 (g): that fails if the
/// explicit_policy counter of sections 6.1.4 (h), (i) and 6.1.5 (a), (b) has come to zero. The anchor does not count.
bool ends_without_explicit_policy(std::span<const Certificate> path) {
  long explicit_policy = static_cast<long>(path.size());
  for (std::size_t at = path.size() - 1; at-- > 0;) {
    if (explicit_policy > 0 && (at == 0 || !path[at].is_self_issued())) --explicit_policy;
    const PolicyConstraintsPtr constraints(static_cast<POLICY_CONSTRAINTS*>(
        X509_get_ext_d2i(keyless_of(path[at]), NID_policy_constraints, nullptr, nullptr)));
    if (!constraints || constraints->requireExplicitPolicy == nullptr) continue;
    const long skipped = std::max(0L, ASN1_INTEGER_get(constraints->requireExplicitPolicy));
    if (at > 0 || skipped == 0) explicit_policy = std::min(explicit_policy, skipped);
  }
  return explicit_policy == 0;
}

}  // namespace

void check_path_length(std::span<const Certificate> path, std::size_t issuer, Violations& violations) {
  const long allowed = X509_get_pathlen(keyless_of(path[issuer]));
  if (issuer == 0 || allowed < 0) return;
  // RFC 5280 section 4.2.1.9: "the maximum number of non-self-issued intermediate certificates that may follow".
  const auto below = path.subspan(1, issuer - 1);
  const auto count =
      std::count_if(below.begin(), below.end(), [](const Certificate& at) { return !at.is_self_issued(); });
  if (count <= allowed) return;
  violations.push_back(violation_of(X509_V_ERR_PATH_LENGTH_EXCEEDED, path[issuer],
                                    "its path length constraint allows " + std::to_string(allowed) +
                                        " intermediate certificates below it, and the path has " +
                                        std::to_string(count)));
  violations.back().violation.chain_index = issuer;
}

std::size_t intermediates_of(std::span<const Certificate> path, bool is_anchored) {
  const auto between = path.subspan(1, path.size() - 1 - (is_anchored && path.size() > 1 ? 1 : 0));
  return static_cast<std::size_t>(
      std::count_if(between.begin(), between.end(), [](const Certificate& at) { return !at.is_self_issued(); }));
}

void check_policies(std::span<const Certificate> path, Violations& violations) {
  // Without one of these two nothing can fail: every policy is acceptable at the start.
  const bool may_fail = std::any_of(path.begin(), path.end(), [](const Certificate& at) {
    return has_extension(at, NID_policy_constraints) || has_extension(at, NID_policy_mappings);
  });
  if (!may_fail) return;
  if (has_constraints_without_policies(path)) {
    if (!ends_without_explicit_policy(path)) return;
    violations.push_back(violation_of(X509_V_ERR_NO_EXPLICIT_POLICY, path.front()));
    violations.back().violation.subject.clear();
    return;
  }
  const ossl::X509ViewPtr stack(sk_X509_new_null());
  if (!stack) throw std::bad_alloc();
  for (const Certificate& certificate : path) {
    if (sk_X509_push(stack.get(), keyless_of(certificate)) <= 0) throw std::bad_alloc();
  }
  // OpenSSL takes an empty user-initial-policy-set for none, not for the RFC's "any-policy" (section 6.1.1 (c)).
  const AcceptablePolicies any(sk_ASN1_OBJECT_new_null());
  if (!any || sk_ASN1_OBJECT_push(any.get(), OBJ_nid2obj(NID_any_policy)) <= 0) throw std::bad_alloc();
  X509_POLICY_TREE* tree = nullptr;
  int is_explicit = 0;
  const int verdict = X509_policy_check(&tree, &is_explicit, stack.get(), any.get(), 0);
  X509_policy_tree_free(tree);
  // 1: fine. 0 and -1: an extension is invalid or the tree grew too large. -2: explicit and empty.
  if (verdict == 1) return;
  const int error = verdict == -2 ? X509_V_ERR_NO_EXPLICIT_POLICY : X509_V_ERR_INVALID_POLICY_EXTENSION;
  violations.push_back(violation_of(error, path.front()));
  violations.back().violation.subject.clear();
}

void check_root_settings(const Certificate& root, PeerRole role, std::size_t index, Violations& violations) {
  if (role == PeerRole::Any) return;
  const int use = role == PeerRole::Server ? X509_TRUST_SSL_SERVER : X509_TRUST_SSL_CLIENT;
  if (X509_check_trust(keyless_of(root), use, 0) != X509_TRUST_REJECTED) return;
  violations.push_back(violation_of(X509_V_ERR_CERT_REJECTED, root));
  violations.back().violation.chain_index = index;
}

}  // namespace securetransport::trust
