// SPDX-License-Identifier: Apache-2.0
// The scenario table, put together from its themes.
#include "lab/scenarios/scenario.hpp"

#include <algorithm>
#include <iterator>

#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenarios put_together() {
  Scenarios all;
  const auto add = [&](std::string_view theme, Scenarios some) {
    for (Scenario& scenario : some) {
      scenario.theme = theme;
      all.push_back(std::move(scenario));
    }
  };
  add("good", good_scenarios());
  add("certificates", certificate_scenarios());
  add("staples", staple_scenarios());
  add("ats", ats_scenarios());
  add("negotiation", negotiation_scenarios());
  add("key-exchange", key_exchange_scenarios());
  add("extensions", extension_scenarios());
  add("messages", message_scenarios());
  add("records", record_scenarios());
  add("transport", transport_scenarios());
  add("datagrams", datagram_scenarios());
  add("server-side", server_side_scenarios());
  add("alerts", alert_scenarios());
  add("programs", program_scenarios());
  return all;
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> kAll = put_together();
  return kAll;
}

const Scenario* find_scenario(std::string_view name) {
  const auto found = std::find_if(scenarios().begin(), scenarios().end(),
                                  [&](const Scenario& scenario) { return scenario.name == name; });
  return found != scenarios().end() ? &*found : nullptr;
}

std::string_view version_text(std::uint16_t version) noexcept {
  switch (version) {
    case kTls10: return "1.0";
    case kTls11: return "1.1";
    case kTls12: return "1.2";
    case kTls13: return "1.3";
    case kDtls12: return "DTLS 1.2";
    case kAnyTls: return "any TLS";
    default: return "any";
  }
}

std::string protocol_text(std::uint16_t version) {
  const bool needs_family = version != kDtls12 && version != kAnyTls;
  return (needs_family ? "TLS " : "") + std::string(version_text(version));
}

std::string_view to_string(Side side) noexcept {
  switch (side) {
    case Side::Server: return "server";
    case Side::Client: return "client";
    case Side::Program: return "program";
  }
  return "";
}

std::string host_of(const Scenario& scenario) { return scenario.name + ".lab.test"; }

Credential victim_credential(const Scenario& scenario) noexcept {
  const Victim& victim = scenario.victim;
  if (victim.certificate != Credential::None || scenario.side == Side::Server) return victim.certificate;
  return victim.is_without_identity ? Credential::None : Credential::Good;
}

Bearer victim_bearer(const Scenario& scenario) noexcept {
  return scenario.side == Side::Server ? Bearer::Client : Bearer::Server;
}

}  // namespace securetransport::lab
