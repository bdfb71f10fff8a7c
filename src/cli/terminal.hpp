// SPDX-License-Identifier: Apache-2.0
// Text for people: width, colour, wrapping, and escapes for whatever a stranger wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::cli {

/// What the place that text goes to can do.
struct Terminal {
  std::size_t width = 80;
  bool colour = false;
  bool is_interactive = false;  ///< A person looks at it, so that tables must fit; a pipe takes lines of any length.
};

/// Asks about a descriptor: COLUMNS wins, then the terminal's own width, else 80. Colour only on a terminal, and
/// only if NO_COLOR is unset or empty (https://no-color.org) and TERM is not "dumb".
[[nodiscard]] Terminal terminal_of(int descriptor);

enum class Style : std::uint8_t { Bold, Dim, Good, Bad, Careful };

/// The text in a style; unchanged where there is no colour.
[[nodiscard]] std::string paint(std::string_view text, Style style, const Terminal& terminal);

/// Makes a string of unknown origin safe to show: control characters, invalid UTF-8 and characters that change
/// the direction of text become visible escapes such as \x1b or \u202e, so that a certificate's subject cannot
/// rewrite the screen or its neighbours.
[[nodiscard]] std::string escaped(std::string_view text);

/// Columns the text takes; every code point counts as one.
[[nodiscard]] std::size_t columns_of(std::string_view text) noexcept;

/// The text with spaces behind it up to `columns`; longer text is unchanged.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);

/// The text cut to `columns`, its end marked with "..." if something was lost.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

/// Breaks a text at spaces into lines of at most `width` columns. A longer word gets a line of its own, whole, so
/// that it can still be copied. Never empty.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Appends a paragraph: `first` before its first line, as many spaces before the others, each line ended.
void append_paragraph(std::string& out, std::string_view first, std::string_view text, const Terminal& terminal);

/// Writes to standard output. A reader that went away is no error (`securetransport codes | head`).
void print(std::string_view text);

/// True if everything printed has reached its reader, or the reader went away by itself.
[[nodiscard]] bool flush_output();

/// Prints one line on standard error: "securetransport: message". Control characters are escaped.
void complain(std::string_view message);

}  // namespace securetransport::cli
