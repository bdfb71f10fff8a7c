// SPDX-License-Identifier: Apache-2.0
// How other makers' programs are told what to do, and how they write down what they saw.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "interop/pem_files.hpp"
#include "securetransport/core/alert.hpp"
#include "securetransport/tls/protocol.hpp"

namespace securetransport::interop {

[[nodiscard]] std::string short_name(ProtocolVersion version);  ///< "Tls12"
[[nodiscard]] std::string short_name(lab::KeyKind key);         ///< "Ecdsa", "Rsa"

void append(std::vector<std::string>& words, const std::vector<std::string>& more);

/// Exactly this version; the old ones with the security level that they need.
[[nodiscard]] std::vector<std::string> openssl_version(ProtocolVersion version);
[[nodiscard]] std::vector<std::string> curl_version(ProtocolVersion version);
[[nodiscard]] std::string gnutls_priority(ProtocolVersion version);
[[nodiscard]] std::string nginx_version(ProtocolVersion version);

/// Where a server or client with this folder writes its log.
[[nodiscard]] std::string log_file(const TempFolder& folder);

/// Whether one line of a log holds all of these in this order.
[[nodiscard]] bool has_line(std::string_view log, const std::vector<std::string>& parts);

/// The same for a log that is still being written: looks again and again, for ten seconds at most.
[[nodiscard]] bool awaits_line(const std::function<std::string()>& read_log, const std::vector<std::string>& parts);

/// Whose way to log alerts.
enum class LogStyle : std::uint8_t { Openssl, Gnutls, Nginx, Curl };

/// The parts of the line that says: this alert was received.
[[nodiscard]] std::vector<std::string> alert_line(LogStyle style, Alert alert);

}  // namespace securetransport::interop
