// SPDX-License-Identifier: Apache-2.0
// Pieces of the descriptions that CFCopyDescription and %@ give.
#pragma once

#include <string>

#include "cf/object.hpp"

namespace securetransport::cf {

/// <Name 0xADDRESS>
std::string address_text(const Object& object);

/// An object's description, and "(null)" for null.
std::string description_of(CFTypeRef ref);

}  // namespace securetransport::cf
