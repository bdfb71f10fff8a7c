// SPDX-License-Identifier: Apache-2.0
// Keys as attributes of SecItem, and back.
#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <optional>

#include "apple/key_objects.hpp"
#include "securetransport/trust/key.hpp"

namespace securetransport::apple {

/// kSecAttrKeyType of a program's dictionary, as text or as a number; nullopt if it is missing or none of ours.
[[nodiscard]] std::optional<KeyType> key_type_in(CFDictionaryRef attributes);
/// kSecAttrKeyClass: true for private, false for public.
[[nodiscard]] std::optional<bool> is_private_in(CFDictionaryRef attributes);

/// What SecKeyCopyAttributes shows.
[[nodiscard]] cf::CFRef<CFDictionaryRef> attributes_of(const __SecKey& key);

}  // namespace securetransport::apple
