// SPDX-License-Identifier: Apache-2.0
// Names from certificates as text that is safe to show on a terminal or in a log.
#pragma once

#include <openssl/x509v3.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::trust {

/// Bytes that should be ASCII: everything outside 0x20..0x7E, and the backslash, becomes \XX (hex).
[[nodiscard]] std::string escape_ascii(std::string_view bytes);

/// Text that should be UTF-8: controls (C0, DEL, C1), marks that reorder or break lines (a name must not rewrite the
/// message around it) and bytes that are not UTF-8 become \XX; all else stays.
[[nodiscard]] std::string escape_utf8(std::string_view text);

/// RFC 2253 form with escape_utf8; "" for the empty name.
[[nodiscard]] std::string name_text(const X509_NAME& name);

/// A dNSName or iPAddress as text; "" for any other kind.
[[nodiscard]] std::string general_name_text(const GENERAL_NAME& name);

/// Cut in the middle of nothing but characters: at most `limit` bytes and "..." if it was longer.
[[nodiscard]] std::string shorten(std::string text, std::size_t limit);

/// "a, b, c and 7 more": at most `limit` items, each of at most 100 bytes.
[[nodiscard]] std::string join_some(std::span<const std::string> items, std::size_t limit);

}  // namespace securetransport::trust
