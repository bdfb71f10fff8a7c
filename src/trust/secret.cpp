// SPDX-License-Identifier: Apache-2.0
// Wiping, as OpenSSL does it.
#include "securetransport/trust/secret.hpp"

#include <openssl/crypto.h>

namespace securetransport {

void wipe(std::span<std::uint8_t> bytes) noexcept { OPENSSL_cleanse(bytes.data(), bytes.size()); }

}  // namespace securetransport
