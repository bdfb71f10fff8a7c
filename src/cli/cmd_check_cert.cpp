// SPDX-License-Identifier: Apache-2.0
// `securetransport check --cert`: certificates in files, without a server and without a network.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

#include "cli/cert_files.hpp"
#include "cli/check_options.hpp"
#include "cli/input_file.hpp"
#include "cli/moment.hpp"

namespace securetransport::cli {
namespace {

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::optional<Complaint> read_items(const std::string& path, const CertDemand& demand, ImportedItems& items) {
  std::string bytes;
  if (auto complaint = read_input(path, bytes)) return complaint;
  ImportRequest request{{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
  if (demand.has_passphrase) request.passphrase = demand.passphrase;
  ImportResult imported = import_items(request);
  if (!imported) return Complaint{ExitCode::Unavailable, fmt::format("{}: {}", path, imported.error->detail)};
  items = std::move(imported.items);
  return std::nullopt;
}

Complaint holds_no(std::string_view what, const std::string& path) {
  return {ExitCode::Unavailable, fmt::format("{}: it holds no {}", path, what)};
}

std::optional<Complaint> read_key(const CheckOptions& options, CertDemand& demand) {
  if (!options.client.tls.passphrase_file.empty()) {
    if (auto complaint = read_input(options.client.tls.passphrase_file, demand.passphrase)) return complaint;
    demand.passphrase.resize(std::min(demand.passphrase.find_first_of("\r\n"), demand.passphrase.size()));
    demand.has_passphrase = true;
  }
  if (options.client.tls.key.empty()) return std::nullopt;
  ImportedItems items;
  if (auto complaint = read_items(options.client.tls.key, demand, items)) return complaint;
  if (items.keys.empty()) return holds_no("private key", options.client.tls.key);
  demand.key = items.keys.front();
  return std::nullopt;
}

std::optional<Complaint> read_status(const CheckOptions& options, CertDemand& demand) {
  for (const std::string& path : options.crls) {
    ImportedItems items;
    if (auto complaint = read_items(path, demand, items)) return complaint;
    if (items.crls.empty()) return holds_no("revocation list", path);
    demand.crls.insert(demand.crls.end(), items.crls.begin(), items.crls.end());
  }
  if (options.ocsp.empty()) return std::nullopt;
  std::string bytes;
  if (auto complaint = read_input(options.ocsp, bytes)) return complaint;
  if (bytes.empty()) return Complaint{ExitCode::Unavailable, fmt::format("{}: it is empty", options.ocsp)};
  demand.staple.assign(bytes.begin(), bytes.end());
  return std::nullopt;
}

std::optional<Complaint> make_demand(const CheckOptions& options, CertDemand& demand) {
  std::optional<TrustPolicy> policy;
  std::optional<std::chrono::sys_seconds> time;
  if (auto complaint = read_rules(options, policy, time)) return complaint;
  demand.policy = policy.value_or(TrustPolicy::Apple);
  demand.time = time.value_or(now());
  demand.name = options.name;
  demand.warn_before = std::chrono::days(options.warn_days);
  demand.is_strict = options.is_strict;
  if (auto complaint = read_key(options, demand)) return complaint;
  if (!options.client.tls.roots.empty()) {
    if (auto complaint = load_roots(options.client.tls.roots, demand.roots)) return complaint;
  }
  if (!options.intermediates.empty()) {
    if (auto complaint = load_certificates(options.intermediates, demand.intermediates)) return complaint;
  }
  return read_status(options, demand);
}

/// Judges every file. In a folder lie other things, too: what is no certificate and is not called one is left out.
std::optional<Complaint> judge_files(const CheckOptions& options, const CertDemand& demand,
                                     std::vector<CertReport>& reports) {
  std::vector<CertFile> files;
  for (const std::string& path : options.certificates) {
    if (auto complaint = list_files(path, files)) return complaint;
  }
  for (const CertFile& file : files) {
    std::string bytes;
    if (auto complaint = read_input(file.path, bytes)) {
      reports.push_back(report_of_unreadable(file.source(), complaint->message));
      continue;
    }
    std::vector<CertReport> judged = judge_input(file.source(), bytes, demand);
    if (judged.empty() && file.is_named)
      judged.push_back(report_of_unreadable(file.source(), "it holds no certificate"));
    if (!judged.empty() && !judged.front().code && !file.must_be) continue;
    std::move(judged.begin(), judged.end(), std::back_inserter(reports));
  }
  if (reports.empty()) {
    return Complaint{ExitCode::Unavailable, fmt::format("no certificate in '{}'", options.certificates.front())};
  }
  return std::nullopt;
}

void print_reports(const std::vector<CertReport>& reports, const CheckOptions& options, const CertDemand& demand) {
  const Terminal terminal = terminal_of(1);
  if (options.is_json) return print(text_of(json_of(reports, demand)));
  // A long list of long reports is read by nobody.
  const bool has_folder = std::any_of(options.certificates.begin(), options.certificates.end(), is_folder);
  if (options.is_brief || has_folder || reports.size() > options.certificates.size()) {
    print(cert_table(reports, terminal));
    if (reports.size() > 1) print('\n' + cert_summary(reports));
    return;
  }
  std::string_view between;
  for (const CertReport& report : reports) {
    if (!report.code) {
      complain(report.problem.starts_with("cannot read") ? report.problem
                                                         : fmt::format("{}: {}", report.source, report.problem));
      continue;
    }
    print(between);
    print(cert_report_text(report, terminal));
    between = "\n";
  }
  if (reports.size() > 1) print('\n' + cert_summary(reports));
}

}  // namespace

std::optional<Complaint> read_rules(const CheckOptions& options, std::optional<TrustPolicy>& policy,
                                    std::optional<std::chrono::sys_seconds>& time) {
  if (!options.policy.empty()) {
    policy = parse_policy(options.policy);
    if (!policy) {
      return Complaint{ExitCode::Usage, fmt::format("--policy: '{}' is not apple, webpki or rfc5280", options.policy)};
    }
  }
  if (options.date.empty()) return std::nullopt;
  time = parse_moment(options.date, now());
  if (time) return std::nullopt;
  return Complaint{ExitCode::Usage, fmt::format("--date: '{}' is not a moment such as 2026-03-15, "
                                                "2026-03-15T12:00:00Z, +30d or @1750000000",
                                                options.date)};
}

ExitCode check_certificates(const CheckOptions& options) {
  CertDemand demand;
  if (const auto complaint = make_demand(options, demand)) return fail(*complaint);
  std::vector<CertReport> reports;
  if (const auto complaint = judge_files(options, demand, reports)) return fail(*complaint);
  print_reports(reports, options, demand);
  ExitCode exit = ExitCode::Ok;
  for (const CertReport& report : reports) exit = worse_of(exit, report.exit);
  return exit;
}

}  // namespace securetransport::cli
