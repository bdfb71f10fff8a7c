// SPDX-License-Identifier: Apache-2.0
// Builds a path from what was sent to an anchor, and notes what the engine objects to.
#include "trust/path_search.hpp"

#include <algorithm>
#include <new>

#include "ossl/handles.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

constexpr int kMaxIntermediates = 16;
constexpr int kPlatformAuthLevel = 2;  // 112 bits: RSA 2048, EC 224; no SHA-1 or MD5.
constexpr int kAnyAuthLevel = 0;
constexpr std::size_t kMaxFindings = 512;

int note_finding(int ok, X509_STORE_CTX* context) noexcept {
  if (ok == 1) return 1;
  auto& found = *static_cast<FoundPath*>(X509_STORE_CTX_get_app_data(context));
  const EngineFinding finding{X509_STORE_CTX_get_error(context),
                              static_cast<std::size_t>(std::max(0, X509_STORE_CTX_get_error_depth(context)))};
  const bool is_known = std::find(found.findings.begin(), found.findings.end(), finding) != found.findings.end();
  // Room was reserved: nothing may throw through OpenSSL. One finding is enough not to trust.
  if (!is_known && found.findings.size() < kMaxFindings) found.findings.push_back(finding);
  return 1;  // Go on: every violation is wanted.
}

ossl::X509ViewPtr untrusted_of(std::span<const Certificate> chain) {
  ossl::X509ViewPtr stack(sk_X509_new_null());
  if (!stack) throw std::bad_alloc();
  for (const Certificate& certificate : chain.subspan(1)) {
    if (sk_X509_push(stack.get(), x509_of(certificate)) <= 0) throw std::bad_alloc();
  }
  return stack;
}

/// X509_V_FLAG_X509_STRICT stays off: it refuses what RFC 5280 demands of issuers but not of validators (key
/// identifiers, critical flags) and with that many private CAs that Apple's systems accept.
void set_parameters(X509_VERIFY_PARAM& parameters, const TrustRequest& request) {
  const bool is_server = request.peer_role == PeerRole::Server;
  X509_VERIFY_PARAM_set_time(&parameters, static_cast<time_t>(request.time.time_since_epoch().count()));
  // RFC 5280 section 6.1 makes policies part of path validation; an issuer may demand one.
  X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_POLICY_CHECK);
  X509_VERIFY_PARAM_set_purpose(&parameters, is_server ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
  X509_VERIFY_PARAM_set_trust(&parameters, is_server ? X509_TRUST_SSL_SERVER : X509_TRUST_SSL_CLIENT);
  const bool has_platform_rules = request.policy == TrustPolicy::Apple;
  X509_VERIFY_PARAM_set_auth_level(&parameters, has_platform_rules ? kPlatformAuthLevel : kAnyAuthLevel);
  X509_VERIFY_PARAM_set_depth(&parameters, kMaxIntermediates);
  // Otherwise name constraints would be applied to the common name, which is no name here.
  X509_VERIFY_PARAM_set_hostflags(&parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
}

}  // namespace

bool FoundPath::has(int error) const noexcept {
  return std::any_of(findings.begin(), findings.end(), [=](const EngineFinding& f) { return f.error == error; });
}

bool FoundPath::has(int error, std::size_t depth) const noexcept {
  return std::find(findings.begin(), findings.end(), EngineFinding{error, depth}) != findings.end();
}

bool FoundPath::is_anchored() const noexcept {
  return was_judged && !has(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT) &&
         !has(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) && !has(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) &&
         !has(X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN) && !has(X509_V_ERR_CERT_CHAIN_TOO_LONG) &&
         !has(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE) && !has(X509_V_ERR_CERT_UNTRUSTED);
}

FoundPath find_path(const TrustRequest& request, X509_STORE& roots) {
  FoundPath found;
  found.findings.reserve(kMaxFindings);
  const ossl::X509ViewPtr untrusted = untrusted_of(request.chain);
  const ossl::X509StoreCtxPtr context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), &roots, x509_of(request.chain.front()), untrusted.get()) != 1 ||
      X509_STORE_CTX_set_app_data(context.get(), &found) != 1) {
    return found;
  }
  set_parameters(*X509_STORE_CTX_get0_param(context.get()), request);
  X509_STORE_CTX_set_verify_cb(context.get(), note_finding);
  found.was_judged = X509_verify_cert(context.get()) == 1;

  STACK_OF(X509)* const chain = X509_STORE_CTX_get0_chain(context.get());
  for (int at = 0; chain != nullptr && at < sk_X509_num(chain); ++at) {
    found.certificates.push_back(share(*sk_X509_value(chain, at)));
  }
  // Without a path there is nothing to speak about; was_judged tells.
  if (found.certificates.empty()) found.findings.clear();
  for (EngineFinding& finding : found.findings) {
    finding.depth = std::min(finding.depth, found.certificates.size() - 1);
  }
  return found;
}

}  // namespace securetransport::trust
