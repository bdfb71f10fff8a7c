// SPDX-License-Identifier: Apache-2.0
// Other makers' TLS clients, started for one test each.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "interop/pem_files.hpp"
#include "securetransport/core/alert.hpp"
#include "securetransport/tls/protocol.hpp"
#include "support/child_process.hpp"

namespace securetransport::interop {

enum class ClientMaker : std::uint8_t { OpensslClient, GnutlsClient, Curl };

struct ClientSpec {
  ClientMaker maker = ClientMaker::OpensslClient;
  ProtocolVersion version = ProtocolVersion::Tls13;
  lab::KeyKind key = lab::KeyKind::P256;         ///< Of the server, and of the client's certificate if it sends one.
  std::optional<Credentials> credentials = {};   ///< Sent if the server asks.
  std::optional<std::string> trusted_file = {};  ///< None: the root of PemFiles::shared().
  std::string body_file = {};                    ///< curl: what it sends with POST; empty: a GET.
  std::vector<std::string> extra = {};           ///< More arguments.
};

void PrintTo(const ClientSpec& spec, std::ostream* out);

/// "GnutlsClientTls13Ecdsa": fit for the name of a test.
[[nodiscard]] std::string name_of(const ClientSpec& spec);

/// A client on its way to 127.0.0.1 that expects "localhost", speaks only the version asked for and offers the
/// protocol "http/1.1". openssl and gnutls join the connection with their own input and output; curl makes one
/// request and writes the answer's body to its output.
class ClientProgram {
 public:
  ClientProgram(const ClientSpec& spec, std::uint16_t port);

  /// Waits until the log shows that this alert came; false after ten seconds without it.
  [[nodiscard]] bool received(Alert alert) const;

  /// Waits until one line of the log has all of these in this order; false after ten seconds.
  [[nodiscard]] bool logged(const std::vector<std::string>& parts) const;

  [[nodiscard]] test::ChildProcess& process() noexcept { return *process_; }
  [[nodiscard]] std::string story() const;

 private:
  [[nodiscard]] std::string log() const;
  [[nodiscard]] std::vector<std::string> openssl_words(const std::string& port) const;
  [[nodiscard]] std::vector<std::string> gnutls_words(const std::string& port) const;
  [[nodiscard]] std::vector<std::string> curl_words(const std::string& port) const;

  ClientSpec spec_;
  TempFolder folder_;
  std::unique_ptr<test::ChildProcess> process_;
};

}  // namespace securetransport::interop
