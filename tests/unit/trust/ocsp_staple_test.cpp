// SPDX-License-Identifier: Apache-2.0
// Stapled OCSP responses: good ones, every bad form of RFC 6960 section 3.2, and the promise to staple (RFC 7633).
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>

#include "staple_case.hpp"

namespace securetransport::test {
namespace {

constexpr const char* kBad = "errSSLBadCertificateStatusResponse@0";

struct Row {
  const char* what;
  std::vector<std::uint8_t> staple;
  const char* expected;
  const char* detail;  ///< A part of details().
};

void check(const StapleCase& the, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = the.judge_staple(row.staple);
    EXPECT_EQ(summary(result), row.expected) << details(result);
    EXPECT_NE(details(result).find(row.detail), std::string::npos) << details(result);
  }
}

TEST(OcspStaple, GoodOnesLeaveTheChainTrusted) {
  const StapleCase the;
  StapleSpec by_key = the.good();
  by_key.flags = OCSP_RESPID_KEY;
  StapleSpec bare = the.good();
  bare.signer_certificate = SignerCertificate::LeftOut;
  StapleSpec several = the.good();
  several.answers.insert(several.answers.begin(), Answer{the.family.leaf(), the.family.intermediate});
  StapleSpec delegated = the.good();
  delegated.signer = the.responder;
  delegated.flags = OCSP_RESPID_KEY;
  check(the, {
                 {"none", {}, "trusted", ""},
                 {"by the issuer", staple_of(the.good()), "trusted", ""},
                 {"by the issuer's key", staple_of(by_key), "trusted", ""},
                 {"without the issuer's certificate", staple_of(bare), "trusted", ""},
                 {"about others too", staple_of(several), "trusted", ""},
                 {"by a delegate", the.signed_by(the.responder), "trusted", ""},
                 {"by a delegate's key", staple_of(delegated), "trusted", ""},
                 {"SHA-256 identifier", the.answer([](Answer& a) { a.hash = "SHA256"; }), "trusted", ""},
             });
}

TEST(OcspStaple, OfWrongFormIsRefused) {
  const StapleCase the;
  auto longer = staple_of(the.good());
  longer.push_back(0);
  auto other_type = staple_of(the.good());
  const std::vector<std::uint8_t> basic{0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01};
  const auto at = std::search(other_type.begin(), other_type.end(), basic.begin(), basic.end());
  ASSERT_NE(at, other_type.end());
  at[8] = 0x7F;
  check(the, {
                 {"garbage", {1, 2, 3}, kBad, "is malformed or cut short <RFC 6960 section 4.2.1>"},
                 {"more behind", longer, kBad, "bytes follow the stapled OCSP response"},
                 {"too long", std::vector<std::uint8_t>(65537, 0x30), kBad, "has 65537 bytes; at most 65536"},
                 {"not too long", std::vector<std::uint8_t>(65536, 0x30), kBad, "is malformed"},
                 {"another type", other_type, kBad, "has no answers of the basic type"},
                 {"success without answers", error_staple(OCSP_RESPONSE_STATUS_SUCCESSFUL), kBad, "no answers"},
                 {"try later", error_staple(OCSP_RESPONSE_STATUS_TRYLATER), kBad,
                  "is no answer but an error: trylater (3) <RFC 6960 section 2.3>"},
                 {"unauthorized", error_staple(OCSP_RESPONSE_STATUS_UNAUTHORIZED), kBad, "unauthorized (6)"},
             });
}

TEST(OcspStaple, CutShortAnywhereIsRefusedAndHarmless) {
  const StapleCase the;
  const auto whole = the.signed_by(the.responder);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto result = the.judge_staple({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_EQ(summary(result), kBad) << size;
  }
}

TEST(OcspStaple, WithAFlippedBitNeverRevokesAndNeverCrashes) {
  // A flip may hit the wrapping or the delegate's certificate, unseen by the signature; it must not make up a verdict.
  const StapleCase the;
  const auto whole = the.signed_by(the.responder);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] ^= 1U;
    for (const Violation& violation : the.judge_staple(flipped).violations) {
      EXPECT_EQ(symbol_of(violation.code), "errSSLBadCertificateStatusResponse") << at << ": " << violation.detail;
    }
  }
}

