// SPDX-License-Identifier: Apache-2.0
// Failures that a program accepts (SecTrustSetExceptions): exactly those that it names, and never the fatal ones.
#include <gtest/gtest.h>

#include "support/test_revocation_lists.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

std::string accepted_checks(const TrustResult& result) {
  TrustResult accepted;
  accepted.violations = result.accepted;
  return checks(accepted);
}

class Exceptions : public testing::Test {
 protected:
  const Family family;

  template <class Change>
  [[nodiscard]] Question about(Change change) const {
    return {{family.leaf(change), family.intermediate}, {family.root}};
  }
  [[nodiscard]] Question about_expired() const {
    return about([](auto& spec) { spec.not_after = kNow - kDay; });
  }
  [[nodiscard]] static TrustResult judged(Question question, std::vector<TrustException> exceptions) {
    question.exceptions = std::move(exceptions);
    return judge(question);
  }
  [[nodiscard]] static std::string sha256(const TestCertificate& certificate) { return parsed(certificate).sha256(); }
};

TEST_F(Exceptions, AcceptTheFailureThatTheyName) {
  const auto result = judged(about_expired(), {{TrustCheck::TemporalValidity}});
  EXPECT_EQ(checks(result), "trusted");
  EXPECT_TRUE(result.trusted());
  EXPECT_EQ(result.code(), ResultCode::Success);
  ASSERT_EQ(accepted_checks(result), "TemporalValidity");
  EXPECT_EQ(symbol_of(result.accepted.front().code), "errSSLCertExpired");
}

TEST_F(Exceptions, AcceptNoOtherFailure) {
  const auto result = judged(about_expired(), {{TrustCheck::SslHostname}, {TrustCheck::AnchorTrusted}});
  EXPECT_EQ(summary(result), "errSSLCertExpired@0");
  EXPECT_TRUE(result.accepted.empty());
  EXPECT_EQ(checks(judged(about([](auto&) {}), {{TrustCheck::SslHostname}})), "trusted");
}

TEST_F(Exceptions, HoldForOneCertificateIfTheyNameOne) {
  const Question expired = about_expired();
  const auto with = [&](const Question& question, const std::string& of) {
    return checks(judged(question, {{TrustCheck::TemporalValidity, of}}));
  };
  EXPECT_EQ(with(expired, sha256(expired.sent[0])), "trusted");
  EXPECT_EQ(with(expired, sha256(expired.sent[1])), "TemporalValidity");
  EXPECT_EQ(with(expired, sha256(family.root)), "TemporalValidity");
  EXPECT_EQ(with(expired, "00"), "TemporalValidity");
  EXPECT_EQ(with(about_expired(), sha256(expired.sent[0])), "TemporalValidity") << "a new certificate of the same peer";

  const auto issuer = family.other_intermediate([](auto& spec) { spec.not_after = kNow - kDay; });
  const Question above{{issued_by(issuer, leaf_spec()), issuer}, {family.root}};
  EXPECT_EQ(with(above, sha256(issuer)), "trusted");
  EXPECT_EQ(with(above, sha256(above.sent[0])), "TemporalValidity") << "the leaf is not what has expired";
  EXPECT_EQ(with(above, ""), "trusted");
}

TEST_F(Exceptions, HoldForTheLeafWhereTheChainAsAWholeFails) {
  // requireExplicitPolicy of an authority, and no policies at all.
  const auto issuer = family.other_intermediate([](auto& spec) {
    spec.extensions = {{"2.5.29.36", true, {0x30, 0x03, 0x80, 0x01, 0x00}}};
  });
  const Question question{{issued_by(issuer, leaf_spec()), issuer}, {family.root}};
  ASSERT_EQ(summary(judge(question)), "errSSLXCertChainInvalid@chain");
  EXPECT_EQ(checks(judged(question, {{TrustCheck::PolicyConstraints, sha256(question.sent[0])}})), "trusted");
  EXPECT_EQ(checks(judged(question, {{TrustCheck::PolicyConstraints, sha256(issuer)}})), "PolicyConstraints");
}

TEST_F(Exceptions, LeaveTheOtherFailuresInTheirOrder) {
  Question question = about([](auto& spec) {
    spec.not_after = kNow - kDay;
    spec.key = KeyKind::EcP192;
    spec.extended_key_usage = "clientAuth";
  });
  question.peer_name = "other.example";
  // Contract 8.3: dates before platform rules before names; in the order of discovery among equals.
  ASSERT_EQ(checks(judge(question)), "TemporalValidity KeySize ExtendedKeyUsage SSLHostname");
  const auto without_one = judged(question, {{TrustCheck::KeySize}});
  EXPECT_EQ(checks(without_one), "TemporalValidity ExtendedKeyUsage SSLHostname");
  EXPECT_EQ(accepted_checks(without_one), "KeySize");
  EXPECT_EQ(symbol_of(without_one.code()), "errSSLCertExpired");
  const auto without_two = judged(question, {{TrustCheck::SslHostname}, {TrustCheck::TemporalValidity}});
  EXPECT_EQ(checks(without_two), "KeySize ExtendedKeyUsage");
  EXPECT_EQ(accepted_checks(without_two), "TemporalValidity SSLHostname");
  EXPECT_EQ(symbol_of(without_two.code()), "errSSLXCertChainInvalid");
  const auto without_all = judged(question, {{TrustCheck::SslHostname},
                                             {TrustCheck::TemporalValidity},
                                             {TrustCheck::KeySize},
                                             {TrustCheck::ExtendedKeyUsage}});
  EXPECT_EQ(checks(without_all), "trusted");
  EXPECT_EQ(without_all.accepted.size(), 4U);
}

TEST_F(Exceptions, MayAcceptAnUnknownRoot) {
  const Question question{{family.leaf(), family.intermediate, family.root}, {}};
  const auto result = judged(question, {{TrustCheck::AnchorTrusted, sha256(family.root)}});
  EXPECT_EQ(checks(result), "trusted");
  EXPECT_FALSE(result.is_anchored) << "accepted is not anchored";
  EXPECT_EQ(checks(judged({{family.leaf(), family.intermediate}, {}}, {{TrustCheck::AnchorTrusted}})),
            "MissingIntermediate");
}

TEST_F(Exceptions, NeverAcceptRevocation) {
  Question question = about([](auto&) {});
  RevocationListSpec spec;
  spec.revoked = {{question.sent[0]}};
  question.crls = {*RevocationList::from_der(revocation_list(family.intermediate, spec))};
  const auto result = judged(question, {{TrustCheck::Revocation}, {TrustCheck::Revocation, sha256(question.sent[0])}});
  EXPECT_EQ(checks(result), "Revocation");
  EXPECT_TRUE(result.accepted.empty());
}

TEST_F(Exceptions, DoNotHelpWhereThereIsNothingToJudge) {
  const auto result = judged({{}, {family.root}}, {{TrustCheck::CertificateForm}});
  EXPECT_EQ(summary(result), "errSSLBadCert@chain");
}

}  // namespace
}  // namespace securetransport::test
