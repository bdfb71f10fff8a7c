// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/result_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "unit/core/expected_results.hpp"
#include "unit/core/print.hpp"

namespace securetransport {
namespace {

using test::expected_results;
using test::ExpectedResult;
using test::kNone;

constexpr int kEarlyDataRejected = -9890;

// Numbers around the table's edges and gap, of other families, and at the ends of the type.
constexpr int kNumbersWithoutRow[] = {0,
                                      1,
                                      -1,
                                      -50,
                                      -9799,
                                      -9866,
                                      -9870,
                                      -9879,
                                      -9887,
                                      -9889,
                                      -9891,
                                      9800,
                                      -108,
                                      std::numeric_limits<int>::min(),
                                      std::numeric_limits<int>::max()};

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string joined(const ShortList<DetectedBy>& detectors) {
  std::string result;
  for (const DetectedBy detector : detectors) {
    if (!result.empty()) result += '/';
    result += to_string(detector);
  }
  return result;
}

/// Checks one property of every row against the contract, the symbol being the name of the case.
template <class Check>
void for_each_row(Check check) {
  ASSERT_EQ(result_table().size(), expected_results().size());
  for (std::size_t i = 0; i < expected_results().size(); ++i) {
    SCOPED_TRACE(expected_results()[i].symbol);
    check(result_table()[i], expected_results()[i]);
  }
}

TEST(ResultTable, HasThe73CodesOfTheContract) {
  EXPECT_EQ(expected_results().size(), 73U);
  EXPECT_EQ(result_table().size(), 73U);
}

TEST(ResultTable, GivesEachRowItsValue) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    EXPECT_EQ(static_cast<int>(row.code), expected.value);
  });
}

TEST(ResultTable, GivesEachRowItsSymbol) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) { EXPECT_EQ(row.symbol, expected.symbol); });
}

TEST(ResultTable, GivesEachRowItsCategory) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    EXPECT_EQ(to_string(row.category), expected.category);
  });
}

TEST(ResultTable, GivesEachRowItsOutcome) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    EXPECT_EQ(to_string(row.outcome), expected.outcome);
  });
}

TEST(ResultTable, SaysWhoDetectsEachCodeMostUsualFirst) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    EXPECT_EQ(joined(row.detected_by), expected.detected_by);
  });
}

TEST(ResultTable, SaysWhichAlertEachCodeStandsFor) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    EXPECT_EQ(row.alert_received ? static_cast<int>(*row.alert_received) : kNone, expected.alert_received);
  });
}

TEST(ResultTable, SaysWhichAlertsGoOutWithEachCode) {
  for_each_row([](const ResultInfo& row, const ExpectedResult& expected) {
    std::vector<int> sent;
    for (const Alert alert : row.alerts_sent) sent.push_back(static_cast<int>(alert));
    EXPECT_EQ(sent, expected.alerts_sent);
  });
}

TEST(ResultTable, HasAMessageOfItsOwnForEachRow) {
  std::set<std::string_view> messages;
  for (const ResultInfo& row : result_table()) {
    SCOPED_TRACE(row.symbol);
    ASSERT_FALSE(row.message.empty());
    EXPECT_NE(row.message.back(), '.');
    EXPECT_NE(row.message.back(), ' ');
    EXPECT_TRUE(messages.insert(row.message).second) << "used twice: " << row.message;
  }
}

TEST(FindResult, FindsEachRowByItsValue) {
  for (const ExpectedResult& expected : expected_results()) {
    SCOPED_TRACE(expected.symbol);
    const ResultInfo* const row = find_result(ResultCode{expected.value});
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->symbol, expected.symbol);
  }
}

TEST(FindResult, FindsTheNeighbourOutsideTheTable) {
  const ResultInfo* const row = find_result(ResultCode{kEarlyDataRejected});
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->symbol, "errSSLEarlyDataRejected");
  EXPECT_EQ(find_result("errSSLEarlyDataRejected"), row);
  EXPECT_EQ(find_result("EarlyDataRejected"), row);
  EXPECT_TRUE(std::none_of(result_table().begin(), result_table().end(),
                           [](const ResultInfo& info) { return info.code == ResultCode::EarlyDataRejected; }));
}

TEST(FindResult, FindsNothingForANumberWithoutRow) {
  for (const int number : kNumbersWithoutRow) {
    EXPECT_EQ(find_result(ResultCode{number}), nullptr) << number;
  }
}

