// SPDX-License-Identifier: Apache-2.0
// Cryptographic modules that a configuration names: OpenSSL providers such as "legacy" or "fips".
#pragma once

#include <string_view>

#include "securetransport/core/result.hpp"

namespace securetransport {

/// Loads a provider by name, or by path if the name contains a slash, for the life of the process; loading one
/// again does nothing. Call it before the first session. Thread-safe.
///
/// errSSLModuleAttach: there is no such module, or it does not start; the detail has the engine's reason.
[[nodiscard]] Result<void> load_crypto_module(std::string_view name);

}  // namespace securetransport
