// SPDX-License-Identifier: Apache-2.0
// Sessions beside plain OpenSSL with equal settings: handshakes, records, and what a new session costs.
// Compare "ours" and "plain" of one run; run with --benchmark_repetitions=9
// --benchmark_enable_random_interleaving=true.
#include <benchmark/benchmark.h>

#include <stdexcept>
#include <vector>

#include "lab/pki.hpp"
#include "memory_pipe.hpp"
#include "plain_pair.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::bench {
namespace {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

Setup make_setup(bool is_tls13) {
  const lab::Pki pki = value_of(lab::Pki::make("Bench"));
  const lab::Issued leaf = value_of(pki.issue_server("localhost"));
  return {is_tls13, pki.root.certificate_pem, pki.chain_pem(leaf), leaf.key_pem};
}

void set_up(SessionConfig& config, const Setup& setup) {
  const ProtocolVersion version = setup.is_tls13 ? ProtocolVersion::Tls13 : ProtocolVersion::Tls12;
  config.versions = {version, version};
  config.cipher_suites = {CipherSuite{0x1301}, CipherSuite{0xC02B}};
  config.groups = {NamedGroup{0x001D}, NamedGroup{0x0017}};
  config.signature_algorithms = {SignatureScheme{0x0403}, SignatureScheme{0x0804}};
  config.roots = RootStore::of(value_of(Certificate::from_pem(setup.root_pem)));
}

struct OurConfigs {
  ClientConfig client;
  ServerConfig server;

  explicit OurConfigs(const Setup& setup) {
    set_up(client, setup);
    set_up(server, setup);
    client.peer_name = "localhost";
    client.request_ocsp_staple = false;
    server.identities = {value_of(Identity::from_pem(setup.chain_pem, setup.key_pem))};
  }
};

class PipeTransport final : public Transport {
 public:
  PipeTransport(MemoryPipe& in, MemoryPipe& out) noexcept : in_(in), out_(out) {}

  IoResult read(std::span<std::uint8_t> buffer) noexcept override {
    const std::size_t moved = in_.take(buffer);
    return {moved, moved == buffer.size() ? IoStatus::Ok : IoStatus::WouldBlock};
  }

  IoResult write(std::span<const std::uint8_t> bytes) noexcept override {
    out_.put(bytes);
    return {bytes.size(), IoStatus::Ok};
  }

 private:
  MemoryPipe& in_;
  MemoryPipe& out_;
};

/// Ours, with the same pipes and the same calls as PlainPair.
class OurPair {
 public:
  explicit OurPair(const OurConfigs& configs)
      : client_(value_of(Session::client(configs.client, client_wire_, lab::now()))),
        server_(value_of(Session::server(configs.server, server_wire_, lab::now()))) {}
  OurPair(const OurPair&) = delete;
  OurPair& operator=(const OurPair&) = delete;

  [[nodiscard]] bool handshake() {
    constexpr int kMostRounds = 6;
    for (int round = 0; round < kMostRounds; ++round) {
      const Result<Progress> client = client_.handshake();
      const Result<Progress> server = server_.handshake();
      if (client && server && *client == Progress::Done && *server == Progress::Done) return true;
    }
    return false;
  }

  [[nodiscard]] bool carry(std::span<const std::uint8_t> data, std::span<std::uint8_t> buffer) {
    if (!client_.write(data)) return false;
    const Result<Transfer> got = server_.read(buffer);
    return got && got->bytes == data.size();
  }

 private:
  MemoryPipe to_server_;
  MemoryPipe to_client_;
  PipeTransport client_wire_{to_client_, to_server_};
  PipeTransport server_wire_{to_server_, to_client_};
  Session client_;
  Session server_;
};

template <class Pair, class Shared>
void handshakes(benchmark::State& state, bool is_tls13) {
  const Shared shared(make_setup(is_tls13));
  for (auto _ : state) {
    Pair pair(shared);
    if (!pair.handshake()) return state.SkipWithError("no handshake");
  }
}

template <class Pair, class Shared>
void records(benchmark::State& state, std::size_t size) {
  const Shared shared(make_setup(true));
  Pair pair(shared);
  if (!pair.handshake()) return state.SkipWithError("no handshake");
  const std::vector<std::uint8_t> data(size, 0x5a);
  std::vector<std::uint8_t> buffer(size);
  for (auto _ : state) {
    if (!pair.carry(data, buffer)) return state.SkipWithError("no data");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

/// A session with the system's roots, once they are loaded. SSL_CERT_FILE may name other ones.
void new_client_session(benchmark::State& state) {
  MemoryPipe pipe;
  PipeTransport wire(pipe, pipe);
  ClientConfig config;
  config.peer_name = "localhost";
  value_of(Session::client(config, wire, lab::now()));
  for (auto _ : state) benchmark::DoNotOptimize(value_of(Session::client(config, wire, lab::now())));
}

constexpr auto kOurHandshakes = handshakes<OurPair, OurConfigs>;
constexpr auto kPlainHandshakes = handshakes<PlainPair, PlainContexts>;
constexpr auto kOurRecords = records<OurPair, OurConfigs>;
constexpr auto kPlainRecords = records<PlainPair, PlainContexts>;

void register_all() {
  using benchmark::RegisterBenchmark;
  RegisterBenchmark("new_client_session", new_client_session)->Unit(benchmark::kMicrosecond);
  RegisterBenchmark("handshake_tls13/ours", kOurHandshakes, true)->Unit(benchmark::kMicrosecond);
  RegisterBenchmark("handshake_tls13/plain", kPlainHandshakes, true)->Unit(benchmark::kMicrosecond);
  RegisterBenchmark("handshake_tls12/ours", kOurHandshakes, false)->Unit(benchmark::kMicrosecond);
  RegisterBenchmark("handshake_tls12/plain", kPlainHandshakes, false)->Unit(benchmark::kMicrosecond);
  RegisterBenchmark("records_16k/ours", kOurRecords, std::size_t{16384});
  RegisterBenchmark("records_16k/plain", kPlainRecords, std::size_t{16384});
  RegisterBenchmark("records_1k/ours", kOurRecords, std::size_t{1024});
  RegisterBenchmark("records_1k/plain", kPlainRecords, std::size_t{1024});
}

}  // namespace
}  // namespace securetransport::bench

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  securetransport::bench::register_all();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
