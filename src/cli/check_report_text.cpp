// SPDX-License-Identifier: Apache-2.0
// Check reports as text for people. Whatever a peer wrote is escaped on its way.
#include <fmt/format.h>

#include <algorithm>

#include "cli/check_report.hpp"
#include "cli/report_parts.hpp"

namespace securetransport::cli {
namespace {

Style style_of(const CheckReport& report) noexcept { return report.exit == ExitCode::Ok ? Style::Good : Style::Bad; }

void append_remedies(std::string& out, const CheckReport& report, const Terminal& terminal) {
  std::string_view side;
  for (const Remedy& remedy : remedies_of(report)) {
    if (side != remedy.side) {
      append_title(out, remedy.side == "server" ? "What to do on the server" : "What to do in the client", terminal);
      side = remedy.side;
    }
    append_paragraph(out, "    - ", remedy.text, terminal);
  }
}

std::string alert_text(const std::optional<AlertMessage>& alert) {
  if (!alert) return {};
  return describe(alert->description) + (alert->level == AlertLevel::Warning ? ", a warning" : "");
}

std::string_view words_for(DetectedBy detector) noexcept {
  switch (detector) {
    case DetectedBy::Local: return "this side";
    case DetectedBy::Peer: return "the server, which said so";
    case DetectedBy::Transport: return "the connection below TLS";
    case DetectedBy::Trust: return "the judgement of the certificates";
    case DetectedBy::Ats: return "App Transport Security";
    case DetectedBy::Api: return "the settings";
    case DetectedBy::Break: return "a pause";
  }
  return "";
}

/// The reason; where it is a detail of a certificate, what the code means goes in front.
std::string summary_of(const CheckReport& report) {
  const std::string reason = reason_of(report);
  if (!report.code || report.diagnosis.violations.empty()) return reason;
  return fmt::format("{}: {}", message_of(*report.code), reason);
}

std::string first_line(const CheckReport& report, const Terminal& terminal) {
  return fmt::format("{}  {}\n", paint(code_and_name(report), style_of(report), terminal),
                     paint(escaped(report.target), Style::Bold, terminal));
}

}  // namespace

std::string check_headline(const CheckReport& report, const Terminal& terminal) {
  std::string out = first_line(report, terminal);
  const std::string reason = reason_of(report);
  if (!reason.empty()) append_paragraph(out, "  ", escaped(reason), terminal);
  return out;
}

std::string check_report_text(const CheckReport& report, const Terminal& terminal) {
  const Diagnosis& diagnosis = report.diagnosis;
  const bool is_good = report.exit == ExitCode::Ok;
  std::string out = first_line(report, terminal) + "\n";
  if (!is_good) {
    append_paragraph(out, "  ", escaped(summary_of(report)), terminal);
    out += '\n';
    if (diagnosis.phase != Phase::None) append_field(out, "Phase", to_string(diagnosis.phase), terminal);
    if (diagnosis.detected_by) append_field(out, "Noticed by", words_for(*diagnosis.detected_by), terminal);
  }
  if (report.code && diagnosis.published != *report.code && diagnosis.published != ResultCode::Success) {
    append_field(out, "Published code",
                 fmt::format("{} {}, from Apple's Secure Transport", static_cast<std::int32_t>(diagnosis.published),
                             symbol_of(diagnosis.published)),
                 terminal);
  }
  append_field(out, "Alert sent", alert_text(diagnosis.alert_sent), terminal);
  append_field(out, "Alert received", alert_text(diagnosis.alert_received), terminal);
  // For certificates, the broken rules below say it better.
  if (diagnosis.violations.empty()) append_field(out, "Engine's words", diagnosis.engine_reason, terminal);
  append_field(out, "Address", report.address, terminal);
  if (report.info.version) append_field(out, "Version", to_string(*report.info.version), terminal);
  if (report.info.cipher_suite) append_field(out, "Cipher suite", to_string(*report.info.cipher_suite), terminal);
  append_field(out, "Key exchange", report.info.group, terminal);
  append_field(out, "Signature", report.info.signature_scheme, terminal);
  append_field(out, "ALPN", report.info.alpn, terminal);
  append_field(out, "Time taken", fmt::format("{} ms", report.duration.count()), terminal);
  append_violations(out, diagnosis.violations, terminal);
  append_chain(out, "Chain as sent", report.chain, report.time, terminal);
  if (report.trust) {
    append_paths(out, report.chain, *report.trust, terminal);
    append_advice(out, report.chain, advise_on_chain(report.chain, *report.trust), terminal);
  }
  append_list(out, "Notes", diagnosis.notes, terminal);
  append_list(out, "Authorities the server accepts for client certificates", report.acceptable_issuers, terminal);
  if (is_good) return out;
  // Where certificates are at fault, the long lists of what was negotiated would only hide them.
  if (diagnosis.violations.empty()) {
    append_list(out, "Offered", diagnosis.offered, terminal);
    append_list(out, "Received", diagnosis.received, terminal);
  }
  append_remedies(out, report, terminal);
  return out;
}

std::string check_table(std::span<const CheckRow> rows, const Terminal& terminal) {
  std::vector<TableRow> table;
  for (const CheckRow& row : rows) {
    const auto& code = row.report->code;
    table.push_back({row.label, code ? fmt::to_string(static_cast<std::int32_t>(*code)) : "-",
                     code ? symbol_of(*code) : row.report->problem, reason_of(*row.report), style_of(*row.report)});
  }
  return table_of(table, terminal);
}

}  // namespace securetransport::cli
