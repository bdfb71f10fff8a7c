// SPDX-License-Identifier: Apache-2.0
// The options that every command with a TLS session shares, and what they mean for its configuration.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/check_target.hpp"
#include "cli/command_line.hpp"
#include "securetransport/tls/session_config.hpp"

namespace securetransport::cli {

/// As typed; empty where not given.
struct TlsOptions {
  std::string roots;
  std::string certificate;
  std::string key;
  std::string passphrase_file;
  std::string alpn;
  std::string min_version;
  std::string max_version;
  std::string ciphers;
};

/// As typed by someone who names a server.
struct ClientOptions {
  TlsOptions tls;
  std::string connect_to;
  std::string sni;
  bool no_sni = false;
  bool ats = false;
  bool dtls = false;
  double timeout = 10;
};

/// Adds --roots, --cert, --key, --passphrase-file, --alpn, --min-version, --max-version and --ciphers.
void add_tls_options(CLI::App& app, TlsOptions& options);

/// Adds the TLS options and --connect-to, --sni, --no-sni, --ats and --timeout.
void add_client_options(CLI::App& app, ClientOptions& options);

/// Reads the certificates of a file of any form. A complaint names the file.
[[nodiscard]] std::optional<Complaint> load_certificates(const std::string& path,
                                                         std::vector<Certificate>& certificates);

/// A store of the certificates in a file, and of nothing else.
[[nodiscard]] std::optional<Complaint> load_roots(const std::string& path, std::shared_ptr<const RootStore>& roots);

/// Splits at commas; empty items are left out.
[[nodiscard]] std::vector<std::string> split(std::string_view text, std::string_view separators = ",");

/// Fills in what both roles share. A complaint names the option or the file.
[[nodiscard]] std::optional<Complaint> apply(const TlsOptions& options, SessionConfig& config);

/// Fills in everything but the peer's name, and proves that a session can be made of it.
[[nodiscard]] std::optional<Complaint> apply(const ClientOptions& options, ClientConfig& config);

/// As above, with --connect-to and --timeout: a request that lacks only its target.
[[nodiscard]] std::optional<Complaint> make_template(const ClientOptions& options, CheckRequest& request);

/// Proves that a server can be made of these settings.
[[nodiscard]] std::optional<Complaint> prove(const ServerConfig& config);

/// Reads --cert and --key (one file may hold both); leaves `identity` empty if neither is given.
[[nodiscard]] std::optional<Complaint> load_identity(const TlsOptions& options, std::optional<Identity>& identity);

}  // namespace securetransport::cli
