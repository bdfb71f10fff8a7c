// SPDX-License-Identifier: Apache-2.0
// ASN.1 times as seconds of UTC, without the C library's time zones.
#pragma once

#include <openssl/asn1.h>

#include <chrono>
#include <optional>
#include <string>

namespace securetransport::trust {

/// The moment a certificate's time names; nullopt if it is not in the form of RFC 5280 section 4.1.2.5. Years 0000 to
/// 9999 are exact.
[[nodiscard]] std::optional<std::chrono::sys_seconds> seconds_of(const ASN1_TIME& time);

/// "2026-07-01T12:00:00Z".
[[nodiscard]] std::string iso8601(std::chrono::sys_seconds time);

}  // namespace securetransport::trust
