// SPDX-License-Identifier: Apache-2.0
// The one translation of X509_V_ERR_* numbers into result codes, ranks, sentences and sources.
#include "trust/x509_error.hpp"

#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>

namespace securetransport::trust {
namespace {

constexpr auto kInternal = ResultCode::Internal;
constexpr auto kBadCert = ResultCode::BadCert;
constexpr auto kInvalid = ResultCode::XCertChainInvalid;
constexpr auto kExpired = ResultCode::CertExpired;
constexpr auto kNotYetValid = ResultCode::CertNotYetValid;
constexpr auto kNoRoot = ResultCode::NoRootCert;
constexpr auto kUnknownRoot = ResultCode::UnknownRootCert;
constexpr auto kBadStatus = ResultCode::BadCertificateStatusResponse;
constexpr auto kWrongName = ResultCode::HostNameMismatch;

constexpr std::string_view kSelf = "our own failure";
constexpr std::string_view kPlatform = "Apple platform rule (HT210176)";
constexpr std::string_view kSignature = "RFC 5280 section 6.1.3 (a)(1)";
constexpr std::string_view kDates = "RFC 5280 section 6.1.3 (a)(2)";
constexpr std::string_view kRevocation = "RFC 5280 section 6.1.3 (a)(3)";
constexpr std::string_view kIssuerName = "RFC 5280 section 6.1.3 (a)(4)";
constexpr std::string_view kPathForm = "RFC 5280 section 6.1 (b)";
constexpr std::string_view kAnchor = "RFC 5280 section 6.1.1 (d)";
constexpr std::string_view kCrl = "RFC 5280 section 6.3.3";
constexpr std::string_view kConstraints = "RFC 5280 section 4.2.1.10";
constexpr std::string_view kBasicConstraints = "RFC 5280 section 4.2.1.9";
constexpr std::string_view kProxy = "RFC 3820 section 3";
constexpr std::string_view kSuiteB = "RFC 6460 section 3";
constexpr std::string_view kNames = "RFC 9525 section 6.3";

// Row names are OpenSSL's without their prefix.
#define ST_ROW(NAME, code, rank, sentence, rule) \
  X509ErrorRow { X509_V_ERR_##NAME, code, Rank::rank, sentence, rule }

constexpr std::array kRows{
    ST_ROW(UNSPECIFIED, kInvalid, Structure, "it was refused for a reason that the engine does not name", kPathForm),
    ST_ROW(UNABLE_TO_GET_ISSUER_CERT, kNoRoot, MissingIssuer, "its issuer is neither sent nor trusted", kPathForm),
    ST_ROW(UNABLE_TO_GET_CRL, kInvalid, Structure, "no revocation list was found for it", kCrl),
    ST_ROW(UNABLE_TO_DECRYPT_CERT_SIGNATURE, kInvalid, Structure, "its signature cannot be decrypted", kSignature),
    ST_ROW(UNABLE_TO_DECRYPT_CRL_SIGNATURE, kInvalid, Structure, "the revocation list's signature cannot be decrypted",
           kCrl),
    ST_ROW(UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, kBadCert, Unreadable, "its public key cannot be read",
           "RFC 5280 section 4.1.2.7"),
    ST_ROW(CERT_SIGNATURE_FAILURE, kInvalid, Structure, "its signature does not verify with the issuer's key",
           kSignature),
    ST_ROW(CRL_SIGNATURE_FAILURE, kInvalid, Structure, "the revocation list's signature does not verify", kCrl),
    ST_ROW(CERT_NOT_YET_VALID, kNotYetValid, NotYetValid, "it is not valid yet", kDates),
    ST_ROW(CERT_HAS_EXPIRED, kExpired, Expired, "it has expired", kDates),
    ST_ROW(CRL_NOT_YET_VALID, kInvalid, Structure, "the revocation list is not valid yet", kCrl),
    ST_ROW(CRL_HAS_EXPIRED, kInvalid, Structure, "the revocation list is out of date", kCrl),
    ST_ROW(ERROR_IN_CERT_NOT_BEFORE_FIELD, kBadCert, Unreadable, "its notBefore date cannot be read",
           "RFC 5280 section 4.1.2.5"),
    ST_ROW(ERROR_IN_CERT_NOT_AFTER_FIELD, kBadCert, Unreadable, "its notAfter date cannot be read",
           "RFC 5280 section 4.1.2.5"),
    ST_ROW(ERROR_IN_CRL_LAST_UPDATE_FIELD, kInvalid, Structure, "the revocation list's thisUpdate cannot be read",
           kCrl),
    ST_ROW(ERROR_IN_CRL_NEXT_UPDATE_FIELD, kInvalid, Structure, "the revocation list's nextUpdate cannot be read",
           kCrl),
    ST_ROW(OUT_OF_MEM, kInternal, Internal, "the engine ran out of memory", kSelf),
    ST_ROW(DEPTH_ZERO_SELF_SIGNED_CERT, kUnknownRoot, UnknownRoot, "it is self-signed and not trusted", kAnchor),
    ST_ROW(SELF_SIGNED_CERT_IN_CHAIN, kUnknownRoot, UnknownRoot, "it is a root that is not trusted", kAnchor),
    ST_ROW(UNABLE_TO_GET_ISSUER_CERT_LOCALLY, kNoRoot, MissingIssuer, "its issuer is neither sent nor trusted",
           kPathForm),
    ST_ROW(UNABLE_TO_VERIFY_LEAF_SIGNATURE, kNoRoot, MissingIssuer,
           "its signature could not be verified for want of the issuer", kPathForm),
    ST_ROW(CERT_CHAIN_TOO_LONG, kInvalid, Structure, "the chain is too long", "RFC 5280 section 6.1.1 (a)"),
    ST_ROW(CERT_REVOKED, kInvalid, Structure, "it is revoked", kRevocation),
    ST_ROW(NO_ISSUER_PUBLIC_KEY, kBadCert, Unreadable, "its issuer's public key cannot be read",
           "RFC 5280 section 4.1.2.7"),
    ST_ROW(PATH_LENGTH_EXCEEDED, kInvalid, Structure,
           "more intermediates follow than its path length constraint allows", "RFC 5280 section 6.1.4 (l)"),
    ST_ROW(INVALID_PURPOSE, kInvalid, PlatformRule, "it is not meant for this use", "RFC 5280 section 4.2.1.12"),
    ST_ROW(CERT_UNTRUSTED, kUnknownRoot, UnknownRoot, "the root is not trusted for this use", kAnchor),
    ST_ROW(CERT_REJECTED, kInvalid, Structure, "the root store rejects it for this use", kAnchor),
    ST_ROW(SUBJECT_ISSUER_MISMATCH, kInvalid, Structure, "its issuer name is not the subject of the next certificate",
           kIssuerName),
    ST_ROW(AKID_SKID_MISMATCH, kInvalid, Structure, "its authority key identifier names another key",
           "RFC 5280 section 4.2.1.1"),
    ST_ROW(AKID_ISSUER_SERIAL_MISMATCH, kInvalid, Structure, "its authority key identifier names another serial number",
           "RFC 5280 section 4.2.1.1"),
    ST_ROW(KEYUSAGE_NO_CERTSIGN, kInvalid, Structure, "its key usage does not allow it to sign certificates",
           "RFC 5280 section 6.1.4 (n)"),
    ST_ROW(UNABLE_TO_GET_CRL_ISSUER, kInvalid, Structure, "the issuer of the revocation list was not found", kCrl),
    ST_ROW(UNHANDLED_CRITICAL_EXTENSION, kInvalid, Structure, "it has a critical extension that is not understood",
           "RFC 5280 section 4.2"),
    ST_ROW(KEYUSAGE_NO_CRL_SIGN, kInvalid, Structure, "its key usage does not allow it to sign revocation lists", kCrl),
    ST_ROW(UNHANDLED_CRITICAL_CRL_EXTENSION, kInvalid, Structure,
           "the revocation list has a critical extension that is not understood", "RFC 5280 section 5.2"),
    ST_ROW(INVALID_NON_CA, kInvalid, Structure, "it is a CA where an end entity is wanted", kBasicConstraints),
    ST_ROW(PROXY_PATH_LENGTH_EXCEEDED, kInvalid, Structure, "more proxy certificates follow than are allowed", kProxy),
    ST_ROW(KEYUSAGE_NO_DIGITAL_SIGNATURE, kInvalid, PlatformRule, "its key usage lacks digitalSignature",
           "RFC 5280 section 4.2.1.3"),
    ST_ROW(PROXY_CERTIFICATES_NOT_ALLOWED, kInvalid, Structure, "it is a proxy certificate; these are not accepted",
           kProxy),
    ST_ROW(INVALID_EXTENSION, kInvalid, Structure, "it has an invalid or inconsistent extension",
           "RFC 5280 section 4.2"),
    ST_ROW(INVALID_POLICY_EXTENSION, kInvalid, Structure, "it has an invalid or inconsistent policy extension",
           "RFC 5280 section 6.1.3 (d)"),
    ST_ROW(NO_EXPLICIT_POLICY, kInvalid, Structure, "an explicit policy is demanded and there is none",
           "RFC 5280 section 6.1.5 (g)"),
    ST_ROW(DIFFERENT_CRL_SCOPE, kInvalid, Structure, "the revocation list is for other certificates", kCrl),
    ST_ROW(UNSUPPORTED_EXTENSION_FEATURE, kInvalid, Structure,
           "it uses a feature of an extension that is not supported", "RFC 5280 section 4.2"),
    ST_ROW(UNNESTED_RESOURCE, kInvalid, Structure,
           "it claims address blocks or AS numbers that its issuer does not hold", "RFC 3779 section 2.3"),
    ST_ROW(PERMITTED_VIOLATION, kInvalid, Structure,
           "one of its names is outside the permitted subtrees of its issuers", "RFC 5280 section 6.1.3 (b)"),
    ST_ROW(EXCLUDED_VIOLATION, kInvalid, Structure, "one of its names is in an excluded subtree of its issuers",
           "RFC 5280 section 6.1.3 (c)"),
    ST_ROW(SUBTREE_MINMAX, kInvalid, Structure, "a name constraint of its issuers uses minimum or maximum",
           kConstraints),
    ST_ROW(APPLICATION_VERIFICATION, kInvalid, Structure, "the application refused it", kSelf),
    ST_ROW(UNSUPPORTED_CONSTRAINT_TYPE, kInvalid, Structure,
           "a name constraint of its issuers is of a kind that is not supported", kConstraints),
    ST_ROW(UNSUPPORTED_CONSTRAINT_SYNTAX, kInvalid, Structure, "a name constraint of its issuers is malformed",
           kConstraints),
    ST_ROW(UNSUPPORTED_NAME_SYNTAX, kInvalid, Structure,
           "one of its names is malformed and cannot be held against the name constraints", kConstraints),
    ST_ROW(CRL_PATH_VALIDATION_ERROR, kInvalid, Structure, "the chain of the revocation list's issuer is not valid",
           kCrl),
    ST_ROW(PATH_LOOP, kInvalid, Structure, "the chain runs in a circle", "RFC 5280 section 6.1"),
    ST_ROW(SUITE_B_INVALID_VERSION, kInvalid, PlatformRule, "its version is not allowed in Suite B", kSuiteB),
    ST_ROW(SUITE_B_INVALID_ALGORITHM, kInvalid, PlatformRule, "its key algorithm is not allowed in Suite B", kSuiteB),
    ST_ROW(SUITE_B_INVALID_CURVE, kInvalid, PlatformRule, "its curve is not allowed in Suite B", kSuiteB),
    ST_ROW(SUITE_B_INVALID_SIGNATURE_ALGORITHM, kInvalid, PlatformRule,
           "its signature algorithm is not allowed in Suite B", kSuiteB),
    ST_ROW(SUITE_B_LOS_NOT_ALLOWED, kInvalid, PlatformRule, "its curve is not allowed at this level of Suite B",
           kSuiteB),
    ST_ROW(SUITE_B_CANNOT_SIGN_P_384_WITH_P_256, kInvalid, PlatformRule, "a P-384 key is signed with a P-256 key",
           kSuiteB),
    ST_ROW(HOSTNAME_MISMATCH, kWrongName, Name, "its names do not cover the host name", kNames),
    ST_ROW(EMAIL_MISMATCH, kWrongName, Name, "its names do not cover the mail address", "RFC 8398 section 5"),
    ST_ROW(IP_ADDRESS_MISMATCH, kWrongName, Name, "its names do not cover the IP address", "RFC 9525 section 6.4"),
    ST_ROW(DANE_NO_MATCH, kInvalid, Structure, "no TLSA record matches it", "RFC 6698 section 2"),
    ST_ROW(EE_KEY_TOO_SMALL, kInvalid, PlatformRule, "its key is too weak", kPlatform),
    ST_ROW(CA_KEY_TOO_SMALL, kInvalid, PlatformRule, "its key is too weak", kPlatform),
    ST_ROW(CA_MD_TOO_WEAK, kInvalid, PlatformRule, "its signature uses a weak hash", kPlatform),
    ST_ROW(INVALID_CALL, kInternal, Internal, "the engine was called in a wrong way", kSelf),
    ST_ROW(STORE_LOOKUP, kInternal, Internal, "the root store could not be searched", kSelf),
    ST_ROW(NO_VALID_SCTS, kInvalid, PlatformRule, "it has no valid certificate transparency timestamp",
           "Apple platform rule (HT205280)"),
    ST_ROW(PROXY_SUBJECT_NAME_VIOLATION, kInvalid, Structure, "its proxy subject does not extend its issuer's name",
           kProxy),
    ST_ROW(OCSP_VERIFY_NEEDED, kBadStatus, Status, "its OCSP status is missing", "RFC 6960 section 3.2"),
    ST_ROW(OCSP_VERIFY_FAILED, kBadStatus, Status, "its OCSP response does not verify", "RFC 6960 section 3.2"),
    ST_ROW(OCSP_CERT_UNKNOWN, kBadStatus, Status, "the OCSP responder does not know it", "RFC 6960 section 2.2"),
    ST_ROW(UNSUPPORTED_SIGNATURE_ALGORITHM, kInvalid, Structure, "its signature algorithm is not supported",
           kSignature),
    ST_ROW(SIGNATURE_ALGORITHM_MISMATCH, kInvalid, Structure, "its signature algorithm does not fit the issuer's key",
           kSignature),
    ST_ROW(SIGNATURE_ALGORITHM_INCONSISTENCY, kInvalid, Structure, "it names two different signature algorithms",
           "RFC 5280 section 4.1.1.2"),
    ST_ROW(INVALID_CA, kInvalid, Structure, "it issues certificates and is not a CA", "RFC 5280 section 6.1.4 (k)"),
    ST_ROW(PATHLEN_INVALID_FOR_NON_CA, kInvalid, Structure, "it has a path length and is not a CA", kBasicConstraints),
    ST_ROW(PATHLEN_WITHOUT_KU_KEY_CERT_SIGN, kInvalid, Structure, "it has a path length and may not sign certificates",
           kBasicConstraints),
    ST_ROW(KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA, kInvalid, Structure,
           "its key usage says keyCertSign and it is not a CA", "RFC 5280 section 4.2.1.3"),
    ST_ROW(ISSUER_NAME_EMPTY, kInvalid, Structure, "its issuer name is empty", "RFC 5280 section 4.1.2.4"),
    ST_ROW(SUBJECT_NAME_EMPTY, kInvalid, Structure, "its subject name is empty", "RFC 5280 section 4.1.2.6"),
    ST_ROW(MISSING_AUTHORITY_KEY_IDENTIFIER, kInvalid, Structure, "it has no authority key identifier",
           "RFC 5280 section 4.2.1.1"),
    ST_ROW(MISSING_SUBJECT_KEY_IDENTIFIER, kInvalid, Structure, "it has no subject key identifier",
           "RFC 5280 section 4.2.1.2"),
    ST_ROW(EMPTY_SUBJECT_ALT_NAME, kInvalid, Structure, "its subject alternative name is empty",
           "RFC 5280 section 4.2.1.6"),
    ST_ROW(EMPTY_SUBJECT_SAN_NOT_CRITICAL, kInvalid, Structure,
           "its subject is empty and its alternative name not critical", "RFC 5280 section 4.2.1.6"),
    ST_ROW(CA_BCONS_NOT_CRITICAL, kInvalid, Structure, "its basic constraints are not critical", kBasicConstraints),
    ST_ROW(AUTHORITY_KEY_IDENTIFIER_CRITICAL, kInvalid, Structure, "its authority key identifier is critical",
           "RFC 5280 section 4.2.1.1"),
    ST_ROW(SUBJECT_KEY_IDENTIFIER_CRITICAL, kInvalid, Structure, "its subject key identifier is critical",
           "RFC 5280 section 4.2.1.2"),
    ST_ROW(CA_CERT_MISSING_KEY_USAGE, kInvalid, Structure, "it is a CA without key usage", "RFC 5280 section 4.2.1.3"),
    ST_ROW(EXTENSIONS_REQUIRE_VERSION_3, kInvalid, Structure, "it has extensions and is not of version 3",
           "RFC 5280 section 4.1.2.1"),
    ST_ROW(EC_KEY_EXPLICIT_PARAMS, kInvalid, Structure, "its key spells out a curve instead of naming one",
           "RFC 5480 section 2.1.1"),
};
#undef ST_ROW

constexpr X509ErrorRow kUnknown{-1, kInvalid, Rank::Structure, "it was refused with an error that is not in our table",
                                kPathForm};

static_assert(std::adjacent_find(kRows.begin(), kRows.end(),
                                 [](const X509ErrorRow& a, const X509ErrorRow& b) { return a.error >= b.error; }) ==
                  kRows.end(),
              "keep the rows in numeric order, each number once");

}  // namespace

std::span<const X509ErrorRow> x509_error_table() noexcept { return kRows; }

const X509ErrorRow& x509_error(int error) noexcept {
  const auto* const row =
      std::find_if(kRows.begin(), kRows.end(), [&](const X509ErrorRow& r) { return r.error == error; });
  return row == kRows.end() ? kUnknown : *row;
}

std::optional<Alert> alert_of_x509_error(int error) noexcept {
  switch (error) {
    // RFC 8446 section 6.2: "bad_certificate: A certificate was corrupt, contained signatures that did not verify
    // correctly, etc."
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return Alert::BadCertificate;
    case X509_V_ERR_CERT_REVOKED: return Alert::CertificateRevoked;
    default: return std::nullopt;
  }
}

TrustCheck check_of_x509_error(int error) noexcept {
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return TrustCheck::TemporalValidity;
    // Apple's path search passes over issuers that did not sign: what it reports is that no issuer was found.
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM:
    case X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY:
    case X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SUBJECT_ISSUER_MISMATCH:
    case X509_V_ERR_AKID_SKID_MISMATCH:
    case X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY: return TrustCheck::MissingIntermediate;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
    case X509_V_ERR_CERT_UNTRUSTED: return TrustCheck::AnchorTrusted;
    case X509_V_ERR_CERT_REJECTED: return TrustCheck::UsageConstraints;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED: return TrustCheck::BasicConstraintsPathLen;
    case X509_V_ERR_INVALID_CA: return TrustCheck::BasicConstraintsCa;
    case X509_V_ERR_INVALID_NON_CA:
    case X509_V_ERR_CA_BCONS_NOT_CRITICAL:
    case X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA: return TrustCheck::BasicConstraints;
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE:
    case X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA:
    case X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN:
    case X509_V_ERR_CA_CERT_MISSING_KEY_USAGE: return TrustCheck::KeyUsage;
    case X509_V_ERR_INVALID_PURPOSE: return TrustCheck::ExtendedKeyUsage;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: return TrustCheck::CriticalExtensions;
    case X509_V_ERR_INVALID_EXTENSION:
    case X509_V_ERR_UNSUPPORTED_EXTENSION_FEATURE: return TrustCheck::UnparseableExtension;
    case X509_V_ERR_NO_VALID_SCTS: return TrustCheck::SystemTrustedCTRequired;
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
    case X509_V_ERR_SUBTREE_MINMAX:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX:
    case X509_V_ERR_UNSUPPORTED_NAME_SYNTAX: return TrustCheck::NameConstraints;
    case X509_V_ERR_INVALID_POLICY_EXTENSION:
    case X509_V_ERR_NO_EXPLICIT_POLICY: return TrustCheck::PolicyConstraints;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL: return TrustCheck::KeySize;
    case X509_V_ERR_CA_MD_TOO_WEAK: return TrustCheck::SignatureHashAlgorithms;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_EMAIL_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return TrustCheck::SslHostname;
    case X509_V_ERR_CERT_REVOKED: return TrustCheck::Revocation;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
    case X509_V_ERR_OCSP_VERIFY_NEEDED:
    case X509_V_ERR_OCSP_VERIFY_FAILED:
    case X509_V_ERR_OCSP_CERT_UNKNOWN: return TrustCheck::RevocationResponse;
    default: return TrustCheck::CertificateForm;
  }
}

}  // namespace securetransport::trust
