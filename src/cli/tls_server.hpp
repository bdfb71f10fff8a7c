// SPDX-License-Identifier: Apache-2.0
// A small TLS server for tests: accepts, shakes hands, echoes or answers HTTP, one thread a connection.
#pragma once

#include <condition_variable>
#include <list>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "cli/exit_code.hpp"
#include "net/tcp_listener.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::cli {

enum class Service : std::uint8_t { Echo, Http };

/// How a server behaves, beside its TLS settings.
struct ServerOptions {
  ServerConfig config;
  Service service = Service::Echo;
  bool is_once = false;  ///< Serve one connection, then end.
};

class TlsServer {
 public:
  /// Borrows the listener.
  TlsServer(net::TcpListener& listener, const ServerOptions& options) : listener_(listener), options_(options) {}

  /// Serves until stop(), or once. Says on standard error how each handshake went. With is_once, the exit code says
  /// it too.
  [[nodiscard]] ExitCode run();

  /// Ends run() soon: no new connections, and those that are open see their end. For any thread.
  void stop() noexcept;

 private:
  using Threads = std::list<std::jthread>;

  [[nodiscard]] bool wait_for_room();
  void start_thread(net::TcpStream stream);
  void serve(net::TcpStream& stream);

  net::TcpListener& listener_;
  const ServerOptions& options_;
  Threads threads_;  ///< Touched by run() alone; the most there are at once is bounded.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Threads::iterator> finished_;  ///< Threads that only need to be joined.
  std::set<net::TcpStream*> open_;           ///< Borrowed from the threads that serve them.
  bool is_stopping_ = false;
  ExitCode last_ = ExitCode::Ok;
};

}  // namespace securetransport::cli
