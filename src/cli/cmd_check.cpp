// SPDX-License-Identifier: Apache-2.0
// `securetransport check`: what does a TLS client make of these servers, and what is to be done about it?
#include <fmt/format.h>

#include <chrono>
#include <vector>

#include "cli/check_many.hpp"
#include "cli/check_report.hpp"
#include "cli/command_line.hpp"
#include "cli/target_list.hpp"
#include "cli/terminal.hpp"
#include "cli/tls_options.hpp"

namespace securetransport::cli {
namespace {

struct CheckOptions {
  ClientOptions client;
  Args targets;
  std::string targets_file;
  std::size_t jobs = 16;
  bool is_brief = false;
  bool is_json = false;
};

void add_options(CLI::App& app, CheckOptions& options) {
  describe(app, "check",
           "Connects to each TARGET, shakes hands, judges the certificates, and says what came of it and what to do. "
           "TARGET is host, host:port, [v6]:port or a URL; the port is 443 unless given.",
           {"securetransport check example.com", "securetransport check --brief example.com imap.example.com:993",
            "securetransport check --connect-to 192.0.2.7:443 www.example.com",
            "securetransport check --roots company.pem intranet.example:8443",
            "securetransport check --targets-from hosts.txt --json |", "    jq '.results[] | select(.code != 0)'"});
  app.add_option("TARGET", options.targets, "What to check; - reads targets from standard input");
  app.add_option("--targets-from", options.targets_file, "Read targets from a file, one a line; # starts a comment")
      ->type_name("FILE");
  add_client_options(app, options.client);
  app.add_option("--jobs", options.jobs, "How many targets to check at once (16)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
  app.add_flag("--brief", options.is_brief, "One line a target: target, code, name, reason");
  app.add_flag("--json", options.is_json, "JSON (docs/guide/check-json.md)")->excludes("--brief");
}

std::optional<Complaint> collect_targets(const CheckOptions& options, std::vector<NamedTarget>& targets) {
  for (const std::string& text : options.targets) {
    if (text != "-") {
      targets.push_back(read_target(text));
    } else if (auto complaint = read_targets("-", targets)) {
      return complaint;
    }
  }
  if (!options.targets_file.empty()) {
    if (auto complaint = read_targets(options.targets_file, targets)) return complaint;
  }
  if (targets.empty()) return Complaint{ExitCode::Usage, "no target given (see securetransport check --help)"};
  return std::nullopt;
}

/// Checks what can be checked; a text that is no target keeps its place among the reports.
std::vector<CheckReport> check_all(const std::vector<NamedTarget>& targets, CheckRequest request, std::size_t jobs) {
  std::vector<CheckRequest> requests;
  for (const NamedTarget& named : targets) {
    if (!named.target) continue;
    request.target = *named.target;
    requests.push_back(request);
  }
  std::vector<CheckReport> checked = check_many(requests, jobs);
  std::vector<CheckReport> reports;
  auto next = checked.begin();
  for (const NamedTarget& named : targets) {
    reports.push_back(named.target ? std::move(*next++) : report_of_bad_target(named.text, named.problem));
  }
  return reports;
}

void print_reports(const std::vector<CheckReport>& reports, const CheckOptions& options) {
  const Terminal terminal = terminal_of(1);
  if (options.is_json) return print(text_of(json_of(reports)));
  if (options.is_brief) {
    std::vector<CheckRow> rows;
    for (const CheckReport& report : reports) rows.push_back({report.target, &report});
    return print(check_table(rows, terminal));
  }
  std::string_view between;
  for (const CheckReport& report : reports) {
    print(between);
    print(check_report_text(report, terminal));
    between = "\n";
  }
}

}  // namespace

ExitCode run_check(const Args& args) {
  CLI::App app;
  CheckOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  std::vector<NamedTarget> targets;
  if (const auto complaint = collect_targets(options, targets)) return fail(*complaint);
  bool has_target = false;
  for (const NamedTarget& named : targets) {
    if (!named.target) complain(named.problem);
    has_target = has_target || named.target;
  }
  if (!has_target) return ExitCode::Usage;
  CheckRequest request;
  if (const auto complaint = make_template(options.client, request)) return fail(*complaint);

  const std::vector<CheckReport> reports = check_all(targets, request, options.jobs);
  print_reports(reports, options);
  ExitCode exit = ExitCode::Ok;
  for (const CheckReport& report : reports) exit = worse_of(exit, report.exit);
  return exit;
}

}  // namespace securetransport::cli
