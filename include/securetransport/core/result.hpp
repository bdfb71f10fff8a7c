// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or the reason why there is none. A strict subset of std::expected.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "securetransport/core/result_code.hpp"

namespace securetransport {

/// Why an operation failed. Only `code` is stable; `detail` is for people and logs, and holds no secrets.
struct Error {
  ResultCode code;
  std::string detail;
};

/// A T or an E. Reading the one that is not there is a bug of the caller (asserted).
template <class T, class E>
class [[nodiscard]] BasicResult {
 public:
  BasicResult(T value) : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(*-explicit-*)
  BasicResult(E error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & noexcept {
    assert(has_value());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] const T& value() const& noexcept {
    assert(has_value());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] T&& value() && noexcept {
    assert(has_value());
    return std::move(*std::get_if<0>(&held_));
  }
  [[nodiscard]] T& operator*() & noexcept { return value(); }
  [[nodiscard]] const T& operator*() const& noexcept { return value(); }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() noexcept { return &value(); }
  [[nodiscard]] const T* operator->() const noexcept { return &value(); }

  [[nodiscard]] const E& error() const& noexcept {
    assert(!has_value());
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] E&& error() && noexcept {
    assert(!has_value());
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  std::variant<T, E> held_;
};

/// Success without a value, or an E.
template <class E>
class [[nodiscard]] BasicResult<void, E> {
 public:
  BasicResult() = default;
  BasicResult(E error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const E& error() const& noexcept {
    assert(error_.has_value());
    return *error_;
  }
  [[nodiscard]] E&& error() && noexcept {
    assert(error_.has_value());
    return std::move(*error_);
  }

 private:
  std::optional<E> error_;
};

template <class T>
using Result = BasicResult<T, Error>;

}  // namespace securetransport