TEST(OcspStaple, AboutAnotherCertificateIsRefused) {
  const StapleCase the;
  const auto& issuer = the.family.intermediate;
  const auto namesake = the.family.other_intermediate([](auto&) {});
  const auto renamed = issued_by(the.family.root, intermediate_spec("Renamed"), issuer.key);
  const char* const detail = "is not about this certificate: no answer has its issuer and serial <RFC 6960 section 3.2";
  check(the, {
                 {"serial", the.answer([&](Answer& a) { a.certificate = the.family.leaf(); }), kBad, detail},
                 {"key of the issuer", the.answer([&](Answer& a) { a.issuer = namesake; }), kBad, detail},
                 {"name of the issuer", the.answer([&](Answer& a) {
                    a.certificate = issued_by(renamed, leaf_spec());
                    a.issuer = renamed;
                  }),
                  kBad, detail},
                 {"nothing", staple_of({{}, issuer}), kBad, detail},
             });
}

TEST(OcspStaple, BySomebodyWhoMayNotSpeakForTheIssuerIsRefused) {
  const StapleCase the;
  const auto& [root, issuer] = the.family;
  const auto delegate = [&](auto change) {
    CertificateSpec spec = responder_spec();
    change(spec);
    return the.signed_by(issued_by(issuer, spec));
  };
  StapleSpec corrupt = the.good();
  corrupt.signature = Signature::Corrupt;
  StapleSpec absent = the.good();
  absent.signer = the.responder;
  absent.signer_certificate = SignerCertificate::LeftOut;
  const auto impostor = self_signed(intermediate_spec());
  const auto forged = issued_by(impostor, responder_spec());
  const auto indirect = issued_by(root, responder_spec());
  const RawExtension critical{"1.3.6.1.4.1.55555.7", true, {0x05, 0x00}};
  const char* const lacks = "lacks the extended key usage OCSPSigning <RFC 6960 section 4.2.2.2>";
  const char* const stranger = "was not issued by the certificate's own issuer, \"CN=Test Intermediate\"";
  check(the,
        {
            {"broken signature", staple_of(corrupt), kBad,
             "does not verify with the key of \"CN=Test Intermediate\" <RFC 6960 section 3.2 (2)>"},
            {"namesake of the issuer", the.signed_by(impostor), kBad, "does not verify with the key of"},
            {"delegate's certificate left out", staple_of(absent), kBad,
             "neither the issuer \"CN=Test Intermediate\" nor one whose certificate it contains"},
            {"delegate without the usage", delegate([](auto& s) { s.extended_key_usage = "serverAuth"; }), kBad, lacks},
            {"delegate without usages", delegate([](auto& s) { s.extended_key_usage = ""; }), kBad, lacks},
            {"delegate for any use", delegate([](auto& s) { s.extended_key_usage = "anyExtendedKeyUsage"; }), kBad,
             lacks},
            {"the leaf itself", the.signed_by(the.leaf), kBad, lacks},
            {"delegate of the root", the.signed_by(indirect), kBad, stranger},
            {"delegate of a namesake", the.signed_by(forged), kBad, stranger},
            {"expired delegate", delegate([](auto& s) { s.not_after = kNow - 1s; }), kBad,
             "(\"CN=Test OCSP Responder\") expired at 2026-07-01T11:59:59Z; the time is 2026-07-01T12:00:00Z"},
            {"delegate in its last second", delegate([](auto& s) { s.not_after = kNow; }), "trusted", ""},
            {"delegate not valid yet", delegate([](auto& s) { s.not_before = kNow + 1s; }), kBad, "is valid from"},
            {"delegate with a bad signature", delegate([](auto& s) { s.signature = Signature::Corrupt; }), kBad,
             stranger},
            {"delegate with a critical extension", delegate([&](auto& s) { s.extensions = {critical}; }), kBad,
             "has a critical extension that is not understood"},
        });
}

TEST(OcspStaple, IsCurrentWithinFiveMinutesOfItsDates) {
  const StapleCase the;
  const auto dated = [&](auto from, std::optional<std::chrono::sys_seconds> until) {
    return the.answer([&](Answer& a) {
      a.this_update = from;
      a.next_update = until;
    });
  };
  check(the, {
                 {"of the future", dated(kNow + 301s, kNow + kDay), kBad,
                  "is of the future: its thisUpdate is 2026-07-01T12:05:01Z; the time is 2026-07-01T12:00:00Z <RFC "
                  "6960 section 4.2.2.1>"},
                 {"of the near future", dated(kNow + 300s, kNow + kDay), "trusted", ""},
                 {"out of date", dated(kNow - kDay, kNow - 301s), kBad,
                  "is out of date: its nextUpdate was 2026-07-01T11:54:59Z; the time is"},
                 {"just out of date", dated(kNow - kDay, kNow - 300s), "trusted", ""},
                 {"open end", dated(kNow - 7 * kDay, {}), "trusted", ""},
                 {"open end, old", dated(kNow - 7 * kDay - 1s, {}), kBad,
                  "has no nextUpdate, and its thisUpdate was 2026-06-24T11:59:59Z, more than 7 days ago"},
                 {"ends before it begins", dated(kNow, kNow - 1s), kBad, "ends before it begins"},
                 {"unreadable", the.answer([](Answer& a) { a.this_update_text = "20260701110000.5Z"; }), kBad,
                  "the dates of the stapled OCSP response cannot be read"},
             });
}

