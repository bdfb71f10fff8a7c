// SPDX-License-Identifier: Apache-2.0
// App Transport Security's demands on the negotiated parameters, and the order of all its violations.
#include <gtest/gtest.h>

#include <algorithm>

#include "securetransport/trust/ats.hpp"

namespace securetransport::test {
namespace {

std::string codes(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations) text += (text.empty() ? "" : " ") + symbol_of(violation.code);
  return text;
}

AtsConnection good_connection() { return {0x0303, 0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false}; }

TEST(AtsConnection, KeepsTheDefaultPolicyWithTls12AndForwardSecrecy) {
  EXPECT_EQ(codes(judge_ats_connection({}, good_connection())), "");
  EXPECT_EQ(codes(judge_ats_connection({}, {0x0304, 0x1301})), "");
  EXPECT_EQ(codes(judge_ats_connection({}, {0xFEFD, 0xC02F})), "") << "DTLS 1.2";
}

TEST(AtsConnection, MustNotBeOlderThanTheMinimum) {
  struct Row {
    std::uint16_t minimum;
    std::uint16_t version;
    bool is_good;
  };
  const std::vector<Row> rows{
      {0x0303, 0x0300, false}, {0x0303, 0x0301, false}, {0x0303, 0x0302, false}, {0x0303, 0x0303, true},
      {0x0303, 0x0304, true},  {0x0304, 0x0303, false}, {0x0304, 0x0304, true},  {0x0301, 0x0301, true},
      {0x0303, 0xFEFF, false}, {0x0303, 0xFEFD, true},  {0xFEFD, 0xFEFF, false}, {0xFEFD, 0xFEFD, true},
      {0x0000, 0x0300, true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(testing::Message() << std::hex << row.minimum << " " << row.version);
    AtsPolicy policy;
    policy.minimum_version = row.minimum;
    AtsConnection connection = good_connection();
    connection.version = row.version;
    EXPECT_EQ(codes(judge_ats_connection(policy, connection)), row.is_good ? "" : "errSSLATSMinimumVersionViolation");
  }
  AtsConnection old = good_connection();
  old.version = 0x0302;
  const auto violations = judge_ats_connection({}, old);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].detail, "the connection uses TLS 1.1 (0x0302); at least TLS 1.2 (0x0303) is wanted");
  EXPECT_EQ(violations[0].rule, "App Transport Security: minimum version (NSExceptionMinimumTLSVersion)");
  EXPECT_EQ(violations[0].chain_index, std::nullopt);
}

TEST(AtsConnection, AllowsTheThirteenSuitesOfAppleAndNoOther) {
  // ats-facts 2.1: the groups TLS13 and PFS of Apple's source.
  const std::vector<std::uint16_t> allowed{0x1301, 0x1302, 0x1303, 0xC02C, 0xC02B, 0xCCA9, 0xC030,
                                           0xC02F, 0xCCA8, 0xC00A, 0xC009, 0xC014, 0xC013};
  EXPECT_EQ(AtsPolicy().cipher_suites, allowed);
  for (unsigned suite = 0; suite <= 0xFFFF; ++suite) {
    AtsConnection connection = good_connection();
    connection.cipher_suite = static_cast<std::uint16_t>(suite);
    const bool is_allowed = std::find(allowed.begin(), allowed.end(), suite) != allowed.end();
    EXPECT_EQ(judge_ats_connection({}, connection).empty(), is_allowed) << std::hex << suite;
  }
  const auto violations = judge_ats_connection({}, {0x0303, 0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256", true});
  ASSERT_EQ(codes(violations), "errSSLATSCiphersuiteViolation");
  EXPECT_EQ(violations[0].detail,
            "the cipher suite TLS_RSA_WITH_AES_128_GCM_SHA256 (0x009C) is not one of the 13 that the policy allows");
}

TEST(AtsConnection, AllowsEverySuiteIfThePolicyListsNone) {
  AtsPolicy policy;
  policy.cipher_suites.clear();
  EXPECT_EQ(codes(judge_ats_connection(policy, {0x0303, 0x002F})), "");
}

TEST(AtsConnection, NeedsTheExtendedMasterSecretUpToTls12OnlyIfAsked) {
  AtsPolicy policy;
  policy.requires_extended_master_secret = true;
  AtsConnection connection = good_connection();
  EXPECT_EQ(codes(judge_ats_connection(policy, connection)), "errSSLATSViolation");
  connection.extended_master_secret = true;
  EXPECT_EQ(codes(judge_ats_connection(policy, connection)), "");
  EXPECT_EQ(codes(judge_ats_connection(policy, {0x0304, 0x1301})), "") << "TLS 1.3 has nothing else";
  EXPECT_EQ(codes(judge_ats_connection({}, good_connection())), "");
}

TEST(AtsConnection, ListsAllViolationsTheNarrowerCodesFirst) {
  AtsPolicy policy;
  policy.requires_extended_master_secret = true;
  EXPECT_EQ(codes(judge_ats_connection(policy, {0x0301, 0x0005})),
            "errSSLATSMinimumVersionViolation errSSLATSCiphersuiteViolation errSSLATSViolation");
}

TEST(AtsOrder, PutsTrustFirstAndThenTheCodesOfAppTransportSecurity) {
  const auto violation = [](ResultCode code) { return Violation{code, 0, "CN=x", "detail", "rule"}; };
  std::vector<ResultCode> ats{
      ResultCode::ATSMinimumVersionViolation,
      ResultCode::ATSCiphersuiteViolation,
      ResultCode::ATSMinimumKeySizeViolation,
      ResultCode::ATSLeafCertificateHashAlgorithmViolation,
      ResultCode::ATSCertificateHashAlgorithmViolation,
      ResultCode::ATSCertificateTrustViolation,
      ResultCode::ATSViolation,
  };
  // Platform rules share a code with faults of structure: the order of the trust evaluation is kept as it is.
  const std::vector<Violation> trust{violation(ResultCode::BadCertificateStatusResponse),
                                     violation(ResultCode::XCertChainInvalid), violation(ResultCode::HostNameMismatch)};
  const std::string expected =
      "errSSLBadCertificateStatusResponse errSSLXCertChainInvalid errSSLHostNameMismatch "
      "errSSLATSMinimumVersionViolation errSSLATSCiphersuiteViolation errSSLATSMinimumKeySizeViolation "
      "errSSLATSLeafCertificateHashAlgorithmViolation errSSLATSCertificateHashAlgorithmViolation "
      "errSSLATSCertificateTrustViolation errSSLATSViolation";
  std::sort(ats.begin(), ats.end());
  do {
    std::vector<Violation> found;
    for (const ResultCode code : ats) found.push_back(violation(code));
    found.push_back(found.front());  // Found twice, listed once.
    ASSERT_EQ(codes(merge_violations(trust, found)), expected);
  } while (std::next_permutation(ats.begin(), ats.end()));
  EXPECT_EQ(codes(merge_violations(trust, {})),
            "errSSLBadCertificateStatusResponse errSSLXCertChainInvalid errSSLHostNameMismatch");
  EXPECT_EQ(codes(merge_violations({}, {})), "");
}

}  // namespace
}  // namespace securetransport::test
