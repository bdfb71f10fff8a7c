// SPDX-License-Identifier: Apache-2.0
// Stapled OCSP responses: good ones, and those of wrong form, about others or by others (RFC 6960 section 3.2).
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>

#include "staple_case.hpp"

namespace securetransport::test {
namespace {

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
                 {"garbage", {1, 2, 3}, kBadStaple, "is malformed or cut short <RFC 6960 section 4.2.1>"},
                 {"more behind", longer, kBadStaple, "bytes follow the stapled OCSP response"},
                 {"too long", std::vector<std::uint8_t>(65537, 0x30), kBadStaple, "has 65537 bytes; at most 65536"},
                 {"not too long", std::vector<std::uint8_t>(65536, 0x30), kBadStaple, "is malformed"},
                 {"another type", other_type, kBadStaple, "has no answers of the basic type"},
                 {"success without answers", error_staple(OCSP_RESPONSE_STATUS_SUCCESSFUL), kBadStaple, "no answers"},
                 {"try later", error_staple(OCSP_RESPONSE_STATUS_TRYLATER), kBadStaple,
                  "is no answer but an error: trylater (3) <RFC 6960 section 2.3>"},
                 {"unauthorized", error_staple(OCSP_RESPONSE_STATUS_UNAUTHORIZED), kBadStaple, "unauthorized (6)"},
             });
}

TEST(OcspStaple, CutShortAnywhereIsRefusedAndHarmless) {
  const StapleCase the;
  const auto whole = the.signed_by(the.responder);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto result = the.judge_staple({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_EQ(summary(result), kBadStaple) << size;
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
                 {"serial", the.answer([&](Answer& a) { a.certificate = the.family.leaf(); }), kBadStaple, detail},
                 {"key of the issuer", the.answer([&](Answer& a) { a.issuer = namesake; }), kBadStaple, detail},
                 {"name of the issuer", the.answer([&](Answer& a) {
                    a.certificate = issued_by(renamed, leaf_spec());
                    a.issuer = renamed;
                  }),
                  kBadStaple, detail},
                 {"nothing", staple_of({{}, issuer}), kBadStaple, detail},
             });
}

TEST(OcspStaple, BySomebodyWhoMayNotSpeakForTheIssuerIsRefused) {
  const StapleCase the;
  const auto& root = the.family.root;
  const auto& issuer = the.family.intermediate;
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
  check(the, {
                 {"broken signature", staple_of(corrupt), kBadStaple,
                  "does not verify with the key of \"CN=Test Intermediate\" <RFC 6960 section 3.2 (2)>"},
                 {"namesake of the issuer", the.signed_by(impostor), kBadStaple, "does not verify with the key of"},
                 {"delegate's certificate left out", staple_of(absent), kBadStaple,
                  "neither the issuer \"CN=Test Intermediate\" nor one whose certificate it contains"},
                 {"delegate without the usage", delegate([](auto& s) { s.extended_key_usage = "serverAuth"; }),
                  kBadStaple, lacks},
                 {"delegate without usages", delegate([](auto& s) { s.extended_key_usage = ""; }), kBadStaple, lacks},
                 {"delegate for any use", delegate([](auto& s) { s.extended_key_usage = "anyExtendedKeyUsage"; }),
                  kBadStaple, lacks},
                 {"the leaf itself", the.signed_by(the.leaf), kBadStaple, lacks},
                 {"delegate of the root", the.signed_by(indirect), kBadStaple, stranger},
                 {"delegate of a namesake", the.signed_by(forged), kBadStaple, stranger},
                 {"expired delegate", delegate([](auto& s) { s.not_after = kNow - 1s; }), kBadStaple,
                  "(\"CN=Test OCSP Responder\") expired at 2026-07-01T11:59:59Z; the time is 2026-07-01T12:00:00Z"},
                 {"delegate in its last second", delegate([](auto& s) { s.not_after = kNow; }), "trusted", ""},
                 {"delegate not valid yet", delegate([](auto& s) { s.not_before = kNow + 1s; }), kBadStaple,
                  "is valid from"},
                 {"delegate with a bad signature", delegate([](auto& s) { s.signature = Signature::Corrupt; }),
                  kBadStaple, stranger},
                 {"delegate with a critical extension", delegate([&](auto& s) { s.extensions = {critical}; }),
                  kBadStaple, "has a critical extension that is not understood"},
             });
}

TEST(OcspStaple, LeavesTheErrorQueueAsItWas) {
  const StapleCase the;
  ERR_clear_error();
  (void)the.judge_staple({1, 2, 3});
  (void)the.judge_staple(the.signed_by(self_signed(intermediate_spec())));
  EXPECT_EQ(ERR_get_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
