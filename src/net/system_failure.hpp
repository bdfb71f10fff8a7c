// SPDX-License-Identifier: Apache-2.0
// Makes NetFailures. Private to the layer.
#pragma once

#include <string_view>

#include "net/error.hpp"

namespace securetransport::net {

/// "reading from 127.0.0.1:4433: timed out".
[[nodiscard]] NetFailure failure_while(std::string_view doing, NetError what);

/// The failure for an errno value; the only place that reads those numbers.
[[nodiscard]] NetFailure system_failure(std::string_view doing, int error_number);

}  // namespace securetransport::net
