// SPDX-License-Identifier: Apache-2.0
// Objects of which there are as many as the program was built with.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

namespace securetransport::cf {

/// Holds a T that is never destroyed.
template <class T>
union Eternal {
  template <class... Arguments>
  constexpr explicit Eternal(Arguments&&... arguments) : value(std::forward<Arguments>(arguments)...) {}
  ~Eternal() {}  // NOLINT(*-equals-default): a defaulted one would be deleted

  T value;
};

/// An immortal object that is equal to itself only, and is described by one text.
template <TypeId Type>
class Singleton : public Object {
 public:
  constexpr explicit Singleton(std::string_view text) noexcept : Object(Type, Immortal{}), text_(text) {}

  static CFTypeID type_id() noexcept { return Type; }

  std::string describe() const override { return std::string(text_); }

 private:
  std::string_view text_;
};

}  // namespace securetransport::cf
