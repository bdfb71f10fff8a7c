// SPDX-License-Identifier: Apache-2.0
// Every scenario against a C program on Apple's API, one test a theme: the codes are those that the C++ session gives.
#include <gtest/gtest.h>
#include <lab_programs.h>

#include <algorithm>
#include <functional>
#include <set>
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

class EveryScenario : public testing::TestWithParam<std::string> {};

TEST_P(EveryScenario, ComesToTheDocumentedCode) {
  std::vector<CRun> runs = all_runs();
  std::erase_if(runs, [](const CRun& run) { return run.scenario->theme != GetParam() || is_excepted(*run.scenario); });
  ASSERT_FALSE(runs.empty());
  expect_the_documented_codes(runs);
}

INSTANTIATE_TEST_SUITE_P(LabInC, EveryScenario, testing::ValuesIn(themes()), [](const auto& param) {
  std::string name = param.param;
  std::erase(name, '-');
  return name;
});

TEST(LabInC, ExceptionsAreScenariosWithAReason) {
  for (const Exception& one : kExceptions) {
    EXPECT_NE(find_scenario(one.scenario), nullptr) << one.scenario;
    EXPECT_NE(one.why, "");
    EXPECT_EQ(lab_program(std::string(one.scenario).c_str()), nullptr) << one.scenario << " can be after all";
  }
}

TEST(LabInC, NoIdentityComesOfTheKeyOfAnotherCertificate) {
  const Result<Credentials> good = vault().credentials(Credential::Good, Bearer::Server);
  const Result<Credentials> another = vault().credentials(Credential::Another, Bearer::Server);
  ASSERT_TRUE(good && another);
  EXPECT_TRUE(lab_fits({good->chain_pem.c_str(), good->key_pem.c_str()}));
  EXPECT_FALSE(lab_fits({good->chain_pem.c_str(), another->key_pem.c_str()}));
}

std::vector<CRun> ats_runs(CFStringRef configuration) {
  std::vector<CRun> runs = all_runs();
  std::erase_if(runs, [](const CRun& run) { return run.scenario->victim.ats == AtsRules::None; });
  for (CRun& run : runs) run.ats_configuration = configuration;
  return runs;
}

TEST(LabInC, BothAtsConfigurationsYieldEveryCode) {
  constexpr int kFirst = errSSLATSViolation;
  constexpr int kLast = errSSLATSCertificateHashAlgorithmViolation;
  for (const CFStringRef configuration : {kSSLSessionConfig_ATSv1, kSSLSessionConfig_ATSv1_noPFS}) {
    std::set<OSStatus> seen;
    for (const COutcome& outcome : play_all(ats_runs(configuration), vault())) seen.insert(outcome.status);
    for (OSStatus code = kFirst; code >= kLast; --code) EXPECT_TRUE(seen.contains(code)) << code;
  }
}

TEST(LabInC, AtsWithoutForwardSecrecyJudgesOnlyRsaKeyExchangeOtherwise) {
  std::vector<CRun> runs = ats_runs(kSSLSessionConfig_ATSv1_noPFS);
  const auto is_rsa = [](const CRun& run) {
    return run.scenario->name == "ats-suite" && run.honesty == Honesty::Faulty;
  };
  std::vector<CRun> others = runs;
  std::erase_if(others, is_rsa);
  expect_the_documented_codes(others);
  // RSA key exchange may be had now, but not with an EC key.
  std::erase_if(runs, std::not_fn(is_rsa));
  ASSERT_FALSE(runs.empty());
  for (const COutcome& outcome : play_all(runs, vault())) EXPECT_EQ(outcome.status, errSSLCrypto) << outcome.text;
}

}  // namespace
}  // namespace securetransport::lab
