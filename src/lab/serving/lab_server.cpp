// SPDX-License-Identifier: Apache-2.0
// A thread for each port that accepts, and a fixed number of workers that play.
#include "lab/serving/lab_server.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

#include "lab/datagram_server.hpp"
#include "lab/scenarios/setup.hpp"
#include "lab/serving/peek_hello.hpp"
#include "net/tcp_listener.hpp"

namespace securetransport::lab {
namespace {

constexpr std::string_view kDomain = ".lab.test";
constexpr auto kOutOfDescriptors = std::chrono::milliseconds(20);
constexpr std::uint8_t kUnrecognizedName = 112;

/// The peers of one scenario, by version, the newest last.
using Setups = std::map<std::uint16_t, PeerSetup>;

struct Job {
  net::TcpStream stream;
  const Scenario* scenario;  ///< Null: by server name.
};

PeerSetup unknown_name(PeerSetup setup) {
  setup.fault = {
      .step = Step::ServerHello, .action = Action::SendAlert, .number = kUnrecognizedName, .then = Then::Close};
  return setup;
}

const PeerSetup& setup_for(const Setups& setups, bool offers_13) {
  const auto newest = std::prev(setups.end());
  const bool can_13 = newest->first < kTls13 || offers_13 || setups.size() == 1;
  return can_13 ? newest->second : setups.begin()->second;
}

}  // namespace

struct LabServer::Impl {
  ~Impl() {
    stop.request_stop();
    for (net::TcpListener& listener : listeners) listener.close();
    changed.notify_all();
  }

  net::NetResult<std::uint16_t> listen(std::uint16_t port, const Scenario* scenario) {
    auto listener = net::TcpListener::bind(options.address, port);
    if (!listener) return std::move(listener).error();
    const std::uint16_t bound = listener->local_port();
    listeners.push_back(*std::move(listener));
    meant.push_back(scenario);
    return bound;
  }

  void start_threads() {
    for (std::size_t i = 0; i < options.workers; ++i) threads.emplace_back([this] { work(); });
    for (std::size_t i = 0; i < listeners.size(); ++i) {
      threads.emplace_back([this, i] { accept_all(listeners[i], meant[i]); });
    }
  }

  void accept_all(net::TcpListener& listener, const Scenario* scenario) {
    while (!stop.stop_requested()) {
      auto stream = listener.accept(net::kNever);
      if (!stream && stream.error().what == net::NetError::Closed) return;
      if (!stream) {
        std::this_thread::sleep_for(kOutOfDescriptors);
        continue;
      }
      std::unique_lock lock(mutex);
      changed.wait(lock, stop.get_token(), [this] { return jobs.size() < options.workers; });
      if (stop.stop_requested()) return;
      jobs.push_back({*std::move(stream), scenario});
      changed.notify_all();
    }
  }

  void work() {
    for (;;) {
      std::optional<Job> job;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, stop.get_token(), [this] { return !jobs.empty(); });
        if (stop.stop_requested()) return;
        job = std::move(jobs.front());
        jobs.pop_front();
      }
      changed.notify_all();
      serve(*job);
      job.reset();
      ++ended;
    }
  }

  void serve(Job& job) {
    const net::Deadline deadline = net::within(options.patience);
    const std::stop_token token = stop.get_token();
    const bool can_wait = job.scenario == nullptr || job.scenario->fault.step != Step::BeforeAnything;
    const std::optional<PeekedHello> hello = can_wait ? peek_hello(job.stream, deadline, token) : std::nullopt;
    const bool offers_13 = !can_wait || (hello && hello->offers_13);
    const Scenario* const scenario = job.scenario != nullptr ? job.scenario : named(hello, setups);
    PeerSetup setup = setup_for(setups.at(scenario != nullptr ? scenario : good), offers_13);
    if (scenario == nullptr) setup = unknown_name(std::move(setup));
    static_cast<void>(play_server(job.stream, setup.options, setup.fault, deadline, token));
  }

  void serve_datagrams(DatagramServer::Visit& visit, const std::stop_token& token) const {
    const bool by_name = visit.port == 0;
    const Scenario* const scenario =
        by_name ? named(peek_hello(visit.first), datagram_setups) : datagram_meant[visit.port - 1];
    PeerSetup setup = datagram_setups.at(scenario != nullptr ? scenario : good);
    if (scenario == nullptr) setup = unknown_name(std::move(setup));
    static_cast<void>(play_server(visit.pipe, setup.options, setup.fault, net::within(options.patience), token));
  }

  /// Null: a name that does not exist.
  template <class Known>
  [[nodiscard]] const Scenario* named(const std::optional<PeekedHello>& hello, const Known& known) const {
    if (!hello || hello->server_name.empty()) return good;
    std::string_view name = hello->server_name;
    if (!name.ends_with(kDomain)) return nullptr;
    name.remove_suffix(kDomain.size());
    const Scenario* const found = find_scenario(name);
    return found != nullptr && known.contains(found) ? found : nullptr;
  }

  LabServerOptions options;
  const Scenario* good = nullptr;
  std::map<const Scenario*, Setups> setups;
  std::map<const Scenario*, PeerSetup> datagram_setups;
  std::vector<const Scenario*> datagram_meant;  ///< By UDP port, after that of the names.
  std::vector<Served> served;
  std::uint16_t name_port = 0;
  std::atomic<std::uint64_t> ended = 0;

  std::vector<net::TcpListener> listeners;
  std::vector<const Scenario*> meant;  ///< By listener.
  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Job> jobs;
  std::stop_source stop;
  // Last: they use all of the above until they are joined.
  std::vector<std::jthread> threads;
  std::optional<DatagramServer> datagrams;
};

