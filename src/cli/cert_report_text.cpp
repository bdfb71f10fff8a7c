// SPDX-License-Identifier: Apache-2.0
// Reports about certificates in files, for people. Whatever a stranger wrote is escaped on its way.
#include <fmt/format.h>

#include <algorithm>

#include "cli/cert_report.hpp"
#include "cli/check_target.hpp"
#include "cli/report_parts.hpp"

namespace securetransport::cli {
namespace {

Style style_of(const CertReport& report) noexcept {
  if (report.exit != ExitCode::Ok) return Style::Bad;
  return report.has_warning() ? Style::Careful : Style::Good;
}

std::string code_and_name(const CertReport& report) {
  if (!report.code) return "- unreadable";
  return fmt::format("{} {}", static_cast<std::int32_t>(*report.code), symbol_of(*report.code));
}

/// When the first certificate of the path ends.
std::string end_of(const CertReport& report) {
  const auto& path = report.trust.path;
  const auto first = std::min_element(path.begin(), path.end(), [](const Certificate& a, const Certificate& b) {
    return a.not_after() < b.not_after();
  });
  if (first == path.end()) return {};
  const std::chrono::seconds left = first->not_after() - report.time;
  const std::string distance = distance_in_words(left);
  return left.count() < 0 ? fmt::format("ended {} ago", distance) : fmt::format("ends in {}", distance);
}

std::string reason_of(const CertReport& report) {
  if (!report.code) return report.problem;
  if (!report.trust.trusted()) return sentence_of(report.trust.violations.front());
  if (!report.warnings.empty()) return report.warnings.front();
  const std::vector<std::string> advice = sentences_of(report.chain, report.advice);
  return report.advice.is_fine() || advice.empty() ? end_of(report) : advice.front();
}

/// What the full report begins with.
std::string summary_of(const CertReport& report) {
  if (!report.code) return report.problem;
  if (!report.trust.trusted()) return message_of(*report.code) + ": " + reason_of(report);
  return report.has_warning() ? "Nothing is wrong yet; see what follows." : "Nothing is wrong with it.";
}

struct Counts {
  std::size_t good = 0;
  std::size_t warned = 0;
  std::size_t rejected = 0;
  std::size_t unreadable = 0;
};

Counts count(std::span<const CertReport> reports) {
  Counts counts;
  for (const CertReport& report : reports) {
    if (!report.code) {
      ++counts.unreadable;
    } else if (!report.trust.trusted()) {
      ++counts.rejected;
    } else {
      ++(report.has_warning() ? counts.warned : counts.good);
    }
  }
  return counts;
}

}  // namespace

std::string cert_report_text(const CertReport& report, const Terminal& terminal) {
  std::string out = fmt::format("{}  {}\n\n", paint(code_and_name(report), style_of(report), terminal),
                                paint(escaped(report.source), Style::Bold, terminal));
  append_paragraph(out, "  ", escaped(summary_of(report)), terminal);
  if (!report.code) return out;
  out += '\n';
  append_field(out, "Form", report.form, terminal);
  append_field(out, "Judged for", date_of(report.time) + " UTC", terminal);
  append_field(out, "Soonest end", end_of(report), terminal);
  append_violations(out, report.trust.violations, terminal);
  append_list(out, "Warnings", report.warnings, terminal);
  append_advice(out, report.chain, report.advice, terminal);
  append_chain(out, "Certificates in the file", report.chain, report.time, terminal);
  append_paths(out, report.chain, report.trust, terminal);
  append_list(out, "Notes", report.notes, terminal);
  return out;
}

std::string cert_table(std::span<const CertReport> reports, const Terminal& terminal) {
  std::vector<TableRow> rows;
  for (const CertReport& report : reports) {
    rows.push_back({report.source, report.code ? fmt::to_string(static_cast<std::int32_t>(*report.code)) : "-",
                    report.code ? symbol_of(*report.code) : "unreadable", reason_of(report), style_of(report)});
  }
  return table_of(rows, terminal);
}

std::string cert_summary(std::span<const CertReport> reports) {
  const Counts counts = count(reports);
  return fmt::format("{} chains: {} good, {} with warnings, {} rejected, {} unreadable\n", reports.size(), counts.good,
                     counts.warned, counts.rejected, counts.unreadable);
}

}  // namespace securetransport::cli
