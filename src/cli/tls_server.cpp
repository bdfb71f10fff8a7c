// SPDX-License-Identifier: Apache-2.0
// A small TLS server for tests: accepts, shakes hands, echoes or answers HTTP, one thread a connection.
#include "cli/tls_server.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <memory>
#include <system_error>
#include <thread>

#include "cli/check_target.hpp"
#include "cli/http_page.hpp"
#include "cli/stream_transport.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

constexpr std::size_t kMostConnections = 64;
constexpr auto kHandshakeTime = std::chrono::seconds(10);
constexpr auto kIdleTime = std::chrono::minutes(5);
constexpr auto kGoodbyeTime = std::chrono::seconds(2);

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

/// One line a connection: "0 errSecSuccess  127.0.0.1:51234  (SNI localhost) TLS 1.3, ...".
void log_handshake(const CheckReport& report, const ClientHelloInfo* hello) {
  std::string client;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) client += fmt::format("{}{} {}", client.empty() ? "" : ", ", name, value);
  };
  add("SNI", hello != nullptr ? hello->server_name : "");
  add("ALPN", report.info.alpn);
  add("client", report.chain.empty() ? "" : report.chain.front().subject());
  if (!client.empty()) client = fmt::format("({}) ", client);
  const std::string line =
      escaped(fmt::format("{}  {}  {}{}", code_and_name(report), report.address, client, reason_of(report))) + '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void echo(Session& session, StreamTransport& transport) {
  std::array<std::uint8_t, 16384> buffer{};
  for (;;) {
    transport.wait_until(net::within(kIdleTime));
    const Result<Transfer> got = session.read(buffer);
    if (!got) return;
    if (!session.write(std::span(buffer).first(got->bytes))) return;
  }
}

/// Answers the first request, whatever it is: this server has one page.
void answer_http(Session& session, StreamTransport& transport) {
  transport.wait_until(net::within(kHandshakeTime));
  std::string request;
  std::array<std::uint8_t, 4096> buffer{};
  while (!is_complete_request(request)) {
    const Result<Transfer> got = session.read(buffer);
    if (!got) return;
    request.append(reinterpret_cast<const char*>(buffer.data()), got->bytes);
  }
  const std::string answer = http_answer(request, session);
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(answer.data());
  static_cast<void>(session.write({bytes, answer.size()}));
}

/// Unread data at close() would make the system send a reset, which can destroy our last bytes on their way.
void say_goodbye(Session& session, StreamTransport& transport, net::TcpStream& stream) {
  transport.wait_until(net::within(kGoodbyeTime));
  static_cast<void>(session.close());
  static_cast<void>(stream.shutdown_send());
  const net::Deadline deadline = net::within(kGoodbyeTime);
  std::array<std::uint8_t, 4096> rest{};
  while (stream.read_some(rest, deadline)) {
  }
}

}  // namespace

ExitCode TlsServer::run() {
  while (wait_for_room()) {
    net::NetResult<net::TcpStream> accepted = listener_.accept(net::kNever);
    if (!accepted) {
      if (accepted.error().what == net::NetError::Closed) break;
      // Out of descriptors, most likely: some will come free.
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      continue;
    }
    start_thread(std::move(accepted).value());
    if (options_.is_once) break;
  }
  threads_.clear();
  return last_;
}

void TlsServer::stop() noexcept {
  listener_.close();
  const std::lock_guard lock(mutex_);
  is_stopping_ = true;
  for (net::TcpStream* const stream : open_) stream->interrupt();
  changed_.notify_all();
}

/// Joins the threads that are done, and waits while there are too many others. False if it is time to stop.
bool TlsServer::wait_for_room() {
  std::unique_lock lock(mutex_);
  for (;;) {
    for (const Threads::iterator thread : finished_) threads_.erase(thread);
    finished_.clear();
    if (is_stopping_) return false;
    if (threads_.size() < kMostConnections) return true;
    changed_.wait(lock, [&] { return is_stopping_ || !finished_.empty(); });
  }
}

void TlsServer::start_thread(net::TcpStream stream) {
  const Threads::iterator thread = threads_.emplace(threads_.end());
  const auto shared = std::make_shared<net::TcpStream>(std::move(stream));
  try {
    *thread = std::jthread([this, thread, shared] {
      serve(*shared);
      const std::lock_guard lock(mutex_);
      finished_.push_back(thread);
      changed_.notify_all();
    });
  } catch (const std::system_error&) {
    threads_.erase(thread);  // The system gives no more threads; the client sees its connection close.
  }
}

void TlsServer::serve(net::TcpStream& stream) {
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    open_.insert(&stream);
  }
  CheckReport report;
  report.address = stream.peer().text();
  StreamTransport transport(stream, net::within(kHandshakeTime));
  Result<Session> made = Session::server(options_.config, transport, now());
  if (made) {
    Session session = std::move(made).value();
    const bool is_connected = session.handshake().has_value();
    take_from(session, report);
    log_handshake(report, session.client_hello());
    if (is_connected && options_.service == Service::Echo) echo(session, transport);
    if (is_connected && options_.service == Service::Http) answer_http(session, transport);
    if (is_connected) say_goodbye(session, transport, stream);
  } else {
    complain(made.error().detail);
  }
  const std::lock_guard lock(mutex_);
  open_.erase(&stream);
  last_ = report.exit;
}

}  // namespace securetransport::cli
