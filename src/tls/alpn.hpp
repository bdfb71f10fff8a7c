// SPDX-License-Identifier: Apache-2.0
// The wire form of a list of application protocols.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport::tls {

/// errSSLConfigurationFailed: a name is empty or longer than 255 bytes.
[[nodiscard]] Result<std::vector<std::uint8_t>> wire_form_of_alpn(const std::vector<std::string>& names);

}  // namespace securetransport::tls
