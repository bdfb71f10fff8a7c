// SPDX-License-Identifier: Apache-2.0
#include "trust/issuer_pool.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <tuple>

#include "trust/certificate_checks.hpp"
#include "trust/root_store.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

const X509_NAME* subject_of(const Certificate& certificate) { return X509_get_subject_name(x509_of(certificate)); }

/// In units of WorkBudget::signatures.
std::size_t cost_of(const EVP_PKEY& key) {
  constexpr std::size_t kExpensive = 32;
  const auto bits = static_cast<std::size_t>(std::max(0, EVP_PKEY_get_bits(&key)));
  if (EVP_PKEY_is_a(&key, "RSA") == 1) {
    BIGNUM* exponent = nullptr;
    if (EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) return kExpensive;
    const int exponent_bits = BN_num_bits(exponent);
    BN_free(exponent);
    // Below 3072 bits OpenSSL allows a public exponent as long as the modulus.
    if (exponent_bits > 64) return kExpensive;
    return bits <= 4096 ? 1 : (bits / 2048) * (bits / 2048);
  }
  if (EVP_PKEY_is_a(&key, "EC") == 1) return bits <= 256 ? 1 : 4;
  return bits <= 512 ? 1 : kExpensive;
}

/// Whether the child's authority key identifier names this certificate; a child without one says nothing.
bool names_key_of(const Certificate& child, const Certificate& issuer) {
  const ASN1_OCTET_STRING* const wanted = X509_get0_authority_key_id(x509_of(child));
  const ASN1_OCTET_STRING* const there = X509_get0_subject_key_id(x509_of(issuer));
  return wanted == nullptr || there == nullptr || ASN1_OCTET_STRING_cmp(wanted, there) == 0;
}

}  // namespace

struct IssuerPool::BySubject {
  const IssuerPool& pool;

  bool operator()(Node a, Node b) const { return X509_NAME_cmp(name(a), name(b)) < 0; }
  bool operator()(Node a, const X509_NAME* b) const { return X509_NAME_cmp(name(a), b) < 0; }
  bool operator()(const X509_NAME* a, Node b) const { return X509_NAME_cmp(a, name(b)) < 0; }
  [[nodiscard]] const X509_NAME* name(Node node) const { return subject_of(pool.certificate(node)); }
};

IssuerPool::IssuerPool(const TrustRequest& request, const RootStore& roots, WorkBudget& budget)
    : request_(request), roots_(roots), budget_(budget) {
  entries_.reserve(request.chain.size() + request.intermediates.size() + 4);
  for (const Certificate& certificate : request.chain) entries_.push_back({certificate});
  for (const Certificate& certificate : request.intermediates) entries_.push_back({certificate});
  for (Node node = kLeaf + 1; node < entries_.size(); ++node) by_subject_.push_back(node);
  std::stable_sort(by_subject_.begin(), by_subject_.end(), BySubject{*this});
  mark_leaf();
}

void IssuerPool::mark_leaf() {
  std::vector<Anchor> anchors;
  append_anchors(roots_, *subject_of(certificate(kLeaf)), anchors);
  for (const Anchor& anchor : anchors) {
    if (!(anchor.certificate == certificate(kLeaf))) continue;
    entries_[kLeaf].is_anchor = true;
    entries_[kLeaf].is_system = anchor.is_system;
    return;
  }
}

const std::vector<IssuerPool::Node>& IssuerPool::issuers_of(Node node) {
  if (!entries_[node].issuers) {
    auto issuers = find_issuers(node);
    entries_[node].issuers = std::move(issuers);
  }
  return *entries_[node].issuers;
}

std::vector<IssuerPool::Node> IssuerPool::find_issuers(Node node) {
  const X509_NAME* const issuer = X509_get_issuer_name(x509_of(certificate(node)));
  std::vector<Node> candidates;
  const auto is_known = [&](const Certificate& other) {
    return std::any_of(candidates.begin(), candidates.end(), [&](Node at) { return certificate(at) == other; });
  };
  std::vector<Anchor> anchors;
  append_anchors(roots_, *issuer, anchors);
  for (const Anchor& anchor : anchors) {
    if (!is_known(anchor.certificate)) candidates.push_back(add_anchor(anchor.certificate, anchor.is_system));
  }
  const BySubject order{*this};
  const auto [first, last] = std::equal_range(by_subject_.begin(), by_subject_.end(), issuer, order);
  for (auto at = first; at != last; ++at) {
    if (!(certificate(*at) == certificate(node)) && !is_known(certificate(*at))) candidates.push_back(*at);
  }
  return sort_by_promise(node, std::move(candidates));
}

IssuerPool::Node IssuerPool::add_anchor(const Certificate& certificate, bool is_system) {
  for (Node node = 0; node < entries_.size(); ++node) {
    if (entries_[node].is_anchor && entries_[node].certificate == certificate) return node;
  }
  entries_.push_back({certificate, true, is_system});
  return entries_.size() - 1;
}

std::vector<IssuerPool::Node> IssuerPool::sort_by_promise(Node child, std::vector<Node> candidates) {
  if (candidates.size() < 2) return candidates;
  const auto promise = [&](Node node) {
    const Certificate& issuer = certificate(node);
    const bool is_in_date = issuer.not_before() <= request_.time && request_.time <= issuer.not_after();
    return std::tuple(is_anchor(node), names_key_of(certificate(child), issuer), is_in_date,
                      issuer.not_before().time_since_epoch().count());
  };
  std::stable_sort(candidates.begin(), candidates.end(), [&](Node a, Node b) { return promise(a) > promise(b); });
  return candidates;
}

const Violations& IssuerPool::faults(Node node) {
  Entry& entry = entries_[node];
  if (!entry.faults) {
    const Place own = entry.is_anchor ? Place::AnchoredLeaf : Place::Leaf;
    const Place above = entry.is_anchor ? Place::Anchor : Place::Issuer;
    entry.faults = check_certificate(entry.certificate, node == kLeaf ? own : above, request_);
  }
  return *entry.faults;
}

SignatureState IssuerPool::signature(Node child, Node issuer) {
  const auto [known, is_new] = signatures_.try_emplace({child, issuer}, SignatureState::NotChecked);
  if (!is_new) return known->second;
  X509* const signed_one = x509_of(certificate(child));
  EVP_PKEY* const key = X509_get0_pubkey(x509_of(certificate(issuer)));
  if (has_unsupported_signature(certificate(child))) {
    known->second = SignatureState::Unsupported;
  } else if (key == nullptr) {
    known->second = SignatureState::Bad;
  } else if (WorkBudget::spend(budget_.signatures, cost_of(*key))) {
    known->second = X509_verify(signed_one, key) == 1 ? SignatureState::Good : SignatureState::Bad;
  }
  return known->second;
}

bool IssuerPool::is_same_authority(Node a, Node b) const {
  X509* const first = x509_of(certificate(a));
  X509* const second = x509_of(certificate(b));
  if (X509_NAME_cmp(X509_get_subject_name(first), X509_get_subject_name(second)) != 0) return false;
  const EVP_PKEY* const key = X509_get0_pubkey(first);
  const EVP_PKEY* const other = X509_get0_pubkey(second);
  return key != nullptr && other != nullptr && EVP_PKEY_eq(key, other) == 1;
}

}  // namespace securetransport::trust
