// SPDX-License-Identifier: Apache-2.0
// The commands, and the one place where CLI11's exceptions are turned into exit codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.hpp"

namespace CLI {
class App;  // Whoever makes one includes <CLI/CLI.hpp>, which takes a compiler ten seconds.
}

namespace securetransport::cli {

/// The words after the command's name.
using Args = std::vector<std::string>;

[[nodiscard]] ExitCode run_error(const Args& args);
[[nodiscard]] ExitCode run_codes(const Args& args);
[[nodiscard]] ExitCode run_check(const Args& args);
[[nodiscard]] ExitCode run_connect(const Args& args);
[[nodiscard]] ExitCode run_serve(const Args& args);
[[nodiscard]] ExitCode run_demo(const Args& args);

/// Why a command cannot go on: one line for standard error, and how to exit.
struct Complaint {
  ExitCode exit;
  std::string message;
};

/// Prints the complaint and hands its exit code on.
[[nodiscard]] ExitCode fail(const Complaint& complaint);

/// Prepares a parser: name in usage lines, summary, examples (indented by this function) below the options.
void describe(CLI::App& app, std::string_view command, std::string_view summary,
              const std::vector<std::string_view>& examples);

/// Parses. A value means that the command is over: help was printed, or the command line makes no sense.
[[nodiscard]] std::optional<ExitCode> parse(CLI::App& app, const Args& args);

}  // namespace securetransport::cli
