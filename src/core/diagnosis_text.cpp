// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/diagnosis_text.hpp"

#include <string_view>

namespace securetransport {
namespace {

void add_line(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  text += "\n  ";
  text += name;
  text += ": ";
  text += value;
}

std::string alert_text(const std::optional<AlertMessage>& alert) {
  return alert ? describe(alert->description) : std::string();
}

}  // namespace

std::string text_of(const Diagnosis& diagnosis) {
  const auto number = static_cast<int>(diagnosis.code);
  const ResultInfo* const row = find_result(diagnosis.code);
  // A transport may fail with a number of its own.
  std::string text = row != nullptr ? std::string(row->symbol) + " (" + std::to_string(number) + ")"
                                    : "status " + std::to_string(number);
  if (!diagnosis.detail.empty()) text += ": " + diagnosis.detail;
  if (diagnosis.detected_by) add_line(text, "found by", to_string(*diagnosis.detected_by));
  add_line(text, "phase", to_string(diagnosis.phase));
  add_line(text, "alert sent", alert_text(diagnosis.alert_sent));
  add_line(text, "alert received", alert_text(diagnosis.alert_received));
  add_line(text, "engine", diagnosis.engine_reason);
  for (const Violation& violation : diagnosis.violations) {
    const std::string where =
        violation.chain_index ? "certificate " + std::to_string(*violation.chain_index) + ", " : std::string();
    add_line(text, "violation", where + violation.detail + " (" + violation.rule + ")");
  }
  for (const std::string& line : diagnosis.offered) add_line(text, "offered", line);
  for (const std::string& line : diagnosis.received) add_line(text, "received", line);
  for (const std::string& note : diagnosis.notes) add_line(text, "note", note);
  return text;
}

}  // namespace securetransport
