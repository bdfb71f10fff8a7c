// SPDX-License-Identifier: Apache-2.0
// Every scenario against our own engine, side by side, and what came of it as text, table or JSON.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cli/code_json.hpp"
#include "cli/lab_run.hpp"

namespace securetransport::cli {

/// Plays the cases with a few threads for each core; the runs come in the order of the cases.
[[nodiscard]] std::vector<LabRun> play_all(std::span<const LabCase> cases, const LabMaterial& material);

/// What the table of the 73 codes and the runs come to.
struct LabTally {
  std::size_t codes = 0;  ///< Rows of the result table that a run has shown.
  std::size_t scenarios = 0;
  std::size_t runs = 0;
  std::vector<std::string> complaints;  ///< One line a run that was not as documented.
};

[[nodiscard]] LabTally tally_of(std::span<const LabRun> runs);

/// "73 of 73 codes, N scenarios, M runs, all as documented"
[[nodiscard]] std::string summary_of(const LabTally& tally);

/// The page docs/result-matrix.md: the same for every run and machine.
[[nodiscard]] std::string matrix_page(std::span<const LabRun> runs);

/// {"version":1,"codes":...,"scenarios":...,"runs":[...],"complaints":[...]}; docs/lab.md describes it.
[[nodiscard]] Json json_of(std::span<const LabRun> runs, const LabTally& tally);

}  // namespace securetransport::cli
