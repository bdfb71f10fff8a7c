// SPDX-License-Identifier: Apache-2.0
// Our session on a TCP connection: every call waits until it is done, for ten seconds at most.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/stream_transport.hpp"
#include "interop/pem_files.hpp"
#include "net/tcp_listener.hpp"
#include "net/tcp_stream.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::interop {

/// A client that expects the server of PemFiles::shared() and offers "h2" and "http/1.1".
[[nodiscard]] ClientConfig client_config();

/// A server with a certificate of PemFiles::shared() that knows "http/1.1".
[[nodiscard]] ServerConfig server_config(lab::KeyKind key = lab::KeyKind::P256);

/// Restricts either to this version, and adds the suites that the old ones need.
void use_version(SessionConfig& config, ProtocolVersion version);

/// One session with its connection. Every failure ends up in the code that a call returns.
class OurSide {
 public:
  OurSide(net::TcpStream stream, const ClientConfig& config);
  OurSide(net::TcpStream stream, const ServerConfig& config);
  OurSide(const OurSide&) = delete;
  OurSide& operator=(const OurSide&) = delete;

  [[nodiscard]] ResultCode handshake();
  [[nodiscard]] ResultCode send(std::string_view data);
  [[nodiscard]] ResultCode close();

  /// What comes until there are `count` bytes or the session fails.
  [[nodiscard]] std::string receive(std::size_t count);

  /// What comes until `mark` has come (and perhaps more) or the session fails.
  [[nodiscard]] std::string receive_through(std::string_view mark);

  /// Reads until the session fails or ends, and returns why.
  [[nodiscard]] ResultCode receive_end();

  [[nodiscard]] const std::string& detail() const { return session_.diagnosis().detail; }
  [[nodiscard]] Session& session() noexcept { return session_; }
  [[nodiscard]] cli::StreamTransport& transport() noexcept { return transport_; }
  [[nodiscard]] net::TcpStream& stream() noexcept { return stream_; }

  /// Whether any read returned success without a byte, which none may.
  [[nodiscard]] bool saw_empty_success() const noexcept { return saw_empty_success_; }

 private:
  ResultCode read_some(std::string& received);
  void extend();

  net::TcpStream stream_;
  cli::StreamTransport transport_;
  Session session_;
  bool saw_empty_success_ = false;
};

/// Listens on a free port of 127.0.0.1.
[[nodiscard]] net::TcpListener listen();

/// Text of this length without line breaks, different for different seeds.
[[nodiscard]] std::string some_text(std::size_t size, unsigned seed);

}  // namespace securetransport::interop
