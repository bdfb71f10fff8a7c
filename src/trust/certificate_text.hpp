// SPDX-License-Identifier: Apache-2.0
// Parts of certificates in the words of the messages about them.
#pragma once

#include <openssl/x509v3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport::trust {

/// How many names, usages or extensions a message lists before it says "and N more".
inline constexpr std::size_t kItemsListed = 10;

[[nodiscard]] std::string quoted(const std::string& name);  ///< In double quotes, at most 300 bytes.

/// "serverAuth", "keyUsage", or digits and dots for what has no name.
[[nodiscard]] std::string object_text(const ASN1_OBJECT& object);

/// "certificate 1 of the path ("CN=Example CA")".
[[nodiscard]] std::string reference_to(const Certificate& certificate, std::size_t index);

[[nodiscard]] std::string extended_key_usages_text(const Certificate& certificate);  ///< "serverAuth, clientAuth"
[[nodiscard]] std::string key_usages_text(const Certificate& certificate);           ///< "digitalSignature, cRLSign"

/// Critical extensions that nobody here understands.
[[nodiscard]] std::string critical_extensions_text(const Certificate& certificate);

/// Why it may not issue certificates, which is known.
[[nodiscard]] std::string why_not_ca(const Certificate& certificate);

}  // namespace securetransport::trust
