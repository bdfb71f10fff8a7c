// SPDX-License-Identifier: Apache-2.0
// SecTrust as its first edition answered: with the codes of CDSA, for each certificate of the path.
#include <Security/SecTrust.h>
#include <Security/cssmapple.h>

#include <algorithm>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "apple/sec_result_type.hpp"
#include "securetransport/trust/trust_outcome.hpp"

using namespace securetransport::apple;
using securetransport::Certificate;
using securetransport::TrustCheck;
using securetransport::TrustResult;
using securetransport::Violation;
using securetransport::cf::checked;

namespace {

CSSM_RETURN cssm_code_of(TrustCheck check) noexcept {
  switch (check) {
    case TrustCheck::SslHostname: return CSSMERR_APPLETP_HOSTNAME_MISMATCH;
    case TrustCheck::TemporalValidity: return CSSMERR_TP_CERT_EXPIRED;
    case TrustCheck::Revocation: return CSSMERR_TP_CERT_REVOKED;
    case TrustCheck::RevocationResponse: return CSSMERR_APPLETP_INCOMPLETE_REVOCATION_CHECK;
    case TrustCheck::WeakKeySize:
    case TrustCheck::KeySize: return CSSMERR_CSP_UNSUPPORTED_KEY_SIZE;
    case TrustCheck::WeakSignature: return CSSMERR_CSP_INVALID_DIGEST_ALGORITHM;
    case TrustCheck::SignatureHashAlgorithms: return CSSMERR_CSP_ALGID_MISMATCH;
    case TrustCheck::UsageConstraints: return CSSMERR_APPLETP_TRUST_SETTING_DENY;
    case TrustCheck::KeyUsage: return CSSMERR_APPLETP_INVALID_KEY_USAGE;
    case TrustCheck::ExtendedKeyUsage: return CSSMERR_APPLETP_INVALID_EXTENDED_KEY_USAGE;
    case TrustCheck::BasicConstraints: return CSSMERR_APPLETP_NO_BASIC_CONSTRAINTS;
    case TrustCheck::BasicConstraintsCa: return CSSMERR_APPLETP_INVALID_CA;
    case TrustCheck::BasicConstraintsPathLen: return CSSMERR_APPLETP_PATH_LEN_CONSTRAINT;
    case TrustCheck::CriticalExtensions: return CSSMERR_APPLETP_UNKNOWN_CRITICAL_EXTEN;
    case TrustCheck::UnparseableExtension:
    case TrustCheck::DuplicateExtension: return CSSMERR_APPLETP_UNKNOWN_CERT_EXTEN;
    case TrustCheck::LeafSpkiSha256:
    case TrustCheck::CaSpkiSha256: return CSSMERR_APPLETP_IDENTIFIER_MISSING;
    case TrustCheck::AnchorTrusted:
    case TrustCheck::MissingIntermediate: return CSSMERR_TP_NOT_TRUSTED;
    case TrustCheck::SystemTrustValidityPeriod:
    case TrustCheck::OtherTrustValidityPeriod:
    case TrustCheck::SystemTrustedCTRequired: return CSSMERR_TP_VERIFY_ACTION_FAILED;
    case TrustCheck::CertificateForm:
    case TrustCheck::PolicyConstraints:
    case TrustCheck::NameConstraints: return CSSMERR_TP_INVALID_CERTIFICATE;
  }
  return CSSMERR_TP_VERIFY_ACTION_FAILED;
}

CSSM_RETURN cssm_code_of(const Violation& violation, const __SecTrust& trust, const TrustResult& result) {
  if (!violation.check) return CSSMERR_TP_VERIFY_ACTION_FAILED;
  const std::size_t index = violation.chain_index.value_or(0);
  if (*violation.check == TrustCheck::TemporalValidity && index < result.path.size() &&
      trust.evaluation_time() < result.path[index].not_before()) {
    return CSSMERR_TP_CERT_NOT_VALID_YET;
  }
  return cssm_code_of(*violation.check);
}

CSSM_TP_APPLE_EVIDENCE_INFO evidence_of(__SecTrust& trust, std::size_t index) {
  const TrustResult& result = trust.result();
  const Certificate& certificate = trust.path()[index].get()->certificate;
  const std::vector<Certificate>& given = trust.question().chain;
  CSSM_TP_APPLE_EVIDENCE_INFO info{};
  if (certificate.not_after() < trust.evaluation_time()) info.StatusBits |= CSSM_CERT_STATUS_EXPIRED;
  if (trust.evaluation_time() < certificate.not_before()) info.StatusBits |= CSSM_CERT_STATUS_NOT_VALID_YET;
  if (const auto found = std::find(given.begin(), given.end(), certificate); found != given.end()) {
    info.StatusBits |= CSSM_CERT_STATUS_IS_IN_INPUT_CERTS;
    info.Index = static_cast<std::uint32_t>(found - given.begin());
  }
  if (result.is_anchored && index + 1 == result.path.size()) info.StatusBits |= CSSM_CERT_STATUS_IS_IN_ANCHORS;
  if (certificate.is_self_issued()) info.StatusBits |= CSSM_CERT_STATUS_IS_ROOT;
  return info;
}

void collect_evidence(__SecTrust& trust) {
  const TrustResult& result = trust.result();
  const std::size_t size = trust.path().size();
  trust.evidence.clear();
  trust.evidence_codes.assign(size, {});
  for (const Violation& failure : securetransport::most_serious_first(result.violations)) {
    const std::size_t index = failure.chain_index.value_or(0);
    if (index < size) trust.evidence_codes[index].push_back(cssm_code_of(failure, trust, result));
  }
  for (std::size_t index = 0; index < size; ++index) {
    CSSM_TP_APPLE_EVIDENCE_INFO info = evidence_of(trust, index);
    info.NumStatusCodes = static_cast<std::uint32_t>(trust.evidence_codes[index].size());
    info.StatusCodes = trust.evidence_codes[index].data();
    trust.evidence.push_back(info);
  }
}

}  // namespace

OSStatus SecTrustGetResult(SecTrustRef trust, SecTrustResultType* result, CFArrayRef* certChain,
                           CSSM_TP_APPLE_EVIDENCE_INFO** statusChain) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr) return errSecParam;
    if (result != nullptr) *result = result_type_of(self->result());
    if (statusChain != nullptr) {
      collect_evidence(*self);
      *statusChain = self->evidence.data();
    }
    if (certChain != nullptr) *certChain = array_of(self->path()).release();
    return errSecSuccess;
  });
}

OSStatus SecTrustGetCssmResultCode(SecTrustRef trust, OSStatus* resultCode) {
  return boundary([&]() -> OSStatus {
    auto* const self = checked<__SecTrust>(trust);
    if (self == nullptr || resultCode == nullptr) return errSecParam;
    *resultCode = errSecSuccess;
    if (!self->has_result()) return errSecTrustNotAvailable;
    const TrustResult& result = self->result();
    if (result.trusted()) return errSecSuccess;
    *resultCode = cssm_code_of(securetransport::most_serious_first(result.violations).front(), *self, result);
    return errSecSuccess;
  });
}

OSStatus SecTrustGetCssmResult(SecTrustRef trust, void** result) {
  if (checked<__SecTrust>(trust) == nullptr || result == nullptr) return errSecParam;
  *result = nullptr;
  return errSecUnimplemented;
}
