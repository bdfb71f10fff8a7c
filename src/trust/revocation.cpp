// SPDX-License-Identifier: Apache-2.0
#include "trust/revocation.hpp"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <new>
#include <string>

#include "ossl/handles.hpp"
#include "trust/x509.hpp"
#include "trust/x509_error.hpp"

namespace securetransport::trust {
namespace {

inline void free_borrowed_crl_stack(STACK_OF(X509_CRL) * stack) noexcept { sk_X509_CRL_free(stack); }
using CrlViewPtr = std::unique_ptr<STACK_OF(X509_CRL), ossl::Deleter<free_borrowed_crl_stack>>;

/// Indirect lists name the certificates' issuers in their entries, so a distribution point's name counts too.
bool is_about(const X509_CRL& list, const X509& certificate) {
  if (X509_NAME_cmp(X509_CRL_get_issuer(&list), X509_get_issuer_name(&certificate)) == 0) return true;
  const std::unique_ptr<CRL_DIST_POINTS, ossl::Deleter<CRL_DIST_POINTS_free>> points(
      static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(&certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int at = 0; points && at < sk_DIST_POINT_num(points.get()); ++at) {
    const GENERAL_NAMES* const issuers = sk_DIST_POINT_value(points.get(), at)->CRLissuer;
    for (int name = 0; issuers != nullptr && name < sk_GENERAL_NAME_num(issuers); ++name) {
      const GENERAL_NAME& issuer = *sk_GENERAL_NAME_value(issuers, name);
      if (issuer.type == GEN_DIRNAME && X509_NAME_cmp(issuer.d.directoryName, X509_CRL_get_issuer(&list)) == 0) {
        return true;
      }
    }
  }
  return false;
}

struct Findings {
  std::span<const Certificate> path;
  std::span<const RevocationList> lists;
  Violations violations;

  [[nodiscard]] bool has_one_at(std::size_t index) const {
    return std::any_of(violations.begin(), violations.end(),
                       [&](const RankedViolation& at) { return at.violation.chain_index == index; });
  }
};

bool is_matter_of_lists(int error) {
  const TrustCheck check = check_of_x509_error(error);
  return check == TrustCheck::Revocation || check == TrustCheck::RevocationResponse;
}

/// OpenSSL tries indirect lists on every certificate, whether its distribution points name them or not.
bool is_of_strange_list(X509_STORE_CTX& context, int error) {
  const X509_CRL* const list = X509_STORE_CTX_get0_current_crl(&context);
  const X509* const certificate = X509_STORE_CTX_get_current_cert(&context);
  return is_matter_of_lists(error) && list != nullptr && certificate != nullptr && !is_about(*list, *certificate);
}

/// What X509_verify_cert says about lists alone; everything else was judged before.
int note(int ok, X509_STORE_CTX* context) noexcept {
  if (ok == 1) return 1;
  const int error = X509_STORE_CTX_get_error(context);
  const bool is_without_list = error == X509_V_ERR_UNABLE_TO_GET_CRL;
  if (!is_without_list && is_of_strange_list(*context, error)) return 1;
  auto* const found = static_cast<Findings*>(X509_STORE_CTX_get_app_data(context));
  // The path of a list's signer is verified in a context of its own; no list need speak about that signer in turn.
  if (found == nullptr) return is_without_list ? 1 : 0;
  Findings& findings = *found;
  const auto index = static_cast<std::size_t>(std::max(0, X509_STORE_CTX_get_error_depth(context)));
  // RFC 5280 section 6.1: the trust anchor is no certificate of the path.
  if (!is_matter_of_lists(error) || index + 1 >= findings.path.size()) return 1;
  // That there is no other list than the one that was found wanting is not worth a word.
  if (is_without_list && (!is_covered_by_list(findings.path, index, findings.lists) || findings.has_one_at(index))) {
    return 1;
  }
  try {
    findings.violations.push_back(violation_of(error, findings.path[index]));
    findings.violations.back().violation.chain_index = index;
  } catch (...) {
    return 0;  // Nothing may throw through OpenSSL; the verification then fails as a whole.
  }
  return 1;
}

int skip(X509_STORE_CTX*) noexcept { return 1; }

/// RFC 5280 section 5.2.3: "Conforming CRL issuers are REQUIRED to include this extension in all CRLs". OpenSSL does
/// not mind its absence.
void check_number(const RevocationList& list, std::size_t index, const Certificate& certificate,
                  Violations& violations) {
  if (X509_CRL_get_ext_by_NID(list.impl().crl.get(), NID_crl_number, -1) >= 0) return;
  violations.push_back(violation_of(Rank::Structure, TrustCheck::RevocationResponse, certificate,
                                    "the revocation list of its issuer has no CRL number", "RFC 5280 section 5.2.3"));
  violations.back().violation.chain_index = index;
}

std::int64_t number_of(const X509_CRL& list) {
  const std::unique_ptr<ASN1_INTEGER, ossl::Deleter<ASN1_INTEGER_free>> number(
      static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(&list, NID_crl_number, nullptr, nullptr)));
  std::int64_t value = -1;
  if (!number || ASN1_INTEGER_get_int64(&value, number.get()) != 1) return -1;
  return value;
}

/// OpenSSL reads a delta list only where the base or the certificate says that there are some (section 4.2.1.15). Who
/// gives one to us wants it read; what the newest one revokes is revoked.
void check_delta(std::span<const Certificate> path, std::size_t index, std::span<const RevocationList> lists,
                 Violations& violations) {
  X509& certificate = *x509_of(path[index]);
  X509_CRL* newest = nullptr;
  for (const RevocationList& list : lists) {
    X509_CRL* const crl = list.impl().crl.get();
    if (X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) < 0) continue;
    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_issuer_name(&certificate)) != 0) continue;
    if (X509_CRL_verify(crl, X509_get0_pubkey(x509_of(path[index + 1]))) != 1) continue;
    if (newest == nullptr || number_of(*crl) > number_of(*newest)) newest = crl;
  }
  X509_REVOKED* entry = nullptr;
  constexpr int kIsRevoked = 1;  // 2 means that it was taken off the list.
  if (newest == nullptr || X509_CRL_get0_by_cert(newest, &entry, &certificate) != kIsRevoked) return;
  violations.push_back(violation_of(X509_V_ERR_CERT_REVOKED, path[index]));
  violations.back().violation.chain_index = index;
}

}  // namespace

