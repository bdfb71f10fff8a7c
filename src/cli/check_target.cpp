// SPDX-License-Identifier: Apache-2.0
// Checks one target: look it up, connect, shake hands, and keep everything there is to say about it.
#include "cli/check_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/stream_transport.hpp"
#include "cli/terminal.hpp"
#include "net/resolver.hpp"
#include "net/tcp_stream.hpp"
#include "securetransport/core/explanation.hpp"

namespace securetransport::cli {
namespace {

using std::chrono::steady_clock;

constexpr auto kVerdictTime = std::chrono::seconds(1);

/// TCP has no session and so no diagnosis of its own; this makes one. Only three kinds have a result code.
void fail_before_tls(CheckReport& report, const net::NetFailure& failure) {
  report.exit = ExitCode::Unavailable;
  report.diagnosis.phase = Phase::Tcp;
  report.diagnosis.detected_by = DetectedBy::Transport;
  report.diagnosis.detail = failure.detail;
  switch (failure.what) {
    case net::NetError::Refused: report.code = ResultCode::ConnectionRefused; break;
    case net::NetError::TimedOut: report.code = ResultCode::NetworkTimeout; break;
    case net::NetError::Reset: report.code = ResultCode::TransportReset; break;
    case net::NetError::Unresolvable: report.problem = "unresolvable"; break;
    case net::NetError::Unreachable: report.problem = "unreachable"; break;
    case net::NetError::BadTarget:
    case net::NetError::EndOfStream:
    case net::NetError::Closed:
    case net::NetError::Other: report.problem = "not connected"; break;
  }
  if (report.code) report.diagnosis.code = *report.code;
}

/// In TLS 1.3 the client is done before the server has judged its certificate, or its lack of one, so a refusal
/// arrives as the first thing after the handshake (RFC 8446 section 4.4.2.4). A ticket, data or silence means consent.
bool is_refused_afterwards(Session& session, StreamTransport& transport, net::TcpStream& stream,
                           net::Deadline deadline) {
  if (!stream.wait_readable(std::min(net::within(kVerdictTime), deadline))) return false;
  std::array<std::uint8_t, 4096> buffer{};
  transport.never_wait();
  return !session.read(buffer);
}

/// Says in a note what became of the server's wish for a client certificate.
void await_verdict(Session& session, StreamTransport& transport, net::TcpStream& stream, net::Deadline deadline,
                   CheckReport& report) {
  const SessionInfo info = session.info();
  if (!info.client_certificate_requested) return;
  const bool is_late = info.version == ProtocolVersion::Tls13;
  const bool is_refused = is_late && is_refused_afterwards(session, transport, stream, deadline);
  take_from(session, report);
  if (is_refused) return;
  report.diagnosis.notes.emplace_back(info.client_certificate_sent
                                          ? "The server asked for a client certificate, got one, and did not object."
                                          : "The server asked for a client certificate, got none, and went on.");
}

void fail_before_session(CheckReport& report, const Error& error) {
  report.code = error.code;
  report.diagnosis.code = error.code;
  report.diagnosis.detail = error.detail;
  report.exit = error.code == ResultCode::Internal ? ExitCode::Internal : ExitCode::Usage;
}

void shake_hands(const CheckRequest& request, net::TcpStream& stream, net::Deadline deadline, CheckReport& report) {
  ClientConfig config = request.config;
  config.peer_name = request.target.host;
  StreamTransport transport(stream, deadline);
  Result<Session> made = Session::client(config, transport, report.time);
  if (!made) return fail_before_session(report, made.error());
  Session session = std::move(made).value();
  const Result<Progress> done = session.handshake();
  take_from(session, report);
  if (done) await_verdict(session, transport, stream, deadline, report);
  // Best effort: the verdict stands, whatever becomes of our goodbye. It must not use up another timeout.
  transport.never_wait();
  if (session.state() == SessionState::Connected) static_cast<void>(session.close());
}

void shake_hands_over_datagrams(const CheckRequest& request, net::Deadline deadline, CheckReport& report) {
  auto socket = open_datagrams(request, deadline, report);
  if (!socket) return;
  net::SocketPipe pipe(*std::move(socket));
  DatagramTransport transport(pipe);
  ClientConfig config = request.config;
  config.peer_name = request.target.host;
  Result<Session> made = Session::client(config, transport, report.time);
  if (!made) return fail_before_session(report, made.error());
  Session session = std::move(made).value();
  static_cast<void>(shake_hands(session, transport, deadline, report));
  if (session.state() == SessionState::Connected) static_cast<void>(session.close());
}

}  // namespace

std::optional<net::UdpSocket> open_datagrams(const CheckRequest& request, net::Deadline deadline, CheckReport& report) {
  const auto endpoints = net::resolve(request.connect_to ? *request.connect_to : request.target, deadline);
  if (!endpoints) {
    fail_before_tls(report, endpoints.error());
    return std::nullopt;
  }
  // There is no connection that could fail, so that there is nothing to tell a good address from a bad one by.
  auto socket = net::UdpSocket::connect(endpoints->front());
  if (!socket) {
    fail_before_tls(report, socket.error());
    return std::nullopt;
  }
  report.address = socket->peer().text();
  return std::move(socket).value();
}

bool shake_hands(Session& session, DatagramTransport& transport, net::Deadline deadline, CheckReport& report) {
  const Result<Progress> done = shake_hands(session, transport, deadline);
  take_from(session, report);
  if (transport.failure() && !transport.has_heard_anything()) {
    fail_before_tls(report, *transport.failure());
    report.diagnosis.phase = Phase::ClientHello;
  }
  return done && *done == Progress::Done;
}

std::optional<net::TcpStream> open_stream(const CheckRequest& request, net::Deadline deadline, CheckReport& report) {
  const auto endpoints = net::resolve(request.connect_to ? *request.connect_to : request.target, deadline);
  if (!endpoints) {
    fail_before_tls(report, endpoints.error());
    return std::nullopt;
  }
  auto stream = net::TcpStream::connect(*endpoints, deadline);
  if (!stream) {
    fail_before_tls(report, stream.error());
    return std::nullopt;
  }
  report.address = stream->peer().text();
  return std::move(stream).value();
}

CheckReport report_of(const CheckRequest& request) {
  CheckReport report;
  report.target = request.target.authority();
  report.host = request.target.host;
  report.port = request.target.port;
  report.time = request.time.value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  return report;
}

void take_from(const Session& session, CheckReport& report) {
  report.diagnosis = session.diagnosis();
  report.code = report.diagnosis.code;
  report.info = session.info();
  report.chain = session.peer_chain();
  if (const TrustResult* const trust = session.trust()) report.trust = *trust;
  report.acceptable_issuers = session.acceptable_issuers();
  report.exit = *report.code == ResultCode::Success ? ExitCode::Ok : ExitCode::Rejected;
}

CheckReport check_target(const CheckRequest& request) {
  const steady_clock::time_point start = steady_clock::now();
  const net::Deadline deadline = net::within(request.timeout);
  CheckReport report = report_of(request);
  if (request.config.transport_kind == TransportKind::Datagram) {
    shake_hands_over_datagrams(request, deadline, report);
  } else if (auto stream = open_stream(request, deadline, report)) {
    shake_hands(request, *stream, deadline, report);
  }
  report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start);
  return report;
}

