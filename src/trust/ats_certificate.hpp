// SPDX-License-Identifier: Apache-2.0
// What App Transport Security asks of a single certificate: its key's size, its signature's hash and algorithm.
#pragma once

#include <cstdint>
#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport::trust {

enum class KeyFamily : std::uint8_t { Rsa, Ec, Other };

struct KeySize {
  KeyFamily family;
  unsigned bits;
};

/// Other and 0 for a key that cannot be read.
[[nodiscard]] KeySize key_size(const Certificate& certificate);

/// Whether the hash of the signature gives fewer bits than SHA-256, or is broken. False for algorithms without a hash
/// of their own (Ed25519) and for unknown ones: there is a list of the forbidden, none of the allowed.
[[nodiscard]] bool has_hash_below_sha256(const Certificate& certificate);

/// MD2, MD4 or MD5.
[[nodiscard]] bool has_hash_of_md_family(const Certificate& certificate);

/// The TLS SignatureScheme numbers (RFC 8446 section 4.2.3) under which the certificate's signature may go; empty for
/// an algorithm that TLS has no number for.
[[nodiscard]] std::vector<std::uint16_t> signature_schemes(const Certificate& certificate);

}  // namespace securetransport::trust
