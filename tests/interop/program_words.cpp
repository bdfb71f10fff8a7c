// SPDX-License-Identifier: Apache-2.0
// How other makers' programs are told what to do, and how they write down what they saw.
#include "interop/program_words.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "support/loopback.hpp"

namespace securetransport::interop {
namespace {

/// "1.2"
std::string number_of(ProtocolVersion version) { return to_string(version).substr(sizeof "TLS"); }

bool is_old(ProtocolVersion version) { return version < ProtocolVersion::Tls12; }

}  // namespace

std::string short_name(ProtocolVersion version) {
  std::string number = number_of(version);
  std::erase(number, '.');
  return "Tls" + number;
}

std::string short_name(lab::KeyKind key) { return key == lab::KeyKind::Rsa2048 ? "Rsa" : "Ecdsa"; }

void append(std::vector<std::string>& words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
}

std::vector<std::string> openssl_version(ProtocolVersion version) {
  std::string option = "-tls" + number_of(version);
  if (version == ProtocolVersion::Tls10) option = "-tls1";
  std::replace(option.begin(), option.end(), '.', '_');
  if (is_old(version)) return {option, "-cipher", "ALL:@SECLEVEL=0"};
  return {option};
}

std::vector<std::string> curl_version(ProtocolVersion version) {
  const std::string number = number_of(version);
  std::vector<std::string> words{"--tlsv" + number, "--tls-max", number};
  if (is_old(version)) append(words, {"--ciphers", "ALL:@SECLEVEL=0"});
  return words;
}

std::string gnutls_priority(ProtocolVersion version) { return "NORMAL:-VERS-ALL:+VERS-TLS" + number_of(version); }

std::string nginx_version(ProtocolVersion version) {
  return version == ProtocolVersion::Tls10 ? "TLSv1" : "TLSv" + number_of(version);
}

std::string log_file(const TempFolder& folder) { return folder.path("log"); }

bool has_line(std::string_view log, const std::vector<std::string>& parts) {
  while (!log.empty()) {
    const std::size_t end = std::min(log.find('\n'), log.size());
    const std::string_view line = log.substr(0, end);
    std::size_t place = 0;
    for (const std::string& part : parts) {
      if (place != std::string_view::npos) place = line.find(part, place);
    }
    if (place != std::string_view::npos) return true;
    log.remove_prefix(std::min(end + 1, log.size()));
  }
  return false;
}

bool awaits_line(const std::function<std::string()>& read_log, const std::vector<std::string>& parts) {
  const net::Deadline deadline = net::within(test::kStepLimit);
  while (!has_line(read_log(), parts)) {
    if (net::remaining(deadline) <= std::chrono::seconds::zero()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

std::vector<std::string> alert_line(LogStyle style, Alert alert) {
  const std::string number = std::to_string(static_cast<unsigned>(alert));
  std::string name(alert_name(alert).value_or("?"));
  switch (style) {
    case LogStyle::Openssl: return {"<<< ", "Alert [", " " + name};
    case LogStyle::Gnutls: return {"Alert[", "|" + number + "] - ", "was received"};
    case LogStyle::Nginx: return {"SSL alert number " + number};
    case LogStyle::Curl: std::replace(name.begin(), name.end(), '_', ' '); return {"(IN), TLS alert, " + name};
  }
  return {};
}

}  // namespace securetransport::interop