CheckReport report_of_bad_target(std::string_view text, std::string_view reason) {
  CheckReport report;
  report.target = text;
  report.problem = "bad target";
  report.diagnosis.detail = reason;
  report.exit = ExitCode::Usage;
  return report;
}

std::string code_and_name(const CheckReport& report) {
  if (!report.code) return "- " + report.problem;
  return fmt::format("{} {}", static_cast<std::int32_t>(*report.code), symbol_of(*report.code));
}

std::string sentence_of(const Violation& violation) {
  const bool says_it = violation.detail.starts_with("it ") || violation.detail.starts_with("its ");
  if (!says_it || violation.subject.empty()) return violation.detail;
  return fmt::format("{}: {}", violation.subject, violation.detail);
}

std::string reason_of(const CheckReport& report) {
  if (!report.diagnosis.violations.empty()) return sentence_of(report.diagnosis.violations.front());
  if (!report.diagnosis.detail.empty()) return report.diagnosis.detail;
  if (!report.code) return report.problem;
  const std::string what = *report.code == ResultCode::Success ? negotiated(report.info) : std::string();
  return what.empty() ? message_of(*report.code) : what;
}

std::string negotiated(const SessionInfo& info) {
  std::string out;
  const auto add = [&](const std::string& item) {
    if (!item.empty()) out += (out.empty() ? "" : ", ") + item;
  };
  if (info.version) add(to_string(*info.version));
  if (info.cipher_suite) add(to_string(*info.cipher_suite));
  add(info.group);
  return out;
}

std::vector<Remedy> remedies_of(const CheckReport& report) {
  constexpr std::size_t kMost = 6;
  std::vector<Remedy> remedies;
  const Explanation* const text = report.code ? explain(*report.code) : nullptr;
  if (text == nullptr) return remedies;
  const auto add = [&](std::string_view side, std::string_view items) {
    for (const std::string_view item : items_of(items)) {
      if (!item.starts_with("As seen by a server") && remedies.size() < kMost) remedies.push_back({side, item});
    }
  };
  add("server", text->server_fix);
  add("client", text->client_fix);
  return remedies;
}

}  // namespace securetransport::cli
