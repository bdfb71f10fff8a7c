// SPDX-License-Identifier: Apache-2.0
// One scenario, played: the lab's peer on one end of a socket, our engine on the other.
#include "cli/lab_run.hpp"

#include <fmt/format.h>

#include <array>
#include <semaphore>
#include <thread>

#include "cli/datagram_transport.hpp"
#include "cli/lab_programs.hpp"
#include "cli/stream_transport.hpp"
#include "lab/datagram_server.hpp"
#include "net/tcp_listener.hpp"

namespace securetransport::cli {
namespace {

constexpr auto kPeerPatience = std::chrono::seconds(12);
constexpr auto kObservation = std::chrono::seconds(5);
constexpr std::string_view kRequest = "GET / HTTP/1.0\r\n\r\n";

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

net::Endpoint loopback(std::uint16_t port) { return net::parse_address("127.0.0.1", port).value_or(net::Endpoint{}); }

/// One end of the connection, whatever carries it.
class Wire {
 public:
  Wire(StreamTransport& stream, net::Deadline deadline) : stream_(&stream), deadline_(deadline) {}
  Wire(DatagramTransport& datagrams, net::Deadline deadline) : datagrams_(&datagrams), deadline_(deadline) {}

  [[nodiscard]] Transport& transport() const {
    if (stream_ != nullptr) return *stream_;
    return *datagrams_;
  }

  /// The program's own judgement accepts everybody.
  [[nodiscard]] bool shake_hands(Session& session) const {
    for (;;) {
      const Result<Progress> done =
          stream_ != nullptr ? session.handshake() : cli::shake_hands(session, *datagrams_, deadline_);
      if (!done) return false;
      if (*done != Progress::PeerAuthCompleted) return *done == Progress::Done;
    }
  }

  void wait() const {
    if (datagrams_ != nullptr) datagrams_->wait_until(deadline_);
  }
  void never_wait() const {
    if (stream_ != nullptr) stream_->never_wait();
    if (datagrams_ != nullptr) datagrams_->never_wait();
  }

