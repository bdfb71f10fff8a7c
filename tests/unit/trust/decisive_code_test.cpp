// SPDX-License-Identifier: Apache-2.0
// Two or more faults in one chain: all are listed, and the order of contract 8.3 decides.
#include <gtest/gtest.h>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

struct Row {
  const char* what;
  std::string expected;
  Question question;
};

void corrupt(CertificateSpec& spec) { spec.signature = Signature::Corrupt; }
void expired(CertificateSpec& spec) { spec.not_after = kNow - kDay; }
void future(CertificateSpec& spec) { spec.not_before = kNow + kDay; }
void unreadable(CertificateSpec& spec) { spec.extensions.push_back({"2.5.29.30", false, {1, 2}}); }
void wrong_usage(CertificateSpec& spec) { spec.extended_key_usage = "clientAuth"; }
void critical(CertificateSpec& spec) { spec.extensions.push_back({"1.3.6.1.4.1.55555.7", true, {0x05, 0x00}}); }

template <class... Changes>
TestCertificate leaf_with(const Family& family, Changes... changes) {
  return family.leaf([&](CertificateSpec& spec) { (changes(spec), ...); });
}

TEST(DecisiveCode, FollowsTheOrderOfTheContractForEveryPair) {
  const Family family;
  const auto& intermediate = family.intermediate;
  const auto& root = family.root;
  const std::string other = "other.example";
  const auto expired_issuer = family.other_intermediate(expired);
  const std::vector<Row> rows{
      {"unreadable, then structure",
       "errSSLBadCert@0 errSSLXCertChainInvalid@0",
       {{leaf_with(family, unreadable, critical), intermediate}, {root}}},
      {"unreadable, then expired",
       "errSSLBadCert@0 errSSLCertExpired@0",
       {{leaf_with(family, unreadable, expired), intermediate}, {root}}},
      {"structure, then expired",
       "errSSLXCertChainInvalid@0 errSSLCertExpired@0",
       {{leaf_with(family, corrupt, expired), intermediate}, {root}}},
      {"structure, then not yet valid",
       "errSSLXCertChainInvalid@0 errSSLCertNotYetValid@0",
       {{leaf_with(family, corrupt, future), intermediate}, {root}}},
      {"structure, then missing issuer",
       "errSSLXCertChainInvalid@0 errSSLNoRootCert@0",
       {{leaf_with(family, critical)}, {root}}},
      {"structure, then unknown root",
       "errSSLXCertChainInvalid@0 errSSLUnknownRootCert@2",
       {{leaf_with(family, corrupt), intermediate, root}, {}}},
      {"structure, then platform rule",
       "errSSLXCertChainInvalid@0 errSSLXCertChainInvalid@0",
       {{leaf_with(family, wrong_usage, corrupt), intermediate}, {root}}},
      {"structure, then name",
       "errSSLXCertChainInvalid@0 errSSLHostNameMismatch@0",
       {{leaf_with(family, corrupt), intermediate}, {root}, other}},
      {"expired above, then not yet valid below",
       "errSSLCertExpired@1 errSSLCertNotYetValid@0",
       {{issued_by(expired_issuer,
                   [] {
                     auto spec = leaf_spec();
                     future(spec);
                     return spec;
                   }()),
         expired_issuer},
        {root}}},
      {"expired, then missing issuer",
       "errSSLCertExpired@0 errSSLNoRootCert@0",
       {{leaf_with(family, expired)}, {root}}},
      {"expired, then unknown root",
       "errSSLCertExpired@0 errSSLUnknownRootCert@2",
       {{leaf_with(family, expired), intermediate, root}, {}}},
      {"expired, then platform rule",
       "errSSLCertExpired@0 errSSLXCertChainInvalid@0",
       {{leaf_with(family, expired, wrong_usage), intermediate}, {root}}},
      {"expired, then name",
       "errSSLCertExpired@0 errSSLHostNameMismatch@0",
       {{leaf_with(family, expired), intermediate}, {root}, other}},
      {"not yet valid, then missing issuer",
       "errSSLCertNotYetValid@0 errSSLNoRootCert@0",
       {{leaf_with(family, future)}, {root}}},
      {"not yet valid, then unknown root",
       "errSSLCertNotYetValid@0 errSSLUnknownRootCert@2",
       {{leaf_with(family, future), intermediate, root}, {}}},
      {"not yet valid, then name",
       "errSSLCertNotYetValid@0 errSSLHostNameMismatch@0",
       {{leaf_with(family, future), intermediate}, {root}, other}},
      {"missing issuer, then platform rule",
       "errSSLNoRootCert@0 errSSLXCertChainInvalid@0",
       {{leaf_with(family, wrong_usage)}, {root}}},
      {"missing issuer, then name", "errSSLNoRootCert@0 errSSLHostNameMismatch@0", {{family.leaf()}, {root}, other}},
      {"unknown root, then platform rule",
       "errSSLUnknownRootCert@2 errSSLXCertChainInvalid@0",
       {{leaf_with(family, wrong_usage), intermediate, root}, {}}},
      {"unknown root, then name",
       "errSSLUnknownRootCert@2 errSSLHostNameMismatch@0",
       {{family.leaf(), intermediate, root}, {}, other}},
      {"platform rule, then name",
       "errSSLXCertChainInvalid@0 errSSLHostNameMismatch@0",
       {{leaf_with(family, wrong_usage), intermediate}, {root}, other}},
      {"expired, unknown root and wrong name",
       "errSSLCertExpired@0 errSSLUnknownRootCert@2 errSSLHostNameMismatch@0",
       {{leaf_with(family, expired), intermediate, root}, {}, other}},
      {"self-signed, expired and wrong name",
       "errSSLCertExpired@0 errSSLUnknownRootCert@0 errSSLHostNameMismatch@0",
       {{self_signed([] {
          auto spec = leaf_spec();
          expired(spec);
          return spec;
        }())},
        {},
        other}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = judge(row.question);
    EXPECT_EQ(summary(result), row.expected) << details(result);
  }
}

TEST(DecisiveCode, TellsTheTwoMeaningsOfAnInvalidChainApart) {
  const Family family;
  const auto result =
      judge({{leaf_with(family, wrong_usage, corrupt), family.intermediate}, {family.root}, "other.example"});
  ASSERT_EQ(summary(result), "errSSLXCertChainInvalid@0 errSSLXCertChainInvalid@0 errSSLHostNameMismatch@0");
  EXPECT_NE(result.violations[0].detail.find("signature"), std::string::npos);
  EXPECT_NE(result.violations[1].detail.find("extended key usage"), std::string::npos);
}

}  // namespace
}  // namespace securetransport::test
