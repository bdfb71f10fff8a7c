// SPDX-License-Identifier: Apache-2.0
// CFArray: a vector of pointers, with the callbacks that own, compare and describe them.
#pragma once

#include <CoreFoundation/CFArray.h>

#include <vector>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

struct __CFArray final : securetransport::cf::Object {
 public:
  enum class Kind { Fixed, Mutable };

  __CFArray(const CFArrayCallBacks& callbacks, Kind kind)
      : Object(securetransport::cf::kArrayType), callbacks_(callbacks), kind_(kind) {}
  ~__CFArray() override;

  static CFTypeID type_id() noexcept { return securetransport::cf::kArrayType; }

  bool is_mutable() const noexcept { return kind_ == Kind::Mutable; }
  const CFArrayCallBacks& callbacks() const noexcept { return callbacks_; }
  const std::vector<const void*>& values() const noexcept { return values_; }
  bool are_equal(const void* first, const void* second) const;

  /// Puts `added` in place of the values from `begin` to `end`.
  void replace(std::size_t begin, std::size_t end, std::span<const void* const> added);
  /// Changes the order and nothing else.
  std::span<const void*> to_reorder() noexcept { return values_; }

  bool equals(const Object& object) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

 private:
  std::vector<const void*> values_;
  const CFArrayCallBacks callbacks_;
  const Kind kind_;
};
