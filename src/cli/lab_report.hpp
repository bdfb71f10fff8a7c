// SPDX-License-Identifier: Apache-2.0
// Scenarios and what the lab's peers saw, as text for people and as JSON (docs/lab.md).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/code_json.hpp"
#include "cli/lab_run.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {

/// One line a scenario: name, code, who misbehaves, versions, description.
[[nodiscard]] std::string scenario_table(std::span<const lab::Scenario* const> rows, const Terminal& terminal);

/// What the peer saw of the other side, as a section of a report.
[[nodiscard]] std::string observed_text(const lab::Observed& seen, const Terminal& terminal);

/// "1.2, 1.3"; empty for a program.
[[nodiscard]] std::string versions_of(const lab::Scenario& scenario);

/// "unknown_ca (48)".
[[nodiscard]] std::string alert_text(const lab::SeenAlert& alert);

[[nodiscard]] std::string_view to_string(lab::StreamEnd end) noexcept;

[[nodiscard]] Json json_of(const lab::Scenario& scenario);
[[nodiscard]] Json json_of(const lab::Observed& seen);
[[nodiscard]] Json json_of(const LabRun& run);

}  // namespace securetransport::cli
