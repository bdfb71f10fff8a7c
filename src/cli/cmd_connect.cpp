// SPDX-License-Identifier: Apache-2.0
// `securetransport connect`: a TLS client between standard input and standard output.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "cli/check_report.hpp"
#include "cli/command_line.hpp"
#include "cli/file_descriptor.hpp"
#include "cli/relay.hpp"
#include "cli/stream_transport.hpp"
#include "cli/target_list.hpp"
#include "cli/terminal.hpp"
#include "cli/tls_options.hpp"

namespace securetransport::cli {
namespace {

struct ConnectOptions {
  ClientOptions client;
  std::string target;
  std::string key_log;
  bool is_insecure = false;
  bool is_quiet = false;
};

void add_options(CLI::App& app, ConnectOptions& options) {
  describe(app, "connect",
           "Connects to TARGET over TLS, sends standard input, and writes what comes back to standard output. After "
           "the end of input it reads on until the server closes or says nothing for the timeout.",
           {"printf 'GET / HTTP/1.1\\r\\nHost: example.com\\r\\nConnection: close\\r\\n\\r\\n' |",
            "    securetransport connect example.com", "securetransport connect imap.example.com:993",
            "securetransport connect --key-log keys.txt intranet.example   # for Wireshark"});
  app.add_option("TARGET", options.target, "host, host:port, [v6]:port or a URL")->required();
  add_client_options(app, options.client);
  app.add_flag("--insecure", options.is_insecure, "Talk to anyone, whatever certificate they show");
  app.add_option("--key-log", options.key_log, "Append the session's secrets, in NSS key log format")
      ->type_name("FILE");
  app.add_flag("--quiet", options.is_quiet, "Do not report the handshake on standard error");
}

std::optional<Complaint> open_key_log(const std::string& path, FileDescriptor& file, ClientConfig& config) {
  if (path.empty()) return std::nullopt;
  constexpr mode_t kOwnerOnly = 0600;  // Whoever reads this file can decrypt the session.
  file = FileDescriptor(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerOnly));
  if (!file) {
    return Complaint{ExitCode::Unavailable,
                     fmt::format("cannot write '{}': {}", path, std::generic_category().message(errno))};
  }
  config.key_log = [descriptor = file.get()](std::string_view line) {
    const std::string text = fmt::format("{}\n", line);
    // One write a line, so that several programs may share the file; a full disk must not end the session.
    static_cast<void>(!write(descriptor, text.data(), text.size()));
  };
  return std::nullopt;
}

/// On standard error, since standard output belongs to the server.
void report_on_error_output(const CheckReport& report) {
  const std::string text = check_headline(report, terminal_of(STDERR_FILENO));
  std::fwrite(text.data(), 1, text.size(), stderr);
}

ExitCode run_relay(const RelayEnds& ends, const CheckRequest& request, CheckReport& report) {
  switch (relay(ends, request.timeout)) {
    case RelayEnd::PeerClosed:
    case RelayEnd::Idle:
    case RelayEnd::OutputClosed: return ExitCode::Ok;
    case RelayEnd::InputFailed:
      return fail(
          {ExitCode::Unavailable, fmt::format("standard input or output: {}", std::generic_category().message(errno))});
    case RelayEnd::Failed: break;
  }
  take_from(ends.session, report);
  report_on_error_output(report);
  return report.exit;
}

ExitCode run_session(const CheckRequest& request, net::TcpStream& stream, net::Deadline deadline, CheckReport& report,
                     bool is_quiet) {
  StreamTransport transport(stream, deadline);
  Result<Session> made = Session::client(request.config, transport, report.time);
  if (!made) return fail({ExitCode::Internal, made.error().detail});
  Session session = std::move(made).value();
  const bool is_connected = session.handshake().has_value();
  take_from(session, report);
  if (!is_connected || !is_quiet) report_on_error_output(report);
  if (!is_connected) return report.exit;
  transport.never_wait();
  return run_relay({session, stream.native_handle(), STDIN_FILENO, STDOUT_FILENO}, request, report);
}

ExitCode run_datagrams(const CheckRequest& request, net::Deadline deadline, CheckReport& report, bool is_quiet) {
  auto socket = open_datagrams(request, deadline, report);
  if (!socket) {
    report_on_error_output(report);
    return report.exit;
  }
  const int descriptor = socket->native_handle();
  net::SocketPipe pipe(*std::move(socket));
  DatagramTransport transport(pipe);
  Result<Session> made = Session::client(request.config, transport, report.time);
  if (!made) return fail({ExitCode::Internal, made.error().detail});
  Session session = std::move(made).value();
  const bool is_connected = shake_hands(session, transport, deadline, report);
  if (!is_connected || !is_quiet) report_on_error_output(report);
  if (!is_connected) return report.exit;
  constexpr std::size_t kFitsAnyNetwork = 1200;
  return run_relay({session, descriptor, STDIN_FILENO, STDOUT_FILENO, kFitsAnyNetwork}, request, report);
}

}  // namespace

ExitCode run_connect(const Args& args) {
  CLI::App app;
  ConnectOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  NamedTarget named = read_target(options.target);
  if (!named.target) return fail({ExitCode::Usage, named.problem});
  CheckRequest request;
  request.target = *named.target;
  FileDescriptor key_log;
  if (const auto complaint = make_template(options.client, request)) return fail(*complaint);
  if (const auto complaint = open_key_log(options.key_log, key_log, request.config)) return fail(*complaint);
  request.config.peer_name = request.target.host;
  if (options.is_insecure) {
    request.config.verification = Verification::AcceptAnything;
    complain("WARNING: --insecure: the server is not authenticated; anyone may be reading and changing this");
  }

  const net::Deadline deadline = net::within(request.timeout);
  CheckReport report = report_of(request);
  if (options.client.dtls) return run_datagrams(request, deadline, report, options.is_quiet);
  std::optional<net::TcpStream> stream = open_stream(request, deadline, report);
  if (!stream) {
    report_on_error_output(report);
    return report.exit;
  }
  return run_session(request, *stream, deadline, report, options.is_quiet);
}

}  // namespace securetransport::cli
