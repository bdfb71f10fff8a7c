// SPDX-License-Identifier: Apache-2.0
// The 73 result codes as an enum, with look-up by value, name and std::error_code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace securetransport {

/// One Secure Transport result code; the value is Apple's OSStatus. Success is 0 and has no row.
///
/// An I/O callback may return a number that has no enumerator; it passes through unchanged, so a
/// `switch` over codes that come from a transport needs to allow for that.
enum class ResultCode : std::int32_t {
  Success = 0,
#define ST_RESULT_CODE(value, Name, ...) Name = value,
#define ST_RESULT_NEIGHBOUR(value, Name, ...) Name = value,
#include "securetransport/core/result_codes.def"
};

/// AlertDescription of RFC 8446 section 6 and its predecessors (RFC 5246 section 7.2, RFC 6066, RFC 7507).
enum class Alert : std::uint8_t {
#define ST_ALERT(number, Name, rfc_name) Name = number,
#include "securetransport/core/alerts.def"
};

enum class Category : std::uint8_t { Connection, Certificate, Cryptography, Ats, Other };

/// What the code means for the session.
enum class Outcome : std::uint8_t {
  Fatal,        ///< The session is over.
  Closed,       ///< The session ended in order.
  Pause,        ///< Not an error: do what the code asks for and call again.
  Caller,       ///< A mistake in one call; the session is as it was before.
  FatalOrSkip,  ///< Fatal on a stream; on datagrams one record was skipped.
};

/// Who notices the condition.
enum class DetectedBy : std::uint8_t { Local, Peer, Transport, Trust, Ats, Api, Break };

/// Up to four values, in order. A literal type, so that the table is a constant.
template <class T>
class ShortList {
 public:
  constexpr ShortList() = default;
  constexpr ShortList(std::initializer_list<T> values) {
    for (const T value : values) values_.at(size_++) = value;
  }
  [[nodiscard]] constexpr const T* begin() const noexcept { return values_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return values_.data() + size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr T front() const noexcept { return values_.front(); }  ///< Only if not empty.

 private:
  std::array<T, 4> values_{};
  std::size_t size_ = 0;
};

/// One row of the table. All references are to static storage.
struct ResultInfo {
  ResultCode code;
  std::string_view symbol;  ///< "errSSLProtocol"
  Category category;
  Outcome outcome;
  ShortList<DetectedBy> detected_by;    ///< Most usual first; never empty.
  std::optional<Alert> alert_received;  ///< The peer's alert that this code stands for.
  ShortList<Alert> alerts_sent;         ///< Usual one first; empty if none goes out.
  std::string_view message;             ///< One short phrase, no full stop.
};

/// The 73 rows, -9800 first.
[[nodiscard]] std::span<const ResultInfo> result_table() noexcept;

/// The row of a code; nullptr for Success and for numbers outside the 73 and their neighbours.
[[nodiscard]] const ResultInfo* find_result(ResultCode code) noexcept;

/// Finds a row by symbol, without regard to case; the errSSL prefix may be left out. Apple's aliases
/// (errSSLServerAuthCompleted, errSSLClientAuthCompleted, errSSLLast) are understood.
[[nodiscard]] const ResultInfo* find_result(std::string_view symbol) noexcept;

/// "errSSLProtocol", "errSecSuccess"; "OSStatus N" for a number without a row.
[[nodiscard]] std::string symbol_of(ResultCode code);

/// The row's message; "no error" for Success; "OSStatus N" for a number without a row.
[[nodiscard]] std::string message_of(ResultCode code);

[[nodiscard]] std::string_view to_string(Category category) noexcept;
[[nodiscard]] std::string_view to_string(Outcome outcome) noexcept;
[[nodiscard]] std::string_view to_string(DetectedBy detector) noexcept;

/// Category "securetransport": value() is the OSStatus number, message() is message_of().
[[nodiscard]] const std::error_category& result_category() noexcept;

[[nodiscard]] inline std::error_code make_error_code(ResultCode code) noexcept {
  return {static_cast<int>(code), result_category()};
}

}  // namespace securetransport

template <>
struct std::is_error_code_enum<securetransport::ResultCode> : std::true_type {};
