// SPDX-License-Identifier: Apache-2.0
// Checks one target: look it up, connect, shake hands, and keep everything there is to say about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/datagram_transport.hpp"
#include "cli/exit_code.hpp"
#include "net/target.hpp"
#include "net/tcp_stream.hpp"
#include "net/udp_socket.hpp"
#include "securetransport/core/diagnosis.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::cli {

/// What to do with one target.
struct CheckRequest {
  net::Target target;
  std::optional<net::Target> connect_to;                                   ///< Where TCP goes, if not to the target.
  ClientConfig config;                                                     ///< peer_name is filled in from the target.
  std::chrono::steady_clock::duration timeout = std::chrono::seconds(10);  ///< For everything together.
  std::optional<std::chrono::sys_seconds> time;  ///< When certificates must be valid; none: now.
};

/// What came of it. A value: independent of sockets and sessions.
struct CheckReport {
  std::string target;  ///< As the user wrote it: "host:443".
  std::string host;
  std::uint16_t port = 0;
  std::string address;             ///< Where TCP arrived: "192.0.2.1:443"; empty if nowhere.
  std::optional<ResultCode> code;  ///< None: something without a result code went wrong; see `problem`.
  std::string problem;             ///< Only without code: "unresolvable", "unreachable", "bad target", ...
  Diagnosis diagnosis;             ///< Without code, only `detail` and `phase` mean something.
  SessionInfo info;
  std::vector<Certificate> chain;    ///< As sent, leaf first.
  std::optional<TrustResult> trust;  ///< The judgement of it; none if it did not come to that.
  std::vector<std::string> acceptable_issuers;
  std::chrono::milliseconds duration{0};
  std::chrono::sys_seconds time;  ///< The moment at which certificates were judged.
  ExitCode exit = ExitCode::Internal;
};

/// Never throws for anything a target does. Blocks for at most the timeout. After a success in TLS 1.3 in which the
/// server asked for a certificate, at most one second of it goes into waiting for the server's verdict.
[[nodiscard]] CheckReport check_target(const CheckRequest& request);

/// The first half: looks up and connects. On failure the report is complete and there is no stream.
[[nodiscard]] std::optional<net::TcpStream> open_stream(const CheckRequest& request, net::Deadline deadline,
                                                        CheckReport& report);

/// The same for DTLS: looks up and takes a socket. Nothing is sent, so that whether anybody listens is not yet known.
[[nodiscard]] std::optional<net::UdpSocket> open_datagrams(const CheckRequest& request, net::Deadline deadline,
                                                           CheckReport& report);

/// The handshake over it, and what came of it, which may be that nothing listens there.
[[nodiscard]] bool shake_hands(Session& session, DatagramTransport& transport, net::Deadline deadline,
                               CheckReport& report);

/// A report about a request to which nothing has happened yet.
[[nodiscard]] CheckReport report_of(const CheckRequest& request);

/// Copies what a session knows of itself into the report.
void take_from(const Session& session, CheckReport& report);

/// The report of a text that names no target.
[[nodiscard]] CheckReport report_of_bad_target(std::string_view text, std::string_view reason);

/// The first line about a report: "-9814 errSSLCertExpired", "- unresolvable".
[[nodiscard]] std::string code_and_name(const CheckReport& report);

/// What is wrong with a certificate, fit to stand alone: where the detail says "it", the certificate is named.
[[nodiscard]] std::string sentence_of(const Violation& violation);

/// One phrase about the outcome, fit for a table.
[[nodiscard]] std::string reason_of(const CheckReport& report);

/// What was negotiated, in one line: "TLS 1.3, TLS_AES_128_GCM_SHA256, x25519"; empty if nothing was.
[[nodiscard]] std::string negotiated(const SessionInfo& info);

/// One remedy and who can apply it.
struct Remedy {
  std::string_view side;  ///< "server" or "client".
  std::string_view text;
};

/// What the explanation of the code advises to a client that saw it, the server's part first; at most six items.
[[nodiscard]] std::vector<Remedy> remedies_of(const CheckReport& report);

}  // namespace securetransport::cli
