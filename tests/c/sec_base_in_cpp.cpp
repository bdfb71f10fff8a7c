// SPDX-License-Identifier: Apache-2.0
// The header of the result codes by itself in C++, and next to another declaration of OSStatus.
#include <Security/SecBase.h>

#include <type_traits>

using OSStatus = int32_t;

static_assert(std::is_same_v<OSStatus, int32_t>);
static_assert(errSecSuccess == 0 && errSSLProtocol < 0);
