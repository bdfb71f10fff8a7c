// SPDX-License-Identifier: Apache-2.0
// Questions with several policies and the options of Apple's SecTrust.
#include "securetransport/trust/trust_question.hpp"

#include <gtest/gtest.h>

#include "staple_case.hpp"

namespace securetransport::test {
namespace {

using Kind = PolicyTerms::Kind;

PolicyTerms server(std::string name) { return {Kind::Tls, PeerRole::Server, std::move(name), false}; }

struct QuestionCase {
  Family family;
  TestCertificate leaf = family.leaf();

  [[nodiscard]] TrustQuestion question(std::vector<PolicyTerms> policies = {server("www.example.com")}) const {
    TrustQuestion question{parsed({leaf, family.intermediate})};
    question.policies = std::move(policies);
    question.anchors = std::vector{parsed(family.root)};
    question.has_anchors_only = true;
    return question;
  }
};

TEST(TrustQuestion, IsAnsweredByItsPolicy) {
  const QuestionCase chain;
  EXPECT_EQ(summary(answer(chain.question(), kNow)), "trusted");
  EXPECT_EQ(summary(answer(chain.question({server("other.example.com")}), kNow)), "errSSLHostNameMismatch@0");
  EXPECT_EQ(summary(answer(chain.question({server("")}), kNow)), "trusted");
  PolicyTerms nobody = server("");
  nobody.refuses_every_name = true;
  EXPECT_EQ(summary(answer(chain.question({nobody}), kNow)), "errSSLHostNameMismatch@0");
}

TEST(TrustQuestion, WithoutAPolicyIsOneOfBasicX509) {
  QuestionCase chain;
  chain.leaf = chain.family.leaf([](CertificateSpec& spec) { spec.extended_key_usage = "emailProtection"; });
  EXPECT_EQ(summary(answer(chain.question({}), kNow)), "trusted");
  EXPECT_EQ(summary(answer(chain.question({{Kind::BasicX509}}), kNow)), "trusted");
  EXPECT_EQ(summary(answer(chain.question({server("")}), kNow)), "errSSLXCertChainInvalid@0");
}

TEST(TrustQuestion, MustKeepEveryPolicy) {
  const QuestionCase chain;
  EXPECT_EQ(summary(answer(chain.question({server("www.example.com"), server("other.example.com")}), kNow)),
            "errSSLHostNameMismatch@0");
  const auto both = answer(chain.question({server("a.example.com"), server("b.example.com")}), kNow);
  EXPECT_EQ(summary(both), "errSSLHostNameMismatch@0 errSSLHostNameMismatch@0");
  EXPECT_EQ(both.path.size(), 3U);
  // What both policies find stands in the list once.
  const auto late = answer(chain.question({server(""), server("www.example.com")}), kNow + 90 * kDay);
  EXPECT_EQ(summary(late), "errSSLCertExpired@0");
}

TEST(TrustQuestion, AsksForRevocationAnswersWhenAPolicyDemandsThem) {
  const StapleCase made;
  TrustQuestion question{parsed({made.leaf, made.family.intermediate})};
  question.anchors = std::vector{parsed(made.family.intermediate)};
  question.has_anchors_only = true;
  question.policies = {server("www.example.com"), {Kind::Revocation, PeerRole::Server, "", true}};
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLBadCertificateStatusResponse@0");
  question.stapled_ocsp = staple_of(made.good());
  EXPECT_EQ(summary(answer(question, kNow)), "trusted");
  question.stapled_ocsp.clear();
  question.policies = {server("www.example.com"), {Kind::Revocation}};
  EXPECT_EQ(summary(answer(question, kNow)), "trusted");
  question.requires_revocation_check = true;
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLBadCertificateStatusResponse@0");
}

TEST(TrustQuestion, OfAnchorsOnlyKnowsNoOtherRoots) {
  const QuestionCase chain;
  TrustQuestion question = chain.question();
  question.anchors = std::vector<Certificate>{};
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLNoRootCert@1");
  question.anchors.reset();
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLNoRootCert@1");
  question.roots = RootStore::of(std::vector{parsed(chain.family.root)});
  EXPECT_EQ(summary(answer(question, kNow)), "trusted");
}

TEST(TrustQuestion, OfImplicitAnchorsTrustsTheRootThatWasSent) {
  const QuestionCase chain;
  TrustQuestion question = chain.question();
  question.chain = parsed({chain.leaf, chain.family.intermediate, chain.family.root});
  question.anchors.reset();
  question.has_anchors_only = false;
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLUnknownRootCert@2");
  question.has_implicit_anchors = true;
  EXPECT_EQ(summary(answer(question, kNow)), "trusted");
  // The intermediate is not self-signed: being sent makes no anchor of it.
  question.chain = parsed({chain.leaf, chain.family.intermediate});
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLNoRootCert@1");
}

TEST(TrustQuestion, MayAcceptExpiredCertificates) {
  const QuestionCase chain;
  TrustQuestion question = chain.question();
  EXPECT_EQ(summary(answer(question, kNow + 61 * kDay)), "errSSLCertExpired@0");
  question.accepts_expired_root = true;
  EXPECT_EQ(summary(answer(question, kNow + 61 * kDay)), "errSSLCertExpired@0");
  question.accepts_expired = true;
  const auto accepted = answer(question, kNow + 61 * kDay);
  EXPECT_EQ(summary(accepted), "trusted");
  EXPECT_EQ(accepted.accepted.size(), 1U);
}

TEST(TrustQuestion, MayAcceptAnExpiredRootAlone) {
  QuestionCase chain;
  CertificateSpec old_root = root_spec();
  old_root.not_after = kNow - kDay;
  chain.family.root = self_signed(old_root);
  chain.family.intermediate = issued_by(chain.family.root, intermediate_spec());
  chain.leaf = chain.family.leaf();
  TrustQuestion question = chain.question();
  EXPECT_EQ(summary(answer(question, kNow)), "errSSLCertExpired@2");
  question.accepts_expired_root = true;
  EXPECT_EQ(summary(answer(question, kNow)), "trusted");
}

TEST(TrustQuestion, PrefersItsOwnTimeToTheMomentOfTheAnswer) {
  const QuestionCase chain;
  TrustQuestion question = chain.question();
  question.time = kNow;
  EXPECT_EQ(summary(answer(question, kNow + 1000 * kDay)), "trusted");
}

TEST(TimestampList, IsThatOfRfc6962) {
  using Bytes = std::vector<std::uint8_t>;
  EXPECT_EQ(timestamp_list({}), Bytes{});
  const std::vector<Bytes> two{{0xAA}, {0xBB, 0xCC}};
  EXPECT_EQ(timestamp_list(two), (Bytes{0, 7, 0, 1, 0xAA, 0, 2, 0xBB, 0xCC}));
  EXPECT_EQ(timestamp_list(std::vector<Bytes>{{}}), std::nullopt);
  EXPECT_EQ(timestamp_list(std::vector<Bytes>{Bytes(0x10000)}), std::nullopt);
  EXPECT_EQ(timestamp_list(std::vector<Bytes>{Bytes(0x8000), Bytes(0x8000)}), std::nullopt);
}

}  // namespace
}  // namespace securetransport::test
