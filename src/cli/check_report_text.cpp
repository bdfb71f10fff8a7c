// SPDX-License-Identifier: Apache-2.0
// Check reports as text for people. Whatever a peer wrote is escaped on its way.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "cli/check_report.hpp"

namespace securetransport::cli {
namespace {

Style style_of(const CheckReport& report) noexcept { return report.exit == ExitCode::Ok ? Style::Good : Style::Bad; }

/// "Phase          Certificate"; nothing if there is nothing to say.
void append_field(std::string& out, std::string_view name, std::string_view value, const Terminal& terminal) {
  if (!value.empty()) append_paragraph(out, fmt::format("  {:<14} ", name), escaped(value), terminal);
}

void append_title(std::string& out, std::string_view title, const Terminal& terminal) {
  out += fmt::format("\n  {}\n", paint(title, Style::Bold, terminal));
}

void append_list(std::string& out, std::string_view title, const std::vector<std::string>& items,
                 const Terminal& terminal) {
  if (items.empty()) return;
  append_title(out, title, terminal);
  for (const std::string& item : items) append_paragraph(out, "    - ", escaped(item), terminal);
}

std::string date_of(std::chrono::sys_seconds time) {
  // Far dates are legal in certificates ("no well-defined expiration date", RFC 5280 section 4.1.2.5).
  return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string distance_in_words(std::chrono::seconds distance) {
  using std::chrono::duration_cast;
  const auto days = std::chrono::abs(duration_cast<std::chrono::days>(distance)).count();
  if (days >= 2) return fmt::format("{} days", days);
  const auto hours = std::chrono::abs(duration_cast<std::chrono::hours>(distance)).count();
  if (hours >= 2) return fmt::format("{} hours", hours);
  return fmt::format("{} minutes", std::chrono::abs(duration_cast<std::chrono::minutes>(distance)).count());
}

std::string validity_of(const Certificate& certificate, std::chrono::sys_seconds now) {
  std::string out =
      fmt::format("valid {} to {} UTC", date_of(certificate.not_before()), date_of(certificate.not_after()));
  if (now > certificate.not_after()) {
    out += fmt::format(" (expired {} ago)", distance_in_words(now - certificate.not_after()));
  } else if (now < certificate.not_before()) {
    out += fmt::format(" (begins in {})", distance_in_words(certificate.not_before() - now));
  } else {
    out += fmt::format(" (ends in {})", distance_in_words(certificate.not_after() - now));
  }
  return out;
}

void append_chain(std::string& out, const CheckReport& report, const Terminal& terminal) {
  if (report.chain.empty()) return;
  append_title(out, "Chain as sent", terminal);
  std::size_t index = 0;
  for (const Certificate& certificate : report.chain) {
    const std::string subject = certificate.subject();
    append_paragraph(out, fmt::format("    {:<2} ", index), subject.empty() ? "(no subject)" : escaped(subject),
                     terminal);
    const std::string issuer = "issued by " + (certificate.is_self_issued() ? "itself" : certificate.issuer());
    append_paragraph(out, "       ", escaped(issuer), terminal);
    if (index == 0) {
      std::string names;
      for (const std::string& name : certificate.names()) names += (names.empty() ? "for " : ", ") + name;
      append_paragraph(out, "       ", names.empty() ? "for no name at all" : escaped(names), terminal);
    }
    append_paragraph(out, "       ", validity_of(certificate, report.time), terminal);
    append_paragraph(out, "       ",
                     escaped(fmt::format("{}, signed with {}", certificate.key(), certificate.signature_algorithm())),
                     terminal);
    ++index;
  }
}

void append_violations(std::string& out, const CheckReport& report, const Terminal& terminal) {
  if (report.diagnosis.violations.empty()) return;
  append_title(out, "Rules broken by the chain", terminal);
  for (const Violation& violation : report.diagnosis.violations) {
    const std::string place =
        violation.chain_index ? fmt::format("certificate {}", *violation.chain_index) : "the chain as a whole";
    append_paragraph(
        out, "    ",
        fmt::format("{} {}, {}", static_cast<std::int32_t>(violation.code), symbol_of(violation.code), place),
        terminal);
    append_paragraph(out, "      ", escaped(sentence_of(violation)), terminal);
    if (!violation.rule.empty()) append_paragraph(out, "      ", escaped(violation.rule), terminal);
  }
}

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
  append_violations(out, report, terminal);
  append_chain(out, report, terminal);
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
  struct Cells {
    std::string label, code, name, reason;
  };
  std::vector<Cells> table;
  std::size_t label_width = 0;
  std::size_t name_width = 0;
  std::size_t reason_width = 0;
  for (const CheckRow& row : rows) {
    const auto& code = row.report->code;
    table.push_back({escaped(row.label), code ? fmt::to_string(static_cast<std::int32_t>(*code)) : "-",
                     code ? symbol_of(*code) : row.report->problem, escaped(reason_of(*row.report))});
    label_width = std::max(label_width, columns_of(table.back().label));
    name_width = std::max(name_width, columns_of(table.back().name));
    reason_width = std::max(reason_width, columns_of(table.back().reason));
  }
  // A pipe has no width: scripts get one line a target, nothing cut.
  const bool is_wide = !terminal.is_interactive || label_width + name_width + reason_width + 11 <= terminal.width;
  std::string out;
  std::size_t i = 0;
  for (const Cells& cells : table) {
    const Style style = style_of(*rows[i++].report);
    const std::string name = is_wide ? padded(cells.name, name_width) : cells.name;
    out += fmt::format("{}  {:>5}  {}", padded(cells.label, label_width), cells.code, paint(name, style, terminal));
    if (is_wide) {
      out += fmt::format("  {}\n", cells.reason);
    } else {
      out += '\n';
      append_paragraph(out, "      ", cells.reason, terminal);
    }
  }
  return out;
}

}  // namespace securetransport::cli
