// SPDX-License-Identifier: Apache-2.0
// A diagnosis as text for people.
#pragma once

#include <string>

#include "securetransport/core/diagnosis.hpp"

namespace securetransport {

/// Several lines, the first with code and reason: "errSSLCertExpired (-9814): ...". Does not end with a line break.
[[nodiscard]] std::string text_of(const Diagnosis& diagnosis);

}  // namespace securetransport
