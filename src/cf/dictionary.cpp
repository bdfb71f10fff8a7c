// SPDX-License-Identifier: Apache-2.0
// The object behind CFDictionaryRef.
#include "cf/dictionary.hpp"

#include <algorithm>

#include "cf/callbacks.hpp"

using namespace securetransport::cf;

__CFDictionary::~__CFDictionary() {
  for (const auto& entry : table_) release(entry);
}

void __CFDictionary::release(const Table::value_type& entry) const {
  release_value(keys_, entry.first);
  release_value(values_, entry.second);
}

const void* const* __CFDictionary::find(const void* key) const {
  const auto found = table_.find(key);
  return found == table_.end() ? nullptr : &found->second;
}

bool __CFDictionary::has_equal_value(const void* own, const void* other) const {
  return own == other || (values_.equal != nullptr && values_.equal(own, other));
}

void __CFDictionary::add(const void* key, const void* value) {
  if (table_.contains(key)) return;
  table_.emplace(retain_value(keys_, key), retain_value(values_, value));
}

void __CFDictionary::replace(const void* key, const void* value) {
  const auto found = table_.find(key);
  if (found == table_.end()) return;
  // Retained before the old one is released: they may be the same.
  release_value(values_, std::exchange(found->second, retain_value(values_, value)));
}

void __CFDictionary::remove(const void* key) {
  const auto found = table_.find(key);
  if (found == table_.end()) return;
  const Table::value_type entry = *found;
  table_.erase(found);
  release(entry);  // Last, since the key given may live no longer than this entry.
}

void __CFDictionary::clear() {
  const Table old = std::exchange(table_, Table(0, Hash{keys_.hash}, Equal{keys_.equal}));
  for (const auto& entry : old) release(entry);
}

bool __CFDictionary::equals(const Object& object) const {
  const auto& other = static_cast<const __CFDictionary&>(object);
  if (keys_.equal != other.keys_.equal || values_.equal != other.values_.equal) return false;
  return table_.size() == other.table_.size() && std::ranges::all_of(table_, [&](const auto& entry) {
           const void* const* const value = other.find(entry.first);
           return value != nullptr && has_equal_value(entry.second, *value);
         });
}

CFHashCode __CFDictionary::hash() const { return table_.size(); }

std::string __CFDictionary::describe() const {
  std::vector<std::string> lines;
  for (const auto& [key, value] : table_) {
    lines.push_back("    " + value_text(keys_, key) + " = " + value_text(values_, value) + ";\n");
  }
  std::ranges::sort(lines);
  std::string text = "{\n";
  for (const std::string& line : lines) text += line;
  return text + "}";
}

namespace securetransport::cf {

CFRef<CFDictionaryRef> make_dictionary(std::span<const std::pair<CFTypeRef, CFTypeRef>> entries) {
  auto* const dictionary =
      new __CFDictionary(kCFTypeDictionaryKeyCallBacks, kCFTypeDictionaryValueCallBacks, __CFDictionary::Kind::Fixed);
  auto owner = CFRef<CFDictionaryRef>::adopt(dictionary);
  for (const auto& [key, value] : entries) dictionary->add(key, value);
  return owner;
}

}  // namespace securetransport::cf
