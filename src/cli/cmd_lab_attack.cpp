// SPDX-License-Identifier: Apache-2.0
// `securetransport lab attack`: the client scenarios against a server of any make.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "cli/lab_commands.hpp"
#include "cli/lab_report.hpp"
#include "lab/scenarios/setup.hpp"
#include "net/resolver.hpp"

namespace securetransport::cli {
namespace {

struct AttackOptions {
  std::string target;
  std::string sni;
  double timeout = 3;
  std::size_t jobs = 8;
  bool is_datagram = false;
  bool is_json = false;
};

/// What a server did.
enum class Reaction : std::uint8_t { Alert, Closed, Reset, Silence, Accepted, Unreachable };

struct Attack {
  const lab::Scenario* scenario = nullptr;
  std::uint16_t version = 0;
  Reaction reaction = Reaction::Unreachable;
  lab::Observed seen;
};

void add_options(CLI::App& app, AttackOptions& options) {
  describe(
      app, "lab attack",
      "Plays the client scenarios against the server at HOST:PORT and says what it did: an alert, close, reset, "
      "silence, or that it accepted what it must not. Only for servers of your own.",
      {"securetransport lab attack localhost:8443", "securetransport lab attack 127.0.0.1:8443 --sni www.example.com",
       "securetransport lab attack localhost:8443 --json | jq '.attacks[] | select(.reaction == \"accepted\")'"});
  app.add_option("TARGET", options.target, "The server: host:port")->required();
  app.add_option("--sni", options.sni, "Server name to ask for (the target's, if it is a name)")->type_name("NAME");
  app.add_option("--timeout", options.timeout, "Seconds to wait for each reaction (3)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 600.0).description(""));
  app.add_option("--jobs", options.jobs, "How many connections at once (8)")
      ->type_name("N")
      ->check(CLI::Range(1, 64).description(""));
  app.add_flag("--dtls", options.is_datagram, "DTLS 1.2 over UDP in place of TLS over TCP");
  app.add_flag("--json", options.is_json, "JSON (docs/lab.md)");
}

/// Faults that every server must notice by itself, whatever its settings.
bool is_attack(const lab::Scenario& scenario) {
  const lab::Victim& victim = scenario.victim;
  const bool is_special = victim.demands_certificate || victim.insists_on_names || victim.knows_psk ||
                          victim.is_without_identity || victim.certificate != lab::Credential::None;
  // What a server makes of an alert is its own affair.
  if (scenario.side != lab::Side::Client || is_special || scenario.theme == "alerts") return false;
  const ResultInfo* const row = find_result(scenario.provokes);
  return row != nullptr && row->detected_by.front() == DetectedBy::Local;
}

std::vector<Attack> planned(bool is_datagram) {
  std::vector<Attack> attacks;
  for (const lab::Scenario& scenario : lab::scenarios()) {
    for (const std::uint16_t version : scenario.versions) {
      if ((version == lab::kDtls12) == is_datagram && is_attack(scenario))
        attacks.push_back({&scenario, version, Reaction::Unreachable, {}});
    }
  }
  return attacks;
}

Reaction reaction_of(const lab::Observed& seen) {
  if (seen.alert()) return Reaction::Alert;
  if (!seen.application_data.empty()) return Reaction::Accepted;
  switch (seen.end) {
    case lab::StreamEnd::EndOfStream: return Reaction::Closed;
    case lab::StreamEnd::Reset: return Reaction::Reset;
    case lab::StreamEnd::Open:
    case lab::StreamEnd::Ours: break;
  }
  return Reaction::Silence;
}

std::string reaction_text(const Attack& attack) {
  switch (attack.reaction) {
    case Reaction::Alert: return alert_text(attack.seen.alert().value_or(lab::SeenAlert{}));
    case Reaction::Closed: return "closed";
    case Reaction::Reset: return "reset";
    case Reaction::Silence: return "silence";
    case Reaction::Accepted: return "accepted";
    case Reaction::Unreachable: return "unreachable";
  }
  return "";
}

class Attacker {
 public:
  Attacker(const AttackOptions& options, std::string sni, net::Endpoint endpoint, lab::Vault& vault)
      : options_(options), sni_(std::move(sni)), endpoint_(endpoint), vault_(vault) {}

  void play(Attack& attack) const {
    Result<lab::PeerSetup> setup = set_up(*attack.scenario, vault_, attack.version);
    if (!setup) return;
    setup->options.server_name = sni_;
    const auto patience = std::chrono::duration<double>(options_.timeout);
    const auto deadline = net::within(std::chrono::duration_cast<net::Deadline::duration>(patience));
    auto seen = lab::attack(endpoint_, setup->options, setup->fault, deadline);
    if (!seen) return;
    attack.seen = *std::move(seen);
    // Over UDP the only sign of a port where nobody listens.
    if (options_.is_datagram && attack.seen.end == lab::StreamEnd::Reset) return;
    attack.reaction = reaction_of(attack.seen);
  }

  void play_all(std::vector<Attack>& attacks) const {
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < options_.jobs; ++i) {
      threads.emplace_back([&] {
        for (std::size_t index = next++; index < attacks.size(); index = next++) play(attacks[index]);
      });
    }
  }

 private:
  const AttackOptions& options_;
  std::string sni_;
  net::Endpoint endpoint_;
  lab::Vault& vault_;
};

std::string usual_alerts(const lab::Scenario& scenario) {
  std::string text;
  const ResultInfo* const row = find_result(scenario.provokes);
  if (row == nullptr) return text;
  for (const Alert alert : row->alerts_sent) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", static_cast<unsigned>(alert));
  }
  return text;
}

std::string table_of(const std::vector<Attack>& attacks) {
  const Terminal terminal = terminal_of(1);
  std::size_t width = 0;
  std::size_t reaction_width = 0;
  for (const Attack& attack : attacks) {
    width = std::max(width, attack.scenario->name.size());
    reaction_width = std::max(reaction_width, columns_of(reaction_text(attack)));
  }
  std::string out;
  for (const Attack& attack : attacks) {
    const bool is_bad = attack.reaction == Reaction::Accepted;
    const std::string usual = usual_alerts(*attack.scenario);
    out +=
        fmt::format("{}  {}  {}{}\n", padded(attack.scenario->name, width), lab::version_text(attack.version),
                    paint(padded(reaction_text(attack), reaction_width), is_bad ? Style::Bad : Style::Good, terminal),
                    usual.empty() ? "" : "  (usual: " + usual + ")");
  }
  return out;
}

Json attack_json(const Attack& attack) {
  constexpr std::string_view kNames[]{"alert", "closed", "reset", "silence", "accepted", "unreachable"};
  return {{"scenario", attack.scenario->name},
          {"tls", lab::version_text(attack.version)},
          {"description", attack.scenario->description},
          {"reaction", kNames[static_cast<std::size_t>(attack.reaction)]},
          {"observed", json_of(attack.seen)}};
}

/// Which versions a good client may come with; a server that refuses it proves nothing by refusing others.
std::vector<std::uint16_t> versions_taken(const Attacker& attacker, bool is_datagram, bool& is_reachable) {
  std::vector<std::uint16_t> taken;
  const std::vector<std::uint16_t> tried =
      is_datagram ? std::vector{lab::kDtls12} : std::vector{lab::kTls12, lab::kTls13};
  for (const std::uint16_t version : tried) {
    Attack good{lab::find_scenario("good-client"), version, Reaction::Unreachable, {}};
    attacker.play(good);
    const bool is_silent = is_datagram && good.seen.bytes_received == 0;
    if (good.reaction == Reaction::Unreachable || is_silent) continue;
    is_reachable = true;
    const bool is_taken = good.seen.handshake_completed && !good.seen.alert() && good.reaction != Reaction::Reset;
    if (is_taken) {
      taken.push_back(version);
    } else {
      complain(fmt::format("a good client is not accepted in {} ({}): nothing is tried there",
                           lab::protocol_text(version), reaction_text(good)));
    }
  }
  return taken;
}

}  // namespace

