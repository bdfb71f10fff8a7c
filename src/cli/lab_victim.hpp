// SPDX-License-Identifier: Apache-2.0
// Our engine, set up as a scenario wants its victim.
#pragma once

#include "lab/scenarios/scenario.hpp"
#include "securetransport/tls/session_config.hpp"

namespace securetransport::cli {

/// The certificates of the lab and what the engine makes of them. Shared by all runs; thread-safe.
struct LabMaterial {
  std::unique_ptr<lab::Vault> vault;
  std::shared_ptr<const RootStore> roots;  ///< The lab's root alone.

  [[nodiscard]] static Result<LabMaterial> make();

  /// Errors as Vault::credentials() and Identity::from_pem().
  [[nodiscard]] Result<Identity> identity(lab::Credential kind, lab::Bearer bearer) const;
};

/// A client or server configuration for the scenario; `version` is that of the peer.
[[nodiscard]] Result<ClientConfig> client_for(const lab::Scenario& scenario, std::uint16_t version,
                                              const LabMaterial& material);
[[nodiscard]] Result<ServerConfig> server_for(const lab::Scenario& scenario, std::uint16_t version,
                                              const LabMaterial& material);

}  // namespace securetransport::cli
