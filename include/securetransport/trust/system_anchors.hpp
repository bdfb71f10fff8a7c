// SPDX-License-Identifier: Apache-2.0
// The system's roots one by one, for programs that list them or keep stores of their own.
#pragma once

#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport {

/// The certificates that RootStore::system() trusts, each once, in no particular order. Reads the folders of the store
/// at every call: a few milliseconds for a usual system.
[[nodiscard]] std::vector<Certificate> system_anchors();

/// Whether this very certificate is one of them; as quick as a look-up of an issuer.
[[nodiscard]] bool is_system_anchor(const Certificate& certificate);

}  // namespace securetransport