ExitCode run_lab_attack(const Args& args) {
  CLI::App app;
  AttackOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  const auto target = net::parse_target(options.target);
  if (!target) return fail({ExitCode::Usage, target.error().detail});
  const auto endpoints = net::resolve(*target, net::within(std::chrono::seconds(10)));
  if (!endpoints) return fail({ExitCode::Unavailable, endpoints.error().detail});
  const Result<std::unique_ptr<lab::Vault>> vault = lab::Vault::open();
  if (!vault) return fail({ExitCode::Internal, vault.error().detail});
  const std::string sni = !options.sni.empty() ? options.sni : target->is_ip_literal() ? "" : target->host;

  bool is_reachable = false;
  std::vector<std::uint16_t> taken;
  std::optional<Attacker> attacker;
  for (const net::Endpoint& endpoint : *endpoints) {
    attacker.emplace(options, sni, endpoint, **vault);
    taken = versions_taken(*attacker, options.is_datagram, is_reachable);
    if (is_reachable) break;
  }
  if (!is_reachable) {
    return fail({ExitCode::Unavailable, fmt::format("{} cannot be reached", target->authority())});
  }
  if (taken.empty()) return ExitCode::Rejected;

  std::vector<Attack> attacks = planned(options.is_datagram);
  std::erase_if(attacks, [&](const Attack& attack) {
    // TLS 1.1 is an attack of its own: nobody has to accept it first.
    const bool is_old = attack.version < lab::kTls12;
    return !is_old && std::find(taken.begin(), taken.end(), attack.version) == taken.end();
  });
  attacker->play_all(attacks);
  const auto accepted = static_cast<std::size_t>(std::count_if(
      attacks.begin(), attacks.end(), [](const Attack& attack) { return attack.reaction == Reaction::Accepted; }));
  if (options.is_json) {
    Json list = Json::array();
    for (const Attack& attack : attacks) list.push_back(attack_json(attack));
    print(text_of({{"version", kJsonVersion}, {"target", target->authority()}, {"attacks", list}}));
  } else {
    print(table_of(attacks));
    print(fmt::format("{} attacks, {} accepted\n", attacks.size(), accepted));
  }
  return accepted == 0 ? ExitCode::Ok : ExitCode::Rejected;
}

}  // namespace securetransport::cli
