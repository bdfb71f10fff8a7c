// SPDX-License-Identifier: Apache-2.0
// Writes certificates and keys in the forms that other programs read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/result.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"

namespace securetransport {

/// One block of RFC 7468: its label ("PRIVATE KEY") and its bytes.
[[nodiscard]] std::string pem_block(std::string_view label, std::span<const std::uint8_t> bytes);

/// PKCS#12 (RFC 7292): AES-256-CBC and PBKDF2-HMAC-SHA256, checksum by HMAC-SHA256, as OpenSSL 3 writes it. A key and
/// the first certificate that it belongs to carry the same localKeyID. `label` becomes the friendlyName of both.
/// errSSLConfigurationFailed: the passphrase is longer than 1024 bytes.
[[nodiscard]] Result<std::vector<std::uint8_t>> export_pkcs12(std::span<const PrivateKey> keys,
                                                              std::span<const Certificate> certificates,
                                                              std::string_view passphrase,
                                                              const std::string& label = {});

/// PKCS#7 SignedData that nobody signed, the usual bag of certificates (RFC 5652 section 5.2.1).
[[nodiscard]] std::vector<std::uint8_t> export_pkcs7(std::span<const Certificate> certificates);

}  // namespace securetransport
