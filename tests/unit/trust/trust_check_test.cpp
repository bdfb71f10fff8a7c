// SPDX-License-Identifier: Apache-2.0
// The names, numbers and severities under which SecTrust reports failures (SecPolicyChecks.list, SecBase.h), and which
// of them the errors of the path validation come under.
#include "securetransport/core/trust_check.hpp"

#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include <map>
#include <set>
#include <string>

#include "trust/x509_error.hpp"

namespace securetransport::test {
namespace {

struct Row {
  TrustCheck check;
  std::string_view name;
  std::int32_t status;
  TrustSeverity severity;
};

constexpr auto kRecoverable = TrustSeverity::Recoverable;
constexpr auto kFatal = TrustSeverity::Fatal;

// In the order of seriousness: revoked, key size, weak hash, denied, compliance, pinning, trust, usage, name, dates.
constexpr Row kRows[] = {
    {TrustCheck::Revocation, "Revocation", -67820, kFatal},        // errSecCertificateRevoked
    {TrustCheck::WeakKeySize, "WeakKeySize", -67735, kFatal},      // errSecUnsupportedKeySize
    {TrustCheck::KeySize, "KeySize", -67735, kRecoverable},        // the same
    {TrustCheck::WeakSignature, "WeakSignature", -67815, kFatal},  // errSecInvalidDigestAlgorithm
    {TrustCheck::SignatureHashAlgorithms, "SignatureHashAlgorithms", -67815, kRecoverable},  // the same
    {TrustCheck::UsageConstraints, "UsageConstraints", -67654, TrustSeverity::Deny},         // errSecTrustSettingDeny
    {TrustCheck::SystemTrustValidityPeriod, "SystemTrustValidityPeriod", -67901, kRecoverable},  // ...PeriodTooLong
    {TrustCheck::OtherTrustValidityPeriod, "OtherTrustValidityPeriod", -67901, kRecoverable},    // the same
    {TrustCheck::SystemTrustedCTRequired, "SystemTrustedCTRequired", -67825, kRecoverable},  // errSecVerifyActionFailed
    {TrustCheck::DuplicateExtension, "DuplicateExtension", -67903, kRecoverable},
    {TrustCheck::UnparseableExtension, "UnparseableExtension", -67618, kRecoverable},  // errSecUnknownCertExtension
    {TrustCheck::CertificateForm, "CertificateForm", -67880, kRecoverable},            // ours
    {TrustCheck::RevocationResponse, "RevocationResponseRequired", -67635, kRecoverable},
    {TrustCheck::LeafSpkiSha256, "LeafSPKISHA256", -9886, kRecoverable},
    {TrustCheck::CaSpkiSha256, "CAspkiSHA256", -9886, kRecoverable},
    {TrustCheck::AnchorTrusted, "AnchorTrusted", -67843, kRecoverable},              // errSecNotTrusted
    {TrustCheck::MissingIntermediate, "MissingIntermediate", -25318, kRecoverable},  // errSecCreateChainFailed
    {TrustCheck::ExtendedKeyUsage, "ExtendedKeyUsage", -67609, kRecoverable},
    {TrustCheck::KeyUsage, "KeyUsage", -67608, kRecoverable},                      // errSecInvalidKeyUsageForPolicy
    {TrustCheck::BasicConstraints, "BasicConstraints", -67604, kRecoverable},      // errSecNoBasicConstraints
    {TrustCheck::BasicConstraintsCa, "BasicConstraintsCA", -67605, kRecoverable},  // errSecNoBasicConstraintsCA
    {TrustCheck::BasicConstraintsPathLen, "BasicConstraintsPathLen", -67611, kRecoverable},
    {TrustCheck::CriticalExtensions, "CriticalExtensions", -67603, kRecoverable},
    {TrustCheck::PolicyConstraints, "PolicyConstraints", -67899, kRecoverable},  // ours
    {TrustCheck::NameConstraints, "NameConstraints", -67689, kRecoverable},      // errSecInvalidName
    {TrustCheck::SslHostname, "SSLHostname", -67602, kRecoverable},              // errSecHostNameMismatch
    {TrustCheck::TemporalValidity, "TemporalValidity", -67818, kRecoverable},    // errSecCertificateExpired
};

TEST(TrustCheckTable, HasApplesNamesAndNumbers) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    const TrustCheckInfo& info = trust_check_info(row.check);
    EXPECT_EQ(info.check, row.check);
    EXPECT_EQ(info.name, row.name);
    EXPECT_EQ(info.status, row.status);
    EXPECT_EQ(info.severity, row.severity);
  }
}

TEST(TrustCheckTable, StandsInTheOrderInWhichOneFailureIsReported) {
  for (std::size_t at = 0; at < std::size(kRows); ++at) {
    EXPECT_EQ(static_cast<std::size_t>(kRows[at].check), at) << kRows[at].name;
  }
  EXPECT_EQ(static_cast<std::size_t>(TrustCheck::TemporalValidity) + 1, std::size(kRows)) << "no row is missing";
}