 private:
  StreamTransport* stream_ = nullptr;
  DatagramTransport* datagrams_ = nullptr;
  net::Deadline deadline_;
};

/// Reads to the end of the session. True if there was data.
bool read_to_end(Session& session, bool answers) {
  bool has_data = false;
  std::array<std::uint8_t, 4096> buffer{};
  for (;;) {
    const Result<Transfer> got = session.read(buffer);
    if (!got) return has_data;
    if (got->bytes == 0) return has_data;  // A pause: the transport waits, so that there is none to come.
    // A write that fails shows at the next read.
    if (!has_data && answers) static_cast<void>(session.write(as_bytes(lab::kHttpOk)));
    has_data = true;
  }
}

/// Everything after Session::client() or Session::server().
void converse(Session& session, const Wire& wire, const LabCase& played, CheckReport& report) {
  const lab::Scenario& scenario = *played.scenario;
  const bool is_client = scenario.side == lab::Side::Server;
  // A fault right after the handshake comes unasked. To write first would be a race: which call meets it?
  const bool listens_first = played.honesty == lab::Honesty::Faulty && scenario.fault.step == lab::Step::AfterHandshake;
  const bool is_connected = wire.shake_hands(session);
  take_from(session, report);
  if (!is_connected) return;
  wire.wait();
  if (is_client && scenario.victim.renegotiates) {
    const Result<Progress> again = session.renegotiate();
    take_from(session, report);
    if (!again) {
      report.code = again.error().code;
      return;
    }
  }
  if (is_client && !listens_first) static_cast<void>(session.write(as_bytes(kRequest)));
  const bool has_data = read_to_end(session, !is_client);
  const bool is_in_order = session.diagnosis().code == ResultCode::ClosedGraceful && has_data;
  // Data and an orderly end are what a good connection comes to.
  if (!is_in_order) take_from(session, report);
}

void run_session(Result<Session> made, const Wire& wire, LabRun& run) {
  if (!made) {
    run.report.code = made.error().code;
    run.report.diagnosis.code = made.error().code;
    run.report.diagnosis.detected_by = DetectedBy::Api;
    run.report.diagnosis.detail = made.error().detail;
    return;
  }
  Session session = std::move(made).value();
  converse(session, wire, run.played, run.report);
  wire.never_wait();
  static_cast<void>(session.close());
}

void play_client(const ClientConfig& config, lab::PeerSetup setup, LabRun& run) {
  auto peer = lab::FaultyServer::start(std::move(setup.options), std::move(setup.fault), kPeerPatience);
  if (!peer) {
    run.problem = peer.error().detail;
    return;
  }
  {
    const net::Deadline deadline = net::within(run.played.scenario->victim.patience);
    const net::Endpoint endpoint = loopback(peer->port());
    auto stream = net::TcpStream::connect({&endpoint, 1}, deadline);
    if (!stream) {
      run.problem = stream.error().detail;
      return;
    }
    run.report.port = peer->port();
    run.report.address = stream->peer().text();
    StreamTransport transport(*stream, deadline);
    run_session(Session::client(config, transport, run.report.time), Wire(transport, deadline), run);
  }
  run.observed = peer->next_observed(net::within(kObservation));
}

void play_datagram_client(const ClientConfig& config, lab::PeerSetup setup, LabRun& run) {
  auto peer = lab::FaultyServer::start(std::move(setup.options), std::move(setup.fault), kPeerPatience);
  if (!peer) {
    run.problem = peer.error().detail;
    return;
  }
  const net::Endpoint endpoint = loopback(peer->port());
  auto socket = net::UdpSocket::connect(endpoint);
  if (!socket) {
    run.problem = socket.error().detail;
    return;
  }
  run.report.port = peer->port();
  run.report.address = endpoint.text();
  net::SocketPipe pipe(*std::move(socket));
  DatagramTransport transport(pipe);
  const Wire wire(transport, net::within(run.played.scenario->victim.patience));
  run_session(Session::client(config, transport, run.report.time), wire, run);
  peer->let_go();
  run.observed = peer->next_observed(net::within(kObservation));
}

void play_datagram_server(const ServerConfig& config, const lab::PeerSetup& setup, LabRun& run) {
  auto ports = net::UdpPorts::open();
  const auto port = ports ? ports->bind("127.0.0.1", 0) : ports.error();
  if (!port) {
    run.problem = port.error().detail;
    return;
  }
  std::binary_semaphore is_over(0);
  const auto patience = run.played.scenario->victim.patience;
  run.report.address = loopback(*port).text();
  // The peer's ClientHello begins the only conversation.
  const auto serve = [&](lab::DatagramServer::Visit& visit, const std::stop_token&) {
    DatagramTransport transport(visit.pipe);
    run_session(Session::server(config, transport, run.report.time), Wire(transport, net::within(patience)), run);
    is_over.release();
  };
  const auto server = lab::DatagramServer::start(*std::move(ports), 1, serve);
  if (!server) {
    run.problem = server.error().detail;
    return;
  }
  std::jthread peer([&](const std::stop_token& stop) {
    auto seen = lab::attack(loopback(*port), setup.options, setup.fault, net::within(kPeerPatience), stop);
    if (seen) run.observed = *std::move(seen);
  });
  if (!is_over.try_acquire_for(patience + kObservation)) run.problem = "no ClientHello came";
  peer.request_stop();
  peer.join();
}

void play_server(const ServerConfig& config, const lab::PeerSetup& setup, LabRun& run) {
  auto listener = net::TcpListener::bind("127.0.0.1", 0);
  if (!listener) {
    run.problem = listener.error().detail;
    return;
  }
  std::jthread peer([&run, &setup, endpoint = loopback(listener->local_port())] {
    auto seen = lab::attack(endpoint, setup.options, setup.fault, net::within(kPeerPatience));
    if (seen) run.observed = *std::move(seen);
  });
  const net::Deadline deadline = net::within(run.played.scenario->victim.patience);
  auto stream = listener->accept(deadline);
  if (!stream) {
    run.problem = stream.error().detail;
    return;
  }
  run.report.address = stream->peer().text();
  StreamTransport transport(*stream, deadline);
  run_session(Session::server(config, transport, run.report.time), Wire(transport, deadline), run);
  // What the peer still sends must not turn our end into a reset before it has read our alert.
  static_cast<void>(stream->shutdown_send());
  std::array<std::uint8_t, 4096> rest{};
  while (stream->read_some(rest, net::within(std::chrono::milliseconds(500)))) {
  }
}

CheckReport empty_report(const LabCase& to_play) {
  CheckReport report;
  report.target = to_play.name();
  report.host = host_of(*to_play.scenario);
  report.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return report;
}

void play_connection(const LabMaterial& material, LabRun& run) {
  const lab::Scenario& scenario = *run.played.scenario;
  Result<lab::PeerSetup> setup = set_up(scenario, *material.vault, run.played.version, run.played.honesty);
  if (!setup) {
    run.problem = setup.error().detail;
    return;
  }
  const bool is_datagram = setup->options.is_datagram;
  if (scenario.side == lab::Side::Server) {
    const Result<ClientConfig> config = client_for(scenario, run.played.version, material);
    if (!config) {
      run.problem = config.error().detail;
      return;
    }
    if (is_datagram) return play_datagram_client(*config, *std::move(setup), run);
    return play_client(*config, *std::move(setup), run);
  }
  const Result<ServerConfig> config = server_for(scenario, run.played.version, material);
  if (!config) {
    run.problem = config.error().detail;
    return;
  }
  if (is_datagram) return play_datagram_server(*config, *setup, run);
  play_server(*config, *setup, run);
}

bool needs_fault(const LabCase& played) {
  return played.honesty == lab::Honesty::Faulty && played.scenario->fault.step != lab::Step::None;
}

}  // namespace

std::string LabCase::name() const {
  std::string text = scenario->name + (honesty == lab::Honesty::Twin ? "'s twin" : "");
  if (version != 0) text += fmt::format(", {}", lab::protocol_text(version));
  return text;
}

std::string LabRun::complaint() const {
  if (!problem.empty()) return fmt::format("{}: the lab failed: {}", played.name(), problem);
  if (report.code != played.expected()) {
    return fmt::format("{}: {} came where {} belongs: {}", played.name(), code_and_name(report),
                       symbol_of(played.expected()), reason_of(report));
  }
  if (observed && needs_fault(played) && !observed->fault_applied) {
    return fmt::format("{}: the fault was never reached{}", played.name(),
                       observed->problem.empty() ? "" : ": " + observed->problem);
  }
  return {};
}

bool LabRun::is_as_documented() const { return complaint().empty(); }

LabRun play(const LabCase& to_play, const LabMaterial& material) {
  LabRun run{to_play, empty_report(to_play), std::nullopt, {}};
  const auto start = std::chrono::steady_clock::now();
  if (to_play.scenario->side == lab::Side::Program) {
    run_program(material, run);
  } else {
    play_connection(material, run);
  }
  run.report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  return run;
}

std::vector<LabCase> all_cases() {
  std::vector<LabCase> cases;
  for (const lab::Scenario& scenario : lab::scenarios()) {
    if (scenario.side == lab::Side::Program) cases.push_back({&scenario});
    for (const std::uint16_t version : scenario.versions) cases.push_back({&scenario, version});
    if (scenario.twin == lab::Twin::None) continue;
    for (const std::uint16_t version : scenario.versions) cases.push_back({&scenario, version, lab::Honesty::Twin});
  }
  return cases;
}

}  // namespace securetransport::cli
