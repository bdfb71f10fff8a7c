// SPDX-License-Identifier: Apache-2.0
#include "lab/c_victim.hpp"

#include <Security/CipherSuite.h>
#include <lab_programs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "net/tcp_listener.hpp"

namespace securetransport::lab {
namespace {

constexpr auto kPeerPatience = std::chrono::seconds(12);
constexpr auto kObservation = std::chrono::seconds(5);

net::Endpoint loopback(std::uint16_t port) { return *net::parse_address("127.0.0.1", port); }

LabPem pem_of(const Credentials& credentials) {
  if (credentials.chain_pem.empty()) return {};
  return {credentials.chain_pem.c_str(), credentials.key_pem.c_str()};
}

SSLProtocol protocol_of(std::uint16_t version) {
  switch (version) {
    case kTls10: return kTLSProtocol1;
    case kTls11: return kTLSProtocol11;
    case kTls12: return kTLSProtocol12;
    case kTls13: return kTLSProtocol13;
    default: return kSSLProtocolUnknown;
  }
}

/// The plain struct of the C program, with what it borrows.
class Settings {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Settings>> of(const CRun& run, Vault& vault) {
    Result<Credentials> own = vault.credentials(victim_credential(*run.scenario), victim_bearer(*run.scenario));
    if (!own) return own.error();
    return std::unique_ptr<Settings>(new Settings(run, vault, *std::move(own)));
  }

  [[nodiscard]] const LabVictim& victim() const noexcept { return victim_; }

 private:
  Settings(const CRun& run, const Vault& vault, Credentials own)
      : own_(std::move(own)), peer_name_(host_of(*run.scenario)) {
    const Victim& wanted = run.scenario->victim;
    const bool is_client = run.scenario->side == Side::Server;
    victim_.side = is_client ? kSSLClientSide : kSSLServerSide;
    set_common(wanted, run.version);
    victim_.root = vault.root_pem().c_str();
    victim_.own = pem_of(own_);
    victim_.renegotiates = wanted.renegotiates;
    if (is_client) set_client(run);
    if (!is_client) set_server(wanted);
  }

  void set_common(const Victim& wanted, std::uint16_t version) {
    victim_.patience = static_cast<int>(wanted.patience.count());
    if (version == kDtls12) {
      victim_.type = kSSLDatagramType;
      victim_.retransmission = static_cast<int>(wanted.retransmission.count());
    } else {
      victim_.min_version = protocol_of(wanted.min_version);
      victim_.max_version = protocol_of(wanted.max_version);
    }
    if (wanted.offers_dhe) {
      suites_.insert(suites_.end(), {TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, TLS_DHE_RSA_WITH_AES_128_CBC_SHA});
    }
    if (wanted.offers_static_rsa) {
      suites_.insert(suites_.end(), {TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_128_CBC_SHA});
    }
    if (wanted.knows_psk) {
      suites_.push_back(TLS_PSK_WITH_AES_128_GCM_SHA256);
      victim_.psk = psk_.c_str();
      victim_.psk_identity = psk_identity_.c_str();
    }
    victim_.more_suites = suites_.data();
    victim_.more_suite_count = suites_.size();
  }

  void set_client(const CRun& run) {
    const Victim& wanted = run.scenario->victim;
    victim_.peer_name = peer_name_.c_str();
    if (wanted.ats != AtsRules::None) {
      victim_.configuration = run.ats_configuration != nullptr ? run.ats_configuration : kSSLSessionConfig_ATSv1;
    }
    if (wanted.ats == AtsRules::Only13) victim_.ats_min_version = kTLSProtocol13;
    victim_.ats_extended_master_secret = wanted.ats == AtsRules::Fcp;
    victim_.ats_wrong_pins = wanted.ats == AtsRules::WrongPins;
    // Apple's API cannot take back the platform's rules. A program that does without them judges by itself.
    victim_.accepts_anybody = wanted.accepts_anybody || !wanted.has_platform_rules;
    victim_.demands_extended_master_secret = wanted.requires_extended_master_secret;
    victim_.demands_secure_renegotiation = wanted.requires_secure_renegotiation;
    // A fault right after the handshake comes unasked. To write first would be a race: which call meets it?
    victim_.listens_first = run.honesty == Honesty::Faulty && run.scenario->fault.step == Step::AfterHandshake;
  }

  void set_server(const Victim& wanted) {
    victim_.demands_certificate = wanted.demands_certificate;
    victim_.known_name = wanted.insists_on_names ? "known.lab.test" : nullptr;
    victim_.answer = answer_.c_str();
  }

