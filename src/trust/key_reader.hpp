// SPDX-License-Identifier: Apache-2.0
// Public keys of many certificates.
#pragma once

#include <cstdint>
#include <span>

#include "ossl/handles.hpp"

namespace securetransport::trust {

/// A SubjectPublicKeyInfo in DER; null if it cannot be read. As d2i_PUBKEY(), which builds a chain of decoders anew for
/// every key: four fifths of its time. Here each thread builds it once.
[[nodiscard]] ossl::PkeyPtr read_public_key(std::span<const std::uint8_t> spki);

}  // namespace securetransport::trust
