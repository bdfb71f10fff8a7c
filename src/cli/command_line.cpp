// SPDX-License-Identifier: Apache-2.0
// The one place where CLI11's exceptions are turned into exit codes.
#include "cli/command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

/// CLI11's layout, made to fit the screen, and without its notes on types and exclusions: the descriptions say what
/// matters.
class PlainFormatter final : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override {
    std::string out;
    append_paragraph(out, "", app->get_description(), terminal_);
    return out + '\n';
  }

  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    std::string name = is_positional ? option->get_single_name() : option->get_name();
    if (const std::size_t comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
    if (!is_positional && option->get_type_size() != 0) name += ' ' + option->get_type_name();
    std::string out;
    append_paragraph(out, padded("  " + name, kColumn) + ' ', option->get_description(), terminal_);
    return out;
  }

 private:
  static constexpr std::size_t kColumn = 26;
  Terminal terminal_ = terminal_of(1);
};

}  // namespace

ExitCode fail(const Complaint& complaint) {
  complain(complaint.message);
  return complaint.exit;
}

void describe(CLI::App& app, std::string_view command, std::string_view summary,
              const std::vector<std::string_view>& examples) {
  app.name(fmt::format("securetransport {}", command));
  app.description(std::string(summary));
  app.formatter(std::make_shared<PlainFormatter>());
  app.set_help_flag("-h,--help", "Print this help");
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
