// SPDX-License-Identifier: Apache-2.0
// Apple's named session configurations: versions, cipher suites and App Transport Security in one word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/tls/protocol.hpp"
#include "securetransport/trust/ats.hpp"

namespace securetransport {

/// One of the configurations that SSLSetSessionConfig takes. The suites are those of Apple's that the engine has, with
/// those of TLS 1.3 and ChaCha20 in their places; RC4 and 3DES are gone from every engine of today.
struct Preset {
  std::string_view name;
  VersionRange versions;
  std::vector<CipherSuite> cipher_suites;
  std::optional<AtsPolicy> ats = {};  ///< Of clients.
  bool send_fallback_scsv = false;    ///< Of clients: RFC 7507.
};

/// Null if the name is not known: "default", "standard", "legacy", "legacy_DHE", "ATSv1", "ATSv1_noPFS", "anonymous",
/// "RC4_fallback", "3DES_fallback", "TLSv1_fallback", "TLSv1_RC4_fallback", "TLSv1_3DES_fallback". TLS 1.0 is part of
/// those with legacy or fallback in their names and of no other. Ours is "default_DHE".
[[nodiscard]] const Preset* find_preset(std::string_view name);

}  // namespace securetransport
