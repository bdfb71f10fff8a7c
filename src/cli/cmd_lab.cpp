// SPDX-License-Identifier: Apache-2.0
// `securetransport lab`: badssl.com for every alert and fault, offline.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include "cli/check_report.hpp"
#include "cli/code_text.hpp"
#include "cli/command_line.hpp"
#include "cli/lab_commands.hpp"
#include "cli/lab_report.hpp"
#include "cli/lab_selftest.hpp"
#include "cli/nearest.hpp"

namespace securetransport::cli {
namespace {

ExitCode run_list(const Args& args) {
  CLI::App app;
  describe(app, "lab list", "Lists the scenarios: name, code provoked, who misbehaves, TLS versions, what happens.",
           {"securetransport lab list", "securetransport lab list --code -9807", "securetransport lab list staple",
            "securetransport lab list --json | jq -r '.scenarios[] | [.name, .code, .lesson] | @tsv'"});
  std::string word;
  std::string code;
  std::string side;
  bool is_json = false;
  app.add_option("WORD", word, "Only scenarios whose name, theme or description contains this");
  app.add_option("--code", code, "Only those that provoke this code: a number or a name")->type_name("CODE");
  app.add_option("--side", side, "Only: server, client or program")
      ->type_name("WHO")
      ->check(CLI::IsMember({"server", "client", "program"}).description(""));
  app.add_flag("--json", is_json, "JSON (docs/lab.md)");
  if (const auto over = parse(app, args)) return *over;
  const CodesInText wanted = code.empty() ? CodesInText() : codes_in(code);
  if (!wanted.complaint.empty()) return fail({ExitCode::Usage, wanted.complaint});

  std::vector<const lab::Scenario*> rows;
  for (const lab::Scenario& scenario : lab::scenarios()) {
    const bool has_word = scenario.name.find(word) != std::string::npos ||
                          scenario.theme.find(word) != std::string_view::npos ||
                          scenario.description.find(word) != std::string::npos;
    const bool has_code =
        code.empty() || std::find(wanted.codes.begin(), wanted.codes.end(), scenario.provokes) != wanted.codes.end();
    if (has_word && has_code && (side.empty() || to_string(scenario.side) == side)) rows.push_back(&scenario);
  }
  if (is_json) {
    Json list = Json::array();
    for (const lab::Scenario* row : rows) list.push_back(json_of(*row));
    print(text_of({{"version", kJsonVersion}, {"scenarios", list}}));
    return ExitCode::Ok;
  }
  if (rows.empty()) return fail({ExitCode::Usage, "no scenario matches"});
  print(scenario_table(rows, terminal_of(1)));
  return ExitCode::Ok;
}

std::string hint_for(std::string_view name) {
  std::vector<std::string_view> names;
  for (const lab::Scenario& scenario : lab::scenarios()) names.push_back(scenario.name);
  const std::string_view meant = nearest(name, names);
  return meant.empty() ? "see securetransport lab list" : fmt::format("did you mean '{}'?", meant);
}

/// The newest version in which the scenario runs, or the one asked for.
std::optional<Complaint> choose_version(const lab::Scenario& scenario, std::string wanted, LabCase& chosen) {
  chosen = {&scenario, scenario.versions.empty() ? std::uint16_t{0} : scenario.versions.back()};
  if (wanted.empty()) {
    // A scenario that runs in TLS as well is one of TLS to most people.
    const auto is_stream = [](std::uint16_t version) { return version != lab::kDtls12; };
    const auto newest = std::find_if(scenario.versions.rbegin(), scenario.versions.rend(), is_stream);
    if (newest != scenario.versions.rend()) chosen.version = *newest;
    return std::nullopt;
  }
  for (const std::uint16_t version : scenario.versions) {
    if (lab::version_text(version) != wanted) continue;
    chosen.version = version;
    return std::nullopt;
  }
  const std::string known = versions_of(scenario);
  return Complaint{ExitCode::Usage, fmt::format("{} does not run in {}{}", scenario.name, shortened(wanted, 10),
                                                known.empty() ? "" : ", only in " + known)};
}

void print_run(const LabRun& run) {
  const Terminal terminal = terminal_of(1);
  const lab::Scenario& scenario = *run.played.scenario;
  std::string out = check_report_text(run.report, terminal);
  if (run.observed) out += observed_text(*run.observed, terminal);
  out += fmt::format("\n  {}\n", paint("The scenario", Style::Bold, terminal));
  append_paragraph(out, "    ", scenario.description, terminal);
  append_paragraph(out, "    ", scenario.lesson, terminal);
  const std::string complaint = run.complaint();
  const std::string verdict =
      complaint.empty() ? fmt::format("As documented: {} {}", static_cast<std::int32_t>(run.played.expected()),
                                      symbol_of(run.played.expected()))
                        : "NOT as documented: " + complaint;
  out += '\n';
  append_paragraph(out, "  ", escaped(verdict), terminal);
  print(out);
}

ExitCode run_one(const Args& args) {
  CLI::App app;
  describe(app, "lab run",
           "Plays one scenario against our own engine over a socket, and prints the report of `check` and what the "
           "lab's peer saw. Exit 0 if the documented code came.",
           {"securetransport lab run expired", "securetransport lab run bad-certificate-verify --tls 1.3",
            "securetransport lab run expired --dtls", "securetransport lab run client-no-certificate --json"});
  std::string name;
  std::string version;
  bool is_json = false;
  app.add_option("NAME", name, "A scenario of `lab list`")->required();
  bool is_datagram = false;
  CLI::Option* const tls =
      app.add_option("--tls", version, "Version of the peer: 1.0 to 1.3 (the newest that the scenario has)")
          ->type_name("V");
  app.add_flag("--dtls", is_datagram, "Over datagrams: DTLS 1.2")->excludes(tls);
  app.add_flag("--json", is_json, "JSON (docs/lab.md)");
  if (const auto over = parse(app, args)) return *over;
  const lab::Scenario* const scenario = lab::find_scenario(name);
  if (scenario == nullptr) {
    return fail({ExitCode::Usage, fmt::format("'{}' is not a scenario: {}", shortened(name, 60), hint_for(name))});
  }
  LabCase chosen;
  if (is_datagram) version = lab::version_text(lab::kDtls12);
  if (const auto complaint = choose_version(*scenario, version, chosen)) return fail(*complaint);
  const Result<LabMaterial> material = LabMaterial::make();
  if (!material) return fail({ExitCode::Internal, material.error().detail});
  const LabRun run = play(chosen, *material);
  if (is_json) {
    print(text_of({{"version", kJsonVersion}, {"runs", Json::array({json_of(run)})}}));
  } else {
    print_run(run);
  }
  return run.is_as_documented() ? ExitCode::Ok : ExitCode::Rejected;
}

ExitCode run_selftest(const Args& args) {
  CLI::App app;
  describe(app, "lab selftest",
           "Plays every scenario against our own engine, in every version and with its faultless twin, and says what "
           "was not as documented.",
           {"securetransport lab selftest", "securetransport lab selftest --theme certificates",
            "securetransport lab selftest --markdown > docs/result-matrix.md"});
  std::string theme;
  bool is_json = false;
  bool is_markdown = false;
  app.add_option("--theme", theme, "Only the scenarios of one theme: certificates, records, alerts, ...")
      ->type_name("NAME");
  app.add_flag("--json", is_json, "JSON (docs/lab.md)");
  app.add_flag("--markdown", is_markdown, "The page docs/result-matrix.md")->excludes("--json");
  if (const auto over = parse(app, args)) return *over;
  std::vector<LabCase> cases = all_cases();
  if (!theme.empty()) std::erase_if(cases, [&](const LabCase& one) { return one.scenario->theme != theme; });
  if (cases.empty()) return fail({ExitCode::Usage, fmt::format("no theme is called '{}'", shortened(theme, 40))});
  const Result<LabMaterial> material = LabMaterial::make();
  if (!material) return fail({ExitCode::Internal, material.error().detail});

  const std::vector<LabRun> runs = play_all(cases, *material);
  const LabTally tally = tally_of(runs);
  if (is_json) {
    print(text_of(json_of(runs, tally)));
  } else if (is_markdown) {
    print(matrix_page(runs));
  } else {
    for (const std::string& complaint : tally.complaints) print(escaped(complaint) + "\n");
    print(summary_of(tally) + "\n");
  }
  return tally.complaints.empty() ? ExitCode::Ok : ExitCode::Rejected;
}

struct LabCommand {
  std::string_view name;
  ExitCode (*run)(const Args& args);
  std::string_view summary;
};

constexpr std::array kLabCommands{
    LabCommand{"list", run_list, "list the scenarios"},
    LabCommand{"run", run_one, "play one scenario against our engine"},
    LabCommand{"serve", run_lab_serve, "offer every server scenario to clients of any make"},
    LabCommand{"attack", run_lab_attack, "play the client scenarios against a server of any make"},
    LabCommand{"selftest", run_selftest, "play everything against our engine"},
};

std::string help() {
  std::string out =
      "securetransport lab: peers that misbehave in one known way each, offline\n\n"
      "Usage: securetransport lab COMMAND [OPTIONS]\n\nCommands:\n";
  for (const LabCommand& command : kLabCommands) {
    append_paragraph(out, fmt::format("  {:<9} ", command.name), command.summary, terminal_of(1));
  }
  return out + "\n`securetransport lab COMMAND --help` shows the options of a command.\n";
}

}  // namespace

ExitCode run_lab(const Args& args) {
  if (args.empty()) return fail({ExitCode::Usage, "lab needs a command: list, run, serve, attack or selftest"});
  if (args.front() == "--help" || args.front() == "-h" || args.front() == "help") {
    print(help());
    return ExitCode::Ok;
  }
  const auto command = std::find_if(kLabCommands.begin(), kLabCommands.end(),
                                    [&](const LabCommand& one) { return one.name == args.front(); });
  if (command == kLabCommands.end()) {
    return fail({ExitCode::Usage, fmt::format("'{}' is not a command of the lab (see securetransport lab --help)",
                                              shortened(args.front(), 40))});
  }
  return command->run({args.begin() + 1, args.end()});
}

}  // namespace securetransport::cli
