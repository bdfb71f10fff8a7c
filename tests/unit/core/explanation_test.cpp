// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/explanation.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "securetransport/core/alert.hpp"
#include "unit/core/expected_results.hpp"
#include "unit/core/print.hpp"

namespace securetransport {
namespace {

using test::expected_results;
using test::ExpectedResult;
using test::kNone;

using Field = std::pair<std::string_view, std::string_view>;  // name and text

std::vector<Field> lists_of(const Explanation& explanation) {
  return {{"client_causes", explanation.client_causes},
          {"server_causes", explanation.server_causes},
          {"checks", explanation.checks},
          {"client_fix", explanation.client_fix},
          {"server_fix", explanation.server_fix}};
}

std::vector<Field> fields_of(const Explanation& explanation) {
  std::vector<Field> fields = lists_of(explanation);
  fields.insert(fields.begin(), {"meaning", explanation.meaning});
  return fields;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Calls check(explanation) for the 73 codes and their neighbour; a code without explanation fails the test.
template <class Check>
void for_each_explanation(Check check) {
  std::vector<ResultCode> codes{ResultCode::EarlyDataRejected};
  for (const ExpectedResult& expected : expected_results()) codes.push_back(ResultCode{expected.value});
  for (const ResultCode code : codes) {
    SCOPED_TRACE(symbol_of(code));
    const Explanation* const explanation = explain(code);
    ASSERT_NE(explanation, nullptr);
    check(*explanation);
  }
}

/// Every number of the form -98NN in a text.
std::vector<int> codes_named_in(std::string_view text) {
  std::vector<int> codes;
  for (std::size_t at = text.find("-98"); at != std::string_view::npos; at = text.find("-98", at + 1)) {
    std::string digits;
    for (std::size_t i = at + 1; i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0; ++i) {
      digits += text[i];
    }
    codes.push_back(-std::stoi(digits));
  }
  return codes;
}

TEST(Explain, FindsTheExplanationOfEveryCodeAndOfTheNeighbour) {
  for (const ResultInfo& row : result_table()) {
    SCOPED_TRACE(row.symbol);
    const Explanation* const explanation = explain(row.code);
    ASSERT_NE(explanation, nullptr);
    EXPECT_EQ(explanation->code, row.code);
  }
  ASSERT_NE(explain(ResultCode{-9890}), nullptr);
  EXPECT_EQ(explain(ResultCode{-9890})->code, ResultCode::EarlyDataRejected);
}

TEST(Explain, FindsNothingForOtherNumbers) {
  for (const int number : {0, 1, -1, -50, -9799, -9866, -9879, -9887, -9889, -9891}) {
    EXPECT_EQ(explain(ResultCode{number}), nullptr) << number;
  }
}

TEST(Explanation, SaysWhatTheCodeMeansAndWhatToCheck) {
  for_each_explanation([](const Explanation& explanation) {
    EXPECT_FALSE(explanation.meaning.empty());
    EXPECT_FALSE(explanation.checks.empty());
  });
}

TEST(Explanation, NamesACauseAndARemedyOnOneSideAtLeast) {
  for_each_explanation([](const Explanation& explanation) {
    EXPECT_FALSE(explanation.client_causes.empty() && explanation.server_causes.empty());
    EXPECT_FALSE(explanation.client_fix.empty() && explanation.server_fix.empty());
  });
}

TEST(Explanation, HasAMeaningOfItsOwnForEachCode) {
  std::set<std::string_view> meanings;
  for_each_explanation([&meanings](const Explanation& explanation) {
    EXPECT_TRUE(meanings.insert(explanation.meaning).second) << explanation.meaning;
  });
}

TEST(Explanation, WritesTheMeaningAsSentencesOnOneLine) {
  for_each_explanation([](const Explanation& explanation) {
    EXPECT_TRUE(explanation.meaning.ends_with('.')) << explanation.meaning;
    EXPECT_FALSE(contains(explanation.meaning, "\n")) << explanation.meaning;
  });
}

TEST(Explanation, ListsItemsWithoutBlanksAroundOrLinesLeftEmpty) {
  for_each_explanation([](const Explanation& explanation) {
    for (const auto& [name, list] : lists_of(explanation)) {
      SCOPED_TRACE(name);
      EXPECT_FALSE(list.ends_with('\n'));
      for (const std::string_view item : items_of(list)) {
        ASSERT_FALSE(item.empty());
        EXPECT_TRUE(std::isgraph(static_cast<unsigned char>(item.front())) != 0) << item;
        EXPECT_TRUE(std::isgraph(static_cast<unsigned char>(item.back())) != 0) << item;
      }
    }
  });
}

TEST(Explanation, BeginsEveryItemWithACapitalLetter) {
  for_each_explanation([](const Explanation& explanation) {
    for (const auto& [name, list] : lists_of(explanation)) {
      for (const std::string_view item : items_of(list)) {
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(item.front())) != 0) << name << ": " << item;
      }
    }
  });
}

TEST(Explanation, NeverSaysAThingTwiceInOneList) {
  for_each_explanation([](const Explanation& explanation) {
    for (const auto& [name, list] : lists_of(explanation)) {
      std::set<std::string_view> seen;
      for (const std::string_view item : items_of(list)) {
        EXPECT_TRUE(seen.insert(item).second) << name << ": " << item;
      }
    }
  });
}

TEST(Explanation, IsPrintableAsciiWithSingleBlanks) {
  for_each_explanation([](const Explanation& explanation) {
    for (const auto& [name, text] : fields_of(explanation)) {
      SCOPED_TRACE(name);
      EXPECT_FALSE(contains(text, "  ")) << text;
      for (const char c : text) {
        ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << static_cast<int>(c) << " in: " << text;
      }
    }
  });
}

TEST(Explanation, NamesOnlyCodesThatExist) {
  for_each_explanation([](const Explanation& explanation) {
    for (const auto& [name, text] : fields_of(explanation)) {
      for (const int code : codes_named_in(text)) {
        EXPECT_NE(find_result(ResultCode{code}), nullptr) << code << " in " << name;
      }
    }
  });
}

TEST(Explanation, NamesTheAlertThatTheCodeStandsFor) {
  for (const ExpectedResult& expected : expected_results()) {
    if (expected.alert_received == kNone) continue;
    SCOPED_TRACE(expected.symbol);
    const Explanation* const explanation = explain(ResultCode{expected.value});
    ASSERT_NE(explanation, nullptr);
    const std::optional<std::string_view> name = alert_name(Alert{static_cast<std::uint8_t>(expected.alert_received)});
    ASSERT_TRUE(name.has_value());
    EXPECT_TRUE(contains(explanation->meaning,
                         "alert " + std::to_string(expected.alert_received) + " (" + std::string(*name) + ")"))
        << explanation->meaning;
  }
}

TEST(Explanation, PointsToTheOtherSidesLogWhereTheOtherSideCanFindTheFault) {
  for (const ExpectedResult& expected : expected_results()) {
    if (!contains(expected.detected_by, "peer") || expected.outcome != "fatal") continue;
    SCOPED_TRACE(expected.symbol);
    const Explanation* const explanation = explain(ResultCode{expected.value});
    ASSERT_NE(explanation, nullptr);
    EXPECT_TRUE(contains(explanation->meaning, "he other side sent ")) << explanation->meaning;
    EXPECT_TRUE(contains(explanation->meaning, "ts log holds the reason")) << explanation->meaning;
  }
}

TEST(Explanation, SaysWhatApplesLastSecureTransportReportsInstead) {
  for (const ExpectedResult& expected : expected_results()) {
    SCOPED_TRACE(expected.symbol);
    const Explanation* const explanation = explain(ResultCode{expected.value});
    ASSERT_NE(explanation, nullptr);
    for (const std::string_view code : expected.instead) {
      EXPECT_TRUE(contains(explanation->meaning, code)) << code << " in: " << explanation->meaning;
    }
  }
}

TEST(ItemsOf, SplitsAtLineBreaks) {
  using Items = std::vector<std::string_view>;
  EXPECT_EQ(items_of("one"), Items{"one"});
  EXPECT_EQ(items_of("one\ntwo three\nfour"), (Items{"one", "two three", "four"}));
  EXPECT_EQ(items_of("one\n\ntwo"), (Items{"one", "", "two"}));
}

TEST(ItemsOf, HasNoItemForAnEmptyListOrALastLineBreak) {
  using Items = std::vector<std::string_view>;
  EXPECT_EQ(items_of(""), Items{});
  EXPECT_EQ(items_of("one\n"), Items{"one"});
}

}  // namespace
}  // namespace securetransport
