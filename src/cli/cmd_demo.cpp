// SPDX-License-Identifier: Apache-2.0
// `securetransport demo`: real servers of other makers, broken on purpose, checked side by side.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/check_many.hpp"
#include "cli/check_report.hpp"
#include "cli/command_line.hpp"
#include "cli/demo_cast.hpp"
#include "cli/demo_stage.hpp"
#include "cli/signal_watch.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

bool is_as_expected(const DemoTarget& target, const CheckReport& report) { return report.code == target.expected; }

std::optional<Complaint> set_up(const DemoPrograms& programs, DemoStage& stage, DemoCast& cast) {
  // Ports are free when chosen; somebody else may take one before its server does. Then others are tried.
  constexpr int kTries = 3;
  std::optional<Complaint> complaint;
  for (int i = 0; i < kTries; ++i) {
    cast = DemoCast();
    if (complaint = assemble(programs, stage, cast); complaint) return complaint;
    if (complaint = stage.start(cast.performers); !complaint) return std::nullopt;
    stage.end_programs();
  }
  return complaint;
}

std::vector<CheckReport> check_cast(const DemoCast& cast, const std::vector<Certificate>& roots) {
  std::vector<CheckRequest> requests;
  for (const DemoTarget& target : cast.targets) {
    CheckRequest request;
    request.target.host = "localhost";
    request.target.display_host = "localhost";
    request.target.port = target.port;
    // Some of the servers listen on IPv4 only; "localhost" may be both.
    request.connect_to = net::Target();
    request.connect_to->host = "127.0.0.1";
    request.connect_to->kind = net::HostKind::V4;
    request.connect_to->port = target.port;
    request.config.roots = RootStore::of(roots);
    request.timeout = target.timeout;
    requests.push_back(std::move(request));
  }
  return check_many(requests, requests.size());
}

void print_table(const DemoCast& cast, const std::vector<CheckReport>& reports) {
  std::vector<CheckRow> rows;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    rows.push_back({fmt::format("{} ({})", cast.targets[i].label, cast.targets[i].maker), &reports[i]});
  }
  print(fmt::format("{} servers on this machine, checked side by side:\n\n", reports.size()));
  print(check_table(rows, terminal_of(1)));
}

void print_json(const DemoCast& cast, const std::vector<CheckReport>& reports) {
  Json document = json_of(reports);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    Json& result = document["results"][i];
    result["label"] = cast.targets[i].label;
    result["made_by"] = cast.targets[i].maker;
    result["expected"] = static_cast<std::int32_t>(cast.targets[i].expected);
    result["as_expected"] = is_as_expected(cast.targets[i], reports[i]);
  }
  print(text_of(document));
}

/// Names every row that differs.
ExitCode verdict(const DemoCast& cast, const std::vector<CheckReport>& reports) {
  ExitCode exit = ExitCode::Ok;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const DemoTarget& target = cast.targets[i];
    if (is_as_expected(target, reports[i])) continue;
    exit = fail({ExitCode::Internal, fmt::format("{} ({}): {} came where {} belongs", target.label, target.maker,
                                                 code_and_name(reports[i]), symbol_of(target.expected))});
  }
  return exit;
}

}  // namespace

ExitCode run_demo(const Args& args) {
  CLI::App app;
  describe(app, "demo",
           "Starts nginx, openssl s_server and gnutls-serv on this machine, each right or wrong in one way, checks "
           "them all, and cleans up. Nothing leaves the machine.",
           {"securetransport demo", "securetransport demo --json | jq -r '.results[] | [.label, .code] | @tsv'"});
  bool is_json = false;
  app.add_flag("--json", is_json, "JSON: as of check, with label, made_by, expected and as_expected");
  if (const auto over = parse(app, args)) return *over;
  DemoPrograms programs;
  if (const auto complaint = find_programs(programs)) return fail(*complaint);

  DemoStage stage;
  const SignalWatch watch([&](int signal) {
    stage.clear();
    _exit(128 + signal);  // As shells expect; other threads may be in the middle of anything.
  });
  if (const auto complaint = stage.open()) return fail(*complaint);
  DemoCast cast;
  if (const auto complaint = set_up(programs, stage, cast)) return fail(*complaint);
  const auto roots = Certificate::from_pem(cast.root_pem);
  if (!roots) return fail({ExitCode::Internal, roots.error().detail});
  const std::vector<CheckReport> reports = check_cast(cast, *roots);
  if (is_json) {
    print_json(cast, reports);
  } else {
    print_table(cast, reports);
  }
  return verdict(cast, reports);
}

}  // namespace securetransport::cli
