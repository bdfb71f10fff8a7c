// SPDX-License-Identifier: Apache-2.0
// Other makers' TLS servers, started for one test each.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "interop/pem_files.hpp"
#include "net/tcp_stream.hpp"
#include "securetransport/core/alert.hpp"
#include "securetransport/tls/protocol.hpp"
#include "support/child_process.hpp"

namespace securetransport::interop {

enum class Maker : std::uint8_t { OpensslServer, GnutlsServer, Nginx };

/// What the server does with a connection.
enum class Service : std::uint8_t {
  Lines,  ///< Answers each line: openssl reversed, gnutls as it came. Not nginx.
  Http,   ///< Answers one GET and closes. nginx also stores what is PUT.
  Pipe,   ///< openssl only: joins the connection with the program's own input and output.
};

struct ServerSpec {
  Maker maker = Maker::OpensslServer;
  ProtocolVersion version = ProtocolVersion::Tls13;
  lab::KeyKind key = lab::KeyKind::P256;
  Service service = Service::Lines;
  bool demands_client_certificate = false;
  std::optional<Credentials> credentials = {};  ///< None: a good certificate for "localhost".
  std::vector<std::string> extra = {};          ///< More arguments; for nginx, directives. The last one wins.
};

void PrintTo(const ServerSpec& spec, std::ostream* out);

/// "OpensslServerTls12Rsa": fit for the name of a test.
[[nodiscard]] std::string name_of(const ServerSpec& spec);

/// A running server that speaks only the version asked for, knows the protocol "http/1.1" and can be reached once
/// connect() has returned. It keeps a log of alerts.
class ServerProgram {
 public:
  explicit ServerProgram(const ServerSpec& spec);

  /// Connects as soon as the server listens; moves it to another port if it found its own taken. Throws
  /// std::runtime_error with the program's own words if there is nothing to connect to.
  [[nodiscard]] net::TcpStream connect();

  /// Waits until the log shows that this alert came; false after ten seconds without it. nginx does not log
  /// close_notify.
  [[nodiscard]] bool received(Alert alert) const;

  /// Waits until the log shows that the client refused the server's certificate with this alert. GnuTLS in TLS 1.3
  /// can only show that something came: OpenSSL, and so we, send a client's alerts in the clear until its own Finished,
  /// and GnuTLS wants them encrypted.
  [[nodiscard]] bool was_refused_with(Alert alert) const;

  /// Waits until one line of the log has all of these in this order; false after ten seconds.
  [[nodiscard]] bool logged(const std::vector<std::string>& parts) const;

  /// What nginx stored under this name.
  [[nodiscard]] std::string stored(const std::string& name) const;

  [[nodiscard]] test::ChildProcess& process() noexcept { return *process_; }
  [[nodiscard]] std::string story() const;

 private:
  void start();
  [[nodiscard]] std::string log() const;
  [[nodiscard]] std::vector<std::string> openssl_words() const;
  [[nodiscard]] std::vector<std::string> gnutls_words() const;
  [[nodiscard]] std::vector<std::string> nginx_words() const;

  ServerSpec spec_;
  Credentials credentials_;
  TempFolder folder_;
  std::uint16_t port_ = 0;
  std::unique_ptr<test::ChildProcess> process_;
};

}  // namespace securetransport::interop
