// SPDX-License-Identifier: Apache-2.0
// The parts that reports about certificates have in common. Whatever a stranger wrote is escaped here.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.hpp"
#include "securetransport/trust/chain_advice.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::cli {

/// "  Phase          Certificate"; nothing if there is nothing to say.
void append_field(std::string& out, std::string_view name, std::string_view value, const Terminal& terminal);

/// A blank line and the title of a section.
void append_title(std::string& out, std::string_view title, const Terminal& terminal);

/// A section with one dash an item; nothing without items.
void append_list(std::string& out, std::string_view title, const std::vector<std::string>& items,
                 const Terminal& terminal);

/// Every certificate with names, dates, key and signature.
void append_chain(std::string& out, std::string_view title, std::span<const Certificate> chain,
                  std::chrono::sys_seconds now, const Terminal& terminal);

/// Every rule with its code, place, check, source, date and remedy.
void append_violations(std::string& out, const std::vector<Violation>& violations, const Terminal& terminal);

/// The path that was judged and those that were given up. Says nothing where the path is just what was sent.
void append_paths(std::string& out, std::span<const Certificate> sent, const TrustResult& result,
                  const Terminal& terminal);

/// What to send instead; nothing if all is fine.
void append_advice(std::string& out, std::span<const Certificate> sent, const ChainAdvice& advice,
                   const Terminal& terminal);

/// The same as sentences, most important first: what JSON has, too.
[[nodiscard]] std::vector<std::string> sentences_of(std::span<const Certificate> sent, const ChainAdvice& advice);

/// "RFC 5280 section 4.2.1.9 (2008-05)"
[[nodiscard]] std::string rule_and_date(const Violation& violation);

[[nodiscard]] std::string date_of(std::chrono::sys_seconds time);  ///< "2026-11-14 02:31", UTC.

/// "12 days", "3 hours", whatever its sign.
[[nodiscard]] std::string distance_in_words(std::chrono::seconds distance);

/// One line of a table of results.
struct TableRow {
  std::string label;  ///< Not escaped yet, as all of these.
  std::string code;
  std::string name;
  std::string reason;
  Style style;
};

/// Label, code, name, reason in columns. On a terminal too narrow for the longest, the reasons go below.
[[nodiscard]] std::string table_of(std::span<const TableRow> rows, const Terminal& terminal);

}  // namespace securetransport::cli
