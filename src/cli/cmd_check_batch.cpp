// SPDX-License-Identifier: Apache-2.0
// `securetransport check --batch`: the cases of a path validation suite, one JSON object a line.
#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "cli/batch_case.hpp"
#include "cli/check_options.hpp"
#include "cli/line_reader.hpp"

namespace securetransport::cli {
namespace {

constexpr std::size_t kLongestLine = std::size_t{32} << 20U;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

ExitCode check_batch(const CheckOptions& options) {
  BatchJudge::Defaults defaults;
  std::optional<std::chrono::sys_seconds> time;
  if (const auto complaint = read_rules(options, defaults.policy, time)) return fail(*complaint);
  defaults.time = time.value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  BatchJudge judge(defaults);
  LineReader reader(STDIN_FILENO, kLongestLine);
  std::size_t number = 0;
  while (const std::optional<LineReader::Line> line = reader.next()) {
    ++number;
    if (line->is_too_long) {
      print(line_of({fmt::format("line {}", number), BatchVerdict::Skipped, "it is longer than 32 MiB"}));
    } else if (!is_blank(line->text)) {
      print(line_of(judge.judge(line->text, number)));
    }
    // Whoever waits for an answer before the next question gets it.
    if (!reader.has_line() && !flush_output()) return ExitCode::Internal;
  }
  if (reader.error() == 0) return ExitCode::Ok;
  return fail({ExitCode::Unavailable,
               fmt::format("cannot read standard input: {}", std::generic_category().message(reader.error()))});
}

}  // namespace securetransport::cli
