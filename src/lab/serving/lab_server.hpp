// SPDX-License-Identifier: Apache-2.0
// Every server scenario at once: one port each, and one port for all of them by server name; TCP for TLS, UDP for DTLS.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lab/scenarios/scenario.hpp"
#include "net/error.hpp"

namespace securetransport::lab {

struct LabServerOptions {
  std::string address = "127.0.0.1";  ///< Numeric.
  std::uint16_t name_port = 0;        ///< Of the server names, TCP and UDP; 0 takes any free ones.
  std::uint16_t first_port = 0;       ///< Of the ports of single scenarios, in their order; 0 takes any free ones.
  std::size_t workers = 96;           ///< Connections that are served at once; others wait.
  std::size_t datagram_workers = 32;  ///< Likewise over UDP, where others have to come again.
  std::chrono::milliseconds patience = std::chrono::seconds(10);  ///< For each connection.
};

/// Serves until destroyed. Move-only; members are thread-safe but moving and destroying.
///
/// A client that offers TLS 1.3 meets a scenario in 1.3 if it exists there. On the port of the names, one that asks for
/// NAME.lab.test meets that scenario, one that asks for nothing meets the good server, and one that asks for another
/// name gets unrecognized_name(112).
class LabServer {
 public:
  struct Served {
    const Scenario* scenario;  ///< Never null.
    std::uint16_t port;        ///< TCP; 0: it runs over datagrams only.
    std::uint16_t udp_port;    ///< 0: it does not run over datagrams.
  };

  /// Makes the certificates first. Errors of TcpListener::bind(); Other: a certificate or a thread cannot be made.
  [[nodiscard]] static net::NetResult<LabServer> start(Vault& vault, const LabServerOptions& options);

  LabServer(LabServer&&) noexcept;
  LabServer& operator=(LabServer&&) noexcept;
  ~LabServer();

  [[nodiscard]] std::uint16_t name_port() const noexcept;
  [[nodiscard]] std::uint16_t name_udp_port() const noexcept;
  [[nodiscard]] const std::vector<Served>& served() const noexcept;  ///< In the order of the table.
  [[nodiscard]] std::uint64_t connections() const noexcept;          ///< Ended so far, over both.

 private:
  struct Impl;
  explicit LabServer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport::lab
