// SPDX-License-Identifier: Apache-2.0
// How much work an encrypted key asks for before anybody knows whether its passphrase is right.
#pragma once

#include <openssl/x509.h>

#include <cstdint>
#include <optional>

namespace securetransport::trust {

/// Rounds of hashing that a scheme of RFC 8018, RFC 7292 or RFC 7914 asks for; none: the scheme is not known. Numbers
/// that are negative or do not fit are INT64_MAX.
[[nodiscard]] std::optional<std::int64_t> key_derivation_rounds(const X509_ALGOR& scheme);

}  // namespace securetransport::trust
