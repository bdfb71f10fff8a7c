// SPDX-License-Identifier: Apache-2.0
// One identity and its root, the same in every run, so that an input always does the same.
#pragma once

#include <memory>

#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::fuzz {

/// For www.example.com, valid from 2026 to 2027: leaf and intermediate, P-256. The key guards nothing.
[[nodiscard]] const Identity& fixed_identity();

/// The root above it.
[[nodiscard]] const std::shared_ptr<const RootStore>& fixed_roots();

}  // namespace securetransport::fuzz
