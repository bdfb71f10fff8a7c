// SPDX-License-Identifier: Apache-2.0
// What the runner asks of the shim: one value for each flag that Secure Transport can honour.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bogo {

/// How one connection is to be made, and what must be true of it. 0 and "" stand for "not asked for".
struct Options {
  bool is_server = false;
  bool is_datagram = false;
  bool is_async = false;  ///< Every I/O call blocks in turn, and moves one byte at a time.

  int min_version = 0;  ///< As on the wire.
  int max_version = 0;
  bool no_tls1 = false;
  bool no_tls11 = false;
  bool no_tls12 = false;
  bool no_tls13 = false;
  std::string cipher;
  std::vector<int> curves;
  std::vector<int> verify_prefs;  ///< Signature schemes. A context has one list for both directions.
  std::vector<int> signing_prefs;
  bool fallback_scsv = false;
  bool cbc_record_splitting = false;
  bool false_start = false;
  bool no_ticket = false;
  int mtu = 0;

  std::string cert_file;
  std::string key_file;
  std::string trust_cert;
  bool verify_peer = false;
  bool verify_fail = false;
  bool use_custom_verify_callback = false;
  bool require_any_client_certificate = false;
  bool use_old_client_cert_callback = false;
  bool use_early_callback = false;
  std::string use_client_ca_list;
  std::string psk;
  std::string psk_identity;
  bool enable_ocsp_stapling = false;
  std::string ocsp_response;
  bool decline_ocsp_callback = false;

  std::string host_name;
  std::string advertise_alpn;  ///< Names as on the wire.
  std::string select_alpn;
  bool decline_alpn = false;
  bool renegotiate_freely = false;
  bool renegotiate_ignore = false;

  bool implicit_handshake = false;
  bool no_op_extra_handshake = false;
  bool handshake_never_done = false;
  bool shim_writes_first = false;
  bool shim_shuts_down = false;
  bool check_close_notify = false;
  bool write_different_record_sizes = false;
  int read_size = 0;
  int export_keying_material = 0;  ///< How many bytes to send first (RFC 5705).
  std::string export_label;
  std::string export_context;
  bool use_export_context = false;

  int expect_version = 0;
  int expect_cipher = 0;
  int expect_curve_id = 0;
  int expect_peer_signature_algorithm = 0;
  int expect_total_renegotiations = 0;
  bool expect_session_miss = false;
  bool expect_no_session = false;
  bool expect_verify_result = false;
  bool expect_no_peer_cert = false;
  std::string expect_peer_cert_file;
  std::string expect_server_name;
  std::string expect_alpn;
  std::string expect_client_ca_list;
  std::string expect_ocsp_response;
  std::string expect_advertised_alpn;  ///< Server: what the client offers, as on the wire.
  bool expect_hrr = false;             ///< A HelloRetryRequest was sent or came.
  bool expect_no_hrr = false;
  std::string expect_selected_credential;
  /// For what a program cannot see, or what is so anyway: whether a server keeps a session, that a response is chosen
  /// in a callback, that a resumed session is judged again (its certificate was).
  bool without_effect = false;
};

struct CommandLine {
  int port = 0;
  bool is_ipv6 = false;
  std::optional<std::uint64_t> shim_id;
  int resume_count = 0;
  bool asks_for_handshaker = false;
  int credentials = 0;  ///< How often -new-x509-credential came.
  Options first;
  Options resumed;  ///< Of every further connection.
};

/// Null, with the reason in `problem`, if a flag is unknown or its value makes no sense.
[[nodiscard]] std::optional<CommandLine> parse_command_line(int argc, char** argv, std::string& problem);

}  // namespace bogo
