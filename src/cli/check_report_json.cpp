// SPDX-License-Identifier: Apache-2.0
// Check reports as JSON; docs/guide/check-json.md describes every key.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "cli/check_report.hpp"

namespace securetransport::cli {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

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

std::string time_of(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

Json json_of(const Certificate& certificate) {
  return {{"subject", certificate.subject()},
          {"issuer", certificate.issuer()},
          {"serial", certificate.serial()},
          {"names", certificate.names()},
          {"not_before", time_of(certificate.not_before())},
          {"not_after", time_of(certificate.not_after())},
          {"key", certificate.key()},
          {"signature_algorithm", certificate.signature_algorithm()},
          {"sha256", certificate.sha256()},
          {"is_ca", certificate.is_ca()},
          {"is_self_issued", certificate.is_self_issued()}};
}

Json json_of(const Violation& violation) {
  // Not "code": whoever looks for that key must find the target's, and only that.
  return {{"violation_code", static_cast<std::int32_t>(violation.code)},
          {"violation_symbol", symbol_of(violation.code)},
          {"chain_index", violation.chain_index ? Json(*violation.chain_index) : Json()},
          {"subject", violation.subject},
          {"detail", violation.detail},
          {"rule", violation.rule}};
}

template <class Items>
Json list_of(const Items& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
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
          {"chain", list_of(report.chain)},
          {"violations", list_of(diagnosis.violations)},
          {"acceptable_issuers", report.acceptable_issuers},
          {"offered", diagnosis.offered},
          {"received", diagnosis.received},
          {"notes", diagnosis.notes},
          {"what_to_do", remedies},
          {"duration_ms", report.duration.count()}};
}

Json json_of(std::span<const CheckReport> reports) {
  return {{"version", kJsonVersion}, {"results", list_of(reports)}};
}

}  // namespace securetransport::cli
