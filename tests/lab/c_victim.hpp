// SPDX-License-Identifier: Apache-2.0
// One scenario, played: the lab's peer on one end of a socket, a C program on Apple's API on the other.
#pragma once

#include <Security/SecureTransport.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lab/scenarios/setup.hpp"

namespace securetransport::lab {

/// Which run of which scenario.
struct CRun {
  const Scenario* scenario = nullptr;
  std::uint16_t version = 0;  ///< Of the peer; 0 for a program.
  Honesty honesty = Honesty::Faulty;
  CFStringRef ats_configuration = nullptr;  ///< Null: kSSLSessionConfig_ATSv1, where the scenario wants one.

  [[nodiscard]] std::string name() const;
  [[nodiscard]] ResultCode expected() const noexcept {
    return honesty == Honesty::Twin ? ResultCode::Success : scenario->provokes;
  }
};

/// What came of it.
struct COutcome {
  OSStatus status = errSecSuccess;
  std::string text;     ///< Why, as the C program was told.
  std::string problem;  ///< The lab's own failure: nothing was proved. Empty if there was none.
};

/// Every version of every scenario, twins included.
[[nodiscard]] std::vector<CRun> all_runs();

/// Plays one; thread-safe.
[[nodiscard]] COutcome play(const CRun& run, Vault& vault);

/// Plays all with a few threads for each core; outcomes in the order of the runs.
[[nodiscard]] std::vector<COutcome> play_all(std::span<const CRun> runs, Vault& vault);

}  // namespace securetransport::lab
