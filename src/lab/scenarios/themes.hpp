// SPDX-License-Identifier: Apache-2.0
// The parts of the scenario table. Private to the table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lab/scenarios/scenario.hpp"

namespace securetransport::lab {

using Scenarios = std::vector<Scenario>;
using Versions = std::vector<std::uint16_t>;

/// One fault of an otherwise good server or client.
[[nodiscard]] inline Scenario server(std::string name, ResultCode code, Versions versions, Fault fault,
                                     std::string description, std::string lesson) {
  return {.name = std::move(name),
          .provokes = code,
          .versions = std::move(versions),
          .description = std::move(description),
          .lesson = std::move(lesson),
          .fault = std::move(fault)};
}
[[nodiscard]] inline Scenario client(std::string name, ResultCode code, Versions versions, Fault fault,
                                     std::string description, std::string lesson) {
  Scenario scenario =
      server(std::move(name), code, std::move(versions), std::move(fault), std::move(description), std::move(lesson));
  scenario.side = Side::Client;
  return scenario;
}

/// With a server that asks for a certificate.
[[nodiscard]] inline Scenario with_request(Scenario scenario) {
  scenario.options = [](PeerSetup& setup, const Credentials&) { setup.options.request_client_certificate = true; };
  return scenario;
}

/// Neither TLS nor text.
inline constexpr std::string_view kForeignBytes{"\x91\x02\xfe\xc7\x00\x55\xaa\x13\x37\xf0\x0d\xd0", 12};

inline const Versions kOnly12{kTls12};
inline const Versions kOnly13{kTls13};
inline const Versions kBoth{kTls12, kTls13};
inline const Versions kOnlyDtls{kDtls12};
inline const Versions kOld{kTls12, kDtls12};  ///< DTLS 1.2 is TLS 1.2 but for records and fragments.
inline const Versions kEvery{kTls12, kTls13, kDtls12};

[[nodiscard]] Scenarios good_scenarios();
[[nodiscard]] Scenarios alert_scenarios();
[[nodiscard]] Scenarios record_scenarios();
[[nodiscard]] Scenarios message_scenarios();
[[nodiscard]] Scenarios extension_scenarios();
[[nodiscard]] Scenarios negotiation_scenarios();
[[nodiscard]] Scenarios key_exchange_scenarios();
[[nodiscard]] Scenarios certificate_scenarios();
[[nodiscard]] Scenarios staple_scenarios();
[[nodiscard]] Scenarios ats_scenarios();
[[nodiscard]] Scenarios transport_scenarios();
[[nodiscard]] Scenarios datagram_scenarios();
[[nodiscard]] Scenarios server_side_scenarios();
[[nodiscard]] Scenarios program_scenarios();

}  // namespace securetransport::lab
