// SPDX-License-Identifier: Apache-2.0
// From a row of the table to a peer that can be started.
#include "lab/scenarios/setup.hpp"

namespace securetransport::lab {
namespace {

constexpr const char* kRequest = "GET / HTTP/1.0\r\n\r\n";

Credential shown_by(const Scenario& scenario, Honesty honesty) {
  const Credential kind = honesty == Honesty::Twin ? scenario.twin_shows : scenario.shows;
  // A client that is not asked for a certificate has none.
  const bool is_idle = scenario.side == Side::Client && !scenario.victim.demands_certificate;
  return is_idle ? Credential::None : kind;
}

}  // namespace

Result<PeerSetup> set_up(const Scenario& scenario, Vault& vault, std::uint16_t version, Honesty honesty) {
  const bool is_server = scenario.side == Side::Server;
  const Bearer bearer = is_server ? Bearer::Server : Bearer::Client;
  Result<Credentials> shown = vault.credentials(shown_by(scenario, honesty), bearer);
  if (!shown) return shown.error();

  PeerSetup setup;
  PeerOptions& options = setup.options;
  options.is_datagram = version == kDtls12;
  options.version = options.is_datagram ? kTls12 : version;
  options.chain_pem = shown->chain_pem;
  options.key_pem = shown->key_pem;
  options.application_data = is_server ? kHttpOk : kRequest;
  if (!is_server) options.server_name = scenario.victim.insists_on_names ? "known.lab.test" : host_of(scenario);
  if (scenario.staple != Staple::None && !shown->chain_pem.empty()) {
    Result<Bytes> staple = vault.staple(honesty == Honesty::Twin ? Staple::Good : scenario.staple, *shown);
    if (!staple) return staple.error();
    options.staple = *std::move(staple);
  }
  if (scenario.shows_again != Credential::None && honesty == Honesty::Faulty) {
    Result<Credentials> again = vault.credentials(scenario.shows_again, bearer);
    if (!again) return again.error();
    options.second_chain_pem = again->chain_pem;
    options.second_key_pem = again->key_pem;
  }
  if (scenario.options != nullptr) scenario.options(setup, *shown);
  if (honesty == Honesty::Twin) return setup;
  setup.fault = scenario.fault;
  if (scenario.wrong != nullptr) scenario.wrong(setup, *shown);
  return setup;
}

}  // namespace securetransport::lab
