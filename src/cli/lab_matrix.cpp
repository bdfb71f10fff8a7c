// SPDX-License-Identifier: Apache-2.0
// The result matrix, as a page and as JSON.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "cli/lab_report.hpp"
#include "cli/lab_selftest.hpp"
#include "securetransport/tls/dialect.hpp"

namespace securetransport::cli {
namespace {

/// Takes out what differs from run to run: moments, ports, serial numbers, and the names of keys.
std::string masked(std::string text) {
  struct Mask {
    std::regex pattern;
    const char* replacement;
  };
  static const std::array kMasks{
      Mask{std::regex(R"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?UTC|Z)?)"), "DATE"},
      Mask{std::regex(R"(127\.0\.0\.1:\d+)"), "ADDRESS"},
      Mask{std::regex(R"([0-9A-Fa-f]{16,})"), "HEX"},
      Mask{std::regex(R"([A-Za-z0-9+/]{43}=)"), "PIN"},
      // A signature with ECDSA is now and then a byte shorter.
      Mask{std::regex(R"(\d+ bytes are missing)"), "N bytes are missing"},
  };
  for (const Mask& mask : kMasks) text = std::regex_replace(text, mask.pattern, mask.replacement);
  return text;
}

/// A cell of a table in Markdown.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : escaped(text)) {
    if (c == '|' || c == '<' || c == '\\' || c == '`') out += '\\';
    out += c;
  }
  return out;
}

std::string code_cell(ResultCode code) {
  return fmt::format("{} {}", static_cast<std::int32_t>(code), symbol_of(code));
}

std::string alert_cell(const LabRun& run) {
  const auto& sent = run.report.diagnosis.alert_sent;
  if (!sent || sent->description == Alert::CloseNotify) return "";
  return fmt::to_string(static_cast<unsigned>(sent->description));
}

ResultCode code_of(const LabRun& run) { return run.report.code.value_or(ResultCode::Internal); }

ResultCode published_by(const LabRun& run) {
  Diagnosis diagnosis = run.report.diagnosis;
  diagnosis.code = code_of(run);
  return published_code(diagnosis);
}

std::string row_of(const LabRun& run) {
  const lab::Scenario& scenario = *run.played.scenario;
  const Diagnosis& diagnosis = run.report.diagnosis;
  const ResultCode code = code_of(run);
  const ResultCode published = published_by(run);
  const std::string victim = scenario.side == lab::Side::Server   ? "client"
                             : scenario.side == lab::Side::Client ? "server"
                                                                  : "program";
  const bool is_good = code == ResultCode::Success;
  std::string code_text = is_good ? "0" : code_cell(code);
  if (code != run.played.expected())
    code_text += fmt::format(" (**documented: {}**)", code_cell(run.played.expected()));
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", scenario.name, victim,
                     run.played.version != 0 ? lab::version_text(run.played.version) : "", code_text,
                     published == code ? "=" : fmt::to_string(static_cast<std::int32_t>(published)),
                     is_good || diagnosis.phase == Phase::None ? "" : to_string(diagnosis.phase), alert_cell(run),
                     is_good ? "" : cell(masked(reason_of(run.report))));
}

/// A column of the table by codes.
struct Column {
  lab::Side side;  ///< Of the peer.
  std::uint16_t version;
  std::string_view title;
};

constexpr std::array kColumns{
    Column{lab::Side::Server, lab::kTls12, "client 1.2"},
    Column{lab::Side::Server, lab::kTls13, "client 1.3"},
    Column{lab::Side::Server, lab::kDtls12, "client DTLS 1.2"},
    Column{lab::Side::Client, lab::kTls12, "server 1.2"},
    Column{lab::Side::Client, lab::kTls13, "server 1.3"},
    Column{lab::Side::Client, lab::kDtls12, "server DTLS 1.2"},
};

/// How many scenarios come to the code there, and what the published dialect calls it where that differs.
std::string count_cell(std::span<const LabRun> runs, ResultCode code, const Column& column) {
  std::size_t count = 0;
  std::set<std::string> published;
  for (const LabRun& run : runs) {
    const lab::Scenario& scenario = *run.played.scenario;
    const bool is_meant = run.played.honesty == lab::Honesty::Faulty && scenario.side == column.side &&
                          run.played.version == column.version && code_of(run) == code;
    if (!is_meant) continue;
    ++count;
    if (published_by(run) != code) published.insert(fmt::to_string(static_cast<std::int32_t>(published_by(run))));
  }
  return count == 0 ? "" : fmt::format("{}{}{}", count, published.empty() ? "" : ": ", fmt::join(published, ", "));
}

std::string overview(std::span<const LabRun> runs) {
  std::string out =
      "\n## By code\n\nHow many scenarios bring a victim in this role, with this version, to the code; after a colon "
      "the code of the\npublished dialect where it is another one. *Program*: comes of settings and calls, whatever "
      "the "
      "role and version.\n\n| code | program |";
  for (const Column& column : kColumns) out += fmt::format(" {} |", column.title);
  out += "\n|---|---|---|---|---|---|---|---|\n";
  for (const ResultInfo& row : result_table()) {
    const auto programs = std::count_if(runs.begin(), runs.end(), [&](const LabRun& run) {
      return run.played.scenario->side == lab::Side::Program && code_of(run) == row.code;
    });
    out += fmt::format("| {} | {} |", code_cell(row.code), programs == 0 ? "" : fmt::to_string(programs));
    for (const Column& column : kColumns) out += fmt::format(" {} |", count_cell(runs, row.code, column));
    out += '\n';
  }
  return out;
}

std::string unreachable_row(const lab::Unreachable& row) {
  const std::string_view role = row.side == lab::Side::Server ? "client" : "server";
  return fmt::format("| {} | {} | {} | {} |\n", code_cell(row.code), role, lab::version_text(row.version),
                     cell(row.why));
}

}  // namespace

std::string matrix_page(std::span<const LabRun> runs) {
  std::string out =
      "# Result matrix\n\n"
      "Generated by `securetransport lab selftest --markdown`; a test compares this page with a fresh one.\n\n"
      "Each row is one connection over a socket between a peer of the lab, which has one fault, and our engine in the\n"
      "role of the victim. *Published* is the code of the published dialect where it differs. *Alert* is the number "
      "of\n"
      "the alert that our engine sent. Moments, ports and serial numbers are masked. Where another code came than the\n"
      "table of codes says, both stand there.\n";
  out += overview(runs);
  std::string_view theme;
  for (const LabRun& run : runs) {
    const lab::Scenario& scenario = *run.played.scenario;
    if (run.played.honesty == lab::Honesty::Twin) continue;
    if (theme != scenario.theme) {
      theme = scenario.theme;
      out += fmt::format(
          "\n## {}\n\n| scenario | victim | version | code | published | phase | alert | detail |\n"
          "|---|---|---|---|---|---|---|---|\n",
          theme);
    }
    out += row_of(run);
  }
  out +=
      "\n## What cannot be\n\nCodes that a victim in this role, with this version, never comes to.\n\n"
      "| code | victim | version | why |\n|---|---|---|---|\n";
  for (const lab::Unreachable& row : lab::unreachable()) out += unreachable_row(row);
  return out;
}

Json json_of(std::span<const LabRun> runs, const LabTally& tally) {
  Json list = Json::array();
  for (const LabRun& run : runs) list.push_back(json_of(run));
  return {{"version", kJsonVersion},        {"codes", tally.codes},
          {"scenarios", tally.scenarios},   {"all_as_documented", tally.complaints.empty()},
          {"complaints", tally.complaints}, {"runs", list}};
}

}  // namespace securetransport::cli
