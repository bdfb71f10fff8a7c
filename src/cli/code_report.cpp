// SPDX-License-Identifier: Apache-2.0
// Result codes as text for people: one at length, or all in a table.
#include "cli/code_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/explanation.hpp"

namespace securetransport::cli {
namespace {

std::string_view in_words(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::Fatal: return "fatal: the session is over";
    case Outcome::Closed: return "closed: the session ended in order";
    case Outcome::Pause: return "pause: no error, do what it asks for and call again";
    case Outcome::Caller: return "caller: a mistake in one call, the session is as it was before";
    case Outcome::FatalOrSkip: return "fatal on a stream; on datagrams one record was skipped";
  }
  return "";
}

std::string_view in_words(DetectedBy detector) noexcept {
  switch (detector) {
    case DetectedBy::Local: return "this side";
    case DetectedBy::Peer: return "the peer";
    case DetectedBy::Transport: return "the transport";
    case DetectedBy::Trust: return "the judgement of the certificates";
    case DetectedBy::Ats: return "App Transport Security";
    case DetectedBy::Api: return "the call itself";
    case DetectedBy::Break: return "a break that the program asked for";
  }
  return "";
}

template <class Items, class Text>
std::string joined(const Items& items, std::string_view between, Text&& text) {
  std::string out;
  for (const auto item : items) {
    if (!out.empty()) out += between;
    out += text(item);
  }
  return out;
}

void append_list(std::string& out, std::string_view title, std::string_view items, const Terminal& terminal) {
  if (items.empty()) return;
  out += fmt::format("\n  {}\n", paint(title, Style::Bold, terminal));
  for (const std::string_view item : items_of(items)) append_paragraph(out, "    - ", item, terminal);
}

struct Row {
  const ResultInfo* info;
  std::array<std::string, 6> cells;
};

}  // namespace

std::string security_error_line(ResultCode code) {
  const auto value = static_cast<std::int32_t>(code);
  return fmt::format("Error: 0x{:08X} {} {}", static_cast<std::uint32_t>(value), value, message_of(code));
}

std::string code_report(ResultCode code, const Terminal& terminal) {
  std::string out = paint(security_error_line(code), Style::Bold, terminal) + "\n";
  const ResultInfo* const info = find_result(code);
  if (info == nullptr) return out + "\n  Symbol       " + symbol_of(code) + "\n";

  out += '\n';
  append_paragraph(out, "  Symbol       ", info->symbol, terminal);
  append_paragraph(out, "  Category     ", to_string(info->category), terminal);
  append_paragraph(out, "  Outcome      ", in_words(info->outcome), terminal);
  append_paragraph(out, "  Detected by  ",
                   joined(info->detected_by, ", or ", [](DetectedBy by) { return in_words(by); }), terminal);
  if (info->alert_received) append_paragraph(out, "  Alert in     ", describe(*info->alert_received), terminal);
  if (!info->alerts_sent.empty()) {
    append_paragraph(out, "  Alert out    ", joined(info->alerts_sent, ", or ", describe), terminal);
  }
  const Explanation* const text = explain(code);
  if (text == nullptr) return out;
  out += '\n';
  append_paragraph(out, "  ", text->meaning, terminal);
  append_list(out, "Causes on the server's side", text->server_causes, terminal);
  append_list(out, "Causes on the client's side", text->client_causes, terminal);
  append_list(out, "What to check", text->checks, terminal);
  append_list(out, "How to fix it on the server", text->server_fix, terminal);
  append_list(out, "How to fix it in the client", text->client_fix, terminal);
  return out;
}

std::string code_table(std::span<const ResultInfo* const> rows, const Terminal& terminal) {
  constexpr std::size_t kGap = 2;
  constexpr std::size_t kSymbol = 1;
  constexpr std::size_t kMessage = 5;  // The last column.
  std::vector<Row> table{{nullptr, {"CODE", "SYMBOL", "CATEGORY", "OUTCOME", "DETECTED BY", "MESSAGE"}}};
  for (const ResultInfo* const info : rows) {
    const auto name = [](DetectedBy by) { return to_string(by); };
    // The long form of this outcome would widen the column for one row in 73.
    const std::string_view outcome = info->outcome == Outcome::FatalOrSkip ? "fatal*" : to_string(info->outcome);
    table.push_back({info,
                     {fmt::to_string(static_cast<std::int32_t>(info->code)), std::string(info->symbol),
                      std::string(to_string(info->category)), std::string(outcome),
                      joined(info->detected_by, ",", name), std::string(info->message)}});
  }
  std::array<std::size_t, 6> widths{};
  for (const Row& row : table) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths.at(i) = std::max(widths.at(i), row.cells.at(i).size());
  }
  std::size_t total = 0;
  for (const std::size_t width : widths) total += width + kGap;
  // A pipe has no width: scripts get one line a row.
  const bool is_wide = !terminal.is_interactive || total - kGap <= terminal.width;

  std::string out;
  for (const Row& row : table) {
    std::string line;
    for (std::size_t i = 0; i < kMessage; ++i) {
      // In two lines a row, nothing below the header needs the symbol's column to be as wide as the longest.
      const std::size_t width = is_wide || i != kSymbol ? widths.at(i) : std::min<std::size_t>(widths.at(i), 36);
      line += padded(row.cells.at(i), width) + std::string(kGap, ' ');
    }
    if (is_wide) line += row.cells[kMessage];
    while (line.ends_with(' ')) line.pop_back();
    out += paint(line, Style::Bold, is_wide && row.info != nullptr ? Terminal{} : terminal) + "\n";
    if (!is_wide) append_paragraph(out, "       ", row.cells[kMessage], terminal);
  }
  const bool has_star =
      std::any_of(rows.begin(), rows.end(), [](auto* row) { return row->outcome == Outcome::FatalOrSkip; });
  if (has_star) out += "\n* fatal on a stream; on datagrams the record is skipped\n";
  return out;
}

}  // namespace securetransport::cli
