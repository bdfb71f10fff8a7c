// SPDX-License-Identifier: Apache-2.0
// One scenario, played: the lab's peer on one end of a socket, our engine on the other.
#pragma once

#include <optional>
#include <string>

#include "cli/check_target.hpp"
#include "cli/lab_victim.hpp"
#include "lab/scenarios/setup.hpp"

namespace securetransport::cli {

/// Which run of which scenario.
struct LabCase {
  const lab::Scenario* scenario = nullptr;  ///< Never null in a case that is played.
  std::uint16_t version = 0;                ///< Of the peer; 0 for a program.
  lab::Honesty honesty = lab::Honesty::Faulty;

  /// The code that must come of it.
  [[nodiscard]] ResultCode expected() const noexcept {
    return honesty == lab::Honesty::Twin ? ResultCode::Success : scenario->provokes;
  }
  /// "expired, TLS 1.3", "expired's twin, TLS 1.3", "would-block".
  [[nodiscard]] std::string name() const;
};

/// What came of it.
struct LabRun {
  LabCase played;
  CheckReport report;                     ///< Of our engine, in either role.
  std::optional<lab::Observed> observed;  ///< By the peer; none for a program.
  std::string problem;                    ///< The lab's own failure: nothing was proved. Empty if there was none.

  [[nodiscard]] bool is_as_documented() const;

  /// Why it is not, in one line; empty if it is.
  [[nodiscard]] std::string complaint() const;
};

/// Plays a case. Blocks for at most the victim's patience and a few seconds more. Thread-safe.
[[nodiscard]] LabRun play(const LabCase& to_play, const LabMaterial& material);

/// Every case of the table, twins included: first all versions of a scenario, then those of its twin.
[[nodiscard]] std::vector<LabCase> all_cases();

}  // namespace securetransport::cli
