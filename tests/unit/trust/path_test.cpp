// SPDX-License-Identifier: Apache-2.0
// What is sent besides the path, in which order, and how much of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

/// A leaf under `count` intermediates, leaf first, root not included.
std::vector<TestCertificate> long_chain(const TestCertificate& root, int count) {
  std::vector<TestCertificate> chain;
  TestCertificate issuer = root;
  for (int at = 0; at < count; ++at) {
    issuer = issued_by(issuer, intermediate_spec("Issuer " + std::to_string(at)));
    chain.insert(chain.begin(), issuer);
  }
  chain.insert(chain.begin(), issued_by(issuer, leaf_spec()));
  return chain;
}

TEST(Path, IgnoresCertificatesThatDoNotBelongToIt) {
  const Family family;
  const auto result = judge({{family.leaf(), self_signed(root_spec("Stranger")), family.intermediate,
                              self_signed(leaf_spec()), family.intermediate},
                             {family.root}});
  EXPECT_EQ(summary(result), "trusted") << details(result);
  EXPECT_EQ(result.path.size(), 3U);
}

TEST(Path, TakesTheCertificatesAfterTheLeafInAnyOrder) {
  const auto root = self_signed(root_spec());
  auto chain = long_chain(root, 4);
  std::reverse(chain.begin() + 1, chain.end());
  EXPECT_EQ(summary(judge({chain, {root}})), "trusted");
}

TEST(Path, PrefersATrustedIssuerToASentOne) {
  // The same intermediate name and key under two roots: only one is trusted.
  const Family family;
  const auto stranger = self_signed(root_spec("Stranger"));
  const auto cross = issued_by(stranger, intermediate_spec(), family.intermediate.key);
  const auto result = judge({{family.leaf(), cross, stranger}, {family.intermediate}});
  EXPECT_EQ(summary(result), "trusted") << details(result);
}

TEST(Path, IsAtMostSixteenIntermediatesLong) {
  const auto root = self_signed(root_spec());
  EXPECT_EQ(summary(judge({long_chain(root, 16), {root}})), "trusted");
  const auto result = judge({long_chain(root, 17), {root}});
  EXPECT_EQ(symbol_of(result.code()), "errSSLXCertChainInvalid") << details(result);
  EXPECT_EQ(result.violations.size(), 1U) << details(result);
  EXPECT_NE(details(result).find("more than 16 intermediate certificates"), std::string::npos) << details(result);
}

TEST(Path, LooksAtNoMoreThanSixtyFourCertificates) {
  const Family family;
  std::vector<TestCertificate> chain{family.leaf(), family.intermediate};
  chain.resize(64, family.intermediate);
  EXPECT_EQ(summary(judge({chain, {family.root}})), "trusted");
  chain.push_back(family.intermediate);
  const auto result = judge({chain, {family.root}});
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@chain");
  EXPECT_NE(details(result).find("65 certificates; at most 64 are accepted"), std::string::npos) << details(result);
}

TEST(Path, EndsInACircleWithoutHanging) {
  // Two issuers that certify each other.
  const auto a = self_signed(root_spec("A"));
  const auto b = self_signed(root_spec("B"));
  const auto a_by_b = issued_by(b, intermediate_spec("A"), a.key);
  const auto b_by_a = issued_by(a, intermediate_spec("B"), b.key);
  const auto result = judge({{issued_by(a, leaf_spec()), a_by_b, b_by_a}, {}});
  EXPECT_EQ(symbol_of(result.code()), "errSSLNoRootCert") << details(result);
}

TEST(Path, SaysWhyASentIssuerDoesNotFit) {
  const Family family;
  const auto namesake = family.other_intermediate([](auto&) {});
  const auto result = judge({{family.leaf(), namesake}, {family.root}});
  EXPECT_EQ(summary(result), "errSSLNoRootCert@0");
  EXPECT_NE(details(result).find("a certificate of that name was sent, but is not the issuer: its authority key "
                                 "identifier names another key"),
            std::string::npos)
      << details(result);
}

TEST(Path, IsReportedAsFarAsItGoes) {
  const Family family;
  EXPECT_EQ(judge({{family.leaf()}, {family.root}}).path.size(), 1U);
  EXPECT_EQ(judge({{family.leaf(), family.intermediate}, {}}).path.size(), 2U);
  EXPECT_EQ(judge({{}, {}}).path.size(), 0U);
}

TEST(Path, NamesEachCertificateByIndexAndSubject) {
  const Family family;
  const auto result = judge({{family.leaf(), family.intermediate}, {}});
  ASSERT_EQ(summary(result), "errSSLNoRootCert@1");
  EXPECT_EQ(result.violations[0].subject, "CN=Test Intermediate");
}

}  // namespace
}  // namespace securetransport::test
