// SPDX-License-Identifier: Apache-2.0
// CFArray: the C functions.
#include <CoreFoundation/CFArray.h>

#include <algorithm>

#include "cf/array.hpp"
#include "cf/callbacks.hpp"
#include "cf/range.hpp"

using namespace securetransport::cf;

namespace {

__CFArray& mutable_array(CFMutableArrayRef array) {
  auto& self = expect<__CFArray>(array);
  require(self.is_mutable());
  return self;
}

__CFArray* create(const CFArrayCallBacks& callbacks, __CFArray::Kind kind, std::span<const void* const> values) {
  auto owner = CFRef<CFMutableArrayRef>::adopt(new __CFArray(callbacks, kind));
  owner.get()->replace(0, 0, values);
  return owner.release();
}

std::span<const void* const> part(const __CFArray& array, CFRange range) {
  const Extent extent = extent_of(range, array.values().size());
  return std::span(array.values()).subspan(extent.begin, extent.size);
}

/// Orders by the program's comparator.
struct Before {
  CFComparatorFunction comparator;
  void* context;
  bool operator()(const void* a, const void* b) const { return comparator(a, b, context) == kCFCompareLessThan; }
};

}  // namespace

CFTypeID CFArrayGetTypeID() { return kArrayType; }

CFArrayRef CFArrayCreate(CFAllocatorRef /*allocator*/, const void** values, CFIndex count,
                         const CFArrayCallBacks* callbacks) {
  return create(callbacks_or_none(callbacks), __CFArray::Kind::Fixed, span_of(values, count));
}

CFArrayRef CFArrayCreateCopy(CFAllocatorRef /*allocator*/, CFArrayRef array) {
  const auto& self = expect<__CFArray>(array);
  if (self.is_mutable()) return create(self.callbacks(), __CFArray::Kind::Fixed, self.values());
  self.retain();  // What cannot change needs no second one.
  return array;
}

CFMutableArrayRef CFArrayCreateMutable(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/,
                                       const CFArrayCallBacks* callbacks) {
  return create(callbacks_or_none(callbacks), __CFArray::Kind::Mutable, {});
}

CFMutableArrayRef CFArrayCreateMutableCopy(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/, CFArrayRef array) {
  const auto& self = expect<__CFArray>(array);
  return create(self.callbacks(), __CFArray::Kind::Mutable, self.values());
}

CFIndex CFArrayGetCount(CFArrayRef array) { return static_cast<CFIndex>(expect<__CFArray>(array).values().size()); }

const void* CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index) {
  const auto& values = expect<__CFArray>(array).values();
  return values[position_of(index, values.size())];
}

void CFArrayGetValues(CFArrayRef array, CFRange range, const void** values) {
  const auto found = part(expect<__CFArray>(array), range);
  require(values != nullptr || found.empty());
  std::ranges::copy(found, values);
}

Boolean CFArrayContainsValue(CFArrayRef array, CFRange range, const void* value) {
  return CFArrayGetFirstIndexOfValue(array, range, value) != kCFNotFound;
}

CFIndex CFArrayGetCountOfValue(CFArrayRef array, CFRange range, const void* value) {
  const auto& self = expect<__CFArray>(array);
  return std::ranges::count_if(part(self, range), [&](const void* other) { return self.are_equal(other, value); });
}

CFIndex CFArrayGetFirstIndexOfValue(CFArrayRef array, CFRange range, const void* value) {
  const auto& self = expect<__CFArray>(array);
  const auto values = part(self, range);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (self.are_equal(values[i], value)) return range.location + static_cast<CFIndex>(i);
  }
  return kCFNotFound;
}

CFIndex CFArrayGetLastIndexOfValue(CFArrayRef array, CFRange range, const void* value) {
  const auto& self = expect<__CFArray>(array);
  const auto values = part(self, range);
  for (std::size_t i = values.size(); i-- > 0;) {
    if (self.are_equal(values[i], value)) return range.location + static_cast<CFIndex>(i);
  }
  return kCFNotFound;
}

void CFArrayApplyFunction(CFArrayRef array, CFRange range, CFArrayApplierFunction function, void* context) {
  for (const void* const value : part(expect<__CFArray>(array), range)) function(value, context);
}

CFIndex CFArrayBSearchValues(CFArrayRef array, CFRange range, const void* value, CFComparatorFunction comparator,
                             void* context) {
  const auto values = part(expect<__CFArray>(array), range);
  const auto found = std::lower_bound(values.begin(), values.end(), value, Before{comparator, context});
  return range.location + (found - values.begin());
}

void CFArrayAppendValue(CFMutableArrayRef array, const void* value) {
  auto& self = mutable_array(array);
  self.replace(self.values().size(), self.values().size(), std::span(&value, 1));
}

void CFArrayAppendArray(CFMutableArrayRef array, CFArrayRef other, CFRange range) {
  auto& self = mutable_array(array);
  const auto added = part(expect<__CFArray>(other), range);
  const std::vector<const void*> copies(added.begin(), added.end());  // The other may be the same array.
  self.replace(self.values().size(), self.values().size(), copies);
}

void CFArrayInsertValueAtIndex(CFMutableArrayRef array, CFIndex index, const void* value) {
  CFArrayReplaceValues(array, CFRangeMake(index, 0), &value, 1);
}

void CFArraySetValueAtIndex(CFMutableArrayRef array, CFIndex index, const void* value) {
  const CFIndex replaced = index == CFArrayGetCount(array) ? 0 : 1;
  CFArrayReplaceValues(array, CFRangeMake(index, replaced), &value, 1);
}

void CFArrayRemoveValueAtIndex(CFMutableArrayRef array, CFIndex index) {
  CFArrayReplaceValues(array, CFRangeMake(index, 1), nullptr, 0);
}

void CFArrayRemoveAllValues(CFMutableArrayRef array) {
  auto& self = mutable_array(array);
  self.replace(0, self.values().size(), {});
}

void CFArrayReplaceValues(CFMutableArrayRef array, CFRange range, const void** values, CFIndex count) {
  auto& self = mutable_array(array);
  const Extent extent = extent_of(range, self.values().size());
  self.replace(extent.begin, extent.begin + extent.size, span_of(values, count));
}

void CFArrayExchangeValuesAtIndices(CFMutableArrayRef array, CFIndex first, CFIndex second) {
  const auto values = mutable_array(array).to_reorder();
  std::swap(values[position_of(first, values.size())], values[position_of(second, values.size())]);
}

void CFArraySortValues(CFMutableArrayRef array, CFRange range, CFComparatorFunction comparator, void* context) {
  const auto values = mutable_array(array).to_reorder();
  const Extent extent = extent_of(range, values.size());
  const auto sorted = values.subspan(extent.begin, extent.size);
  std::stable_sort(sorted.begin(), sorted.end(), Before{comparator, context});
}
