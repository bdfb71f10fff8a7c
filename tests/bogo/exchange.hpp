// SPDX-License-Identifier: Apache-2.0
// One connection with the runner from the first byte to the last.
#pragma once

#include "bogo/context.hpp"
#include "bogo/options.hpp"
#include "bogo/wire.hpp"

namespace bogo {

/// Throws Failure, with code and diagnosis, if the connection fails or is not as expected.
void exchange(Wire& wire, SSLContextRef context, const Options& options, bool is_resumed);

}  // namespace bogo
