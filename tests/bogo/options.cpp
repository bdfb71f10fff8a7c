// SPDX-License-Identifier: Apache-2.0
#include "bogo/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <variant>

namespace bogo {
namespace {

struct Base64 {
  std::string Options::*field;
};

using Field =
    std::variant<bool Options::*, int Options::*, std::string Options::*, std::vector<int> Options::*, Base64>;

struct Flag {
  std::string_view name;
  Field field;
};

// clang-format off
const Flag kFlags[] = {
    {"server", &Options::is_server},
    {"dtls", &Options::is_datagram},
    {"async", &Options::is_async},
    {"min-version", &Options::min_version},
    {"max-version", &Options::max_version},
    {"no-tls1", &Options::no_tls1},
    {"no-tls11", &Options::no_tls11},
    {"no-tls12", &Options::no_tls12},
    {"no-tls13", &Options::no_tls13},
    {"cipher", &Options::cipher},
    {"curves", &Options::curves},
    {"verify-prefs", &Options::verify_prefs},
    {"signing-prefs", &Options::signing_prefs},
    {"fallback-scsv", &Options::fallback_scsv},
    {"cbc-record-splitting", &Options::cbc_record_splitting},
    {"false-start", &Options::false_start},
    {"no-ticket", &Options::no_ticket},
    {"mtu", &Options::mtu},
    {"cert-file", &Options::cert_file},
    {"key-file", &Options::key_file},
    {"trust-cert", &Options::trust_cert},
    {"verify-peer", &Options::verify_peer},
    {"verify-fail", &Options::verify_fail},
    {"use-custom-verify-callback", &Options::use_custom_verify_callback},
    {"require-any-client-certificate", &Options::require_any_client_certificate},
    {"use-old-client-cert-callback", &Options::use_old_client_cert_callback},
    {"use-early-callback", &Options::use_early_callback},
    {"use-client-ca-list", &Options::use_client_ca_list},
    {"psk", &Options::psk},
    {"psk-identity", &Options::psk_identity},
    {"enable-ocsp-stapling", &Options::enable_ocsp_stapling},
    {"ocsp-response", Base64{&Options::ocsp_response}},
    {"decline-ocsp-callback", &Options::decline_ocsp_callback},
    {"use-ocsp-callback", &Options::without_effect},
    {"set-ocsp-in-callback", &Options::without_effect},
    {"expect-session-id", &Options::without_effect},
    {"expect-no-session-id", &Options::without_effect},
    {"install-ddos-callback", &Options::without_effect},
    {"host-name", &Options::host_name},
    {"advertise-alpn", &Options::advertise_alpn},
    {"select-alpn", &Options::select_alpn},
    {"decline-alpn", &Options::decline_alpn},
    {"renegotiate-freely", &Options::renegotiate_freely},
    {"renegotiate-ignore", &Options::renegotiate_ignore},
    {"implicit-handshake", &Options::implicit_handshake},
    {"no-op-extra-handshake", &Options::no_op_extra_handshake},
    {"handshake-never-done", &Options::handshake_never_done},
    {"shim-writes-first", &Options::shim_writes_first},
    {"shim-shuts-down", &Options::shim_shuts_down},
    {"check-close-notify", &Options::check_close_notify},
    {"write-different-record-sizes", &Options::write_different_record_sizes},
    {"read-size", &Options::read_size},
    {"export-keying-material", &Options::export_keying_material},
    {"export-label", &Options::export_label},
    {"export-context", &Options::export_context},
    {"use-export-context", &Options::use_export_context},
    {"expect-version", &Options::expect_version},
    {"expect-cipher", &Options::expect_cipher},
    {"expect-curve-id", &Options::expect_curve_id},
    {"expect-peer-signature-algorithm", &Options::expect_peer_signature_algorithm},
    {"expect-total-renegotiations", &Options::expect_total_renegotiations},
    {"expect-session-miss", &Options::expect_session_miss},
    {"expect-no-session", &Options::expect_no_session},
    {"expect-verify-result", &Options::expect_verify_result},
    {"expect-no-peer-cert", &Options::expect_no_peer_cert},
    {"expect-peer-cert-file", &Options::expect_peer_cert_file},
    {"expect-server-name", &Options::expect_server_name},
    {"expect-alpn", &Options::expect_alpn},
    {"expect-client-ca-list", &Options::expect_client_ca_list},
    {"expect-ocsp-response", Base64{&Options::expect_ocsp_response}},
    {"expect-advertised-alpn", &Options::expect_advertised_alpn},
    {"expect-hrr", &Options::expect_hrr},
    {"expect-no-hrr", &Options::expect_no_hrr},
    {"expect-selected-credential", &Options::expect_selected_credential},
};
// clang-format on

template <class Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool decode_base64(std::string_view text, std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  bytes.clear();
  unsigned value = 0;
  int bits = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return false;
    value = value << 6 | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>(value >> bits & 0xff));
  }
  return true;
}

