// SPDX-License-Identifier: Apache-2.0
// Check reports as JSON; docs/guide/check-json.md describes every key.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/check_report.hpp"
#include "cli/report_json.hpp"

namespace securetransport::cli {
namespace {

Json json_of(const std::optional<AlertMessage>& alert) {
  if (!alert) return {};
  const auto name = alert_name(alert->description);
  return {{"number", static_cast<unsigned>(alert->description)},
          {"description", name ? Json(*name) : Json()},
          {"level", alert->level == AlertLevel::Warning ? "warning" : "fatal"}};
}

Json json_of(const SessionInfo& info) {
  return {{"version", info.version ? Json(to_string(*info.version)) : Json()},
          {"cipher_suite", info.cipher_suite ? Json(to_string(*info.cipher_suite)) : Json()},
          {"group", text_or_null(info.group)},
          {"signature_scheme", text_or_null(info.signature_scheme)},
          {"alpn", text_or_null(info.alpn)},
          {"extended_master_secret", info.extended_master_secret},
          {"secure_renegotiation", info.secure_renegotiation},
          {"client_certificate_requested", info.client_certificate_requested},
          {"client_certificate_sent", info.client_certificate_sent}};
}

}  // namespace

Json json_of(const CheckReport& report) {
  const Diagnosis& diagnosis = report.diagnosis;
  Json remedies = Json::array();
  for (const Remedy& remedy : remedies_of(report)) remedies.push_back({{"side", remedy.side}, {"text", remedy.text}});
  return {{"target", report.target},
          {"host", text_or_null(report.host)},
          {"port", report.port != 0 ? Json(report.port) : Json()},
          {"address", text_or_null(report.address)},
          {"code", report.code ? Json(static_cast<std::int32_t>(*report.code)) : Json()},
          {"symbol", report.code ? Json(symbol_of(*report.code)) : Json()},
          {"message", report.code ? Json(message_of(*report.code)) : Json()},
          {"published_code", report.code && diagnosis.published != ResultCode::Success
                                 ? Json(static_cast<std::int32_t>(diagnosis.published))
                                 : Json()},
          {"error", report.code ? Json() : Json(fmt::format("{}: {}", report.problem, diagnosis.detail))},
          {"phase", diagnosis.phase == Phase::None ? Json() : Json(to_string(diagnosis.phase))},
          {"detected_by", diagnosis.detected_by ? Json(to_string(*diagnosis.detected_by)) : Json()},
          {"detail", text_or_null(diagnosis.detail)},
          {"engine_reason", text_or_null(diagnosis.engine_reason)},
          {"alert_sent", json_of(diagnosis.alert_sent)},
          {"alert_received", json_of(diagnosis.alert_received)},
          {"negotiated", json_of(report.info)},
          {"chain", json_list(report.chain)},
          {"violations", json_list(diagnosis.violations)},
          {"path", report.trust ? json_of_path(report.trust->path, report.chain) : Json::array()},
          {"attempts", report.trust ? json_of_attempts(*report.trust, report.chain) : Json::array()},
          {"advice", report.trust ? json_of(advise_on_chain(report.chain, *report.trust), report.chain) : Json()},
          {"acceptable_issuers", report.acceptable_issuers},
          {"offered", diagnosis.offered},
          {"received", diagnosis.received},
          {"notes", diagnosis.notes},
          {"what_to_do", remedies},
          {"duration_ms", report.duration.count()}};
}

Json json_of(std::span<const CheckReport> reports) {
  return {{"version", kJsonVersion}, {"results", json_list(reports)}};
}

}  // namespace securetransport::cli
