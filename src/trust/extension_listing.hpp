// SPDX-License-Identifier: Apache-2.0
// Extensions as labelled values; see certificate_listing.hpp.
#pragma once

#include <span>

#include "securetransport/trust/certificate_fields.hpp"
#include "securetransport/trust/certificate_listing.hpp"

namespace securetransport::trust {

/// The attributes, each labelled with its type.
[[nodiscard]] ListedValue::Section listed_name(std::span<const NameAttribute> name);

/// Its key is its type. What cannot be read appears as the bytes it is.
[[nodiscard]] ListedField listed_extension(const ExtensionField& extension);

}  // namespace securetransport::trust
