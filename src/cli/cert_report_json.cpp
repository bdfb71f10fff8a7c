// SPDX-License-Identifier: Apache-2.0
// Reports about certificates in files as JSON; docs/guide/check-json.md describes every key.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/cert_report.hpp"
#include "cli/report_json.hpp"

namespace securetransport::cli {
namespace {

Json result_of(const CertReport& report, const CertDemand& demand) {
  return {{"source", report.source},
          {"form", text_or_null(report.form)},
          {"code", report.code ? Json(static_cast<std::int32_t>(*report.code)) : Json()},
          {"symbol", report.code ? Json(symbol_of(*report.code)) : Json()},
          {"message", report.code ? Json(message_of(*report.code)) : Json()},
          {"error", text_or_null(report.problem)},
          {"policy", word_for(demand.policy)},
          {"name", text_or_null(demand.name)},
          {"time", json_time(demand.time)},
          {"chain", json_list(report.chain)},
          {"violations", json_list(report.trust.violations)},
          {"warnings", report.warnings},
          {"is_anchored", report.trust.is_anchored},
          {"has_system_root", report.trust.has_system_root},
          {"is_revocation_checked", report.trust.is_revocation_checked},
          {"path", json_of_path(report.trust.path, report.chain)},
          {"attempts", json_of_attempts(report.trust, report.chain)},
          {"advice", json_of(report.advice, report.chain)},
          {"notes", report.notes}};
}

std::size_t count_if(std::span<const CertReport> reports, bool (*is_counted)(const CertReport&)) {
  return static_cast<std::size_t>(std::count_if(reports.begin(), reports.end(), is_counted));
}

}  // namespace

Json json_of(std::span<const CertReport> reports, const CertDemand& demand) {
  Json results = Json::array();
  for (const CertReport& report : reports) results.push_back(result_of(report, demand));
  const auto is_trusted = [](const CertReport& at) { return at.code && at.trust.trusted(); };
  const std::size_t trusted = count_if(reports, is_trusted);
  const std::size_t warned =
      count_if(reports, [](const CertReport& at) { return at.code && at.trust.trusted() && at.has_warning(); });
  const std::size_t unreadable = count_if(reports, [](const CertReport& at) { return !at.code; });
  return {{"version", kJsonVersion},
          {"results", results},
          {"summary",
           {{"total", reports.size()},
            {"good", trusted - warned},
            {"warned", warned},
            {"rejected", reports.size() - trusted - unreadable},
            {"unreadable", unreadable}}}};
}

}  // namespace securetransport::cli
