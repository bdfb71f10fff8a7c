// SPDX-License-Identifier: Apache-2.0
// What a server's key may be used for, and for how long its certificate may live.
#include <gtest/gtest.h>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

class LeafRules : public testing::Test {
 protected:
  const Family family;

  template <class Change>
  Question leaf(Change change) const {
    return Question{{family.leaf(change), family.intermediate}, {family.root}};
  }
};

// RFC 8446 section 4.4.2.2: "the digitalSignature bit MUST be set if the Key Usage extension is present".
TEST_F(LeafRules, KeyThatSignsNeedsDigitalSignature) {
  EXPECT_EQ(summary(judge(leaf([](auto& spec) { spec.key_usage = ""; }))), "trusted");
  EXPECT_EQ(summary(judge(leaf([](auto& spec) { spec.key_usage = "digitalSignature"; }))), "trusted");
  EXPECT_EQ(summary(judge(leaf([](auto& spec) { spec.key_usage = "critical,keyAgreement"; }))),
            "errSSLXCertChainInvalid@0");
  EXPECT_EQ(summary(judge(leaf([](auto& spec) { spec.key_usage = "keyEncipherment"; }))), "errSSLXCertChainInvalid@0");
}

// RFC 5246 section 7.4.2: for RSA key exchange "the keyEncipherment bit MUST be set if the key usage extension is
// present".
TEST_F(LeafRules, KeyThatDecryptsNeedsKeyEncipherment) {
  for (const auto& [usage, expected] :
       {std::pair("keyEncipherment", "trusted"), std::pair("digitalSignature", "errSSLXCertChainInvalid@0")}) {
    SCOPED_TRACE(usage);
    const std::vector<Certificate> chain =
        parsed({family.leaf([&, usage = usage](auto& spec) { spec.key_usage = usage; }), family.intermediate});
    TrustRequest request;
    request.chain = chain;
    request.roots = RootStore::of(parsed(std::vector{family.root}));
    request.time = kNow;
    request.key_signs = false;
    EXPECT_EQ(summary(evaluate(request)), expected);
  }
}

// Apple, HT210176: certificates issued after 2019-07-01 live 825 days at most; the sources allow one hour more.
TEST_F(LeafRules, CertificatesUnderAProgramsRootsLiveFor825Days) {
  const auto living = [&](std::chrono::seconds lifetime) {
    return summary(judge(leaf([&](auto& spec) {
      spec.not_before = kNow - kDay;
      spec.not_after = spec.not_before + lifetime;
    })));
  };
  EXPECT_EQ(living(825 * kDay), "trusted");
  EXPECT_EQ(living(825 * kDay + 1h), "trusted");
  EXPECT_EQ(living(825 * kDay + 1h + 1s), "errSSLXCertChainInvalid@0");
  EXPECT_EQ(living(3650 * kDay), "errSSLXCertChainInvalid@0");
}

TEST_F(LeafRules, OldCertificatesMayBeLongLived) {
  const auto issued = [&](std::chrono::sys_seconds not_before) {
    return summary(judge(leaf([&](auto& spec) {
      spec.not_before = not_before;
      spec.not_after = kNow + 900 * kDay;
    })));
  };
  const std::chrono::sys_seconds rule = std::chrono::sys_days(std::chrono::year(2019) / 6 / 30) + 23h;
  EXPECT_EQ(issued(rule - 1s), "trusted");
  EXPECT_EQ(issued(rule), "errSSLXCertChainInvalid@0");
}

TEST_F(LeafRules, LifetimeIsNoMatterOfRfc5280NorOfClientsNorOfAnchorsThemselves) {
  const auto long_lived = [](auto& spec) { spec.not_after = kNow + 3650 * kDay; };
  Question question = leaf(long_lived);
  question.policy = TrustPolicy::Rfc5280;
  EXPECT_EQ(summary(judge(question)), "trusted");

  question = leaf([&](auto& spec) {
    long_lived(spec);
    spec.extended_key_usage = "clientAuth";
  });
  question.peer_role = PeerRole::Client;
  EXPECT_EQ(summary(judge(question)), "trusted");

  const TestCertificate own = family.leaf(long_lived);
  EXPECT_EQ(summary(judge({{own}, {own}})), "trusted");
}

}  // namespace
}  // namespace securetransport::test
