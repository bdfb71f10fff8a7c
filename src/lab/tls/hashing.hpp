// SPDX-License-Identifier: Apache-2.0
// Digests, and the key derivation functions of TLS on top of HMAC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

enum class Hash : std::uint8_t { Md5, Sha1, Sha256, Md5Sha1 };  ///< Md5Sha1: one after the other, TLS 1.0 and 1.1.

[[nodiscard]] Bytes digest(Hash hash, ByteView data);
[[nodiscard]] Bytes hmac(Hash hash, ByteView key, ByteView data);
[[nodiscard]] Bytes random_bytes(std::size_t count);

/// PRF of RFC 5246 section 5 (Sha256) and of RFC 2246 section 5 (Md5Sha1).
[[nodiscard]] Bytes prf(Hash hash, ByteView secret, std::string_view label, ByteView seed, std::size_t length);

/// RFC 5869, with SHA-256 only, and HKDF-Expand-Label of RFC 8446 section 7.1.
[[nodiscard]] Bytes hkdf_extract(ByteView salt, ByteView secret);
[[nodiscard]] Bytes hkdf_expand_label(ByteView secret, std::string_view label, ByteView context, std::size_t length);

}  // namespace securetransport::lab