TEST(FindResult, FindsEachRowByItsSymbolInAnyCaseWithOrWithoutPrefix) {
  for (const ExpectedResult& expected : expected_results()) {
    SCOPED_TRACE(expected.symbol);
    const std::string_view bare = expected.symbol.substr(std::string_view("errSSL").size());
    for (const std::string& asked : {std::string(expected.symbol), upper(expected.symbol), lower(expected.symbol),
                                     std::string(bare), upper(bare), lower(bare)}) {
      const ResultInfo* const row = find_result(asked);
      ASSERT_NE(row, nullptr) << asked;
      EXPECT_EQ(row->code, ResultCode{expected.value}) << asked;
    }
  }
}

TEST(FindResult, UnderstandsTheAliasesOfApplesHeaders) {
  const struct {
    std::string_view alias;
    int value;
  } kCases[] = {
      {"errSSLServerAuthCompleted", -9841}, {"errSSLClientAuthCompleted", -9841}, {"errSSLLast", -9849},
      {"serverauthcompleted", -9841},       {"ClientAuthCompleted", -9841},       {"LAST", -9849},
  };
  for (const auto& [alias, value] : kCases) {
    SCOPED_TRACE(alias);
    const ResultInfo* const row = find_result(alias);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->code, ResultCode{value});
  }
}

TEST(FindResult, FindsNothingForATextThatIsNoSymbol) {
  for (const std::string_view text :
       {"", "errSSL", "errSSLProtoco", "errSSLProtocolX", " errSSLProtocol", "SSLProtocol", "errSecSuccess", "-9800",
        "errSSLerrSSLProtocol", "closed graceful"}) {
    EXPECT_EQ(find_result(text), nullptr) << '"' << text << '"';
  }
}

TEST(SymbolAndMessage, ComeFromTheRowOfTheCode) {
  for (const ExpectedResult& expected : expected_results()) {
    SCOPED_TRACE(expected.symbol);
    const ResultCode code{expected.value};
    ASSERT_NE(find_result(code), nullptr);
    EXPECT_EQ(symbol_of(code), expected.symbol);
    EXPECT_EQ(message_of(code), find_result(code)->message);
  }
}

TEST(SymbolAndMessage, NameSuccess) {
  EXPECT_EQ(symbol_of(ResultCode::Success), "errSecSuccess");
  EXPECT_EQ(message_of(ResultCode::Success), "no error");
}

TEST(SymbolAndMessage, GiveTheNumberOfACodeWithoutRow) {
  EXPECT_EQ(symbol_of(ResultCode{-50}), "OSStatus -50");
  EXPECT_EQ(message_of(ResultCode{-9866}), "OSStatus -9866");
  EXPECT_EQ(symbol_of(ResultCode{104}), "OSStatus 104");
  EXPECT_EQ(message_of(ResultCode{std::numeric_limits<int>::min()}), "OSStatus -2147483648");
}

TEST(ResultErrorCode, IsMadeImplicitlyFromAResultCode) {
  static_assert(std::is_error_code_enum_v<ResultCode>);
  const std::error_code error = ResultCode::CertExpired;
  EXPECT_EQ(error.value(), -9814);
  EXPECT_EQ(&error.category(), &result_category());
  EXPECT_TRUE(error == ResultCode::CertExpired);
  EXPECT_FALSE(error == ResultCode::CertNotYetValid);
}

TEST(ResultErrorCode, IsFalseForSuccessAlone) {
  EXPECT_FALSE(std::error_code(ResultCode::Success));
  for (const ResultInfo& row : result_table()) {
    SCOPED_TRACE(row.symbol);
    EXPECT_TRUE(std::error_code(row.code));
  }
}

TEST(ResultErrorCode, HasTheCategoryOfThisLibrary) {
  EXPECT_STREQ(result_category().name(), "securetransport");
  EXPECT_NE(std::error_code(ResultCode::Protocol), std::error_code(-9800, std::generic_category()));
}

TEST(ResultErrorCode, SaysTheMessageOfTheCode) {
  EXPECT_EQ(std::error_code(ResultCode::ClosedGraceful).message(), message_of(ResultCode::ClosedGraceful));
  EXPECT_EQ(std::error_code(ResultCode::Success).message(), "no error");
  EXPECT_EQ(result_category().message(-25300), "OSStatus -25300");
}

TEST(ShortList, KeepsUpToFourValuesInOrder) {
  constexpr ShortList<int> kFour{4, 3, 2, 1};
  EXPECT_EQ(std::vector<int>(kFour.begin(), kFour.end()), (std::vector<int>{4, 3, 2, 1}));
  EXPECT_EQ(kFour.front(), 4);
  EXPECT_FALSE(kFour.empty());
}

TEST(ShortList, IsEmptyUnlessFilled) {
  constexpr ShortList<int> kEmpty;
  EXPECT_TRUE(kEmpty.empty());
  EXPECT_EQ(kEmpty.begin(), kEmpty.end());
}

}  // namespace
}  // namespace securetransport
