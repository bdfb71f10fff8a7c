// SPDX-License-Identifier: Apache-2.0
// Who appears in the demo: servers of three makers, right or wrong in one way each, and what each must provoke.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "cli/demo_stage.hpp"
#include "lab/loopback_server.hpp"
#include "lab/pki.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport::cli {

/// One row of the demo's table.
struct DemoTarget {
  std::string_view label;
  std::string_view maker;  ///< "nginx", "openssl", "gnutls", "plain TCP".
  std::uint16_t port = 0;
  ResultCode expected = ResultCode::Success;
  std::chrono::seconds timeout{10};
};

/// Paths of the programs.
struct DemoPrograms {
  std::string nginx;
  std::string openssl;
  std::string gnutls;
};

/// The programs, or the complaint that names every one that is missing and its Debian package.
[[nodiscard]] std::optional<Complaint> find_programs(DemoPrograms& programs);

/// Everything that runs while the demo does.
struct DemoCast {
  std::vector<Performer> performers;
  std::vector<lab::LoopbackServer> plain_peers;
  std::vector<DemoTarget> targets;  ///< In the order of the table.
  std::string root_pem;             ///< What the checks trust.
};

/// Makes certificates and configurations on the stage; starts only the peers that live in this process.
[[nodiscard]] std::optional<Complaint> assemble(const DemoPrograms& programs, DemoStage& stage, DemoCast& cast);

}  // namespace securetransport::cli