  LabVictim victim_{};
  Credentials own_;
  std::string peer_name_;
  std::string psk_{kVictimPsk};
  std::string psk_identity_{kVictimPskIdentity};
  std::string answer_{kHttpOk};
  std::vector<SSLCipherSuite> suites_;
};

COutcome outcome_of(const LabEnding& ending) { return {ending.status, ending.text, {}}; }
COutcome failed(std::string problem) { return {errSecSuccess, {}, std::move(problem)}; }

/// Whether the peer came to its fault, where it has one.
void check(const CRun& run, const std::optional<Observed>& observed, COutcome& outcome) {
  const bool needs_fault = run.honesty == Honesty::Faulty && run.scenario->fault.step != Step::None;
  if (observed && needs_fault && !observed->fault_applied) outcome.problem = "the fault was never reached";
}

COutcome play_client(const CRun& run, const LabVictim& victim, PeerSetup setup) {
  auto peer = FaultyServer::start(std::move(setup.options), std::move(setup.fault), kPeerPatience);
  if (!peer) return failed(peer.error().detail);
  const net::Endpoint endpoint = loopback(peer->port());
  COutcome outcome;
  if (victim.type == kSSLDatagramType) {
    const auto socket = net::UdpSocket::connect(endpoint);
    if (!socket) return failed(socket.error().detail);
    outcome = outcome_of(lab_victim_talk(&victim, socket->native_handle()));
    peer->let_go();
    check(run, peer->next_observed(net::within(kObservation)), outcome);
    return outcome;
  }
  {
    const auto stream = net::TcpStream::connect({&endpoint, 1}, net::within(kObservation));
    if (!stream) return failed(stream.error().detail);
    outcome = outcome_of(lab_victim_talk(&victim, stream->native_handle()));
  }
  check(run, peer->next_observed(net::within(kObservation)), outcome);
  return outcome;
}

COutcome play_server(const CRun& run, const LabVictim& victim, const PeerSetup& setup) {
  auto listener = net::TcpListener::bind("127.0.0.1", 0);
  if (!listener) return failed(listener.error().detail);
  std::optional<Observed> observed;
  COutcome outcome;
  {
    std::jthread peer([&, endpoint = loopback(listener->local_port())] {
      auto seen = attack(endpoint, setup.options, setup.fault, net::within(kPeerPatience));
      if (seen) observed = *std::move(seen);
    });
    auto stream = listener->accept(net::within(kObservation));
    if (!stream) return failed(stream.error().detail);
    outcome = outcome_of(lab_victim_talk(&victim, stream->native_handle()));
    // What the peer still sends must not turn our end into a reset before it has read our alert.
    static_cast<void>(stream->shutdown_send());
    std::array<std::uint8_t, 4096> rest{};
    while (stream->read_some(rest, net::within(std::chrono::milliseconds(500)))) {
    }
  }
  check(run, observed, outcome);
  return outcome;
}

COutcome play_datagram_server(const CRun& run, const LabVictim& victim, const PeerSetup& setup) {
  std::uint16_t port = 0;
  const int socket = lab_bind_datagrams(&port);
  if (socket < 0) return failed("no port is left");
  std::optional<Observed> observed;
  std::jthread peer([&](const std::stop_token& stop) {
    auto seen = attack(loopback(port), setup.options, setup.fault, net::within(kPeerPatience), stop);
    if (seen) observed = *std::move(seen);
  });
  COutcome outcome = failed("no ClientHello came");
  if (lab_meet(socket, victim.patience)) outcome = outcome_of(lab_victim_talk(&victim, socket));
  peer.request_stop();
  peer.join();
  close(socket);
  check(run, observed, outcome);
  return outcome;
}

COutcome play_program(const CRun& run, Vault& vault) {
  const LabProgram* const program = lab_program(run.scenario->name.c_str());
  if (program == nullptr) return failed("there is no C program of that name");
  const Result<Credentials> server = vault.credentials(Credential::Good, Bearer::Server);
  const Result<Credentials> client = vault.credentials(Credential::Good, Bearer::Client);
  if (!server || !client) return failed("the lab has no certificates");
  const LabMaterial material{vault.root_pem().c_str(), pem_of(*server), pem_of(*client)};
  return {program->run(&material), {}, {}};
}

}  // namespace

std::string CRun::name() const {
  std::string text = scenario->name + (honesty == Honesty::Twin ? "'s twin" : "");
  if (version != 0) text += ", " + protocol_text(version);
  return text;
}

std::vector<CRun> all_runs() {
  std::vector<CRun> runs;
  for (const Scenario& scenario : scenarios()) {
    if (scenario.side == Side::Program) runs.push_back({&scenario});
    for (const std::uint16_t version : scenario.versions) {
      runs.push_back({&scenario, version});
      if (scenario.twin != Twin::None) runs.push_back({&scenario, version, Honesty::Twin});
    }
  }
  return runs;
}

COutcome play(const CRun& run, Vault& vault) {
  if (run.scenario->side == Side::Program) return play_program(run, vault);
  Result<PeerSetup> setup = set_up(*run.scenario, vault, run.version, run.honesty);
  if (!setup) return failed(setup.error().detail);
  const auto settings = Settings::of(run, vault);
  if (!settings) return failed(settings.error().detail);
  const LabVictim& victim = (*settings)->victim();
  if (victim.side == kSSLClientSide) return play_client(run, victim, *std::move(setup));
  return victim.type == kSSLDatagramType ? play_datagram_server(run, victim, *setup) : play_server(run, victim, *setup);
}

std::vector<COutcome> play_all(std::span<const CRun> runs, Vault& vault) {
  // Some runs only wait, so that more threads than cores are busy at once.
  const unsigned threads = std::clamp(std::thread::hardware_concurrency() * 4, 4U, 32U);
  std::vector<COutcome> outcomes(runs.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (std::size_t index = next++; index < runs.size(); index = next++) outcomes[index] = play(runs[index], vault);
    });
  }
  workers.clear();
  return outcomes;
}

}  // namespace securetransport::lab
