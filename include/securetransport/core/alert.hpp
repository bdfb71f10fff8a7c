// SPDX-License-Identifier: Apache-2.0
// TLS alerts and their two translations: alert received -> result code, result code -> alert to send.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "securetransport/core/result_code.hpp"

namespace securetransport {

/// AlertLevel of RFC 8446 section 6. Any other byte on the wire is a malformed alert.
enum class AlertLevel : std::uint8_t { Warning = 1, Fatal = 2 };

/// An alert as it travelled: the description may be a number that no RFC names.
struct AlertMessage {
  Alert description;
  AlertLevel level;
  friend bool operator==(const AlertMessage&, const AlertMessage&) = default;
};

/// The RFC's name, such as "unknown_ca"; nullopt for a number that no RFC assigns.
[[nodiscard]] std::optional<std::string_view> alert_name(Alert alert) noexcept;

/// Name and number for people: "unknown_ca (48)", "alert 200".
[[nodiscard]] std::string describe(Alert alert);

/// The code for an alert that ends the session, whatever its level. Total: an alert without a row of
/// its own is errSSLFatalAlert (-9802).
[[nodiscard]] ResultCode result_of_alert(Alert received) noexcept;

/// Whether a code of the table names this alert. Before TLS 1.3 a warning of such an alert ends the
/// session too, as it does on Apple's systems, with one exception: unrecognized_name (112). That and
/// all other warnings are ignored.
[[nodiscard]] bool has_row_of_its_own(Alert received) noexcept;

/// The usual alert that goes out with a code; nullopt where the peer needs none or gave one itself.
[[nodiscard]] std::optional<Alert> alert_to_send(ResultCode code) noexcept;

}  // namespace securetransport
