// SPDX-License-Identifier: Apache-2.0
// Turns the engine's findings into violations, without those that only echo another one.
#include "trust/finding.hpp"

#include <utility>

#include "ossl/handles.hpp"
#include "trust/asn1_time.hpp"
#include "trust/finding_detail.hpp"
#include "trust/path_rules.hpp"
#include "trust/x509.hpp"
#include "trust/x509_error.hpp"

namespace securetransport::trust {
namespace {

bool has_readable_key(const Certificate& certificate) { return X509_get0_pubkey(x509_of(certificate)) != nullptr; }

bool is_readable(const ASN1_TIME& time) { return seconds_of(time).has_value(); }

/// Whether the purpose was refused for a reason that is reported anyway, or for an issuer's anyExtendedKeyUsage, which
/// is accepted here.
bool is_purpose_echo(const FoundPath& found, const TrustRequest& request, std::size_t depth) {
  const Certificate& certificate = found.certificates[depth];
  if (!extended_usage_allows(certificate, request.peer_role, depth)) return false;
  if (found.has(X509_V_ERR_INVALID_CA, depth)) return true;
  const bool is_by_any_usage = !extended_usage_allows(certificate, request.peer_role, 0);
  return is_by_any_usage && (X509_get_extension_flags(x509_of(certificate)) & EXFLAG_NSCERT) == 0;
}

/// OpenSSL says some facts twice, in other words, when it is told to go on.
bool is_echo(const FoundPath& found, const TrustRequest& request, EngineFinding finding) {
  const Certificate& certificate = found.certificates[finding.depth];
  const X509* const x509 = x509_of(certificate);
  switch (finding.error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
      // For OpenSSL a certificate has no issuer if its extensions or its signature cannot be read.
      return found.has(X509_V_ERR_CERT_CHAIN_TOO_LONG) || has_unreadable_extension(certificate) ||
             has_unsupported_signature(certificate);
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return found.has(X509_V_ERR_CERT_CHAIN_TOO_LONG) || found.has(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT) ||
             found.has(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) ||
             found.has(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN: return found.has(X509_V_ERR_INVALID_CA, finding.depth);
    case X509_V_ERR_INVALID_PURPOSE: return is_purpose_echo(found, request, finding.depth);
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
    case X509_V_ERR_UNSPECIFIED:  // From the look for explicit curve parameters.
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL: return !has_readable_key(certificate);
    case X509_V_ERR_CA_MD_TOO_WEAK:  // Said of every signature that OpenSSL does not know.
      return !has_weak_signature(certificate) && found.has(X509_V_ERR_CERT_SIGNATURE_FAILURE, finding.depth);
    // Dates are judged by check_path_rules, which sees those of every certificate and counts the last second as valid.
    case X509_V_ERR_CERT_NOT_YET_VALID: return is_readable(*X509_get0_notBefore(x509));
    case X509_V_ERR_CERT_HAS_EXPIRED: return is_readable(*X509_get0_notAfter(x509));
    case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD: return !is_readable(*X509_get0_notBefore(x509));
    case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD: return !is_readable(*X509_get0_notAfter(x509));
    default: return false;
  }
}

}  // namespace

RankedViolation violation_of(int error, const Certificate& certificate, std::optional<std::size_t> index,
                             std::string detail) {
  const X509ErrorRow& row = x509_error(error);
  return {row.rank, Violation{row.code, index, certificate.subject(), std::move(detail), std::string(row.rule),
                              alert_of_x509_error(error)}};
}

RankedViolation explain_finding(const FoundPath& found, const TrustRequest& request, EngineFinding finding) {
  const Certificate& certificate = found.certificates[finding.depth];
  RankedViolation result = violation_of(finding.error, certificate, finding.depth, detail_of(found, request, finding));
  Violation& violation = result.violation;
  switch (finding.error) {
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
      violation.rule = finding.depth == 0 ? "RFC 5280 section 6.1.5 (f)" : "RFC 5280 section 6.1.4 (o)";
      break;
    case X509_V_ERR_INVALID_PURPOSE:
      if (extended_usage_allows(certificate, request.peer_role, finding.depth)) {
        violation.rule = "RFC 5280 section 4.2.1.3";
      }
      break;
    case X509_V_ERR_NO_EXPLICIT_POLICY:  // The depth that OpenSSL gives is left over from an earlier check.
      violation.chain_index.reset();
      violation.subject.clear();
      break;
    default: break;
  }
  return result;
}

void explain_findings(const FoundPath& found, const TrustRequest& request, std::vector<RankedViolation>& violations) {
  for (const EngineFinding& finding : found.findings) {
    if (!is_echo(found, request, finding)) violations.push_back(explain_finding(found, request, finding));
  }
}

}  // namespace securetransport::trust
