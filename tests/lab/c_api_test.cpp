// SPDX-License-Identifier: Apache-2.0
// Every scenario against a C program on Apple's API, one test a theme: the codes are those that the C++ session gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "lab/c_victim.hpp"

namespace securetransport::lab {
namespace {

/// What cannot be in the C API, and why.
struct Exception {
  std::string_view scenario;
  std::string_view why;
};
constexpr Exception kExceptions[]{
    {"key-of-another-certificate",
     "SecIdentityCreate makes no identity of halves that do not fit, so none can be set."},
};

bool is_excepted(const Scenario& scenario) {
  return std::any_of(std::begin(kExceptions), std::end(kExceptions),
                     [&](const Exception& one) { return one.scenario == scenario.name; });
}

Vault& vault() {
  static Vault& the_vault = *Vault::open().value().release();
  return the_vault;
}

void expect_the_documented_codes(std::span<const CRun> runs) {
  const std::vector<COutcome> outcomes = play_all(runs, vault());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    SCOPED_TRACE(runs[i].name() + ": " + outcomes[i].text);
    EXPECT_EQ(outcomes[i].problem, "");
    EXPECT_EQ(symbol_of(ResultCode{outcomes[i].status}), symbol_of(runs[i].expected()));
  }
}

std::vector<std::string> themes() {
  std::vector<std::string> all;
  for (const Scenario& scenario : scenarios()) {
    if (all.empty() || all.back() != scenario.theme) all.emplace_back(scenario.theme);
  }
  return all;
}

class EveryScenarioInC : public testing::TestWithParam<std::string> {};

TEST_P(EveryScenarioInC, ComesToTheDocumentedCode) {
  std::vector<CRun> runs = all_runs();
  std::erase_if(runs, [](const CRun& run) { return run.scenario->theme != GetParam() || is_excepted(*run.scenario); });
  ASSERT_FALSE(runs.empty());
  expect_the_documented_codes(runs);
}

INSTANTIATE_TEST_SUITE_P(Lab, EveryScenarioInC, testing::ValuesIn(themes()), [](const auto& param) {
  std::string name = param.param;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace securetransport::lab
