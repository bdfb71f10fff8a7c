// SPDX-License-Identifier: Apache-2.0
// What Apple's last published Secure Transport returns where this project has a narrower code.
#pragma once

#include "securetransport/core/diagnosis.hpp"

namespace securetransport {

/// The code of the published dialect for a failure. Pure: depends on the code, who detected it, the phase and the
/// circumstances alone. A code that the published implementation has no counterpart for stays as it is.
[[nodiscard]] ResultCode published_code(const Diagnosis& diagnosis) noexcept;

}  // namespace securetransport
