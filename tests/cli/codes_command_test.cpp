// SPDX-License-Identifier: Apache-2.0
// `securetransport codes`, and the page of the documentation that it makes.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport::test {
namespace {

TEST(CodesCommand, ListsThe73CodesInJson) {
  const auto document = nlohmann::json::parse(securetransport({"codes", "--json"}).out);
  EXPECT_EQ(document["version"], 1);
  ASSERT_EQ(document["codes"].size(), 73U);
  EXPECT_EQ(document["neighbours"].size(), 1U);
  for (std::size_t i = 0; i < 73; ++i) {
    const auto& entry = document["codes"][i];
    SCOPED_TRACE(result_table()[i].symbol);
    EXPECT_EQ(entry["code"], static_cast<int>(result_table()[i].code));
    for (const char* const key :
         {"symbol", "category", "outcome", "detected_by", "alert_received", "alerts_sent", "message", "meaning",
          "client_causes", "server_causes", "checks", "client_fix", "server_fix"}) {
      EXPECT_TRUE(entry.contains(key)) << key;
    }
  }
}

TEST(CodesCommand, GivesOneLineARowToAPipe) {
  const std::string out = securetransport({"codes"}).out;
  const auto lines = std::count(out.begin(), out.end(), '\n');
  EXPECT_EQ(lines, 1 + 73 + 2);  // The header, the rows, and the note on the outcome of datagrams.
  EXPECT_NE(out.find("\n-9807  errSSLXCertChainInvalid "), std::string::npos);
  const std::size_t message = out.find("the certificate chain is not valid");
  ASSERT_NE(message, std::string::npos);
  EXPECT_EQ(out.find("the certificate chain is not valid", message + 1), std::string::npos);
}

TEST(CodesCommand, FiltersByWordAndCategory) {
  EXPECT_NE(securetransport({"codes", "expired"}).out.find("errSSLPeerCertExpired"), std::string::npos);
  const auto ats = nlohmann::json::parse(securetransport({"codes", "--category", "ATS", "--json"}).out);
  EXPECT_EQ(ats["codes"].size(), 7U);
  EXPECT_EQ(securetransport({"codes", "no such word"}).exit_code, 2);
}

TEST(CodesCommand, MakesTheReferencePageAsItIsInTheRepository) {
  std::ifstream file(ST_DOCS "/result-codes.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(securetransport({"codes", "--markdown"}).out == page)
      << "make it anew: securetransport codes --markdown > docs/result-codes.md";
}

TEST(CodesCommand, GivesEveryRowExactlyOneHeading) {
  std::istringstream page(securetransport({"codes", "--markdown"}).out);
  std::vector<std::string> headings;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) headings.push_back(line);
  }
  ASSERT_EQ(headings.size(), result_table().size());
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const ResultInfo& info = result_table()[i];
    EXPECT_EQ(headings[i], "## " + std::to_string(static_cast<int>(info.code)) + " " + std::string(info.symbol));
  }
}

TEST(CodesCommand, EndsQuietlyWhenItsReaderGoesAway) {
  const Finished result =
      run_program({"bash", "-c", "'" ST_COMMAND "' codes --json | head -n 1; echo ${PIPESTATUS[0]}"});
  EXPECT_EQ(result.out, "{\n0\n");
  EXPECT_EQ(result.err, "");
}

TEST(CodesCommand, SaysThatItsOutputCannotBeWritten) {
  const Finished result = run_program({"bash", "-c", "'" ST_COMMAND "' codes > /dev/full"});
  EXPECT_EQ(result.err, "securetransport: standard output cannot be written\n");
  EXPECT_EQ(result.exit_code, 4);
}

}  // namespace
}  // namespace securetransport::test
