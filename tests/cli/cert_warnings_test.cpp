// SPDX-License-Identifier: Apache-2.0
// When a certificate in order is worth a warning.
#include <gtest/gtest.h>

#include "cli/cert_report.hpp"
#include "lab/pki.hpp"

namespace securetransport::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

struct Case {
  sys_seconds from;
  std::chrono::seconds life;
  sys_seconds now;
  bool is_public = true;
};

/// The warnings about one leaf, judged as if its path were good.
std::string warnings(const Case& question) {
  static const lab::Pki pki = *lab::Pki::make();
  lab::CertificateSpec spec = lab::server_spec("www.example.com");
  spec.not_before = question.from;
  spec.not_after = question.from + question.life;
  const std::vector<Certificate> chain{*Certificate::from_der(pki.issue(spec)->certificate_der)};
  TrustResult result;
  result.path = chain;
  result.is_anchored = true;
  result.has_system_root = question.is_public;
  CertDemand demand;
  demand.time = question.now;
  std::string all;
  for (const std::string& warning : warnings_about(chain, result, demand)) all += warning + '\n';
  return all;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(CertificateWarnings, ComeThirtyDaysBeforeTheEnd) {
  const sys_seconds from = sys_days(year(2025) / 1 / 1);
  const auto at = [&](days left) { return warnings({from, days(180), from + days(180) - left}); };
  EXPECT_EQ(at(days(31)), "");
  EXPECT_TRUE(has(at(days(29)), "ends in 29 days"));
  EXPECT_EQ(at(days(-1)), "");  // A broken rule by now.
}

TEST(CertificateWarnings, LeaveShortLivesTwoThirdsInPeace) {
  const sys_seconds from = sys_days(year(2025) / 1 / 1);
  EXPECT_EQ(warnings({from, days(45), from + days(29)}), "");
  EXPECT_TRUE(has(warnings({from, days(45), from + days(31)}), "ends in 14 days"));
}

// The steps of ballot SC-081v3: 200 days from 2026-03-15, 100 from 2027-03-15, 47 from 2029-03-15; before, 398.
TEST(CertificateWarnings, KnowTheStepsOfTheBallot) {
  struct Row {
    sys_seconds from;
    days allowed;
  };
  for (const Row& row : {Row{sys_days(year(2020) / 9 / 1), days(398)}, Row{sys_days(year(2026) / 3 / 15), days(200)},
                         Row{sys_days(year(2027) / 3 / 15), days(100)}, Row{sys_days(year(2029) / 3 / 15), days(47)}}) {
    const auto with_life = [&](std::chrono::seconds life) { return warnings({row.from, life, row.from + 1h}); };
    const std::string words = "may be valid for " + std::to_string(row.allowed.count());
    EXPECT_FALSE(has(with_life(row.allowed - 1s), words)) << row.allowed.count();
    // The last second counts (RFC 5280 section 4.1.2.5), so this is a day too long.
    EXPECT_TRUE(has(with_life(row.allowed), words)) << with_life(row.allowed);
  }
}

TEST(CertificateWarnings, TellOfTheNextStepBeforeItIsDue) {
  const sys_seconds from = sys_days(year(2026) / 2 / 1);
  EXPECT_TRUE(has(warnings({from, days(397) - 1s, from + 1h}), "at most 200 days, not 397"));
  EXPECT_EQ(warnings({from, days(90), from + 1h}), "");
}

TEST(CertificateWarnings, LeavePrivateAuthoritiesAlone) {
  const sys_seconds from = sys_days(year(2026) / 4 / 1);
  EXPECT_EQ(warnings({from, days(800), from + 1h, false}), "");
}

}  // namespace
}  // namespace securetransport::cli
