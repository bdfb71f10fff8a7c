// SPDX-License-Identifier: Apache-2.0
// The command `securetransport`: a table of commands and the way into them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <vector>

#include "cli/command_line.hpp"
#include "cli/lab_commands.hpp"
#include "cli/nearest.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

struct Command {
  std::string_view name;
  ExitCode (*run)(const Args& args);
  std::string_view summary;
};

constexpr std::array kCommands{
    Command{"check", run_check, "see what a TLS client makes of a server, and what to do about it"},
    Command{"error", run_error, "explain a result code: a number, a name, or a pasted log line"},
    Command{"codes", run_codes, "list the 73 result codes"},
    Command{"connect", run_connect, "talk to a server over TLS: standard input to it, its answer to standard output"},
    Command{"serve", run_serve, "be a small TLS server for tests"},
    Command{"lab", run_lab, "misbehaving peers for every code: list, run, serve, attack, selftest"},
    Command{"demo", run_demo, "check a row of good and broken servers on this machine, made on the spot"},
};

std::string help() {
  std::string out =
      "securetransport: Secure Transport's result codes, on Linux\n\n"
      "Usage: securetransport COMMAND [OPTIONS]\n\nCommands:\n";
  const Terminal terminal = terminal_of(1);
  for (const Command& command : kCommands) {
    append_paragraph(out, fmt::format("  {:<8} ", command.name), command.summary, terminal);
  }
  out +=
      "\n`securetransport COMMAND --help` shows the options of a command.\n\n"
      "Exit codes:\n"
      "  0  all as it should be\n"
      "  1  the target violates what was asked: a code other than success was seen\n"
      "  2  the command line makes no sense\n"
      "  3  the target could not be reached, or an input could not be read\n"
      "  4  internal error\n";
  return out;
}

ExitCode unknown_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) names.push_back(command.name);
  const std::string_view meant = nearest(name, names);
  const std::string hint = meant.empty() ? std::string("see securetransport --help")
                                         : fmt::format("did you mean `securetransport {}`?", meant);
  return fail({ExitCode::Usage, fmt::format("'{}' is not a command: {}", shortened(name, 40), hint)});
}

ExitCode run(Args args) {
  if (args.empty()) return fail({ExitCode::Usage, "no command given (see securetransport --help)"});
  const std::string name = args.front();
  if (name == "--help" || name == "-h" || name == "help") {
    if (name != "help" || args.size() == 1) {
      print(help());
      return ExitCode::Ok;
    }
    return run({args[1], "--help"});
  }
  if (name == "--version") {
    print("securetransport " ST_VERSION "\n");
    return ExitCode::Ok;
  }
  const auto command =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& one) { return one.name == name; });
  if (command == kCommands.end()) return unknown_command(name);
  args.erase(args.begin());
  return command->run(args);
}

}  // namespace
}  // namespace securetransport::cli

int main(int argc, char** argv) {
  using securetransport::cli::ExitCode;
  ExitCode code = ExitCode::Internal;
  try {
    std::signal(SIGPIPE, SIG_IGN);  // A reader or peer that goes away is an error of one call, not our death.
    code = securetransport::cli::run({argv + std::min(argc, 1), argv + argc});
    if (!securetransport::cli::flush_output()) {
      securetransport::cli::complain("standard output cannot be written");
      code = ExitCode::Internal;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "securetransport: internal error: %s\n", error.what());
  }
  return static_cast<int>(code);
}
