// SPDX-License-Identifier: Apache-2.0
// Certificates that a key issues for itself: for a server that nobody has vouched for yet, or an authority of one's
// own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "securetransport/core/result.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"

namespace securetransport {

/// One attribute of a name: a short name such as "CN" or an object identifier in dotted form, and its text in UTF-8.
struct NameAttribute {
  std::string type;
  std::string value;
};

enum class AlternativeName : std::uint8_t { Dns, Email, Uri, IpAddress };

struct SelfSignedSpec {
  /// The RDNs in order, each with its attributes. Those without a text are left out: RFC 5280 knows no empty ones.
  std::vector<std::vector<NameAttribute>> subject;
  std::vector<std::pair<AlternativeName, std::string>> alternative_names;
  /// Bit i stands for bit i of KeyUsage (RFC 5280 section 4.2.1.3); without a bit there is no such extension.
  std::uint32_t key_usage = 0;
  bool is_key_usage_critical = false;
  bool is_authority = false;  ///< Basic constraints, critical.
  std::optional<unsigned> path_length;
  /// More extensions: object identifier in dotted form, and the encoded value. None is critical.
  std::vector<std::pair<std::string, std::vector<std::uint8_t>>> extensions;
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;
};

/// Makes a certificate with a random serial number, signed with SHA-256 or what the key demands.
///
/// errSSLConfigurationFailed: a name, an object identifier or an extension that cannot be encoded, or a key that signs
/// no certificates.
[[nodiscard]] Result<Certificate> make_self_signed(const SelfSignedSpec& spec, const PrivateKey& key);

}  // namespace securetransport
