// SPDX-License-Identifier: Apache-2.0
// The callbacks of collections of objects.
#include "cf/callbacks.hpp"

#include <cstdio>

namespace securetransport::cf {

const void* retain_object(CFAllocatorRef /*allocator*/, const void* value) { return CFRetain(value); }

void release_object(CFAllocatorRef /*allocator*/, const void* value) { CFRelease(value); }

CFStringRef describe_object(const void* value) { return CFCopyDescription(value); }

const void* copy_string(CFAllocatorRef allocator, const void* value) {
  return CFStringCreateCopy(allocator, static_cast<CFStringRef>(value));
}

Boolean equal_objects(const void* first, const void* second) { return CFEqual(first, second); }

std::string pointer_text(const void* pointer) {
  char text[32];
  std::snprintf(text, sizeof text, "<%p>", pointer);
  return text;
}

}  // namespace securetransport::cf

using namespace securetransport::cf;

const CFArrayCallBacks kCFTypeArrayCallBacks{0, retain_object, release_object, describe_object, equal_objects};

const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks{
    0, retain_object, release_object, describe_object, equal_objects, CFHash};

const CFDictionaryKeyCallBacks kCFCopyStringDictionaryKeyCallBacks{
    0, copy_string, release_object, describe_object, equal_objects, CFHash};

const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks{0, retain_object, release_object, describe_object,
                                                                 equal_objects};
