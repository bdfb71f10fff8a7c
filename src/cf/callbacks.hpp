// SPDX-License-Identifier: Apache-2.0
// What collections do with their values through callbacks, each of which may be missing.
#pragma once

#include <string>

#include "cf/object.hpp"

namespace securetransport::cf {

/// The callbacks for values that are objects; null is none and traps.
const void* retain_object(CFAllocatorRef allocator, const void* value);
/// The same for strings that are to stay as they are.
const void* copy_string(CFAllocatorRef allocator, const void* value);
void release_object(CFAllocatorRef allocator, const void* value);
CFStringRef describe_object(const void* value);
Boolean equal_objects(const void* first, const void* second);

template <class Callbacks>
const void* retain_value(const Callbacks& callbacks, const void* value) {
  return callbacks.retain == nullptr ? value : callbacks.retain(nullptr, value);
}

template <class Callbacks>
void release_value(const Callbacks& callbacks, const void* value) {
  if (callbacks.release != nullptr) callbacks.release(nullptr, value);
}

std::string pointer_text(const void* pointer);

template <class Callbacks>
std::string value_text(const Callbacks& callbacks, const void* value) {
  if (callbacks.copyDescription == nullptr) return pointer_text(value);
  return string_of(CFRef<CFStringRef>::adopt(callbacks.copyDescription(value)).get());
}

/// A copy of what the caller gave; null stands for no callbacks.
template <class Callbacks>
Callbacks callbacks_or_none(const Callbacks* callbacks) {
  return callbacks == nullptr ? Callbacks{} : *callbacks;
}

}  // namespace securetransport::cf
