// SPDX-License-Identifier: Apache-2.0
// The inside of a session, for protocols that build on its keys (such as RFC 5216, EAP-TLS).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "securetransport/core/result.hpp"
#include "securetransport/tls/protocol.hpp"

namespace securetransport {

/// Secrets, and what identifies them. Whoever has the master secret can read the session.
struct SessionSecrets {
  std::vector<std::uint8_t> master_secret;  ///< 48 bytes, TLS 1.2 and below; empty before there is one.
  std::array<std::uint8_t, 32> client_random{};
  std::array<std::uint8_t, 32> server_random{};
  bool has_randoms = false;              ///< Both hellos have passed.
  std::vector<std::uint8_t> session_id;  ///< At most 32 bytes.
};

/// Sizes in bytes of what a cipher suite works with.
struct CipherSizes {
  std::size_t mac = 0;  ///< 0 for AEAD suites.
  std::size_t key = 0;
  std::size_t iv = 0;  ///< Or the block of CBC suites.
};

/// Of a suite that the engine has; all 0 for others.
[[nodiscard]] CipherSizes cipher_sizes(CipherSuite suite);

/// Fills `output` with the PRF of RFC 5246 section 5, or for TLS 1.0, TLS 1.1 and DTLS 1.0 that of RFC 2246.
///
/// errSSLIllegalParam: TLS 1.3 has no PRF, or the suite is not known. errSSLInternal: the engine failed.
[[nodiscard]] Result<void> tls_prf(ProtocolVersion version, CipherSuite suite, std::span<const std::uint8_t> secret,
                                   std::span<const std::uint8_t> label, std::span<const std::uint8_t> seed,
                                   std::span<std::uint8_t> output);

}  // namespace securetransport
