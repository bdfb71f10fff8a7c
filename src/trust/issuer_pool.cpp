// SPDX-License-Identifier: Apache-2.0
#include "trust/issuer_pool.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <tuple>

#include "trust/certificate_checks.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

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
  if (EVP_PKEY_is_a(&key, "EC") == 1) return bits <= 256 ? 1 : 8;
  return bits <= 512 ? 1 : kExpensive;
}

/// Whether the child's authority key identifier names this certificate; a child without one says nothing.
bool names_key_of(const ASN1_OCTET_STRING* wanted, const Certificate& issuer) {
  const ossl::OctetStringPtr there = wanted != nullptr ? issuer.impl().subject_key_id() : nullptr;
  return !there || ASN1_OCTET_STRING_cmp(wanted, there.get()) == 0;
}

}  // namespace

IssuerPool::IssuerPool(const TrustRequest& request, const RootStore& roots, WorkBudget& budget)
    : request_(request), roots_(roots), budget_(budget) {
  const auto is_before = [](const Certificate* a, const Certificate* b) { return a->impl().der < b->impl().der; };
  std::set<const Certificate*, decltype(is_before)> seen(is_before);
  entries_.reserve(request.chain.size() + request.intermediates.size() + 4);
  for (const std::span<const Certificate> source : {request.chain, request.intermediates}) {
    for (const Certificate& certificate : source) {
      if (seen.insert(&certificate).second) entries_.push_back({certificate});
    }
  }
  name_everything();
  find_anchors();
  measure_distances();
}

void IssuerPool::name_everything() {
  const auto is_before = [](const X509_NAME* a, const X509_NAME* b) { return X509_NAME_cmp(a, b) < 0; };
  std::map<const X509_NAME*, NameId, decltype(is_before)> ids(is_before);
  for (Entry& entry : entries_) {
    const auto [place, is_new] = ids.try_emplace(&issuer_of(entry.certificate), names_.size());
    if (is_new) names_.emplace_back();
    entry.issuer = place->second;
  }
  for (Node node = kLeaf + 1; node < entries_.size(); ++node) {
    const auto place = ids.find(&subject_of(certificate(node)));
    if (place != ids.end()) names_[place->second].holders.push_back(node);
  }
}

void IssuerPool::find_anchors() {
  std::vector<Anchor> anchors;
  append_anchors(roots_, subject_of(certificate(kLeaf)), anchors);
  for (const Anchor& anchor : anchors) {
    if (!(anchor.certificate == certificate(kLeaf))) continue;
    entries_[kLeaf].is_anchor = true;
    entries_[kLeaf].is_system = anchor.is_system;
    entries_[kLeaf].distance = 0;
    break;
  }
  const std::size_t sent = entries_.size();
  std::vector<bool> is_looked_up(names_.size());
  for (Node node = kLeaf; node < sent; ++node) {
    const NameId id = entries_[node].issuer;
    if (is_looked_up[id]) continue;
    is_looked_up[id] = true;
    anchors.clear();
    append_anchors(roots_, issuer_of(certificate(node)), anchors);
    for (const Anchor& anchor : anchors) add_anchor(names_[id], anchor);
  }
}

void IssuerPool::add_anchor(Name& name, const Anchor& anchor) {
  const auto is_same = [&](Node node) { return certificate(node) == anchor.certificate; };
  if (std::any_of(name.anchors.begin(), name.anchors.end(), is_same)) return;
  std::erase_if(name.holders, is_same);  // It was sent as well.
  name.anchors.push_back(entries_.size());
  name.distance = 0;
  Entry entry{anchor.certificate};
  entry.distance = 0;
  entry.is_anchor = true;
  entry.is_system = anchor.is_system;
  entries_.push_back(std::move(entry));
}

void IssuerPool::measure_distances() {
  // Each round finds those one step further away; beyond the longest path nobody looks.
  bool has_changed = true;
  for (std::size_t round = 0; has_changed && round < kLongestPath; ++round) {
    has_changed = false;
    for (Name& name : names_) {
      for (const Node holder : name.holders) {
        const std::size_t above = names_[entries_[holder].issuer].distance;
        if (above == kUnreachable || above + 1 >= entries_[holder].distance) continue;
        entries_[holder].distance = above + 1;
        name.distance = std::min(name.distance, above + 1);
        has_changed = true;
      }
    }
  }
  const std::size_t above = names_[entries_[kLeaf].issuer].distance;
  if (!entries_[kLeaf].is_anchor && above != kUnreachable) entries_[kLeaf].distance = above + 1;
}

const std::vector<IssuerPool::Node>& IssuerPool::issuers_of(Node node) {
  if (!entries_[node].issuers) {
    const Name& name = names_[entries_[node].issuer];
    std::vector<Node> candidates = name.anchors;
    std::copy_if(name.holders.begin(), name.holders.end(), std::back_inserter(candidates),
                 [&](Node at) { return at != node; });
    sort_by_promise(node, candidates);
    entries_[node].issuers = std::move(candidates);
  }
  return *entries_[node].issuers;
}

void IssuerPool::sort_by_promise(Node child, std::vector<Node>& candidates) const {
  if (candidates.size() < 2) return;
  using Promise = std::tuple<bool, bool, bool, std::chrono::sys_seconds>;
  std::vector<std::pair<Promise, Node>> ranked;
  ranked.reserve(candidates.size());
  const ossl::OctetStringPtr wanted_key = certificate(child).impl().authority_key_id();
  for (const Node node : candidates) {
    const Certificate& issuer = certificate(node);
    const bool is_in_date = issuer.not_before() <= request_.time && request_.time <= issuer.not_after();
    ranked.push_back(
        {{is_anchor(node), names_key_of(wanted_key.get(), issuer), is_in_date, issuer.not_before()}, node});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(ranked.begin(), ranked.end(), candidates.begin(), [](const auto& at) { return at.second; });
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
  if (issuers_of(child).size() < 2) return known->second = verify(child, issuer);
  // Many certificates of one authority have one key, which need not be tried again for each.
  const auto [of_key, is_new_key] =
      signatures_by_key_.try_emplace({child, key_hash(issuer)}, SignatureState::NotChecked);
  if (is_new_key) of_key->second = verify(child, issuer);
  return known->second = of_key->second;
}

SignatureState IssuerPool::verify(Node child, Node issuer) {
  if (has_unsupported_signature(certificate(child))) return SignatureState::Unsupported;
  EVP_PKEY* const key = certificate(issuer).impl().key();
  if (key == nullptr) return SignatureState::Bad;
  if (!WorkBudget::spend(budget_.signatures, cost_of(*key))) return SignatureState::NotChecked;
  return certificate(child).impl().is_signed_by(*key) ? SignatureState::Good : SignatureState::Bad;
}

const SpkiHash& IssuerPool::key_hash(Node node) {
  std::optional<SpkiHash>& hash = entries_[node].key_hash;
  if (!hash) hash = certificate(node).spki_sha256();
  return *hash;
}

bool IssuerPool::is_same_authority(Node a, Node b) const {
  if (X509_NAME_cmp(&subject_of(certificate(a)), &subject_of(certificate(b))) != 0) return false;
  const EVP_PKEY* const key = certificate(a).impl().key();
  const EVP_PKEY* const other = certificate(b).impl().key();
  return key != nullptr && other != nullptr && EVP_PKEY_eq(key, other) == 1;
}

}  // namespace securetransport::trust