bool is_covered_by_list(std::span<const Certificate> path, std::size_t index, std::span<const RevocationList> lists) {
  return std::any_of(lists.begin(), lists.end(),
                     [&](const RevocationList& list) { return is_about(*list.impl().crl, *x509_of(path[index])); });
}

void check_revocation_lists(std::span<const Certificate> path, const TrustRequest& request, Violations& violations) {
  if (request.crls.empty() || path.size() < 2) return;
  const ossl::X509StorePtr store(X509_STORE_new());
  const ossl::X509ViewPtr others(sk_X509_new_null());
  const CrlViewPtr lists(sk_X509_CRL_new_null());
  const ossl::X509StoreCtxPtr context(X509_STORE_CTX_new());
  if (!store || !others || !lists || !context) throw std::bad_alloc();
  // In the store, and not as a stack of trusted ones, since only the store serves those who sign lists too.
  if (X509_STORE_add_cert(store.get(), x509_of(path.back())) != 1) throw std::bad_alloc();
  // Lists may be signed by authorities beside the path.
  for (const Certificate& at : path.subspan(1)) sk_X509_push(others.get(), x509_of(at));
  for (const Certificate& at : request.chain.subspan(1)) sk_X509_push(others.get(), x509_of(at));
  for (const Certificate& at : request.intermediates) sk_X509_push(others.get(), x509_of(at));
  for (const RevocationList& list : request.crls) sk_X509_CRL_push(lists.get(), list.impl().crl.get());

  Findings findings{path, request.crls, {}};
  if (X509_STORE_CTX_init(context.get(), store.get(), x509_of(path.front()), others.get()) != 1 ||
      X509_STORE_CTX_set_app_data(context.get(), &findings) != 1) {
    throw std::bad_alloc();
  }
  X509_STORE_CTX_set0_crls(context.get(), lists.get());
  X509_STORE_CTX_set_verify_cb(context.get(), note);
  X509_STORE_CTX_set_verify(context.get(), skip);  // Signatures of the path are verified already.
  X509_VERIFY_PARAM& parameters = *X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(&parameters, static_cast<time_t>(request.time.time_since_epoch().count()));
  X509_VERIFY_PARAM_set_flags(&parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL |
                                               X509_V_FLAG_EXTENDED_CRL_SUPPORT | X509_V_FLAG_USE_DELTAS |
                                               X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(&parameters, 0);
  if (X509_verify_cert(context.get()) != 1 && findings.violations.empty()) {
    findings.violations.push_back(violation_of(X509_V_ERR_CRL_PATH_VALIDATION_ERROR, path.front()));
    findings.violations.back().violation.chain_index = 0;
  }
  for (std::size_t index = 0; index + 1 < path.size(); ++index) {
    check_delta(path, index, request.crls, findings.violations);
    for (const RevocationList& list : request.crls) {
      if (is_about(*list.impl().crl, *x509_of(path[index])))
        check_number(list, index, path[index], findings.violations);
    }
  }
  violations.insert(violations.end(), findings.violations.begin(), findings.violations.end());
}

}  // namespace securetransport::trust