LabServer::LabServer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
LabServer::LabServer(LabServer&&) noexcept = default;
LabServer& LabServer::operator=(LabServer&&) noexcept = default;
LabServer::~LabServer() = default;

net::NetResult<LabServer> LabServer::start(Vault& vault, const LabServerOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->good = find_scenario("good");
  auto name_port = impl->listen(options.name_port, nullptr);
  if (!name_port) return std::move(name_port).error();
  impl->name_port = *name_port;
  auto ports = net::UdpPorts::open();
  if (!ports) return std::move(ports).error();
  // The same number as for TCP, if that is free.
  auto name_udp_port = ports->bind(options.address, *name_port);
  if (!name_udp_port && options.name_port == 0) name_udp_port = ports->bind(options.address, 0);
  if (!name_udp_port) return std::move(name_udp_port).error();
  std::uint16_t next_port = options.first_port;
  for (const Scenario& scenario : scenarios()) {
    if (scenario.side != Side::Server) continue;
    for (const std::uint16_t version : scenario.versions) {
      Result<PeerSetup> setup = set_up(scenario, vault, version);
      if (!setup) return net::NetFailure{net::NetError::Other, scenario.name + ": " + setup.error().detail};
      if (setup->options.is_datagram) {
        impl->datagram_setups.emplace(&scenario, *std::move(setup));
      } else {
        impl->setups[&scenario].emplace(version, *std::move(setup));
      }
    }
    Served row{&scenario, 0, 0};
    if (impl->setups.contains(&scenario)) {
      auto port = impl->listen(next_port, &scenario);
      if (!port) return std::move(port).error();
      row.port = *port;
    }
    if (impl->datagram_setups.contains(&scenario)) {
      auto port = ports->bind(options.address, next_port);
      if (!port) return std::move(port).error();
      row.udp_port = *port;
      impl->datagram_meant.push_back(&scenario);
    }
    impl->served.push_back(row);
    if (next_port != 0) ++next_port;
  }
  try {
    impl->start_threads();
  } catch (const std::system_error& failure) {
    return net::NetFailure{net::NetError::Other, std::string("starting a thread: ") + failure.what()};
  }
  auto datagrams = DatagramServer::start(*std::move(ports), options.datagram_workers,
                                         [&shared = *impl](DatagramServer::Visit& visit, const std::stop_token& stop) {
                                           shared.serve_datagrams(visit, stop);
                                         });
  if (!datagrams) return std::move(datagrams).error();
  impl->datagrams = *std::move(datagrams);
  return LabServer(std::move(impl));
}

std::uint16_t LabServer::name_port() const noexcept { return impl_->name_port; }
std::uint16_t LabServer::name_udp_port() const noexcept { return impl_->datagrams->port(0); }
const std::vector<LabServer::Served>& LabServer::served() const noexcept { return impl_->served; }
std::uint64_t LabServer::connections() const noexcept { return impl_->ended + impl_->datagrams->conversations(); }

}  // namespace securetransport::lab
