// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/chain_advice.hpp"

#include <openssl/x509v3.h>

#include <algorithm>

#include "trust/error_mark.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxSent = 64;

using AccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, ossl::Deleter<AUTHORITY_INFO_ACCESS_free>>;

bool issued(const Certificate& issuer, const Certificate& certificate) {
  return X509_NAME_cmp(&trust::subject_of(issuer), &trust::issuer_of(certificate)) == 0 &&
         X509_check_issued(trust::x509_of(issuer), trust::x509_of(certificate)) == X509_V_OK;
}

bool holds(std::span<const Certificate> certificates, const Certificate& wanted) {
  return std::find(certificates.begin(), certificates.end(), wanted) != certificates.end();
}

/// Which of them are issuers of the leaf, or of its issuers, and so on.
std::vector<bool> reachable(std::span<const Certificate> sent) {
  std::vector<bool> is_reached(sent.size());
  std::vector<std::size_t> open{0};
  is_reached[0] = true;
  while (!open.empty()) {
    const Certificate& child = sent[open.back()];
    open.pop_back();
    for (std::size_t at = 1; at < sent.size(); ++at) {
      if (is_reached[at] || !issued(sent[at], child)) continue;
      is_reached[at] = true;
      open.push_back(at);
    }
  }
  return is_reached;
}

std::vector<ChainRole> roles_of(std::span<const Certificate> sent, const TrustResult& result) {
  const std::vector<bool> is_reached = reachable(sent);
  std::vector<ChainRole> roles;
  for (std::size_t at = 0; at < sent.size(); ++at) {
    const bool is_on_path = at == 0 || holds(result.path, sent[at]);
    if (holds(sent.first(at), sent[at])) {
      roles.push_back(ChainRole::Duplicate);
    } else if (is_on_path) {
      roles.push_back(at > 0 && sent[at].is_self_issued() ? ChainRole::Root : ChainRole::Path);
    } else {
      roles.push_back(is_reached[at] ? ChainRole::Alternative : ChainRole::Surplus);
    }
  }
  return roles;
}

/// RFC 8446 section 4.4.2: "Each following certificate SHOULD directly certify the one immediately preceding it." What
/// is on another path, or on none, is not counted.
bool is_in_order(std::span<const Certificate> sent, const std::vector<ChainRole>& roles, const TrustResult& result) {
  std::size_t next = 0;
  for (std::size_t at = 0; at < sent.size(); ++at) {
    if (roles[at] != ChainRole::Path && roles[at] != ChainRole::Root) continue;
    const auto found = std::find(result.path.begin(), result.path.end(), sent[at]);
    const auto place = static_cast<std::size_t>(found - result.path.begin());
    if (place < next) return false;
    next = place + 1;
  }
  return true;
}

/// The first address of an authority's own certificate.
std::string issuer_url(const Certificate& certificate) {
  const AccessPtr access(static_cast<AUTHORITY_INFO_ACCESS*>(
      X509_get_ext_d2i(trust::keyless_of(certificate), NID_info_access, nullptr, nullptr)));
  for (int at = 0; access && at < sk_ACCESS_DESCRIPTION_num(access.get()); ++at) {
    const ACCESS_DESCRIPTION& one = *sk_ACCESS_DESCRIPTION_value(access.get(), at);
    if (OBJ_obj2nid(one.method) != NID_ad_ca_issuers || one.location->type != GEN_URI) continue;
    return trust::shorten(trust::escape_ascii(trust::bytes_of(*one.location->d.uniformResourceIdentifier)), 300);
  }
  return {};
}

std::string key_id_of_issuer(const Certificate& certificate) {
  const ASN1_OCTET_STRING* const id = X509_get0_authority_key_id(trust::keyless_of(certificate));
  constexpr int kLongest = 64;  // Usual are 20 bytes.
  if (id == nullptr || ASN1_STRING_length(id) > kLongest) return {};
  std::string text;
  for (const char byte : trust::bytes_of(*id)) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    text += kHex[static_cast<unsigned char>(byte) >> 4U];
    text += kHex[static_cast<unsigned char>(byte) & 0x0FU];
  }
  return text;
}

std::vector<Certificate> chain_to_send(const TrustResult& result) {
  std::vector<Certificate> chain;
  for (std::size_t at = 0; at < result.path.size(); ++at) {
    const bool is_anchor = result.is_anchored && at + 1 == result.path.size();
    if (at > 0 && (is_anchor || result.path[at].is_self_issued())) continue;
    chain.push_back(result.path[at]);
  }
  return chain;
}

/// A first certificate that issued another one that was sent is not the one whose key the server has.
std::optional<std::size_t> better_leaf(std::span<const Certificate> sent) {
  for (std::size_t at = 1; at < sent.size(); ++at) {
    if (!sent[at].is_ca() && !(sent[at] == sent[0]) && issued(sent[0], sent[at])) return at;
  }
  if (!sent[0].is_ca()) return std::nullopt;
  for (std::size_t at = 1; at < sent.size(); ++at) {
    if (!sent[at].is_ca()) return at;
  }
  return std::nullopt;
}

}  // namespace

bool ChainAdvice::has(ChainRole role) const noexcept {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool ChainAdvice::is_fine() const noexcept {
  return is_ordered && to_add.empty() && !missing && !better_leaf && !has(ChainRole::Duplicate) &&
         !has(ChainRole::Surplus);
}

ChainAdvice advise_on_chain(std::span<const Certificate> sent, const TrustResult& result) {
  ChainAdvice advice;
  if (sent.empty() || sent.size() > kMaxSent || result.path.empty()) return advice;
  const trust::ErrorMark mark;
  advice.roles = roles_of(sent, result);
  advice.is_ordered = is_in_order(sent, advice.roles, result);
  advice.to_send = chain_to_send(result);
  for (const Certificate& certificate : advice.to_send) {
    if (!holds(sent, certificate)) advice.to_add.push_back(certificate);
  }
  advice.better_leaf = better_leaf(sent);
  const Certificate& last = result.path.back();
  if (!result.is_anchored && !last.is_self_issued()) {
    advice.missing = MissingIssuer{last.issuer(), key_id_of_issuer(last), issuer_url(last)};
  }
  return advice;
}

}  // namespace securetransport
