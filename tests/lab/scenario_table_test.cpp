// SPDX-License-Identifier: Apache-2.0
// The table is complete: every code, every role and version that can come to it, and words for people.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lab/scenarios/setup.hpp"

namespace securetransport::lab {
namespace {

bool is_shown(ResultCode code, Side side, std::uint16_t version) {
  return std::any_of(scenarios().begin(), scenarios().end(), [&](const Scenario& scenario) {
    return scenario.provokes == code && scenario.side == side &&
           std::find(scenario.versions.begin(), scenario.versions.end(), version) != scenario.versions.end();
  });
}

bool is_shown_by_a_program(ResultCode code) {
  return std::any_of(scenarios().begin(), scenarios().end(), [&](const Scenario& scenario) {
    return scenario.provokes == code && scenario.side == Side::Program;
  });
}

bool is_excused(ResultCode code, Side side, std::uint16_t version) {
  return std::any_of(unreachable().begin(), unreachable().end(), [&](const Unreachable& row) {
    return row.code == code && row.side == side && covers(row, version);
  });
}

TEST(ScenarioTable, ShowsEachOfThe73Codes) {
  for (const ResultInfo& row : result_table()) {
    EXPECT_TRUE(std::any_of(scenarios().begin(), scenarios().end(), [&](const Scenario& scenario) {
      return scenario.provokes == row.code;
    })) << row.symbol;
  }
}

TEST(ScenarioTable, ShowsOrExcusesEachCodeForEachRoleAndVersion) {
  for (const ResultInfo& row : result_table()) {
    if (is_shown_by_a_program(row.code)) continue;
    for (const Side side : {Side::Server, Side::Client}) {
      for (const std::uint16_t version : {kTls12, kTls13, kDtls12}) {
        EXPECT_TRUE(is_shown(row.code, side, version) || is_excused(row.code, side, version))
            << row.symbol << ", misbehaving " << to_string(side) << ", " << protocol_text(version);
      }
    }
  }
}

TEST(ScenarioTable, ExcusesNothingThatItShows) {
  for (const Unreachable& row : unreachable()) {
    SCOPED_TRACE(symbol_of(row.code));
    EXPECT_FALSE(row.why.empty());
    for (const std::uint16_t version : {kTls12, kTls13, kDtls12}) {
      EXPECT_FALSE(covers(row, version) && is_shown(row.code, row.side, version)) << version_text(version);
    }
  }
}

TEST(ScenarioTable, NamesAreUniqueAndFitForHosts) {
  std::set<std::string> seen;
  for (const Scenario& scenario : scenarios()) {
    SCOPED_TRACE(scenario.name);
    EXPECT_TRUE(seen.insert(scenario.name).second);
    EXPECT_FALSE(scenario.name.empty());
    EXPECT_LE(scenario.name.size(), 63U);
    EXPECT_EQ(scenario.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos);
    EXPECT_EQ(find_scenario(scenario.name), &scenario);
  }
}

TEST(ScenarioTable, SaysWhatHappensAndWhatToLearn) {
  for (const Scenario& scenario : scenarios()) {
    SCOPED_TRACE(scenario.name);
    EXPECT_TRUE(scenario.description.ends_with('.')) << scenario.description;
    EXPECT_FALSE(scenario.lesson.empty());
    EXPECT_FALSE(scenario.theme.empty());
    EXPECT_EQ(scenario.versions.empty(), scenario.side == Side::Program);
  }
}

TEST(ScenarioTable, HasTheKnownNamesOfBadssl) {
  for (const char* const name : {"expired",
                                 "wrong.host",
                                 "self-signed",
                                 "untrusted-root",
                                 "revoked",
                                 "incomplete-chain",
                                 "sha1-intermediate",
                                 "no-subject",
                                 "rc4-md5",
                                 "rc4",
                                 "3des",
                                 "null",
                                 "cbc",
                                 "static-rsa",
                                 "dh512",
                                 "dh1024",
                                 "tls-v1-0",
                                 "tls-v1-1",
                                 "client",
                                 "client-cert-missing",
                                 "http"}) {
    EXPECT_NE(find_scenario(name), nullptr) << name;
  }
}

TEST(ScenarioTable, EveryPeerCanBeSetUp) {
  const auto vault = Vault::open();
  ASSERT_TRUE(vault) << vault.error().detail;
  for (const Scenario& scenario : scenarios()) {
    for (const std::uint16_t version : scenario.versions) {
      SCOPED_TRACE(scenario.name);
      const auto setup = set_up(scenario, **vault, version);
      EXPECT_TRUE(setup) << setup.error().detail;
      if (scenario.twin == Twin::None) continue;
      const auto twin = set_up(scenario, **vault, version, Honesty::Twin);
      ASSERT_TRUE(twin) << twin.error().detail;
      EXPECT_EQ(twin->fault.step, Step::None);
    }
  }
}

}  // namespace
}  // namespace securetransport::lab
