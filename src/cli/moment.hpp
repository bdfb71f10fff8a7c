// SPDX-License-Identifier: Apache-2.0
// Moments as people and programs write them.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace securetransport::cli {

/// RFC 3339: "2026-03-15T12:00:00Z", with an offset or a fraction too, which is cut off: certificates know whole
/// seconds only. None if it is anything else or no such moment exists.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_rfc3339(std::string_view text);

/// What --date takes: RFC 3339, a day ("2026-03-15": its first second, UTC), "@1750000000" (seconds since 1970), or
/// "+30d" and "-12h" from `now`.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text, std::chrono::sys_seconds now);

}  // namespace securetransport::cli
