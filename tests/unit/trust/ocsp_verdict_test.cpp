// SPDX-License-Identifier: Apache-2.0
// What a stapled OCSP response says and until when, among the other faults of a chain; and the promise to staple.
#include <gtest/gtest.h>

#include "staple_case.hpp"

namespace securetransport::test {
namespace {

TEST(OcspVerdict, IsCurrentWithinFiveMinutesOfItsDates) {
  const StapleCase the;
  const auto dated = [&](auto from, std::optional<std::chrono::sys_seconds> until) {
    return the.answer([&](Answer& a) {
      a.this_update = from;
      a.next_update = until;
    });
  };
  check(the, {
                 {"of the future", dated(kNow + 301s, kNow + kDay), kBadStaple,
                  "is of the future: its thisUpdate is 2026-07-01T12:05:01Z; the time is 2026-07-01T12:00:00Z <RFC "
                  "6960 section 4.2.2.1>"},
                 {"of the near future", dated(kNow + 300s, kNow + kDay), "trusted", ""},
                 {"out of date", dated(kNow - kDay, kNow - 301s), kBadStaple,
                  "is out of date: its nextUpdate was 2026-07-01T11:54:59Z; the time is"},
                 {"just out of date", dated(kNow - kDay, kNow - 300s), "trusted", ""},
                 {"open end", dated(kNow - 7 * kDay, {}), "trusted", ""},
                 {"open end, old", dated(kNow - 7 * kDay - 1s, {}), kBadStaple,
                  "has no nextUpdate, and its thisUpdate was 2026-06-24T11:59:59Z, more than 7 days ago"},
                 {"ends before it begins", dated(kNow, kNow - 1s), kBadStaple, "ends before it begins"},
                 {"unreadable", the.answer([](Answer& a) { a.this_update_text = "20260701110000.5Z"; }), kBadStaple,
                  "the dates of the stapled OCSP response cannot be read"},
             });
}

TEST(OcspVerdict, IsJudgedByTheClockOfTheRequest) {
  const StapleCase the;
  Question later = the.question(staple_of(the.good()));
  later.time = kNow + 30 * kDay;
  EXPECT_EQ(summary(judge(later)), kBadStaple);
}

TEST(OcspVerdict, ThatDoesNotKnowTheCertificateIsRefused) {
  const StapleCase the;
  const auto result = the.judge_staple(the.answer([](Answer& a) { a.status = V_OCSP_CERTSTATUS_UNKNOWN; }));
  EXPECT_EQ(summary(result), kBadStaple);
  EXPECT_EQ(details(result), "the OCSP responder does not know the certificate <RFC 6960 section 2.2>\n");
}

TEST(OcspVerdict, WithACriticalExtensionThatIsNotUnderstoodIsRefused) {
  const StapleCase the;
  StapleSpec whole = the.good();
  whole.has_critical_extension = true;
  check(the, {{"response", staple_of(whole), kBadStaple, "the stapled OCSP response has a critical extension"},
              {"answer", the.answer([](Answer& a) { a.has_critical_extension = true; }), kBadStaple,
               "the answer in the stapled OCSP response has a critical extension"}});
}

TEST(OcspVerdict, ThatRevokesMakesTheChainInvalidWithDateReasonAndAlert) {
  const StapleCase the;
  const auto revoked = [&](int reason) {
    return the.judge_staple(the.answer([&](Answer& a) {
      a.status = V_OCSP_CERTSTATUS_REVOKED;
      a.reason = reason;
    }));
  };
  const auto result = revoked(OCSP_REVOKED_STATUS_KEYCOMPROMISE);
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@0");
  EXPECT_EQ(details(result),
            "it is revoked since 2026-06-21T12:00:00Z, reason: keyCompromise (1), says the stapled OCSP response <RFC "
            "6960 section 2.2>\n");
  EXPECT_EQ(result.violations.front().alert, Alert::CertificateRevoked);
  EXPECT_EQ(result.violations.front().subject, "CN=leaf");
  EXPECT_NE(details(revoked(OCSP_REVOKED_STATUS_NOSTATUS)).find("reason: not given"), std::string::npos);
}

TEST(OcspVerdict, RevokesOnlyInTheWordsOfAnAuthorizedResponder) {
  const StapleCase the;
  StapleSpec spec = the.good();
  spec.answers.front().status = V_OCSP_CERTSTATUS_REVOKED;
  spec.signer = self_signed(responder_spec());
  EXPECT_EQ(summary(the.judge_staple(staple_of(spec))), kBadStaple);
}

TEST(OcspVerdict, WithTwoAnswersAboutTheLeafMustBeGoodInBoth) {
  const StapleCase the;
  StapleSpec spec = the.good();
  spec.answers.push_back({the.leaf, the.family.intermediate, V_OCSP_CERTSTATUS_REVOKED});
  spec.answers.back().hash = "SHA256";
  EXPECT_EQ(summary(the.judge_staple(staple_of(spec))), "errSSLXCertChainInvalid@0");
}

TEST(OcspVerdict, StandsInTheOrderOfTheContract) {
  const StapleCase the;
  const auto expired = the.family.leaf([](auto& spec) { spec.not_after = kNow - kDay; });
  const auto staple = [&](int status) {
    return staple_of({{{expired, the.family.intermediate, status}}, the.family.intermediate});
  };
  const auto ask = [&](int status) {
    Question question = the.question(staple(status));
    question.sent = {expired, the.family.intermediate, the.family.root};
    question.anchors = {};
    question.peer_name = "other.example";
    return summary(judge(question));
  };
  EXPECT_EQ(ask(V_OCSP_CERTSTATUS_REVOKED),
            "errSSLXCertChainInvalid@0 errSSLCertExpired@0 errSSLUnknownRootCert@2 errSSLHostNameMismatch@0");
  EXPECT_EQ(
      ask(V_OCSP_CERTSTATUS_UNKNOWN),
      "errSSLCertExpired@0 errSSLUnknownRootCert@2 errSSLBadCertificateStatusResponse@0 errSSLHostNameMismatch@0");
}

TEST(OcspVerdict, IsJudgedByItsFormAloneIfTheIssuerIsNotKnown) {
  const StapleCase the;
  Question question = the.question(the.signed_by(self_signed(responder_spec())));
  question.sent = {the.leaf};
  EXPECT_EQ(summary(judge(question)), "errSSLNoRootCert@0");
  question.staple = {1, 2, 3};
  EXPECT_EQ(summary(judge(question)), std::string("errSSLNoRootCert@0 ") + kBadStaple);
}

TEST(OcspVerdict, IsJudgedWithASentIssuerIfTheLeafItselfIsTheAnchor) {
  const StapleCase the;
  Question question = the.question(the.answer([](Answer& a) { a.status = V_OCSP_CERTSTATUS_REVOKED; }));
  question.anchors = {the.leaf};
  EXPECT_EQ(summary(judge(question)), "errSSLXCertChainInvalid@0");
}

TEST(MustStaple, MakesAMissingStapleAFault) {
  StapleCase the;
  const auto leaf_with = [&](const RawExtension& extension) {
    return the.family.leaf([&](auto& spec) { spec.extensions = {extension}; });
  };
  the.leaf = leaf_with(tls_features({5}));
  const auto missing = the.judge_staple({});
  EXPECT_EQ(summary(missing), kBadStaple);
  EXPECT_NE(details(missing).find("demands a stapled OCSP response (must-staple), and the peer sent none <RFC 7633"),
            std::string::npos)
      << details(missing);
  EXPECT_EQ(missing.violations.front().alert, std::nullopt);
  EXPECT_EQ(summary(the.judge_staple(staple_of(the.good()))), "trusted");
  the.leaf = leaf_with(tls_features({17, 5}));
  EXPECT_EQ(summary(the.judge_staple({})), kBadStaple);
  the.leaf = leaf_with(tls_features({17}));
  EXPECT_EQ(summary(the.judge_staple({})), "trusted");
  the.leaf = leaf_with({"1.3.6.1.5.5.7.1.24", false, {0x30, 0x05}});
  EXPECT_EQ(summary(the.judge_staple({})), "errSSLBadCert@0");
}

TEST(MustStaple, AsksNeitherAClientNorAServerThatWasNotAsked) {
  StapleCase the;
  the.leaf = the.family.leaf([](auto& spec) {
    spec.extensions = {tls_features({5})};
    spec.extended_key_usage = "serverAuth,clientAuth";
  });
  Question question = the.question({});
  question.staple_possible = false;
  EXPECT_EQ(summary(judge(question)), "trusted");
  question.staple_possible = true;
  question.peer_role = PeerRole::Client;
  EXPECT_EQ(summary(judge(question)), "trusted");
}

}  // namespace
}  // namespace securetransport::test
