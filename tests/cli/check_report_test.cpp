// SPDX-License-Identifier: Apache-2.0
// What a check report looks like, for people and for programs.
#include "cli/check_report.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace securetransport::cli {
namespace {

CheckReport expired_report() {
  CheckReport report;
  report.target = "expired.example:443";
  report.host = "expired.example";
  report.port = 443;
  report.address = "192.0.2.1:443";
  report.code = ResultCode::CertExpired;
  report.exit = ExitCode::Rejected;
  report.diagnosis.code = ResultCode::CertExpired;
  report.diagnosis.detected_by = DetectedBy::Trust;
  report.diagnosis.phase = Phase::Certificate;
  report.diagnosis.detail = "it expired yesterday";
  report.diagnosis.alert_sent = AlertMessage{Alert::CertificateExpired, AlertLevel::Fatal};
  report.diagnosis.violations = {
      {ResultCode::CertExpired, 0, "CN=expired.example", "it expired yesterday", "RFC 5280 section 6.1.3"},
      {ResultCode::HostNameMismatch, std::nullopt, "", "the name is not covered", ""}};
  return report;
}

std::size_t count_of_key(const Json& value, const std::string& key) {
  std::size_t count = value.is_object() && value.contains(key) ? 1 : 0;
  for (const Json& inner : value) {
    if (inner.is_structured()) count += count_of_key(inner, key);
  }
  return count;
}

bool has_control_characters(std::string_view text) {
  return text.find_first_of("\x1b\x07\r") != std::string_view::npos;
}

TEST(CheckReportText, BeginsWithCodeNameAndTarget) {
  const std::string text = check_report_text(expired_report(), {});
  EXPECT_EQ(text.substr(0, text.find('\n')), "-9814 errSSLCertExpired  expired.example:443");
}

TEST(CheckReportText, BeginsWithZeroForASuccess) {
  CheckReport report;
  report.target = "good.example:443";
  report.code = ResultCode::Success;
  report.exit = ExitCode::Ok;
  const std::string text = check_report_text(report, {});
  EXPECT_EQ(text.substr(0, text.find('\n')), "0 errSecSuccess  good.example:443");
}

TEST(CheckReportText, BeginsWithADashWhereThereIsNoCode) {
  CheckReport report;
  report.target = "no.such.example:443";
  report.problem = "unresolvable";
  const std::string text = check_report_text(report, {});
  EXPECT_EQ(text.substr(0, text.find('\n')), "- unresolvable  no.such.example:443");
}

TEST(CheckReportText, StaysWithinTheWidthOfTheScreen) {
  const std::string text = check_report_text(expired_report(), {60, false, true});
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    EXPECT_LE(columns_of(text.substr(start, end - start)), 60U) << text.substr(start, end - start);
    start = end + 1;
  }
}

TEST(CheckReportText, NamesEveryViolation) {
  const std::string text = check_report_text(expired_report(), {});
  EXPECT_NE(text.find("-9814 errSSLCertExpired, certificate 0"), std::string::npos);
  EXPECT_NE(text.find("-9843 errSSLHostNameMismatch, the chain as a whole"), std::string::npos);
}

TEST(CheckReportText, EscapesWhatThePeerWrote) {
  CheckReport report = expired_report();
  report.target = "a\x1b]0;title\x07:443";
  report.diagnosis.detail = "plain \x1b[31mtext";
  report.diagnosis.violations[0].subject = "CN=\x1b[2J";
  report.diagnosis.notes = {"a note\r\x1b[A"};
  report.diagnosis.received = {"banner \x07"};
  report.info.alpn = "h2\x1b";
  EXPECT_FALSE(has_control_characters(check_report_text(report, {})));
  EXPECT_FALSE(has_control_characters(text_of(json_of(report))));
  const std::vector<CheckRow> rows{{"label\x1b", &report}};
  EXPECT_FALSE(has_control_characters(check_table(rows, {})));
}

TEST(CheckReportJson, HasExactlyOneKeyNamedCode) {
  const Json result = json_of(expired_report());
  EXPECT_EQ(count_of_key(result, "code"), 1U);
  EXPECT_EQ(result["code"], -9814);
}

TEST(CheckReportJson, HasNullForTheCodeOfATargetWithoutOne) {
  const Json result = json_of(report_of_bad_target("foo bar", "'foo bar' is no target"));
  EXPECT_TRUE(result["code"].is_null());
  EXPECT_TRUE(result["port"].is_null());
  EXPECT_EQ(result["error"], "bad target: 'foo bar' is no target");
}

TEST(CheckReportJson, HasTheSameKeysWhateverCameOfIt) {
  const auto keys = [](const Json& object) {
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items()) names.push_back(key);
    return names;
  };
  EXPECT_EQ(keys(json_of(CheckReport())), keys(json_of(expired_report())));
}

TEST(CheckReportJson, SurvivesTextThatIsNotUtf8) {
  CheckReport report = expired_report();
  report.diagnosis.detail = "\xff\xfe";
  EXPECT_NO_THROW(static_cast<void>(text_of(json_of(report))));
}

TEST(CheckTable, AlignsItsColumns) {
  CheckReport good;
  good.code = ResultCode::Success;
  good.exit = ExitCode::Ok;
  const CheckReport bad = expired_report();
  const std::vector<CheckRow> rows{{"a:443", &good}, {"longer.example:443", &bad}};
  EXPECT_EQ(check_table(rows, {}),
            "a:443                   0  errSecSuccess      no error\n"
            "longer.example:443  -9814  errSSLCertExpired  CN=expired.example: it expired yesterday\n");
}

TEST(CheckTable, PutsReasonsBelowOnANarrowScreen) {
  const CheckReport bad = expired_report();
  const std::vector<CheckRow> rows{{"longer.example:443", &bad}};
  EXPECT_EQ(check_table(rows, {60, false, true}),
            "longer.example:443  -9814  errSSLCertExpired\n      CN=expired.example: it expired yesterday\n");
}

TEST(ExitCodes, WeighInternalOverUsageOverRejectedOverUnavailable) {
  EXPECT_EQ(worse_of(ExitCode::Ok, ExitCode::Unavailable), ExitCode::Unavailable);
  EXPECT_EQ(worse_of(ExitCode::Unavailable, ExitCode::Rejected), ExitCode::Rejected);
  EXPECT_EQ(worse_of(ExitCode::Usage, ExitCode::Rejected), ExitCode::Usage);
  EXPECT_EQ(worse_of(ExitCode::Usage, ExitCode::Internal), ExitCode::Internal);
}

TEST(Remedies, LeaveOutWhatIsMeantForServers) {
  for (const ResultInfo& info : result_table()) {
    CheckReport report;
    report.code = info.code;
    for (const Remedy& remedy : remedies_of(report)) {
      EXPECT_FALSE(remedy.text.starts_with("As seen by a server")) << info.symbol;
    }
  }
}

}  // namespace
}  // namespace securetransport::cli
