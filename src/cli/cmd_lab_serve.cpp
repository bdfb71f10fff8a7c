// SPDX-License-Identifier: Apache-2.0
// `securetransport lab serve`: every server scenario at once, for clients of any make.
#include <fmt/format.h>
#include <sys/resource.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <semaphore>

#include "cli/lab_commands.hpp"
#include "cli/lab_report.hpp"
#include "cli/signal_watch.hpp"
#include "lab/serving/lab_server.hpp"

namespace securetransport::cli {
namespace {

struct LabServeOptions {
  lab::LabServerOptions server;
  std::string root_path;
  bool is_json = false;
};

void add_options(CLI::App& app, LabServeOptions& options) {
  describe(app, "lab serve",
           "Serves every server scenario: each on a port of its own, and all of them on one port by server name, such "
           "as expired.lab.test; TLS over TCP, DTLS over UDP. Prints the map first. SIGINT or SIGTERM ends it. All "
           "certificates but the wrong ones "
           "are valid for NAME.lab.test, localhost and 127.0.0.1 under the lab's own root.",
           {"securetransport lab serve --write-root lab-root.pem",
            "curl --cacert lab-root.pem --connect-to ::127.0.0.1:8443 https://expired.lab.test/",
            "securetransport check --roots lab-root.pem --connect-to 127.0.0.1:8443 expired.lab.test",
            "openssl s_client -dtls1_2 -CAfile lab-root.pem -connect 127.0.0.1:8443 -servername expired.lab.test",
            "securetransport lab serve --json > map.json"});
  options.server.name_port = 8443;
  app.add_option("--address", options.server.address, "Numeric address to listen on (127.0.0.1)")->type_name("ADDRESS");
  app.add_option("--port", options.server.name_port,
                 "TCP and UDP port of the server names (8443); 0 takes any free ones")
      ->type_name("N");
  app.add_option("--first-port", options.server.first_port,
                 "Ports of the single scenarios, counted up from here (any free ones)")
      ->type_name("N");
  app.add_option("--write-root", options.root_path, "Save the lab's root certificate here, in PEM")->type_name("FILE");
  app.add_flag("--json", options.is_json, "The map as JSON (docs/lab.md)");
}

std::string map_text(const lab::LabServer& server, const LabServeOptions& options) {
  const Terminal terminal = terminal_of(1);
  std::size_t width = 0;
  for (const auto& served : server.served()) width = std::max(width, served.scenario->name.size());
  std::string out = fmt::format(
      "{} scenarios on {}, all of them on TCP port {} and UDP port {} as NAME.lab.test, and each on its own:\n\n"
      "  TCP    UDP\n",
      server.served().size(), options.server.address, server.name_port(), server.name_udp_port());
  const auto port_text = [](std::uint16_t port) { return port == 0 ? std::string("-") : fmt::to_string(port); };
  for (const auto& served : server.served()) {
    const std::string first =
        fmt::format("{:>5}  {:>5}  {}  {:>5}  ", port_text(served.port), port_text(served.udp_port),
                    padded(served.scenario->name, width), static_cast<std::int32_t>(served.scenario->provokes));
    const bool is_wide =
        !terminal.is_interactive || columns_of(first) + columns_of(served.scenario->description) <= terminal.width;
    out += is_wide ? first + served.scenario->description + '\n' : first + '\n';
    if (!is_wide) append_paragraph(out, "       ", served.scenario->description, terminal);
  }
  return out;
}

Json map_json(const lab::LabServer& server, const LabServeOptions& options, const std::string& root_pem) {
  Json list = Json::array();
  for (const auto& served : server.served()) {
    Json row = json_of(*served.scenario);
    row["port"] = served.port != 0 ? Json(served.port) : Json();
    row["udp_port"] = served.udp_port != 0 ? Json(served.udp_port) : Json();
    list.push_back(row);
  }
  return {{"version", kJsonVersion},
          {"address", options.server.address},
          {"name_port", server.name_port()},
          {"name_udp_port", server.name_udp_port()},
          {"root_pem", root_pem},
          {"scenarios", list}};
}

/// A port for each scenario and room for visitors: more than the 1024 descriptors that are usual.
void raise_descriptor_limit() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, 8192));
  static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));  // If not, visitors wait: accepting goes on when there is room.
}

}  // namespace

ExitCode run_lab_serve(const Args& args) {
  CLI::App app;
  LabServeOptions options;
  add_options(app, options);
  if (const auto over = parse(app, args)) return *over;
  raise_descriptor_limit();
  std::binary_semaphore is_over(0);
  const SignalWatch watch([&](int) { is_over.release(); });

  const Result<std::unique_ptr<lab::Vault>> vault = lab::Vault::open();
  if (!vault) return fail({ExitCode::Internal, vault.error().detail});
  const std::string& root_pem = (*vault)->root_pem();
  if (!options.root_path.empty()) {
    std::ofstream file(options.root_path, std::ios::binary | std::ios::trunc);
    file << root_pem;
    file.close();
    if (!file) return fail({ExitCode::Unavailable, fmt::format("{} cannot be written", options.root_path)});
  }
  const auto server = lab::LabServer::start(**vault, options.server);
  if (!server) {
    const bool is_bad = server.error().what == net::NetError::BadTarget;
    return fail({is_bad ? ExitCode::Usage : ExitCode::Unavailable, server.error().detail});
  }
  print(options.is_json ? text_of(map_json(*server, options, root_pem)) : map_text(*server, options));
  if (!flush_output()) return ExitCode::Internal;
  is_over.acquire();
  return ExitCode::Ok;
}

}  // namespace securetransport::cli
