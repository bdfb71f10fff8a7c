// SPDX-License-Identifier: Apache-2.0
// From a row of the table to a peer that can be started.
#pragma once

#include "lab/scenarios/scenario.hpp"

namespace securetransport::lab {

enum class Honesty : std::uint8_t {
  Faulty,  ///< As the scenario says.
  Twin,    ///< The same without its fault.
};

/// The options and the fault of the scenario's peer in one version. Errors as Vault::credentials().
[[nodiscard]] Result<PeerSetup> set_up(const Scenario& scenario, Vault& vault, std::uint16_t version,
                                       Honesty honesty = Honesty::Faulty);

}  // namespace securetransport::lab
