// SPDX-License-Identifier: Apache-2.0
// A client and a server session that talk through memory.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "securetransport/tls/buffer_transport.hpp"
#include "securetransport/tls/session.hpp"
#include "support/test_certificates.hpp"

namespace securetransport {

// GoogleTest prints values through these: a failing test must name the code.
inline void PrintTo(ResultCode code, std::ostream* out) { *out << symbol_of(code); }
inline void PrintTo(Phase phase, std::ostream* out) { *out << to_string(phase); }
inline void PrintTo(Alert alert, std::ostream* out) { *out << describe(alert); }
inline void PrintTo(Progress progress, std::ostream* out) {
  *out << "Progress::" << static_cast<int>(progress) << " (" << symbol_of(result_of(progress)) << ")";
}

}  // namespace securetransport

namespace securetransport::test {

/// A root, and identities below it.
struct TestPki {
  TestCertificate root = self_signed(root_spec());
  TestCertificate intermediate = issued_by(root, intermediate_spec());

  [[nodiscard]] std::shared_ptr<const RootStore> roots() const {
    return RootStore::of(Certificate::from_pem(root.pem()).value());
  }
  [[nodiscard]] Identity identity(const CertificateSpec& spec) const {
    const TestCertificate leaf = issued_by(intermediate, spec);
    return Identity::from_pem(leaf.pem() + intermediate.pem(), key_pem(leaf.key)).value();
  }
  [[nodiscard]] Identity server(std::vector<std::string> names = {"DNS:www.example.com"}) const {
    return identity(leaf_spec(std::move(names)));
  }
  [[nodiscard]] Identity client() const {
    CertificateSpec spec = leaf_spec({});
    spec.subject = "a client";
    spec.extended_key_usage = "clientAuth";
    return identity(spec);
  }
};

inline ClientConfig client_config(const TestPki& pki) {
  ClientConfig config;
  config.peer_name = "www.example.com";
  config.roots = pki.roots();
  return config;
}

inline ServerConfig server_config(const TestPki& pki) {
  ServerConfig config;
  config.identities = {pki.server()};
  config.roots = pki.roots();
  return config;
}

/// The result of a call in one word: a code, or the code of the progress.
template <class T>
ResultCode code_of(const Result<T>& result) {
  if (!result) return result.error().code;
  if constexpr (std::is_same_v<T, Progress>) {
    return result_of(*result);
  } else {
    return result_of(result->progress);
  }
}

struct SessionPair {
  BufferTransport client_wire;
  BufferTransport server_wire;
  Session client;
  Session server;

  SessionPair(const ClientConfig& client_config, const ServerConfig& server_config, std::chrono::sys_seconds now = kNow)
      : client(Session::client(client_config, client_wire, now).value()),
        server(Session::server(server_config, server_wire, now).value()) {}

  /// Moves what each side has written to the other.
  void exchange() {
    server_wire.feed(client_wire.take());
    client_wire.feed(server_wire.take());
  }

  /// Drives both sides until neither makes progress; returns the last codes.
  struct Outcome {
    ResultCode client;
    ResultCode server;
  };
  Outcome handshake() {
    Outcome outcome{ResultCode::WouldBlock, ResultCode::WouldBlock};
    for (int round = 0; round < 12; ++round) {
      if (outcome.client == ResultCode::WouldBlock) outcome.client = code_of(client.handshake());
      exchange();
      if (outcome.server == ResultCode::WouldBlock) outcome.server = code_of(server.handshake());
      exchange();
    }
    return outcome;
  }
};

inline std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace securetransport::test
