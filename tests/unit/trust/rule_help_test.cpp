// SPDX-License-Identifier: Apache-2.0
// Every rule has a source and every check a remedy.
#include "securetransport/trust/rule_help.hpp"

#include <gtest/gtest.h>

#include "trust/x509_error.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

constexpr TrustCheck kChecks[] = {
#define ST_TRUST_CHECK(Name, text, status, severity) TrustCheck::Name,
#include "securetransport/core/trust_checks.def"
#undef ST_TRUST_CHECK
};

bool is_sentence(std::string_view text) {
  return text.size() > 20 && text.ends_with('.') && text.find("  ") == std::string_view::npos;
}

TEST(RuleHelp, HasARemedyForEveryCheckAtEveryPlace) {
  for (const TrustCheck check : kChecks) {
    for (const auto place :
         {std::optional<std::size_t>(), std::optional<std::size_t>(0), std::optional<std::size_t>(1)}) {
      const Violation violation{ResultCode::XCertChainInvalid, place, {}, {}, {}, {}, check};
      EXPECT_TRUE(is_sentence(fix_for(violation))) << trust_check_info(check).name;
    }
  }
}

TEST(RuleHelp, TellsTheTwoEndsOfTimeApart) {
  Violation violation{ResultCode::CertExpired, 0, {}, {}, {}, {}, TrustCheck::TemporalValidity};
  EXPECT_NE(fix_for(violation).find("Renew"), std::string_view::npos);
  violation.code = ResultCode::CertNotYetValid;
  EXPECT_NE(fix_for(violation).find("Wait"), std::string_view::npos);
}

TEST(RuleHelp, KnowsTheDocumentOfEveryRuleOfThePathValidation) {
  for (int error = 0; error < 100; ++error) {
    const std::string_view rule = trust::x509_error(error).rule;
    if (rule.empty() || rule.starts_with("limit of") || rule == "our own failure") continue;
    EXPECT_FALSE(source_of_rule(rule).title.empty()) << rule;
    EXPECT_FALSE(source_of_rule(rule).date.empty()) << rule;
  }
}

// The dates on the title pages of the documents and in Apple's support articles.
TEST(RuleHelp, DatesTheDocuments) {
  EXPECT_EQ(source_of_rule("RFC 5280 section 4.2.1.9").date, "2008-05");
  EXPECT_EQ(source_of_rule("RFC 9525 section 6.3").date, "2023-11");
  EXPECT_EQ(source_of_rule("Apple platform rule (HT211025)").date, "since 2020-09-01");
  EXPECT_EQ(source_of_rule("limit of this library").date, "");
}

}  // namespace
}  // namespace securetransport::test
