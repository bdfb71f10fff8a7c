// SPDX-License-Identifier: Apache-2.0
// Finds result codes in what people type or paste: numbers, names, log lines, NSError dumps.
#include "cli/code_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>

#include "cli/nearest.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {
namespace {

constexpr std::string_view kKnownRanges = "-9800 to -9865 and -9880 to -9886";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_space(char c) noexcept { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_known(std::int64_t value) noexcept {
  return value >= INT32_MIN && value <= INT32_MAX &&
         find_result(static_cast<ResultCode>(static_cast<std::int32_t>(value))) != nullptr;
}

/// Web pages like to turn the minus into a typographic one.
std::string with_plain_minus(std::string_view text) {
  std::string out(text);
  for (const std::string_view minus : {"\u2212", "\u2013", "\u2011"}) {
    for (std::size_t at = out.find(minus); at != std::string::npos; at = out.find(minus, at)) {
      out.replace(at, minus.size(), "-");
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// A whole number: decimal or 0x, with an optional sign. Numbers of 32 and 64 bits without a sign that stand for a
/// negative OSStatus are folded back: 0xFFFFD9B1 and 4294957489 are -9807.
std::optional<std::int64_t> number_of(std::string_view text) noexcept {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
  if (is_hex) text.remove_prefix(2);
  std::uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, is_hex ? 16 : 10);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (is_negative) return magnitude <= INT64_MAX ? std::optional(-static_cast<std::int64_t>(magnitude)) : std::nullopt;
  if (magnitude > INT32_MAX && magnitude <= UINT32_MAX) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(magnitude));
  }
  return static_cast<std::int64_t>(magnitude);
}

CodesInText from_number(std::int64_t value) {
  // People leave the minus out, and some logs do too.
  if (value > 0 && is_known(-value)) value = -value;
  if (value == 0 || is_known(value)) return {{static_cast<ResultCode>(static_cast<std::int32_t>(value))}, {}};
  return {{}, fmt::format("OSStatus {} is not one of the 73 codes ({})", value, kKnownRanges)};
}

CodesInText from_name(std::string_view name) {
  if (const ResultInfo* const info = find_result(name)) return {{info->code}, {}};
  if (name == "errSecSuccess" || name == "noErr") return {{ResultCode::Success}, {}};
  std::vector<std::string_view> known;
  for (const ResultInfo& info : result_table()) known.push_back(info.symbol);
  std::string_view best = nearest(name, known);
  if (best.empty()) best = nearest("errSSL" + std::string(name), known);
  std::string complaint = fmt::format("'{}' is not a result code: ", shortened(name, 60));
  complaint += best.empty() ? fmt::format("the 73 codes are {}; `securetransport codes` lists them", kKnownRanges)
                            : fmt::format("did you mean {}?", best);
  return {{}, complaint};
}

/// Where a word starts or a number with its sign; the length says how far it goes.
struct Word {
  std::size_t start;
  std::size_t length;
};

/// True if the text before `start` ends in a word that announces an error number: "error: 9807", "code=9807".
bool is_announced(std::string_view text, std::size_t start) noexcept {
  std::size_t end = start;
  while (end > 0 && std::string_view(" :=#(\"'").find(text[end - 1]) != std::string_view::npos) --end;
  if (end == start) return false;
  std::size_t begin = end;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  std::string word(text.substr(begin, end - begin));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto ends = [&](std::string_view suffix) { return word.ends_with(suffix); };
  return ends("error") || ends("err") || ends("code") || ends("status") || ends("codekey");
}

/// The code that a word of a longer text stands for, if any.
std::optional<ResultCode> code_of(std::string_view text, Word word) noexcept {
  std::string_view token = text.substr(word.start, word.length);
  if (!is_digit(token.front())) {
    const bool has_prefix = token.size() > 6 && (token.starts_with("errSSL") || token.starts_with("ErrSSL"));
    const ResultInfo* const info = has_prefix ? find_result(token) : nullptr;
    return info != nullptr ? std::optional(info->code) : std::nullopt;
  }
  const std::size_t end = word.start + word.length;
  const auto next = [&](std::size_t i) { return end + i < text.size() ? text[end + i] : '\0'; };
  // Parts of dates, ranges, versions and UUIDs are not codes: "2026-9807-11", "1.9807".
  if ((next(0) == '-' || next(0) == '.' || next(0) == ':') && is_word(next(1))) return std::nullopt;
  const char before = word.start > 0 ? text[word.start - 1] : '\0';
  const char before_sign = word.start > 1 ? text[word.start - 2] : '\0';
  if (before == '.') return std::nullopt;
  const bool is_negative = before == '-';
  if (is_negative && (is_word(before_sign) || before_sign == '-')) return std::nullopt;
  const std::optional<std::int64_t> number = number_of(token);
  if (!number || *number < INT32_MIN || *number > INT32_MAX) return std::nullopt;
  if (is_known(is_negative ? -*number : *number)) {
    return static_cast<ResultCode>(static_cast<std::int32_t>(is_negative ? -*number : *number));
  }
  if (!is_negative && is_known(-*number) && is_announced(text, word.start)) {
    return static_cast<ResultCode>(static_cast<std::int32_t>(-*number));
  }
  return std::nullopt;
}

CodesInText from_text(std::string_view text) {
  CodesInText found;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    Word word{at, 0};
    while (at < text.size() && is_word(text[at])) ++at;
    word.length = at - word.start;
    const std::optional<ResultCode> code = code_of(text, word);
    if (code && std::find(found.codes.begin(), found.codes.end(), *code) == found.codes.end()) {
      found.codes.push_back(*code);
    }
  }
  if (found.codes.empty()) {
    found.complaint = fmt::format("no result code ({}) in the text '{}'", kKnownRanges, shortened(text, 60));
  }
  return found;
}

}  // namespace

CodesInText codes_in(std::string_view text) {
  const std::string plain = with_plain_minus(trimmed(text));
  if (plain.empty()) return {{}, fmt::format("an empty text names no result code ({})", kKnownRanges)};
  if (const std::optional<std::int64_t> number = number_of(plain)) return from_number(*number);
  if (std::all_of(plain.begin(), plain.end(), is_word)) return from_name(plain);
  return from_text(plain);
}

}  // namespace securetransport::cli
