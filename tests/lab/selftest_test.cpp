// SPDX-License-Identifier: Apache-2.0
// Every scenario against our engine, one test a theme, and the page that comes of it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/lab_selftest.hpp"

namespace securetransport::cli {
namespace {

std::vector<std::string> themes() {
  std::vector<std::string> all;
  for (const lab::Scenario& scenario : lab::scenarios()) {
    if (all.empty() || all.back() != scenario.theme) all.emplace_back(scenario.theme);
  }
  return all;
}

class EveryScenario : public testing::TestWithParam<std::string> {};

TEST_P(EveryScenario, ComesToTheDocumentedCode) {
  const Result<LabMaterial> material = LabMaterial::make();
  ASSERT_TRUE(material) << material.error().detail;
  std::vector<LabCase> cases = all_cases();
  std::erase_if(cases, [](const LabCase& one) { return one.scenario->theme != GetParam(); });
  ASSERT_FALSE(cases.empty());
  for (const LabRun& run : play_all(cases, *material)) EXPECT_EQ(run.complaint(), "");
}

INSTANTIATE_TEST_SUITE_P(Lab, EveryScenario, testing::ValuesIn(themes()), [](const auto& param) {
  std::string name = param.param;
  std::erase(name, '-');
  return name;
});

TEST(ResultMatrix, PageIsFresh) {
  const Result<LabMaterial> material = LabMaterial::make();
  ASSERT_TRUE(material) << material.error().detail;
  std::vector<LabCase> cases = all_cases();
  std::erase_if(cases, [](const LabCase& one) { return one.honesty == lab::Honesty::Twin; });
  const std::string fresh = matrix_page(play_all(cases, *material));
  std::ifstream file(ST_DOCS "/result-matrix.md");
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  if (fresh == kept) return;
  std::istringstream fresh_lines(fresh);
  std::istringstream kept_lines(kept);
  std::string ours;
  std::string theirs;
  while (std::getline(fresh_lines, ours)) {
    std::getline(kept_lines, theirs);
    ASSERT_EQ(ours, theirs) << "run: securetransport lab selftest --markdown > docs/result-matrix.md";
  }
  FAIL() << "docs/result-matrix.md is longer than a fresh page";
}

}  // namespace
}  // namespace securetransport::cli
