// SPDX-License-Identifier: Apache-2.0
// The options that every command with a TLS session shares, and what they mean for its configuration.
#include "cli/tls_options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>

#include "cli/input_file.hpp"
#include "cli/target_list.hpp"
#include "securetransport/tls/buffer_transport.hpp"
#include "securetransport/tls/session.hpp"
#include "securetransport/trust/import.hpp"

namespace securetransport::cli {
namespace {

std::optional<Complaint> read_version(std::string_view option, const std::string& text, ProtocolVersion& version) {
  const std::optional<ProtocolVersion> parsed = parse_version(text);
  if (!parsed) return Complaint{ExitCode::Usage, fmt::format("{}: '{}' is not 1.0, 1.1, 1.2 or 1.3", option, text)};
  version = *parsed;
  return std::nullopt;
}

std::optional<Complaint> apply_versions(const TlsOptions& options, VersionRange& range) {
  if (!options.min_version.empty()) {
    if (auto complaint = read_version("--min-version", options.min_version, range.min)) return complaint;
  }
  if (!options.max_version.empty()) {
    if (auto complaint = read_version("--max-version", options.max_version, range.max)) return complaint;
  }
  if (range.min <= range.max) return std::nullopt;
  // Whoever asks for one end only gets it: --max-version 1.1 is a test of TLS 1.1, not a contradiction.
  if (options.min_version.empty()) {
    range.min = range.max;
  } else if (options.max_version.empty()) {
    range.max = range.min;
  } else {
    return Complaint{ExitCode::Usage, fmt::format("--min-version {} is above --max-version {}", options.min_version,
                                                  options.max_version)};
  }
  return std::nullopt;
}

std::optional<Complaint> apply_ciphers(const std::string& text, std::vector<CipherSuite>& suites) {
  if (text.empty()) return std::nullopt;
  suites.clear();
  for (const std::string& name : split(text, ",:")) {
    Result<CipherSuite> suite = parse_cipher_suite(name);
    if (!suite) return Complaint{ExitCode::Usage, fmt::format("--ciphers: '{}' is not a supported suite", name)};
    suites.push_back(*suite);
  }
  return std::nullopt;
}

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::optional<Complaint> complaint_of(const Result<Session>& trial) {
  if (trial) return std::nullopt;
  return Complaint{ExitCode::Usage, fmt::format("these settings cannot work: {}", trial.error().detail)};
}

}  // namespace

void add_tls_options(CLI::App& app, TlsOptions& options) {
  app.add_option("--roots", options.roots, "Trust these certificates instead of the system's")->type_name("FILE");
  app.add_option("--cert", options.certificate, "Own certificate and its chain (PEM)")->type_name("FILE");
  app.add_option("--key", options.key, "Its private key (PEM), if not in the same file")->type_name("FILE");
  app.add_option("--passphrase-file", options.passphrase_file, "First line: the passphrase of the key")
      ->type_name("FILE");
  app.add_option("--alpn", options.alpn, "Application protocols, best first")->type_name("NAME[,NAME]");
  app.add_option("--min-version", options.min_version, "Lowest version: 1.0, 1.1, 1.2 or 1.3 (1.2)")
      ->type_name("VERSION");
  app.add_option("--max-version", options.max_version, "Highest version (1.3)")->type_name("VERSION");
  app.add_option("--ciphers", options.ciphers, "Cipher suites, best first: IANA or OpenSSL names")
      ->type_name("NAME[,NAME]");
}

void add_client_options(CLI::App& app, ClientOptions& options) {
  app.add_option("--connect-to", options.connect_to, "Connect there; name and SNI stay those of the target")
      ->type_name("HOST:PORT");
  app.add_option("--sni", options.sni, "Server name to send instead of the target's")->type_name("NAME");
  app.add_flag("--no-sni", options.no_sni, "Send no server name");
  app.add_flag("--ats", options.ats, "Also demand what App Transport Security demands of an app without exceptions");
  app.add_flag("--dtls", options.dtls, "DTLS 1.2 over UDP in place of TLS over TCP");
  app.add_option("--timeout", options.timeout, "Seconds for everything from look-up to handshake (10)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0).description(""));
  add_tls_options(app, options.tls);
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) items.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

std::optional<Complaint> apply(const TlsOptions& options, SessionConfig& config) {
  if (auto complaint = apply_versions(options, config.versions)) return complaint;
  if (auto complaint = apply_ciphers(options.ciphers, config.cipher_suites)) return complaint;
  config.alpn = split(options.alpn);
  if (options.roots.empty()) return std::nullopt;
  return load_roots(options.roots, config.roots);
}

std::optional<Complaint> load_certificates(const std::string& path, std::vector<Certificate>& certificates) {
  std::string bytes;
  if (auto complaint = read_input(path, bytes)) return complaint;
  ImportRequest request{{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
  request.wants_keys = false;
  ImportResult imported = import_items(request);
  if (!imported) return Complaint{ExitCode::Unavailable, fmt::format("{}: {}", path, imported.error->detail)};
  if (imported.items.certificates.empty()) {
    return Complaint{ExitCode::Unavailable, fmt::format("{}: it holds no certificate", path)};
  }
  certificates = std::move(imported.items.certificates);
  return std::nullopt;
}

std::optional<Complaint> load_roots(const std::string& path, std::shared_ptr<const RootStore>& roots) {
  std::vector<Certificate> anchors;
  if (auto complaint = load_certificates(path, anchors)) return complaint;
  roots = RootStore::of(anchors);
  return std::nullopt;
}

std::optional<Complaint> apply(const ClientOptions& options, ClientConfig& config) {
  if (options.no_sni && !options.sni.empty()) {
    return Complaint{ExitCode::Usage, "--sni and --no-sni exclude each other"};
  }
  if (auto complaint = apply(options.tls, static_cast<SessionConfig&>(config))) return complaint;
  if (options.dtls && !(options.tls.min_version.empty() && options.tls.max_version.empty())) {
    return Complaint{ExitCode::Usage, "--min-version and --max-version are versions of TLS; --dtls is DTLS 1.2"};
  }
  if (options.dtls) config.transport_kind = TransportKind::Datagram;
  if (auto complaint = load_identity(options.tls, config.identity)) return complaint;
  if (options.ats) config.ats = AtsPolicy{};
  if (options.no_sni) config.server_name_indication = "";
  if (!options.sni.empty()) config.server_name_indication = options.sni;
  // A session that is thrown away shows what the engine thinks of the settings before any target is bothered.
  BufferTransport nowhere;
  return complaint_of(Session::client(config, nowhere, now()));
}

std::optional<Complaint> make_template(const ClientOptions& options, CheckRequest& request) {
  if (auto complaint = apply(options, request.config)) return complaint;
  if (auto complaint = read_place(options.connect_to, request.connect_to)) return complaint;
  request.timeout =
      std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(options.timeout));
  return std::nullopt;
}

std::optional<Complaint> prove(const ServerConfig& config) {
  BufferTransport nowhere;
  return complaint_of(Session::server(config, nowhere, now()));
}

std::optional<Complaint> load_identity(const TlsOptions& options, std::optional<Identity>& identity) {
  if (options.certificate.empty()) {
    if (options.key.empty()) return std::nullopt;
    return Complaint{ExitCode::Usage, "--key needs --cert"};
  }
  std::string certificates;
  std::string key;
  std::string passphrase;
  if (auto complaint = read_input(options.certificate, certificates)) return complaint;
  if (options.key.empty()) {
    key = certificates;
  } else if (auto complaint = read_input(options.key, key)) {
    return complaint;
  }
  if (!options.passphrase_file.empty()) {
    if (auto complaint = read_input(options.passphrase_file, passphrase)) return complaint;
    passphrase.resize(std::min(passphrase.find_first_of("\r\n"), passphrase.size()));
  }
  auto loaded = Identity::from_pem(certificates, key, passphrase);
  if (!loaded) {
    const bool is_certificate = loaded.error().code == ResultCode::BadCert || options.key.empty();
    return Complaint{ExitCode::Unavailable,
                     fmt::format("{}: {}", is_certificate ? options.certificate : options.key, loaded.error().detail)};
  }
  identity = std::move(loaded).value();
  return std::nullopt;
}

}  // namespace securetransport::cli
