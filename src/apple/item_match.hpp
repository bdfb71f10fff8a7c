// SPDX-License-Identifier: Apache-2.0
// Whether a candidate fits a query.
#pragma once

#include "apple/item_query.hpp"

namespace securetransport::apple {

[[nodiscard]] bool fits(const Candidate& candidate, const ItemQuery& query);

}  // namespace securetransport::apple
