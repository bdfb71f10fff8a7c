// SPDX-License-Identifier: Apache-2.0
// Rules that the engine skips once it has found another fault, or never checks.
#include "trust/path_rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "trust/asn1_time.hpp"
#include "trust/finding.hpp"
#include "trust/x509.hpp"
#include "trust/x509_error.hpp"

namespace securetransport::trust {
namespace {

constexpr int kMinSignatureBits = 112;  // What OpenSSL's level 2 wants.

std::string_view object_bytes(const X509_EXTENSION& extension) {
  const ASN1_OBJECT* const object = X509_EXTENSION_get_object(const_cast<X509_EXTENSION*>(&extension));
  return {reinterpret_cast<const char*>(OBJ_get0_data(object)), OBJ_length(object)};
}

// RFC 5280 section 4.2: "A certificate MUST NOT include more than one instance of a particular extension." OpenSSL
// notices only those that it knows.
bool has_duplicate_extension(const X509& certificate) {
  std::vector<std::string_view> seen;
  for (int at = 0; at < X509_get_ext_count(&certificate); ++at) {
    seen.push_back(object_bytes(*X509_get_ext(&certificate, at)));
  }
  std::sort(seen.begin(), seen.end());
  return std::adjacent_find(seen.begin(), seen.end()) != seen.end();
}

void check_key(const Certificate& certificate, std::optional<std::size_t> index, const std::string& which,
               std::vector<RankedViolation>& violations) {
  if (X509_get0_pubkey(x509_of(certificate)) != nullptr) return;
  violations.push_back(violation_of(X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, certificate, index,
                                    which + "its public key cannot be read"));
}

void check_extensions(const Certificate& certificate, std::optional<std::size_t> index, const std::string& which,
                      std::vector<RankedViolation>& violations) {
  if (!has_unreadable_extension(certificate)) return;
  violations.push_back({Rank::Unreadable, Violation{ResultCode::BadCert, index, certificate.subject(),
                                                    which + "one of its extensions cannot be read or occurs twice",
                                                    "RFC 5280 section 4.2"}});
}

void check_dates(const Certificate& certificate, std::size_t index, std::chrono::sys_seconds now,
                 std::vector<RankedViolation>& violations) {
  const auto add = [&](int error, std::string detail) {
    violations.push_back(violation_of(error, certificate, index, std::move(detail)));
  };
  const auto not_before = seconds_of(*X509_get0_notBefore(x509_of(certificate)));
  const auto not_after = seconds_of(*X509_get0_notAfter(x509_of(certificate)));
  if (!not_before) add(X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, "its notBefore date cannot be read");
  if (!not_after) add(X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, "its notAfter date cannot be read");
  // RFC 5280 section 4.1.2.5: "the period of time from notBefore through notAfter, inclusive". OpenSSL calls the last
  // second expired.
  if (not_before && now < *not_before) {
    add(X509_V_ERR_CERT_NOT_YET_VALID, "it is valid from " + iso8601(*not_before) + "; the time is " + iso8601(now));
  }
  if (not_after && now > *not_after) {
    add(X509_V_ERR_CERT_HAS_EXPIRED, "it expired at " + iso8601(*not_after) + "; the time is " + iso8601(now));
  }
}

/// OpenSSL takes the last certificate for the anchor, whose own signature does not matter: here it does.
void check_unanchored_end(const FoundPath& found, const TrustRequest& request,
                          std::vector<RankedViolation>& violations) {
  const std::size_t end = found.certificates.size() - 1;
  const Certificate& last = found.certificates[end];
  if (X509_self_signed(x509_of(last), 0) == 1) {
    if (X509_self_signed(x509_of(last), 1) == 1) return;
    violations.push_back(explain_finding(found, request, {X509_V_ERR_CERT_SIGNATURE_FAILURE, end}));
    return;
  }
  if (request.policy == TrustPolicy::Apple && has_weak_signature(last))
    violations.push_back(explain_finding(found, request, {X509_V_ERR_CA_MD_TOO_WEAK, end}));
  if (has_unsupported_signature(last)) {
    violations.push_back(explain_finding(found, request, {X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM, end}));
  }
}

/// OpenSSL passes over an issuer that it cannot read; a person would look for a missing certificate in vain.
void check_sent_issuers(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations) {
  const X509* const last = x509_of(found.certificates.back());
  for (const Certificate& sent : request.chain) {
    const bool is_used =
        std::find(found.certificates.begin(), found.certificates.end(), sent) != found.certificates.end();
    if (is_used || X509_NAME_cmp(X509_get_subject_name(x509_of(sent)), X509_get_issuer_name(last)) != 0) continue;
    const std::string which = "a certificate with the issuer's name was sent, but ";
    check_key(sent, std::nullopt, which, violations);
    check_extensions(sent, std::nullopt, which, violations);
  }
}

}  // namespace

bool has_unreadable_extension(const Certificate& certificate) {
  X509* const x509 = x509_of(certificate);
  return (X509_get_extension_flags(x509) & EXFLAG_INVALID) != 0 || has_duplicate_extension(*x509);
}

bool has_weak_signature(const Certificate& certificate) {
  int bits = -1;
  const int is_known = X509_get_signature_info(x509_of(certificate), nullptr, nullptr, &bits, nullptr);
  return is_known == 1 && bits < kMinSignatureBits;
}

bool has_unsupported_signature(const Certificate& certificate) {
  return OBJ_find_sigid_algs(X509_get_signature_nid(x509_of(certificate)), nullptr, nullptr) == 0;
}

void check_path_rules(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations) {
  // RFC 5280 section 6.1: the trust anchor is an input, its certificate is not validated. Its key must be usable, and
  // its dates count as they do on Apple's systems.
  const std::size_t validated = found.certificates.size() - (found.is_anchored() ? 1U : 0U);
  for (std::size_t index = 0; index < found.certificates.size(); ++index) {
    check_key(found.certificates[index], index, {}, violations);
    if (index < validated) check_extensions(found.certificates[index], index, {}, violations);
    check_dates(found.certificates[index], index, request.time, violations);
  }
  if (found.certificates.empty() || found.is_anchored()) return;
  check_unanchored_end(found, request, violations);
  check_sent_issuers(found, request, violations);
}

}  // namespace securetransport::trust
