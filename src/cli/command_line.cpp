// SPDX-License-Identifier: Apache-2.0
// The one place where CLI11's exceptions are turned into exit codes.
#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/terminal.hpp"

namespace securetransport::cli {

ExitCode fail(const Complaint& complaint) {
  complain(complaint.message);
  return complaint.exit;
}

void describe(CLI::App& app, std::string_view command, std::string_view summary,
              const std::vector<std::string_view>& examples) {
  app.name(fmt::format("securetransport {}", command));
  app.description(std::string(summary));
  app.get_formatter()->column_width(34);
  std::string footer = "Examples:";
  for (const std::string_view example : examples) footer += fmt::format("\n  {}", example);
  app.footer(footer);
}

std::optional<ExitCode> parse(CLI::App& app, const Args& args) {
  try {
    app.parse(Args(args.rbegin(), args.rend()));  // CLI11 wants its vector backwards.
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return ExitCode::Ok;
  } catch (const CLI::ParseError& error) {
    std::string message = error.what();
    if (message.ends_with('\n')) message.pop_back();
    return fail({ExitCode::Usage, fmt::format("{} (see {} --help)", message, app.get_name())});
  }
}

}  // namespace securetransport::cli
