// SPDX-License-Identifier: Apache-2.0
// Text for people: width, colour, wrapping, and escapes for whatever a stranger wrote.
#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace securetransport::cli {
namespace {

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidest = 400;
// Longer lines of prose are hard to read, however wide the screen.
constexpr std::size_t kWidestProse = 100;

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody here sets variables.
  return value != nullptr ? value : "";
}

std::optional<std::size_t> width_from_environment() {
  const std::string_view text = environment("COLUMNS");
  std::size_t width = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
  if (error != std::errc{} || end != text.data() + text.size() || width == 0) return std::nullopt;
  return width;
}

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  ///< Zero: the bytes are not UTF-8.
};

/// Decodes the first code point, strictly: overlong forms and surrogates are not UTF-8 (RFC 3629 section 3).
CodePoint decode(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    value = value << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest.at(length) || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
  return {value, length};
}

bool is_hidden(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string_view sequence_of(Style style) noexcept {
  switch (style) {
    case Style::Bold: return "\x1b[1m";
    case Style::Dim: return "\x1b[2m";
    case Style::Good: return "\x1b[32m";
    case Style::Bad: return "\x1b[31m";
    case Style::Careful: return "\x1b[33m";
  }
  return "";
}

/// Why standard output first failed; stdio itself only remembers that it did.
int output_error = 0;  // NOLINT(*-avoid-non-const-global-variables): there is one standard output.

}  // namespace

Terminal terminal_of(int descriptor) {
  Terminal terminal;
  const bool is_terminal = isatty(descriptor) == 1;
  terminal.is_interactive = is_terminal;
  winsize size{};
  if (const std::optional<std::size_t> width = width_from_environment()) {
    terminal.width = *width;
  } else if (is_terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = size.ws_col;
  }
  terminal.width = std::clamp(terminal.width, kNarrowest, kWidest);
  terminal.colour = is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  return terminal;
}

std::string paint(std::string_view text, Style style, const Terminal& terminal) {
  if (!terminal.colour || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", sequence_of(style), text);
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (point.length == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    if (point.value == '\n') {
      out += "\\n";
    } else if (point.value == '\r') {
      out += "\\r";
    } else if (point.value == '\t') {
      out += "\\t";
    } else if (!is_hidden(point.value)) {
      out += text.substr(0, point.length);
    } else if (point.value < 0x80) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
    } else {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
    }
    text.remove_prefix(point.length);
  }
  return out;
}

std::size_t columns_of(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  std::string out(text);
  if (used < columns) out.append(columns - used, ' ');
  return out;
}

std::string shortened(std::string_view text, std::size_t columns) {
  constexpr std::string_view kMark = "...";
  if (columns_of(text) <= columns) return std::string(text);
  if (columns <= kMark.size()) return std::string(kMark.substr(0, columns));
  std::string out(text);
  while (columns_of(out) > columns - kMark.size()) {
    while ((static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) out.pop_back();
    out.pop_back();
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out.append(kMark);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    if (!lines.back().empty() && columns_of(lines.back()) + 1 + columns_of(word) > width) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

void append_paragraph(std::string& out, std::string_view first, std::string_view text, const Terminal& terminal) {
  const std::size_t indent = columns_of(first);
  const std::size_t width = std::min(terminal.width, kWidestProse);
  std::string_view lead = first;
  const std::string spaces(indent, ' ');
  for (const std::string& line : wrapped(text, width > indent + 20 ? width - indent : 20)) {
    out.append(lead).append(line) += '\n';
    lead = spaces;
  }
}

void print(std::string_view text) {
  if (text.empty()) return;  // fwrite wants a pointer even for nothing, and an empty view may have none.
  errno = 0;
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!is_written && output_error == 0) output_error = errno != 0 ? errno : EIO;
}

bool flush_output() {
  errno = 0;
  if (std::fflush(stdout) != 0 && output_error == 0) output_error = errno != 0 ? errno : EIO;
  return output_error == 0 || output_error == EPIPE;
}

void complain(std::string_view message) {
  const std::string line = fmt::format("securetransport: {}\n", escaped(message));
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace securetransport::cli
