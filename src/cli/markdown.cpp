// SPDX-License-Identifier: Apache-2.0
// The reference page of the result codes, docs/result-codes.md, made from the table and the explanations.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "cli/code_json.hpp"
#include "cli/code_report.hpp"
#include "securetransport/core/alert.hpp"
#include "securetransport/core/explanation.hpp"

namespace securetransport::cli {
namespace {

constexpr std::string_view kIntroduction =
    R"(<!-- Generated from include/securetransport/core/result_codes.def and src/core/explanation*.cpp.
     Do not edit. Make it anew with: securetransport codes --markdown > docs/result-codes.md -->

# Result codes

Every failure of a session is one of these 73 codes: Apple's names and numbers, each with one documented condition.
`securetransport error CODE` prints the same text in a terminal and also understands pasted log lines;
`securetransport codes --json` gives it to programs.

*Outcome*: **fatal** ends the session; **closed** ends it in order; **pause** is not an error and asks for another
call; **caller** is a mistake in one call that leaves the session as it was.
*Detected by*: **local**, this side's TLS engine; **peer**, the other side, which sent an alert; **transport**, the
connection below; **trust**, the judgement of the certificates; **ats**, an App Transport Security rule; **api**, the
call itself; **break**, a pause that the program asked for.

)";

/// Characters that Markdown or HTML would take for itself.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '*' || c == '|' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// The anchor that renderers derive from a heading.
std::string anchor_of(const ResultInfo& info) {
  std::string symbol(info.symbol);
  std::transform(symbol.begin(), symbol.end(), symbol.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return fmt::format("#{}-{}", static_cast<std::int32_t>(info.code), symbol);
}

std::string detectors_of(const ResultInfo& info) {
  std::string out;
  for (const DetectedBy by : info.detected_by) out += fmt::format("{}{}", out.empty() ? "" : ", ", to_string(by));
  return out;
}

void append_list(std::string& out, std::string_view title, std::string_view items) {
  if (items.empty()) return;
  out += fmt::format("\n**{}**\n\n", title);
  for (const std::string_view item : items_of(items)) out += fmt::format("- {}\n", plain(item));
}

void append_section(std::string& out, std::string_view level, const ResultInfo& info) {
  out += fmt::format("\n{} {} {}\n\n", level, static_cast<std::int32_t>(info.code), info.symbol);
  out += fmt::format("{}.\n\n", plain(info.message));
  out += fmt::format("*Category* {} · *outcome* {} · *detected by* {}", to_string(info.category),
                     to_string(info.outcome), detectors_of(info));
  if (info.alert_received) out += fmt::format(" · *alert received* {}", describe(*info.alert_received));
  std::string_view lead = " · *alert sent* ";
  for (const Alert alert : info.alerts_sent) {
    out += fmt::format("{}{}", lead, describe(alert));
    lead = ", ";
  }
  out += "\n";
  const Explanation* const text = explain(info.code);
  if (text == nullptr) return;
  out += fmt::format("\n{}\n", plain(text->meaning));
  append_list(out, "Causes on the server's side", text->server_causes);
  append_list(out, "Causes on the client's side", text->client_causes);
  append_list(out, "What to check", text->checks);
  append_list(out, "How to fix it on the server", text->server_fix);
  append_list(out, "How to fix it in the client", text->client_fix);
}

}  // namespace

std::string code_page() {
  std::string out(kIntroduction);
  out += "| Code | Symbol | Category | Outcome | Detected by | Message |\n|---|---|---|---|---|---|\n";
  for (const ResultInfo& info : result_table()) {
    out += fmt::format("| [{}]({}) | `{}` | {} | {} | {} | {} |\n", static_cast<std::int32_t>(info.code),
                       anchor_of(info), info.symbol, to_string(info.category), to_string(info.outcome),
                       detectors_of(info), plain(info.message));
  }
  for (const ResultInfo& info : result_table()) append_section(out, "##", info);
  out += "\n---\n\nApple's header has one more code, which is not one of the 73.\n";
  for (const ResultCode code : neighbours()) append_section(out, "###", *find_result(code));
  return out;
}

}  // namespace securetransport::cli
