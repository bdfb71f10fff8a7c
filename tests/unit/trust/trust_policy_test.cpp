// SPDX-License-Identifier: Apache-2.0
// What the policies ask for, and which alert goes with a violation.
#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include "trust/x509_error.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

std::string under(TrustPolicy policy, Question question) {
  question.policy = policy;
  return summary(judge(question));
}

TEST(TrustPolicy, Rfc5280LeavesOutThePlatformRules) {
  const Family family;
  const auto sha1_issuer = family.other_intermediate([](auto& spec) { spec.digest = "SHA1"; });
  const auto small_issuer = family.other_intermediate([](auto& spec) { spec.key = KeyKind::Rsa1024; });
  const auto leaf = [&](auto change) { return Question{{family.leaf(change), family.intermediate}, {family.root}}; };
  const std::vector<std::pair<const char*, Question>> weak{
      {"RSA 1024", leaf([](auto& spec) { spec.key = KeyKind::Rsa1024; })},
      {"P-192", leaf([](auto& spec) { spec.key = KeyKind::EcP192; })},
      {"key usage of the leaf", leaf([](auto& spec) { spec.key_usage = "critical,cRLSign"; })},
      {"SHA-1", leaf([](auto& spec) { spec.digest = "SHA1"; })},
      {"issuer with SHA-1", {{issued_by(sha1_issuer, leaf_spec()), sha1_issuer}, {family.root}}},
      {"issuer with RSA 1024", {{issued_by(small_issuer, leaf_spec()), small_issuer}, {family.root}}},
  };
  for (const auto& [what, question] : weak) {
    SCOPED_TRACE(what);
    EXPECT_NE(under(TrustPolicy::Apple, question), "trusted");
    EXPECT_EQ(under(TrustPolicy::Rfc5280, question), "trusted");
  }
  const Question lonely{{family.leaf([](auto& spec) { spec.digest = "SHA1"; })}, {}};
  EXPECT_EQ(under(TrustPolicy::Apple, lonely), "errSSLNoRootCert@0 errSSLXCertChainInvalid@0");
  EXPECT_EQ(under(TrustPolicy::Rfc5280, lonely), "errSSLNoRootCert@0");
}

TEST(TrustPolicy, Rfc5280KeepsEveryRuleOfTheStandard) {
  const Family family;
  const auto leaf = [&](auto change) { return Question{{family.leaf(change), family.intermediate}, {family.root}}; };
  const std::vector<std::pair<const char*, Question>> faults{
      {"errSSLXCertChainInvalid@0", leaf([](auto& spec) { spec.signature = Signature::Corrupt; })},
      {"errSSLXCertChainInvalid@0", leaf([](auto& spec) { spec.extended_key_usage = "clientAuth"; })},
      {"errSSLCertExpired@0", leaf([](auto& spec) { spec.not_after = kNow - kDay; })},
      {"errSSLBadCert@0", leaf([](auto& spec) { spec.key = KeyKind::Unreadable; })},
      {"errSSLHostNameMismatch@0", leaf([](auto& spec) { spec.names = {"DNS:other.example"}; })},
      {"errSSLUnknownRootCert@2", {{family.leaf(), family.intermediate, family.root}, {}}},
  };
  for (const auto& [expected, question] : faults) EXPECT_EQ(under(TrustPolicy::Rfc5280, question), expected);
}

TEST(ViolationAlert, IsBadCertificateForABadSignature) {
  const Family family;
  const auto broken = family.leaf([](auto& spec) { spec.signature = Signature::Corrupt; });
  const auto result = judge({{broken, family.intermediate}, {family.root}});
  ASSERT_EQ(summary(result), "errSSLXCertChainInvalid@0");
  EXPECT_EQ(result.violations.front().alert, Alert::BadCertificate);
}

TEST(ViolationAlert, IsSetForBadSignaturesAndRevocationOnly) {
  // Row -9807: "46 (42 for a bad signature, 44 for revoked)". 4 and 7 are bad signatures, 23 is revoked.
  for (const trust::X509ErrorRow& row : trust::x509_error_table()) {
    const auto alert = trust::alert_of_x509_error(row.error);
    switch (row.error) {
      case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
      case X509_V_ERR_CERT_SIGNATURE_FAILURE: EXPECT_EQ(alert, Alert::BadCertificate) << row.error; break;
      case X509_V_ERR_CERT_REVOKED: EXPECT_EQ(alert, Alert::CertificateRevoked) << row.error; break;
      default: EXPECT_EQ(alert, std::nullopt) << row.error; break;
    }
  }
}

TEST(ViolationAlert, IsLeftToTheCodeForOtherFaults) {
  const Family family;
  const auto leaf = family.leaf([](auto& spec) {
    spec.not_after = kNow - kDay;
    spec.extended_key_usage = "clientAuth";
    spec.key = KeyKind::Rsa1024;
  });
  for (const Violation& violation : judge({{leaf, family.intermediate, family.root}, {}, "other.example"}).violations) {
    EXPECT_EQ(violation.alert, std::nullopt) << violation.detail;
  }
}

}  // namespace
}  // namespace securetransport::test
