// SPDX-License-Identifier: Apache-2.0
#include "cli/moment.hpp"

#include <charconv>
#include <cstdint>

namespace securetransport::cli {
namespace {

using std::chrono::sys_seconds;

/// Reads from the front of a text; a failed read makes every later one fail.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  /// Exactly this many digits.
  int number(std::size_t digits) {
    int value = 0;
    if (rest_.size() < digits) is_good_ = false;
    for (std::size_t at = 0; is_good_ && at < digits; ++at) {
      if (rest_[at] < '0' || rest_[at] > '9') is_good_ = false;
      value = value * 10 + (rest_[at] - '0');
    }
    if (is_good_) rest_.remove_prefix(digits);
    return value;
  }

  /// One of these characters; zero if it is none of them.
  char one_of(std::string_view characters) {
    if (!is_good_ || rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      is_good_ = false;
      return 0;
    }
    const char found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }

  void skip_fraction() {
    if (!is_good_ || rest_.empty() || rest_.front() != '.') return;
    const std::size_t end = rest_.find_first_not_of("0123456789", 1);
    if (end == 1 || rest_.size() == 1) is_good_ = false;
    rest_.remove_prefix(std::min(end, rest_.size()));
  }

  [[nodiscard]] bool is_good_end() const noexcept { return is_good_ && rest_.empty(); }
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

std::optional<std::chrono::sys_days> read_day(Scanner& scanner) {
  const std::chrono::year year(scanner.number(4));
  scanner.one_of("-");
  const std::chrono::month month(static_cast<unsigned>(scanner.number(2)));
  scanner.one_of("-");
  const std::chrono::year_month_day day{year, month, std::chrono::day(static_cast<unsigned>(scanner.number(2)))};
  if (!scanner.is_good() || !day.ok()) return std::nullopt;
  return std::chrono::sys_days(day);
}

std::chrono::seconds read_offset(Scanner& scanner) {
  const char sign = scanner.one_of("Zz+-");
  if (sign == 'Z' || sign == 'z' || sign == 0) return {};
  const int hours = scanner.number(2);
  scanner.one_of(":");
  const int minutes = scanner.number(2);
  const auto offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return sign == '-' ? -offset : offset;
}

/// A count that leads at most some centuries away.
std::optional<std::int64_t> read_count(std::string_view text, std::int64_t largest) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > largest) return std::nullopt;
  return value;
}

}  // namespace

std::optional<sys_seconds> parse_rfc3339(std::string_view text) {
  Scanner scanner(text);
  const auto day = read_day(scanner);
  if (!day) return std::nullopt;
  scanner.one_of("Tt ");
  const int hour = scanner.number(2);
  scanner.one_of(":");
  const int minute = scanner.number(2);
  scanner.one_of(":");
  const int second = scanner.number(2);
  scanner.skip_fraction();
  const std::chrono::seconds offset = read_offset(scanner);
  // RFC 3339 section 5.6 allows second 60 for leap seconds, which UTC of computers does not count.
  if (!scanner.is_good_end() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return *day + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) - offset;
}

std::optional<sys_seconds> parse_moment(std::string_view text, sys_seconds now) {
  constexpr std::int64_t kLastSecond = 253'402'300'799;  // The end of the year 9999.
  constexpr std::int64_t kMostHours = 24 * 365'000;
  if (text.starts_with('@')) {
    const auto seconds = read_count(text.substr(1), kLastSecond);
    if (!seconds) return std::nullopt;
    return sys_seconds(std::chrono::seconds(*seconds));
  }
  if (text.size() > 2 && (text[0] == '+' || text[0] == '-') && (text.back() == 'd' || text.back() == 'h')) {
    const auto count = read_count(text.substr(1, text.size() - 2), text.back() == 'd' ? kMostHours / 24 : kMostHours);
    if (!count) return std::nullopt;
    const auto distance = std::chrono::hours(text.back() == 'd' ? *count * 24 : *count);
    return text[0] == '+' ? now + distance : now - distance;
  }
  Scanner scanner(text);
  if (const auto day = read_day(scanner); day && scanner.is_good_end()) return sys_seconds(*day);
  return parse_rfc3339(text);
}

}  // namespace securetransport::cli
