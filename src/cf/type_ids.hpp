// SPDX-License-Identifier: Apache-2.0
// The type ids of this room's own types; register_type() gives out those that follow.
#pragma once

#include <CoreFoundation/CFBase.h>

#include <array>

namespace securetransport::cf {

enum TypeId : CFTypeID {
  kNoType = 0,
  kAllocatorType,
  kArrayType,
  kBooleanType,
  kBundleType,
  kDataType,
  kDateType,
  kDictionaryType,
  kErrorType,
  kNullType,
  kNumberType,
  kReadStreamType,
  kStringType,
  kUrlType,
};

/// Their names, in that order.
inline constexpr std::array kTypeNames{
    "CFType",       "CFAllocator", "CFArray", "CFBoolean", "CFBundle",     "CFData",   "CFDate",
    "CFDictionary", "CFError",     "CFNull",  "CFNumber",  "CFReadStream", "CFString", "CFURL",
};
static_assert(kTypeNames.size() == kUrlType + 1);

}  // namespace securetransport::cf
