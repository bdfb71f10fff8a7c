// SPDX-License-Identifier: Apache-2.0
// `securetransport demo`: every server shows its code, and nothing stays behind.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

/// Runs with a temporary folder of its own, so that what stays behind can be seen.
std::vector<std::string> demo_in(const TempFolder& folder, const std::string& option = "--json") {
  return {"env", "TMPDIR=" + folder.path("."), ST_COMMAND, "demo", option};
}

TEST(DemoCommand, ShowsTheExpectedCodeOfEveryServer) {
  const TempFolder folder;
  const Finished result = run_program(demo_in(folder));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto document = nlohmann::json::parse(result.out);
  std::multiset<std::string> makers;
  for (const auto& row : document["results"]) {
    EXPECT_EQ(row["code"], row["expected"]) << row["label"];
    EXPECT_EQ(row["as_expected"], true) << row["label"];
    makers.insert(row["made_by"]);
  }
  EXPECT_EQ(document["results"].size(), 16U);
  for (const char* const maker : {"nginx", "openssl", "gnutls"}) EXPECT_GE(makers.count(maker), 2U) << maker;
  EXPECT_TRUE(std::filesystem::is_empty(folder.path(".")));
}

TEST(DemoCommand, LeavesNothingBehindWhenInterrupted) {
  const TempFolder folder;
  Program demo(demo_in(folder));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::filesystem::is_empty(folder.path(".")) && std::chrono::steady_clock::now() < deadline) {
  }
  demo.send_signal(SIGTERM);
  EXPECT_EQ(demo.finish().exit_code, 128 + SIGTERM);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path(".")));
}

TEST(DemoCommand, NamesTheDebianPackageOfAMissingProgram) {
  const TempFolder folder;
  const Finished result = run_program({"env", "PATH=" + folder.path("."), ST_COMMAND, "demo"});
  // Some of the programs live in folders that are searched whatever PATH says.
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.err.find("gnutls-bin"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace securetransport::test
