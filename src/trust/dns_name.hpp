// SPDX-License-Identifier: Apache-2.0
// The syntax of DNS names, in certificates and out of them.
#pragma once

#include <string>
#include <string_view>

namespace securetransport::trust {

/// Letters, digits, hyphens and underscores in labels of 1 to 63, at most 253 bytes, the last label not a number
/// ("127.1" and the like are spellings of addresses): no NUL, no wildcard, no trailing dot.
[[nodiscard]] bool is_dns_name(std::string_view name);

/// What RFC 5280 section 4.2.1.6 allows in a dNSName ("preferred name syntax": no underscore, no hyphen at the end of a
/// label), with RFC 9525's wildcard as the whole left-most label. A name must lie below one other label at least.
[[nodiscard]] bool is_certificate_dns_name(std::string_view name);

/// Without regard to the case of ASCII letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Whether `name` is `domain` or ends in "." and `domain`; the empty domain holds everything.
[[nodiscard]] bool is_within(std::string_view name, std::string_view domain);

/// Whether certificates for every host directly below `domain` would reach over a registry's border (the public suffix
/// list): "com" or "co.uk", also in the private part of the list ("github.io").
[[nodiscard]] bool is_public_suffix(std::string_view domain);

/// The A-label form (xn--) of a name with other than ASCII letters; "" if there is none.
[[nodiscard]] std::string to_a_labels(std::string_view name);

}  // namespace securetransport::trust
