// SPDX-License-Identifier: Apache-2.0
// CFDictionary: a hash table of pointers, with the callbacks that own, compare, hash and describe them.
#pragma once

#include <CoreFoundation/CFDictionary.h>

#include <functional>
#include <unordered_map>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

struct __CFDictionary final : securetransport::cf::Object {
 public:
  enum class Kind { Fixed, Mutable };

  __CFDictionary(const CFDictionaryKeyCallBacks& keys, const CFDictionaryValueCallBacks& values, Kind kind)
      : Object(securetransport::cf::kDictionaryType), keys_(keys), values_(values), kind_(kind) {}
  ~__CFDictionary() override;

  static CFTypeID type_id() noexcept { return securetransport::cf::kDictionaryType; }

  bool is_mutable() const noexcept { return kind_ == Kind::Mutable; }
  const CFDictionaryKeyCallBacks& key_callbacks() const noexcept { return keys_; }
  const CFDictionaryValueCallBacks& value_callbacks() const noexcept { return values_; }

  /// Null if the key is not there; else where its value stands.
  const void* const* find(const void* key) const;
  bool has_equal_value(const void* own, const void* other) const;

  void add(const void* key, const void* value);
  void replace(const void* key, const void* value);
  void remove(const void* key);
  void clear();

  bool equals(const Object& object) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

 private:
  struct Hash {
    CFDictionaryHashCallBack hash;
    std::size_t operator()(const void* key) const {
      return hash == nullptr ? std::hash<const void*>{}(key) : hash(key);
    }
  };
  struct Equal {
    CFDictionaryEqualCallBack equal;
    bool operator()(const void* a, const void* b) const { return a == b || (equal != nullptr && equal(a, b)); }
  };
  using Table = std::unordered_map<const void*, const void*, Hash, Equal>;

  void release(const Table::value_type& entry) const;

  const CFDictionaryKeyCallBacks keys_;
  const CFDictionaryValueCallBacks values_;
  const Kind kind_;
  Table table_{0, Hash{keys_.hash}, Equal{keys_.equal}};

 public:
  const Table& entries() const noexcept { return table_; }
};
