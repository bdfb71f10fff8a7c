// SPDX-License-Identifier: Apache-2.0
// Scenarios and what the lab's peers saw, as text for people and as JSON.
#include "cli/lab_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/check_report.hpp"

namespace securetransport::cli {
namespace {

constexpr std::string_view kIndent = "      ";

std::string code_text(ResultCode code) {
  return code == ResultCode::Success ? "0" : fmt::to_string(static_cast<std::int32_t>(code));
}

void append_field(std::string& out, std::string_view name, const std::string& value, const Terminal& terminal) {
  if (!value.empty()) append_paragraph(out, fmt::format("    {:<22} ", name), escaped(value), terminal);
}

std::string alerts_text(const lab::Observed& seen) {
  std::string text;
  for (const lab::SeenAlert& alert : seen.alerts) {
    text += fmt::format("{}{}, {}{}", text.empty() ? "" : "; ", alert_text(alert),
                        alert.level == 1 ? "warning" : "fatal", alert.is_protected ? ", protected" : "");
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string versions_of(const lab::Scenario& scenario) {
  std::string text;
  for (const std::uint16_t version : scenario.versions) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", lab::version_text(version));
  }
  return text;
}

std::string alert_text(const lab::SeenAlert& alert) { return describe(Alert{alert.number}); }

std::string_view to_string(lab::StreamEnd end) noexcept {
  switch (end) {
    case lab::StreamEnd::Open: return "open";
    case lab::StreamEnd::EndOfStream: return "closed";
    case lab::StreamEnd::Reset: return "reset";
    case lab::StreamEnd::Ours: return "reset by the lab";
  }
  return "";
}

std::string scenario_table(std::span<const lab::Scenario* const> rows, const Terminal& terminal) {
  std::size_t name_width = 0;
  std::size_t text_width = 0;
  for (const lab::Scenario* row : rows) {
    name_width = std::max(name_width, columns_of(row->name));
    text_width = std::max(text_width, columns_of(row->description));
  }
  // A pipe has no width: scripts get one line a scenario, nothing cut.
  constexpr std::size_t kOtherColumns = 38;
  const bool is_wide = !terminal.is_interactive || name_width + text_width + kOtherColumns <= terminal.width;
  std::string out;
  for (const lab::Scenario* row : rows) {
    const Style style = row->provokes == ResultCode::Success ? Style::Good : Style::Bold;
    out += fmt::format("{}  {:>5}  {:<7}  {:<18}", paint(padded(row->name, name_width), style, terminal),
                       code_text(row->provokes), to_string(row->side), versions_of(*row));
    if (is_wide) {
      out += fmt::format("  {}\n", row->description);
    } else {
      out += '\n';
      append_paragraph(out, kIndent, row->description, terminal);
    }
  }
  return out;
}

std::string observed_text(const lab::Observed& seen, const Terminal& terminal) {
  std::string out = fmt::format("\n  {}\n", paint("What the lab's peer saw", Style::Bold, terminal));
  append_field(out, "Fault", seen.fault_applied ? "applied" : "none, or its step was never reached", terminal);
  append_field(out, "Handshake", seen.handshake_completed ? "completed" : "not completed", terminal);
  append_field(out, "Alerts received", alerts_text(seen), terminal);
  append_field(out, "Application data", fmt::format("{} bytes", seen.application_data.size()), terminal);
  append_field(out, "Bytes", fmt::format("{} received, {} sent", seen.bytes_received, seen.bytes_sent), terminal);
  append_field(out, "End of the connection", std::string(to_string(seen.end)), terminal);
  append_field(out, "Gave up because", seen.problem, terminal);
  return out;
}

Json json_of(const lab::Scenario& scenario) {
  Json versions = Json::array();
  for (const std::uint16_t version : scenario.versions) versions.push_back(lab::version_text(version));
  return {{"name", scenario.name},
          {"code", static_cast<std::int32_t>(scenario.provokes)},
          {"symbol", symbol_of(scenario.provokes)},
          {"side", to_string(scenario.side)},
          {"theme", scenario.theme},
          {"versions", versions},
          {"host", scenario.side == lab::Side::Server ? Json(host_of(scenario)) : Json()},
          {"description", scenario.description},
          {"lesson", scenario.lesson}};
}

Json json_of(const lab::Observed& seen) {
  Json alerts = Json::array();
  for (const lab::SeenAlert& alert : seen.alerts) {
    const auto name = alert_name(Alert{alert.number});
    alerts.push_back({{"number", alert.number},
                      {"description", name ? Json(*name) : Json()},
                      {"level", alert.level},
                      {"protected", alert.is_protected}});
  }
  return {{"fault_applied", seen.fault_applied},
          {"handshake_completed", seen.handshake_completed},
          {"alerts", alerts},
          {"application_data_bytes", seen.application_data.size()},
          {"bytes_received", seen.bytes_received},
          {"bytes_sent", seen.bytes_sent},
          {"end", to_string(seen.end)},
          {"problem", seen.problem.empty() ? Json() : Json(seen.problem)}};
}

Json json_of(const LabRun& run) {
  const std::uint16_t version = run.played.version;
  const std::string complaint = run.complaint();
  return {{"scenario", run.played.scenario->name},
          {"side", to_string(run.played.scenario->side)},
          {"tls", version != 0 ? Json(lab::version_text(version)) : Json()},
          {"twin", run.played.honesty == lab::Honesty::Twin},
          {"expected", static_cast<std::int32_t>(run.played.expected())},
          {"as_documented", complaint.empty()},
          {"complaint", complaint.empty() ? Json() : Json(complaint)},
          {"report", json_of(run.report)},
          {"observed", run.observed ? json_of(*run.observed) : Json()}};
}

}  // namespace securetransport::cli
