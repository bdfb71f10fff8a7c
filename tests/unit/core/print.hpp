// SPDX-License-Identifier: Apache-2.0
// Lets a failing test name codes and alerts instead of numbers.
#pragma once

#include <ostream>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport {

inline void PrintTo(ResultCode code, std::ostream* out) { *out << symbol_of(code); }
inline void PrintTo(Alert alert, std::ostream* out) { *out << describe(alert); }

}  // namespace securetransport
