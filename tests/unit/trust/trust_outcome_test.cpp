// SPDX-License-Identifier: Apache-2.0
// Judgements in the terms of Apple's SecTrust.
#include "securetransport/trust/trust_outcome.hpp"

#include <gtest/gtest.h>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using namespace std::string_literals;

Violation violation(TrustCheck check, std::size_t index = 0) {
  return {ResultCode::XCertChainInvalid, index, {}, std::string(trust_check_info(check).name), {}, {}, check};
}

TrustResult with(std::vector<Violation> violations) {
  TrustResult result;
  result.violations = std::move(violations);
  return result;
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(TrustOutcome, IsTheWorstThatAViolationAllows) {
  using enum TrustOutcome;
  struct Row {
    std::vector<TrustCheck> checks;
    TrustOutcome outcome;
  };
  const std::vector<Row> rows{{{}, Unspecified},
                              {{TrustCheck::SslHostname}, RecoverableFailure},
                              {{TrustCheck::TemporalValidity, TrustCheck::UsageConstraints}, Deny},
                              {{TrustCheck::UsageConstraints, TrustCheck::Revocation}, FatalFailure},
                              {{TrustCheck::WeakKeySize}, FatalFailure},
                              {{TrustCheck::KeySize}, RecoverableFailure}};
  for (const Row& row : rows) {
    std::vector<Violation> violations;
    for (const TrustCheck check : row.checks) violations.push_back(violation(check));
    EXPECT_EQ(outcome_of(with(violations)), row.outcome) << violations.size();
  }
  TrustResult accepted;
  accepted.accepted = {violation(TrustCheck::SslHostname)};
  EXPECT_EQ(outcome_of(accepted), Proceed);
}

// revoked > key size > weak hash > denied > compliance > pinning > trust > usage > name > expired.
TEST(TrustOutcome, OrdersFailuresAsSecTrustReportsThem) {
  const std::vector<TrustCheck> order{TrustCheck::Revocation,
                                      TrustCheck::KeySize,
                                      TrustCheck::SignatureHashAlgorithms,
                                      TrustCheck::UsageConstraints,
                                      TrustCheck::SystemTrustedCTRequired,
                                      TrustCheck::LeafSpkiSha256,
                                      TrustCheck::AnchorTrusted,
                                      TrustCheck::ExtendedKeyUsage,
                                      TrustCheck::SslHostname,
                                      TrustCheck::TemporalValidity};
  std::vector<Violation> found{{ResultCode::ATSViolation, {}, {}, "last", {}}};
  for (auto check = order.rbegin(); check != order.rend(); ++check) found.push_back(violation(*check));
  const auto ordered = most_serious_first(found);
  ASSERT_EQ(ordered.size(), order.size() + 1);
  for (std::size_t at = 0; at < order.size(); ++at) EXPECT_EQ(ordered[at].check, order[at]) << at;
  EXPECT_EQ(ordered.back().detail, "last");
}

TEST(TrustOutcome, ReportsTheStatusOfTheCheckOrElseTheCode) {
  EXPECT_EQ(status_of(violation(TrustCheck::SslHostname)), -67602);
  EXPECT_EQ(status_of(violation(TrustCheck::TemporalValidity)), -67818);
  EXPECT_EQ(status_of({ResultCode::ATSViolation, {}, {}, {}, {}}), -9880);
}

struct ExpiredCase {
  Family family;
  std::vector<Certificate> chain = parsed({family.leaf(), family.intermediate});
  std::vector<Certificate> anchors = {parsed(family.root)};

  [[nodiscard]] TrustResult judged(std::span<const TrustException> exceptions = {},
                                   const std::string& name = "other.example.com") const {
    TrustRequest request{chain, name, PeerRole::Server, RootStore::of(anchors), kNow + 61 * kDay};
    request.exceptions = exceptions;
    return evaluate(request);
  }
};

TEST(TrustExceptions, MakeALaterJudgementProceed) {
  const ExpiredCase expired;
  const TrustResult refused = expired.judged();
  EXPECT_EQ(summary(refused), "errSSLCertExpired@0 errSSLHostNameMismatch@0");
  const auto encoded = encode_exceptions(expired.chain.front(), exceptions_for(refused));
  const auto decoded = decode_exceptions(expired.chain.front(), encoded);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(*decoded, exceptions_for(refused));
  const TrustResult accepted = expired.judged(*decoded);
  EXPECT_EQ(outcome_of(accepted), TrustOutcome::Proceed);
  // What has been accepted stays accepted in exceptions made anew.
  EXPECT_EQ(exceptions_for(accepted), exceptions_for(refused));
}

TEST(TrustExceptions, CoverNothingElse) {
  const ExpiredCase expired;
  const auto exceptions = exceptions_for(expired.judged({}, "www.example.com"));
  EXPECT_EQ(summary(expired.judged(exceptions)), "errSSLHostNameMismatch@0");
}

TEST(TrustExceptions, AreNeverMadeForFatalFailures) {
  const Family family;
  TrustResult result = with({violation(TrustCheck::Revocation), violation(TrustCheck::SslHostname)});
  result.path = {parsed(family.leaf())};
  const auto exceptions = exceptions_for(result);
  ASSERT_EQ(exceptions.size(), 1U);
  EXPECT_EQ(exceptions[0].check, TrustCheck::SslHostname);
}

TEST(TrustExceptions, OfAnotherLeafOrDamagedAreRefused) {
  const ExpiredCase expired;
  const Certificate& leaf = expired.chain.front();
  const auto exceptions = exceptions_for(expired.judged());
  const auto encoded = encode_exceptions(leaf, exceptions);
  const std::string good(encoded.begin(), encoded.end());
  EXPECT_TRUE(decode_exceptions(leaf, bytes_of(good)).has_value());
  EXPECT_FALSE(decode_exceptions(expired.chain.back(), bytes_of(good)).has_value());
  EXPECT_TRUE(decode_exceptions(leaf, encode_exceptions(leaf, {})).has_value());
  const std::string digest(64, 'a');
  for (const std::string& bad :
       {""s, "\n"s, "nonsense"s, good.substr(0, good.size() - 1), good + "\n", good + "NoSuchCheck " + digest + "\n",
        good + "SSLHostname\n", good + "SSLHostname short\n", good + "SSLHostname " + std::string(64, 'A') + "\n"}) {
    EXPECT_FALSE(decode_exceptions(leaf, bytes_of(bad)).has_value()) << bad;
  }
}

}  // namespace
}  // namespace securetransport::test
