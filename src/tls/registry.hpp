// SPDX-License-Identifier: Apache-2.0
// What OpenSSL calls the numbers that the public API uses.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/tls/protocol.hpp"

namespace securetransport::tls {

[[nodiscard]] bool is_known(ProtocolVersion version) noexcept;

/// "0x1A2B".
[[nodiscard]] std::string hex16(std::uint16_t value);

struct GroupName {
  NamedGroup group;
  std::string_view iana;
  std::string_view engine;  ///< As OpenSSL's group lists spell it.
};

/// Null for a group that the engine cannot do.
[[nodiscard]] const GroupName* find_group(NamedGroup group) noexcept;

struct SuiteName {
  CipherSuite suite;
  std::string iana;
  std::string engine;  ///< As OpenSSL's cipher lists spell it.
  bool is_tls13;
  bool has_static_rsa;     ///< The key exchange is plain RSA.
  bool needs_certificate;  ///< Of the server. TLS 1.3 suites do unless a PSK is used.
  bool needs_psk;          ///< TLS 1.2 and below: the key exchange starts from a pre-shared key.
};

/// Null for a suite that the engine cannot do.
[[nodiscard]] const SuiteName* find_suite(CipherSuite suite);

/// Whether one of the suites is anonymous or PSK: the server then needs no certificate, and can ask for none.
[[nodiscard]] bool enables_unauthenticated_suite(const std::vector<CipherSuite>& suites);

/// Whether none of the suites can be used without a pre-shared key.
[[nodiscard]] bool needs_psk(const std::vector<CipherSuite>& suites);

[[nodiscard]] inline CipherSuite suite_of(const SSL_CIPHER& cipher) noexcept {
  return CipherSuite{SSL_CIPHER_get_protocol_id(&cipher)};
}

}  // namespace securetransport::tls
