// SPDX-License-Identifier: Apache-2.0
// What cannot be: codes that a victim in some role or version never comes to, each with the reason.
#include "lab/scenarios/scenario.hpp"

namespace securetransport::lab {

const std::vector<Unreachable>& unreachable() {
  static const std::vector<Unreachable> kRows{};
  return kRows;
}

}  // namespace securetransport::lab
