// SPDX-License-Identifier: Apache-2.0
// Check reports as text for people, as a table, and as JSON (docs/guide/check-json.md).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/check_target.hpp"
#include "cli/code_json.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {

/// Everything about one target; the first line is code, name and target.
[[nodiscard]] std::string check_report_text(const CheckReport& report, const Terminal& terminal);

/// The code's name and number, and what was negotiated: the few lines that `connect` prints.
[[nodiscard]] std::string check_headline(const CheckReport& report, const Terminal& terminal);

/// One row of a table of targets.
struct CheckRow {
  std::string label;
  const CheckReport* report;
};

/// One line a target: label, code, name, reason. On a terminal too narrow for the longest, the reasons go below.
[[nodiscard]] std::string check_table(std::span<const CheckRow> rows, const Terminal& terminal);

/// One object of the "results" list.
[[nodiscard]] Json json_of(const CheckReport& report);

/// {"version":1,"results":[...]}
[[nodiscard]] Json json_of(std::span<const CheckReport> reports);

}  // namespace securetransport::cli
