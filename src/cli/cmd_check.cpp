// SPDX-License-Identifier: Apache-2.0
// `securetransport check`: its options, which of its three ways is meant, and the first of them, servers.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <vector>

#include "cli/cert_files.hpp"
#include "cli/check_many.hpp"
#include "cli/check_options.hpp"
#include "cli/check_report.hpp"
#include "cli/command_line.hpp"
#include "cli/target_list.hpp"
#include "cli/terminal.hpp"
#include "cli/tls_options.hpp"

namespace securetransport::cli {
namespace {

void add_server_options(CLI::App& app, CheckOptions& options) {
  app.add_option("TARGET", options.targets, "What to check; - reads targets from standard input");
  app.add_option("--targets-from", options.targets_file, "Read targets from a file, one a line; # starts a comment")
      ->type_name("FILE");
  add_client_options(app, options.client);
  app.add_option("--jobs", options.jobs, "How many targets to check at once (16)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
}

void add_certificate_options(CLI::App& app, CheckOptions& options) {
  // With a target there is one certificate of the client, without one there may be many to judge.
  app.remove_option(app.get_option("--cert"));
  app.add_option("--cert", options.certificates,
                 "Without TARGET: judge this file, folder or - for standard input (PEM, DER, PKCS#7, PKCS#12); may "
                 "be repeated. With TARGET: own certificate and its chain")
      ->type_name("PATH")
      ->allow_extra_args(false);
  app.get_option("--key")->description("Private key of --cert (PEM), if not in the same file");
  app.add_option("--name", options.name, "With --cert: the host name or address that it must be good for")
      ->type_name("HOST");
  app.add_option("--ocsp", options.ocsp, "With --cert: the OCSP response (DER) that the server would staple")
      ->type_name("FILE");
  app.add_option("--crl", options.crls, "With --cert: a revocation list; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--intermediates", options.intermediates,
                 "With --cert: certificates among which to look for those that are missing")
      ->type_name("FILE");
  app.add_option("--warn-days", options.warn_days,
                 "With --cert: warn so many days before an end (30; at most a third of the lifetime)")
      ->type_name("N")
      ->check(CLI::Range(0, 10000).description(""));
  app.add_flag("--strict", options.is_strict, "With --cert: status 1 for warnings as well");
}

void add_options(CLI::App& app, CheckOptions& options) {
  describe(
      app, "check",
      "Connects to each TARGET, shakes hands, judges the certificates, and says what came of it and what to do. "
      "TARGET is host, host:port, [v6]:port or a URL; the port is 443 unless given. Without a TARGET, --cert "
      "judges certificates in files: no network, usable as a gate before they are deployed.",
      {"securetransport check example.com", "securetransport check --brief example.com imap.example.com:993",
       "securetransport check --connect-to 192.0.2.7:443 www.example.com",
       "securetransport check --roots company.pem intranet.example:8443",
       "securetransport check --targets-from hosts.txt --json |", "    jq '.results[] | select(.code != 0)'",
       "securetransport check --cert fullchain.pem --name www.example.com",
       "securetransport check --cert shop.p12 --passphrase-file secret.txt --date +30d",
       "securetransport check --cert /etc/ssl/private --strict --json", "securetransport check --batch < cases.jsonl"});
  add_server_options(app, options);
  add_certificate_options(app, options);
  app.add_option("--policy", options.policy, "Rules: apple (default), webpki or rfc5280")->type_name("NAME");
  app.add_option("--date", options.date, "Judge certificates for then: 2026-03-15, 2026-03-15T12:00:00Z, +30d")
      ->type_name("WHEN");
  app.add_flag("--batch", options.is_batch,
               "Read one JSON case a line from standard input, answer each with a line "
               "(docs/guide/check-batch.md)");
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

namespace {

bool has_target(const CheckOptions& options) { return !options.targets.empty() || !options.targets_file.empty(); }

/// Options of one of the three ways, given in another.
std::optional<Complaint> find_contradiction(const CLI::App& app, const CheckOptions& options) {
  const bool is_offline = options.is_batch || (!options.certificates.empty() && !has_target(options));
  const auto first_given = [&](std::initializer_list<const char*> names) -> const char* {
    for (const char* const name : names) {
      if (app.count(name) > 0) return name;
    }
    return nullptr;
  };
  const auto complaint = [](std::string message) { return Complaint{ExitCode::Usage, std::move(message)}; };
  if (options.is_batch) {
    if (has_target(options)) return complaint("--batch takes its cases from standard input, no TARGET");
    for (const CLI::Option* const option : app.get_options()) {
      const std::string name = option->get_name();
      if (option->count() == 0 || name == "--batch" || name == "--policy" || name == "--date") continue;
      return complaint(fmt::format("{} and --batch exclude each other", name));
    }
  }
  const char* const of_servers = first_given({"--connect-to", "--sni", "--no-sni", "--ats", "--timeout", "--alpn",
                                              "--min-version", "--max-version", "--ciphers", "--jobs"});
  if (is_offline && of_servers != nullptr) return complaint(fmt::format("{} needs a TARGET", of_servers));
  const char* const of_files = first_given({"--name", "--ocsp", "--crl", "--intermediates", "--warn-days", "--strict"});
  if (is_offline || of_files == nullptr) return std::nullopt;
  if (has_target(options)) return complaint(fmt::format("{} is for --cert without a TARGET", of_files));
  return complaint(fmt::format("{} needs --cert", of_files));
}

ExitCode check_servers(CheckOptions& options) {
  if (options.certificates.size() > 1) {
    return fail({ExitCode::Usage, "with a TARGET there can be one --cert only"});
  }
  for (const std::string& text : options.targets) {
    // What a shell makes of --cert *.pem.
    if (options.certificates.empty() || !is_file(text)) continue;
    return fail({ExitCode::Usage, fmt::format("'{}' is a file, no TARGET: --cert goes before each file", text)});
  }
  if (!options.certificates.empty()) options.client.tls.certificate = options.certificates.front();
  std::vector<NamedTarget> targets;
  if (const auto complaint = collect_targets(options, targets)) return fail(*complaint);
  bool has_good_target = false;
  for (const NamedTarget& named : targets) {
    if (!named.target) complain(named.problem);
    has_good_target = has_good_target || named.target;
  }
  if (!has_good_target) return ExitCode::Usage;
  CheckRequest request;
  std::optional<TrustPolicy> policy;
  if (const auto complaint = read_rules(options, policy, request.time)) return fail(*complaint);
  if (const auto complaint = make_template(options.client, request)) return fail(*complaint);
  if (policy) request.config.trust_policy = *policy;

  const std::vector<CheckReport> reports = check_all(targets, request, options.jobs);
  print_reports(reports, options);
  ExitCode exit = ExitCode::Ok;
  for (const CheckReport& report : reports) exit = worse_of(exit, report.exit);
  return exit;
}

}  // namespace

ExitCode run_check(const Args& args) {
  CLI::App app;
  CheckOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  if (const auto complaint = find_contradiction(app, options)) return fail(*complaint);
  if (options.is_batch) return check_batch(options);
  if (!options.certificates.empty() && !has_target(options)) return check_certificates(options);
  return check_servers(options);
}

}  // namespace securetransport::cli