TEST(OcspStaple, IsJudgedByTheClockOfTheRequest) {
  const StapleCase the;
  Question later = the.question(staple_of(the.good()));
  later.time = kNow + 30 * kDay;
  EXPECT_EQ(summary(judge(later)), kBad);
}

TEST(OcspStaple, ThatDoesNotKnowTheCertificateIsRefused) {
  const StapleCase the;
  const auto result = the.judge_staple(the.answer([](Answer& a) { a.status = V_OCSP_CERTSTATUS_UNKNOWN; }));
  EXPECT_EQ(summary(result), kBad);
  EXPECT_EQ(details(result), "the OCSP responder does not know the certificate <RFC 6960 section 2.2>\n");
}

TEST(OcspStaple, WithACriticalExtensionThatIsNotUnderstoodIsRefused) {
  const StapleCase the;
  StapleSpec whole = the.good();
  whole.has_critical_extension = true;
  check(the, {{"response", staple_of(whole), kBad, "the stapled OCSP response has a critical extension"},
              {"answer", the.answer([](Answer& a) { a.has_critical_extension = true; }), kBad,
               "the answer in the stapled OCSP response has a critical extension"}});
}

TEST(OcspStaple, ThatRevokesMakesTheChainInvalidWithDateReasonAndAlert) {
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

TEST(OcspStaple, RevokesOnlyInTheWordsOfAnAuthorizedResponder) {
  const StapleCase the;
  StapleSpec spec = the.good();
  spec.answers.front().status = V_OCSP_CERTSTATUS_REVOKED;
  spec.signer = self_signed(responder_spec());
  EXPECT_EQ(summary(the.judge_staple(staple_of(spec))), kBad);
}

TEST(OcspStaple, WithTwoAnswersAboutTheLeafMustBeGoodInBoth) {
  const StapleCase the;
  StapleSpec spec = the.good();
  spec.answers.push_back({the.leaf, the.family.intermediate, V_OCSP_CERTSTATUS_REVOKED});
  spec.answers.back().hash = "SHA256";
  EXPECT_EQ(summary(the.judge_staple(staple_of(spec))), "errSSLXCertChainInvalid@0");
}

TEST(OcspStaple, StandsInTheOrderOfTheContract) {
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

TEST(OcspStaple, IsJudgedByItsFormAloneIfTheIssuerIsNotKnown) {
  const StapleCase the;
  Question question = the.question(the.signed_by(self_signed(responder_spec())));
  question.sent = {the.leaf};
  EXPECT_EQ(summary(judge(question)), "errSSLNoRootCert@0");
  question.staple = {1, 2, 3};
  EXPECT_EQ(summary(judge(question)), std::string("errSSLNoRootCert@0 ") + kBad);
}

TEST(OcspStaple, IsJudgedWithASentIssuerIfTheLeafItselfIsTheAnchor) {
  const StapleCase the;
  Question question = the.question(the.answer([](Answer& a) { a.status = V_OCSP_CERTSTATUS_REVOKED; }));
  question.anchors = {the.leaf};
  EXPECT_EQ(summary(judge(question)), "errSSLXCertChainInvalid@0");
}

TEST(OcspStaple, LeavesTheErrorQueueAsItWas) {
  const StapleCase the;
  ERR_clear_error();
  (void)the.judge_staple({1, 2, 3});
  (void)the.judge_staple(the.signed_by(self_signed(intermediate_spec())));
  EXPECT_EQ(ERR_get_error(), 0U);
}

TEST(MustStaple, MakesAMissingStapleAFault) {
  StapleCase the;
  const auto leaf_with = [&](const RawExtension& extension) {
    return the.family.leaf([&](auto& spec) { spec.extensions = {extension}; });
  };
  the.leaf = leaf_with(tls_features({5}));
  const auto missing = the.judge_staple({});
  EXPECT_EQ(summary(missing), kBad);
  EXPECT_NE(details(missing).find("demands a stapled OCSP response (must-staple), and the peer sent none <RFC 7633"),
            std::string::npos)
      << details(missing);
  EXPECT_EQ(missing.violations.front().alert, std::nullopt);
  EXPECT_EQ(summary(the.judge_staple(staple_of(the.good()))), "trusted");
  the.leaf = leaf_with(tls_features({17, 5}));
  EXPECT_EQ(summary(the.judge_staple({})), kBad);
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
