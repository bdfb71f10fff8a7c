// SPDX-License-Identifier: Apache-2.0
// The order of contract 8.3, every pair of it.
#include "trust/violation_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace securetransport::trust {
namespace {

RankedViolation violation(Rank rank, ResultCode code, std::optional<std::size_t> index, std::string detail = {}) {
  return {rank, Violation{code, index, "CN=x", std::move(detail), "rule"}};
}

TEST(ViolationOrder, PutsEveryRankBeforeTheNextWhateverTheOrderOfDiscovery) {
  const std::vector<std::pair<Rank, ResultCode>> order{
      {Rank::Internal, ResultCode::Internal},
      {Rank::Unreadable, ResultCode::BadCert},
      {Rank::Structure, ResultCode::XCertChainInvalid},
      {Rank::Expired, ResultCode::CertExpired},
      {Rank::NotYetValid, ResultCode::CertNotYetValid},
      {Rank::MissingIssuer, ResultCode::NoRootCert},
      {Rank::UnknownRoot, ResultCode::UnknownRootCert},
      {Rank::Status, ResultCode::BadCertificateStatusResponse},
      {Rank::PlatformRule, ResultCode::XCertChainInvalid},
      {Rank::Name, ResultCode::HostNameMismatch},
      {Rank::AtsVersion, ResultCode::ATSMinimumVersionViolation},
      {Rank::AtsSuite, ResultCode::ATSCiphersuiteViolation},
      {Rank::AtsKeySize, ResultCode::ATSMinimumKeySizeViolation},
      {Rank::AtsLeafHash, ResultCode::ATSLeafCertificateHashAlgorithmViolation},
      {Rank::AtsHash, ResultCode::ATSCertificateHashAlgorithmViolation},
      {Rank::AtsTrust, ResultCode::ATSCertificateTrustViolation},
      {Rank::AtsOther, ResultCode::ATSViolation},
  };
  for (std::size_t first = 0; first < order.size(); ++first) {
    for (std::size_t second = first + 1; second < order.size(); ++second) {
      SCOPED_TRACE(symbol_of(order[first].second) + " before " + symbol_of(order[second].second));
      // The later rank is found first and nearer to the leaf.
      const auto sorted = in_order({violation(order[second].first, order[second].second, 0, "second"),
                                    violation(order[first].first, order[first].second, 5, "first")});
      ASSERT_EQ(sorted.size(), 2U);
      EXPECT_EQ(sorted.front().detail, "first");
    }
  }
}

TEST(ViolationOrder, ListsEqualRanksFromTheLeafUpwardsAndTheWholeChainLast) {
  const auto sorted = in_order({violation(Rank::Expired, ResultCode::CertExpired, std::nullopt, "chain"),
                                violation(Rank::Expired, ResultCode::CertExpired, 2, "two"),
                                violation(Rank::Expired, ResultCode::CertExpired, 0, "zero"),
                                violation(Rank::Expired, ResultCode::CertExpired, 0, "zero again")});
  ASSERT_EQ(sorted.size(), 4U);
  EXPECT_EQ(sorted[0].detail, "zero");
  EXPECT_EQ(sorted[1].detail, "zero again");
  EXPECT_EQ(sorted[2].detail, "two");
  EXPECT_EQ(sorted[3].detail, "chain");
}

TEST(ViolationOrder, DropsWhatWasFoundTwice) {
  const auto one = violation(Rank::Expired, ResultCode::CertExpired, 1, "same");
  EXPECT_EQ(in_order({one, violation(Rank::Name, ResultCode::HostNameMismatch, 0), one}).size(), 2U);
}

}  // namespace
}  // namespace securetransport::trust
