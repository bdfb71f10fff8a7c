// SPDX-License-Identifier: Apache-2.0
// `securetransport serve`: a small TLS server for tests.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/command_line.hpp"
#include "cli/signal_watch.hpp"
#include "cli/terminal.hpp"
#include "cli/tls_options.hpp"
#include "cli/tls_server.hpp"
#include "net/tcp_listener.hpp"

namespace securetransport::cli {
namespace {

struct ServeOptions {
  TlsOptions tls;
  std::string address = "127.0.0.1";
  std::uint16_t port = 4433;
  std::string client_auth = "never";
  bool is_echo = false;
  bool is_http = false;
  bool is_once = false;
};

void add_options(CLI::App& app, ServeOptions& options) {
  describe(app, "serve",
           "Listens for TLS, says \"listening on ADDRESS:PORT\" on standard output, then sends everything back that a "
           "client sends, or answers HTTP. Each handshake is one line on standard error. SIGINT or SIGTERM ends it.",
           {"securetransport serve --cert chain.pem --key key.pem --port 8443",
            "securetransport serve --cert both.pem --http --client-auth always --roots ca.pem",
            "securetransport serve --cert both.pem --port 0 --once --max-version 1.2"});
  app.add_option("--address", options.address, "Numeric address to listen on (127.0.0.1; :: is everywhere)")
      ->type_name("ADDRESS");
  app.add_option("--port", options.port, "Port to listen on (4433); 0 takes any free one")->type_name("N");
  app.add_flag("--echo", options.is_echo, "Send back what comes (the default)");
  app.add_flag("--http", options.is_http, "Answer each connection with one HTTP page about its session")
      ->excludes("--echo");
  app.add_option("--client-auth", options.client_auth, "Ask clients for a certificate: never, try or always (never)")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"never", "try", "always"}).description(""));
  app.add_flag("--once", options.is_once, "End after one connection; the exit code says how its handshake went");
  add_tls_options(app, options.tls);
}

std::optional<Complaint> make_server(const ServeOptions& options, ServerOptions& server) {
  if (options.tls.certificate.empty()) return Complaint{ExitCode::Usage, "serve needs --cert"};
  if (auto complaint = apply(options.tls, server.config)) return complaint;
  std::optional<Identity> identity;
  if (auto complaint = load_identity(options.tls, identity)) return complaint;
  server.config.identities.push_back(*identity);
  if (options.client_auth == "try") server.config.client_authentication = ClientAuthentication::Try;
  if (options.client_auth == "always") server.config.client_authentication = ClientAuthentication::Always;
  server.service = options.is_http ? Service::Http : Service::Echo;
  server.is_once = options.is_once;
  return prove(server.config);
}

}  // namespace

ExitCode run_serve(const Args& args) {
  CLI::App app;
  ServeOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  ServerOptions server_options;
  if (const auto complaint = make_server(options, server_options)) return fail(*complaint);
  auto listener = net::TcpListener::bind(options.address, options.port);
  if (!listener) {
    const bool is_bad = listener.error().what == net::NetError::BadTarget;
    return fail({is_bad ? ExitCode::Usage : ExitCode::Unavailable, listener.error().detail});
  }
  TlsServer server(*listener, server_options);
  const SignalWatch watch([&](int) { server.stop(); });
  print(fmt::format("listening on {}\n", listener->local().text()));
  if (!flush_output()) return ExitCode::Internal;
  return server.run();
}

}  // namespace securetransport::cli
