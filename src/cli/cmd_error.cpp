// SPDX-License-Identifier: Apache-2.0
// `securetransport error`: from a number, a name or a pasted log line to its explanation.
#include <CLI/CLI.hpp>
#include <array>
#include <cctype>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/code_json.hpp"
#include "cli/code_report.hpp"
#include "cli/code_text.hpp"
#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

constexpr std::size_t kLongestInput = std::size_t{16} << 20U;

/// "-9807" and pasted text look like options to a parser of options; they are not.
bool is_operand(std::string_view arg) {
  const bool has_space = arg.find_first_of(" \t\n") != std::string_view::npos;
  const bool is_number = arg.size() > 1 && std::isdigit(static_cast<unsigned char>(arg[1])) != 0;
  return !arg.starts_with('-') || arg == "-" || has_space || is_number;
}

std::string standard_input() {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() < kLongestInput) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin);
    if (count == 0) break;
    text.append(buffer.data(), count);
  }
  return text;
}

}  // namespace

ExitCode run_error(const Args& args) {
  Args options;
  Args operands;
  bool is_option_end = false;
  for (const std::string& arg : args) {
    if (!is_option_end && arg == "--") {
      is_option_end = true;
      continue;
    }
    (is_option_end || is_operand(arg) ? operands : options).push_back(arg);
  }

  CLI::App app;
  describe(app, "error",
           "Explains result codes. CODE is a number (-9807, 9807, 0xFFFFD9B1), a name (errSSLXCertChainInvalid, "
           "XCertChainInvalid), any text that contains codes, or - for text on standard input.",
           {"securetransport error -9807", "securetransport error errSSLPeerHandshakeFail --brief",
            "securetransport error 'NSURLErrorDomain Code=-1200 ... _kCFStreamErrorCodeKey=-9802'",
            "journalctl -b | securetransport error - --json"});
  Args shown_in_help_only;
  bool is_brief = false;
  bool is_json = false;
  app.add_option("CODE", shown_in_help_only, "What to explain");
  app.add_flag("--brief", is_brief, "Only the line that macOS's `security error` prints");
  app.add_flag("--json", is_json, "JSON (docs/guide/codes-json.md)")->excludes("--brief");
  if (const auto over = parse(app, options)) return *over;
  if (operands.empty()) return fail({ExitCode::Usage, "no code given (see securetransport error --help)"});

  const Terminal terminal = terminal_of(1);
  ExitCode exit = ExitCode::Ok;
  Json document{{"version", kJsonVersion}, {"codes", Json::array()}, {"unknown", Json::array()}};
  bool is_first = true;
  for (const std::string& operand : operands) {
    const CodesInText found = codes_in(operand == "-" ? standard_input() : operand);
    if (!found.complaint.empty()) {
      exit = fail({ExitCode::Usage, found.complaint});
      document["unknown"].push_back(operand);
    }
    for (const ResultCode code : found.codes) {
      if (is_json) {
        document["codes"].push_back(json_of(code));
      } else if (is_brief) {
        print(security_error_line(code) + '\n');
      } else {
        print((is_first ? "" : "\n") + code_report(code, terminal));
      }
      is_first = false;
    }
  }
  if (is_json) print(text_of(document));
  return exit;
}

}  // namespace securetransport::cli
