// SPDX-License-Identifier: Apache-2.0
// A Secure Transport context set up as the runner's flags say.
#pragma once

#include <Security/Security.h>

#include "bogo/cf.hpp"
#include "bogo/options.hpp"

namespace bogo {

/// Throws CannotHonour for what a context cannot be set to. Nothing has been sent yet.
[[nodiscard]] Ref<SSLContextRef> make_context(const Options& options);

/// Shows the certificate of the flags; does nothing if there is none.
void use_identity(SSLContextRef context, const Options& options);

}  // namespace bogo
