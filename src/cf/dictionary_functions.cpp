// SPDX-License-Identifier: Apache-2.0
// CFDictionary: the C functions.
#include <CoreFoundation/CFDictionary.h>

#include <algorithm>
#include <vector>

#include "cf/callbacks.hpp"
#include "cf/dictionary.hpp"
#include "cf/range.hpp"

using namespace securetransport::cf;

namespace {

using Kind = __CFDictionary::Kind;

__CFDictionary& mutable_dictionary(CFMutableDictionaryRef dictionary) {
  auto& self = expect<__CFDictionary>(dictionary);
  require(self.is_mutable());
  return self;
}

__CFDictionary* copy(const __CFDictionary& from, Kind kind) {
  auto* const made = new __CFDictionary(from.key_callbacks(), from.value_callbacks(), kind);
  auto owner = CFRef<CFMutableDictionaryRef>::adopt(made);
  for (const auto& [key, value] : from.entries()) made->add(key, value);
  return owner.release();
}

}  // namespace

CFTypeID CFDictionaryGetTypeID() { return kDictionaryType; }

CFDictionaryRef CFDictionaryCreate(CFAllocatorRef /*allocator*/, const void** keys, const void** values, CFIndex count,
                                   const CFDictionaryKeyCallBacks* key_callbacks,
                                   const CFDictionaryValueCallBacks* value_callbacks) {
  const auto all_keys = span_of(keys, count);
  const auto all_values = span_of(values, count);
  auto* const made =
      new __CFDictionary(callbacks_or_none(key_callbacks), callbacks_or_none(value_callbacks), Kind::Fixed);
  auto owner = CFRef<CFDictionaryRef>::adopt(made);
  for (std::size_t i = 0; i < all_keys.size(); ++i) made->add(all_keys[i], all_values[i]);
  return owner.release();
}

CFDictionaryRef CFDictionaryCreateCopy(CFAllocatorRef /*allocator*/, CFDictionaryRef dictionary) {
  const auto& self = expect<__CFDictionary>(dictionary);
  if (self.is_mutable()) return copy(self, Kind::Fixed);
  CFRetain(dictionary);  // What cannot change needs no second one.
  return dictionary;
}

CFMutableDictionaryRef CFDictionaryCreateMutable(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/,
                                                 const CFDictionaryKeyCallBacks* key_callbacks,
                                                 const CFDictionaryValueCallBacks* value_callbacks) {
  return new __CFDictionary(callbacks_or_none(key_callbacks), callbacks_or_none(value_callbacks), Kind::Mutable);
}

CFMutableDictionaryRef CFDictionaryCreateMutableCopy(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/,
                                                     CFDictionaryRef dictionary) {
  return copy(expect<__CFDictionary>(dictionary), Kind::Mutable);
}

CFIndex CFDictionaryGetCount(CFDictionaryRef dictionary) {
  return static_cast<CFIndex>(expect<__CFDictionary>(dictionary).entries().size());
}

CFIndex CFDictionaryGetCountOfKey(CFDictionaryRef dictionary, const void* key) {
  return CFDictionaryContainsKey(dictionary, key) ? 1 : 0;
}

CFIndex CFDictionaryGetCountOfValue(CFDictionaryRef dictionary, const void* value) {
  const auto& self = expect<__CFDictionary>(dictionary);
  return std::ranges::count_if(self.entries(),
                               [&](const auto& entry) { return self.has_equal_value(entry.second, value); });
}

Boolean CFDictionaryContainsKey(CFDictionaryRef dictionary, const void* key) {
  return expect<__CFDictionary>(dictionary).find(key) != nullptr;
}

Boolean CFDictionaryContainsValue(CFDictionaryRef dictionary, const void* value) {
  return CFDictionaryGetCountOfValue(dictionary, value) > 0;
}

const void* CFDictionaryGetValue(CFDictionaryRef dictionary, const void* key) {
  const void* const* const value = expect<__CFDictionary>(dictionary).find(key);
  return value == nullptr ? nullptr : *value;
}

Boolean CFDictionaryGetValueIfPresent(CFDictionaryRef dictionary, const void* key, const void** value) {
  const void* const* const found = expect<__CFDictionary>(dictionary).find(key);
  if (found != nullptr && value != nullptr) *value = *found;
  return found != nullptr;
}

void CFDictionaryGetKeysAndValues(CFDictionaryRef dictionary, const void** keys, const void** values) {
  for (const auto& [key, value] : expect<__CFDictionary>(dictionary).entries()) {
    if (keys != nullptr) *keys++ = key;
    if (values != nullptr) *values++ = value;
  }
}

void CFDictionaryApplyFunction(CFDictionaryRef dictionary, CFDictionaryApplierFunction function, void* context) {
  for (const auto& [key, value] : expect<__CFDictionary>(dictionary).entries()) function(key, value, context);
}

void CFDictionaryAddValue(CFMutableDictionaryRef dictionary, const void* key, const void* value) {
  mutable_dictionary(dictionary).add(key, value);
}

void CFDictionaryReplaceValue(CFMutableDictionaryRef dictionary, const void* key, const void* value) {
  mutable_dictionary(dictionary).replace(key, value);
}

void CFDictionarySetValue(CFMutableDictionaryRef dictionary, const void* key, const void* value) {
  auto& self = mutable_dictionary(dictionary);
  if (self.find(key) != nullptr) {
    self.replace(key, value);
  } else {
    self.add(key, value);
  }
}

void CFDictionaryRemoveValue(CFMutableDictionaryRef dictionary, const void* key) {
  mutable_dictionary(dictionary).remove(key);
}

void CFDictionaryRemoveAllValues(CFMutableDictionaryRef dictionary) { mutable_dictionary(dictionary).clear(); }
