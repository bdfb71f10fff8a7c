// SPDX-License-Identifier: Apache-2.0
// The object behind CFArrayRef.
#include "cf/array.hpp"

#include <algorithm>

#include "cf/callbacks.hpp"
#include "cf/describe.hpp"

using namespace securetransport::cf;

__CFArray::~__CFArray() {
  for (const void* const value : values_) release_value(callbacks_, value);
}

bool __CFArray::are_equal(const void* first, const void* second) const {
  return first == second || (callbacks_.equal != nullptr && callbacks_.equal(first, second));
}

void __CFArray::replace(std::size_t begin, std::size_t end, std::span<const void* const> added) {
  // First the new values are retained and in place, then the old ones released: they may be the same objects, and a
  // callback may look at this array.
  std::vector<const void*> retained;
  retained.reserve(added.size());
  values_.reserve(values_.size() - (end - begin) + added.size());
  for (const void* const value : added) retained.push_back(retain_value(callbacks_, value));
  const auto first = values_.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto last = values_.begin() + static_cast<std::ptrdiff_t>(end);
  const std::vector<const void*> removed(first, last);
  values_.insert(values_.erase(first, last), retained.begin(), retained.end());
  for (const void* const value : removed) release_value(callbacks_, value);
}

bool __CFArray::equals(const Object& object) const {
  const auto& other = static_cast<const __CFArray&>(object);
  if (callbacks_.equal != other.callbacks_.equal) return false;
  return std::ranges::equal(values_, other.values_, [this](const void* a, const void* b) { return are_equal(a, b); });
}

CFHashCode __CFArray::hash() const { return values_.size(); }

std::string __CFArray::describe() const {
  std::string text = "(";
  for (const void* const value : values_) {
    text += text.size() == 1 ? "\n    " : ",\n    ";
    text += value_text(callbacks_, value);
  }
  return text + "\n)";
}

namespace securetransport::cf {

CFRef<CFArrayRef> make_array(std::span<const CFTypeRef> values) {
  auto* const array = new __CFArray(kCFTypeArrayCallBacks, __CFArray::Kind::Fixed);
  auto owner = CFRef<CFArrayRef>::adopt(array);
  array->replace(0, 0, values);
  return owner;
}

std::span<const CFTypeRef> values_of(CFArrayRef array) {
  if (array == nullptr) return {};
  return expect<__CFArray>(array).values();
}

}  // namespace securetransport::cf