/// Sets a field from the flag's value; what needs none gets none.
class Setter {
 public:
  Setter(Options& options, std::string_view value) noexcept : options_(options), value_(value) {}

  bool operator()(bool Options::*field) const { return options_.*field = true; }
  bool operator()(int Options::*field) const { return parse_number(value_, options_.*field); }
  bool operator()(std::string Options::*field) const {
    options_.*field = value_;
    return true;
  }
  bool operator()(std::vector<int> Options::*field) const {
    int number = 0;
    if (!parse_number(value_, number)) return false;
    (options_.*field).push_back(number);
    return true;
  }
  bool operator()(Base64 base64) const { return decode_base64(value_, options_.*base64.field); }

 private:
  Options& options_;
  std::string_view value_;
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

class Parser {
 public:
  Parser(int argc, char** argv) : next_(argv + 1), end_(argv + argc) {}

  bool parse(CommandLine& line, std::string& problem) {
    while (next_ != end_) {
      const std::string_view word = *next_++;
      if (take_flag(word, line)) continue;
      problem = std::string("cannot honour ") + std::string(word);
      return false;
    }
    return true;
  }

 private:
  bool take_flag(std::string_view word, CommandLine& line) {
    if (!take_prefix(word, "-")) return false;
    if (word == "ipv6") return line.is_ipv6 = true;
    if (word == "is-handshaker-supported") return line.asks_for_handshaker = true;
    if (word == "new-x509-credential") return ++line.credentials == 1;  // one is all that a context has
    if (word == "port") return parse_number(value(), line.port);
    if (word == "resume-count") return parse_number(value(), line.resume_count);
    if (word == "shim-id") return parse_number(value(), line.shim_id.emplace());

    // Which connections a flag is for. A retry comes after rejected early data, which this library never sends.
    take_prefix(word, "on-shim-");
    Options ignored;
    std::vector<Options*> targets = {&line.first, &line.resumed};
    if (take_prefix(word, "on-initial-")) {
      targets = {&line.first};
    } else if (take_prefix(word, "on-resume-")) {
      targets = {&line.resumed};
    } else if (take_prefix(word, "on-retry-")) {
      targets = {&ignored};
    }

    const auto* flag =
        std::find_if(std::begin(kFlags), std::end(kFlags), [&](const Flag& f) { return f.name == word; });
    if (flag == std::end(kFlags)) return false;
    const std::string_view text = std::holds_alternative<bool Options::*>(flag->field) ? "" : value();
    return std::all_of(targets.begin(), targets.end(),
                       [&](Options* options) { return std::visit(Setter(*options, text), flag->field); });
  }

  std::string_view value() { return next_ == end_ ? "" : *next_++; }

  char** next_;
  char** end_;
};

}  // namespace

std::optional<CommandLine> parse_command_line(int argc, char** argv, std::string& problem) {
  CommandLine line;
  if (!Parser(argc, argv).parse(line, problem)) return std::nullopt;
  return line;
}

}  // namespace bogo