TEST(TrustCheckTable, NamesEveryCheckOnce) {
  std::set<std::string_view> names;
  for (const Row& row : kRows) EXPECT_TRUE(names.insert(trust_check_info(row.check).name).second) << row.name;
}

/// Errors whose result code does not tell the check: -9807 stands for most of them.
const std::map<int, TrustCheck> kChecks{
    {X509_V_ERR_CERT_REVOKED, TrustCheck::Revocation},
    {X509_V_ERR_CERT_REJECTED, TrustCheck::UsageConstraints},
    {X509_V_ERR_EE_KEY_TOO_SMALL, TrustCheck::KeySize},
    {X509_V_ERR_CA_KEY_TOO_SMALL, TrustCheck::KeySize},
    {X509_V_ERR_CA_MD_TOO_WEAK, TrustCheck::SignatureHashAlgorithms},
    {X509_V_ERR_NO_VALID_SCTS, TrustCheck::SystemTrustedCTRequired},
    {X509_V_ERR_INVALID_EXTENSION, TrustCheck::UnparseableExtension},
    {X509_V_ERR_UNSUPPORTED_EXTENSION_FEATURE, TrustCheck::UnparseableExtension},
    {X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, TrustCheck::CriticalExtensions},
    {X509_V_ERR_INVALID_CA, TrustCheck::BasicConstraintsCa},
    {X509_V_ERR_INVALID_NON_CA, TrustCheck::BasicConstraints},
    {X509_V_ERR_CA_BCONS_NOT_CRITICAL, TrustCheck::BasicConstraints},
    {X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA, TrustCheck::BasicConstraints},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, TrustCheck::BasicConstraintsPathLen},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, TrustCheck::AnchorTrusted},
    {X509_V_ERR_INVALID_PURPOSE, TrustCheck::ExtendedKeyUsage},
    {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, TrustCheck::KeyUsage},
    {X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE, TrustCheck::KeyUsage},
    {X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA, TrustCheck::KeyUsage},
    {X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN, TrustCheck::KeyUsage},
    {X509_V_ERR_CA_CERT_MISSING_KEY_USAGE, TrustCheck::KeyUsage},
    {X509_V_ERR_PERMITTED_VIOLATION, TrustCheck::NameConstraints},
    {X509_V_ERR_EXCLUDED_VIOLATION, TrustCheck::NameConstraints},
    {X509_V_ERR_SUBTREE_MINMAX, TrustCheck::NameConstraints},
    {X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE, TrustCheck::NameConstraints},
    {X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX, TrustCheck::NameConstraints},
    {X509_V_ERR_UNSUPPORTED_NAME_SYNTAX, TrustCheck::NameConstraints},
    {X509_V_ERR_INVALID_POLICY_EXTENSION, TrustCheck::PolicyConstraints},
    {X509_V_ERR_NO_EXPLICIT_POLICY, TrustCheck::PolicyConstraints},
    // Apple's search passes over issuers that did not sign.
    {X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE, TrustCheck::MissingIntermediate},
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, TrustCheck::MissingIntermediate},
    {X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM, TrustCheck::MissingIntermediate},
    {X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH, TrustCheck::MissingIntermediate},
    {X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY, TrustCheck::MissingIntermediate},
    {X509_V_ERR_SUBJECT_ISSUER_MISMATCH, TrustCheck::MissingIntermediate},
    {X509_V_ERR_AKID_SKID_MISMATCH, TrustCheck::MissingIntermediate},
    {X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH, TrustCheck::MissingIntermediate},
};

TrustCheck expected_check(const trust::X509ErrorRow& row) {
  if (const auto known = kChecks.find(row.error); known != kChecks.end()) return known->second;
  switch (row.code) {
    case ResultCode::CertExpired:
    case ResultCode::CertNotYetValid: return TrustCheck::TemporalValidity;
    case ResultCode::NoRootCert: return TrustCheck::MissingIntermediate;
    case ResultCode::UnknownRootCert: return TrustCheck::AnchorTrusted;
    case ResultCode::HostNameMismatch: return TrustCheck::SslHostname;
    case ResultCode::BadCertificateStatusResponse: return TrustCheck::RevocationResponse;
    default: break;
  }
  const bool is_about_lists =
      std::string_view(X509_verify_cert_error_string(row.error)).find("CRL") != std::string_view::npos;
  return is_about_lists ? TrustCheck::RevocationResponse : TrustCheck::CertificateForm;
}

TEST(TrustCheckOfAnError, FitsIt) {
  for (const trust::X509ErrorRow& row : trust::x509_error_table()) {
    EXPECT_EQ(trust_check_info(trust::check_of_x509_error(row.error)).name, trust_check_info(expected_check(row)).name)
        << X509_verify_cert_error_string(row.error);
  }
}

TEST(TrustCheckOfAnError, IsAboutFormIfTheErrorIsUnknown) {
  for (const int error : {-7, 12345}) {
    EXPECT_EQ(trust::check_of_x509_error(error), TrustCheck::CertificateForm) << error;
  }
}

}  // namespace
}  // namespace securetransport::test
