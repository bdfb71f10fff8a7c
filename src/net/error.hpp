// SPDX-License-Identifier: Apache-2.0
// What can go wrong on the network, as values. Most of it has no result code, so Result<T> does not fit.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace securetransport::net {

/// The kinds of failure that a caller may branch on.
enum class NetError : std::uint8_t {
  BadTarget,     ///< The text does not name a host and a port; nothing was sent.
  Unresolvable,  ///< The name has no address, or the look-up gave no answer in time.
  Refused,       ///< The host answered: nothing listens on that port.
  Unreachable,   ///< No route to the host or its network, or no address of ours to start from.
  TimedOut,      ///< The deadline passed. The stream is as before; the operation may be tried again.
  Reset,         ///< The peer (or something between) cut the connection: ECONNRESET, EPIPE.
  EndOfStream,   ///< The peer sent everything it had and closed its side in order.
  Closed,        ///< This side closed the stream or the listener.
  Other,         ///< Anything else; the detail has the system's words.
};

/// Why an operation failed. Only `what` is stable; `detail` is one line for people and never empty.
struct NetFailure {
  NetError what;
  std::string detail;
};

/// "timed out", "connection refused", ...: a short phrase without a full stop.
[[nodiscard]] std::string_view to_string(NetError error) noexcept;

/// A T or a NetFailure. Reading the one that is not there is a bug of the caller (asserted).
template <class T>
class [[nodiscard]] NetResult {
 public:
  NetResult(T value) : held_(std::in_place_index<0>, std::move(value)) {}               // NOLINT(*-explicit-*)
  NetResult(NetFailure failure) : held_(std::in_place_index<1>, std::move(failure)) {}  // NOLINT(*-explicit-*)

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

  [[nodiscard]] const NetFailure& error() const& noexcept {
    assert(!has_value());
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] NetFailure&& error() && noexcept {
    assert(!has_value());
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  std::variant<T, NetFailure> held_;
};

/// Success without a value, or a NetFailure.
template <>
class [[nodiscard]] NetResult<void> {
 public:
  NetResult() = default;
  NetResult(NetFailure failure) : failure_(std::move(failure)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const noexcept { return !failure_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const NetFailure& error() const& noexcept {
    assert(failure_.has_value());
    return *failure_;
  }
  [[nodiscard]] NetFailure&& error() && noexcept {
    assert(failure_.has_value());
    return std::move(*failure_);
  }

 private:
  std::optional<NetFailure> failure_;
};

}  // namespace securetransport::net
