// SPDX-License-Identifier: Apache-2.0
// `securetransport codes`: the result table, for people, programs and the documentation.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <vector>

#include "cli/code_json.hpp"
#include "cli/code_report.hpp"
#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// True if the number, the symbol or the message contains the word, whatever its case.
bool mentions(const ResultInfo& info, std::string_view word) {
  const std::string text =
      fmt::format("{} {} {}", static_cast<std::int32_t>(info.code), info.symbol, lower_case(info.message));
  return lower_case(text).find(lower_case(word)) != std::string::npos;
}

}  // namespace

ExitCode run_codes(const Args& args) {
  CLI::App app;
  describe(app, "codes", "Lists the 73 result codes.",
           {"securetransport codes", "securetransport codes certificate", "securetransport codes --category ats",
            "securetransport codes --json | jq -r '.codes[] | [.code, .symbol] | @tsv'"});
  std::string word;
  std::string category;
  bool is_json = false;
  bool is_markdown = false;
  app.add_option("WORD", word, "Only codes whose number, name or message contains this");
  app.add_option("--category", category, "Only: connection, certificate, cryptography, ats or other")
      ->type_name("NAME")
      ->check(CLI::IsMember({"connection", "certificate", "cryptography", "ats", "other"}, CLI::ignore_case)
                  .description(""));
  app.add_flag("--json", is_json, "JSON with all explanations (docs/guide/codes-json.md)");
  app.add_flag("--markdown", is_markdown, "The page docs/result-codes.md")->excludes("--json");
  if (const auto over = parse(app, args)) return *over;
  if (is_markdown) {
    if (!word.empty() || !category.empty()) {
      return fail({ExitCode::Usage, "--markdown prints the whole page; it takes no filter"});
    }
    print(code_page());
    return ExitCode::Ok;
  }

  std::vector<const ResultInfo*> rows;
  const auto add = [&](const ResultInfo& info) {
    const bool is_wanted = category.empty() || to_string(info.category) == lower_case(category);
    if (is_wanted && mentions(info, word)) rows.push_back(&info);
  };
  for (const ResultInfo& info : result_table()) add(info);
  if (is_json) {
    for (const ResultCode code : neighbours()) add(*find_result(code));
    print(text_of(json_of(rows)));
    return ExitCode::Ok;
  }
  if (rows.empty()) return fail({ExitCode::Usage, fmt::format("no code matches '{}'", word)});
  print(code_table(rows, terminal_of(1)));
  return ExitCode::Ok;
}

}  // namespace securetransport::cli
