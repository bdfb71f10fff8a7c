// SPDX-License-Identifier: Apache-2.0
#include "cli/report_json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/report_parts.hpp"
#include "securetransport/trust/rule_help.hpp"

namespace securetransport::cli {
namespace {

std::string_view word_for(ChainRole role) noexcept {
  switch (role) {
    case ChainRole::Path: return "path";
    case ChainRole::Alternative: return "alternative";
    case ChainRole::Duplicate: return "duplicate";
    case ChainRole::Surplus: return "surplus";
    case ChainRole::Root: return "root";
  }
  return "";
}

Json index_among(const Certificate& certificate, std::span<const Certificate> sent) {
  const auto found = std::find(sent.begin(), sent.end(), certificate);
  return found == sent.end() ? Json() : Json(found - sent.begin());
}

}  // namespace

std::string json_time(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json json_of(const Certificate& certificate) {
  return {{"subject", certificate.subject()},
          {"issuer", certificate.issuer()},
          {"serial", certificate.serial()},
          {"names", certificate.names()},
          {"not_before", json_time(certificate.not_before())},
          {"not_after", json_time(certificate.not_after())},
          {"key", certificate.key()},
          {"signature_algorithm", certificate.signature_algorithm()},
          {"sha256", certificate.sha256()},
          {"is_ca", certificate.is_ca()},
          {"is_self_issued", certificate.is_self_issued()}};
}

Json json_of(const Violation& violation) {
  const RuleSource source = source_of_rule(violation.rule);
  // Not "code": whoever looks for that key must find the target's, and only that.
  return {{"violation_code", static_cast<std::int32_t>(violation.code)},
          {"violation_symbol", symbol_of(violation.code)},
          {"check", violation.check ? Json(trust_check_info(*violation.check).name) : Json()},
          {"chain_index", violation.chain_index ? Json(*violation.chain_index) : Json()},
          {"subject", violation.subject},
          {"detail", violation.detail},
          {"rule", violation.rule},
          {"rule_title", source.title.empty() ? Json() : Json(source.title)},
          {"rule_date", source.date.empty() ? Json() : Json(source.date)},
          {"fix", fix_for(violation)}};
}

Json json_of_path(std::span<const Certificate> path, std::span<const Certificate> sent) {
  Json list = Json::array();
  for (const Certificate& certificate : path) {
    list.push_back({{"subject", certificate.subject()},
                    {"sha256", certificate.sha256()},
                    {"sent_index", index_among(certificate, sent)}});
  }
  return list;
}

Json json_of_attempts(const TrustResult& result, std::span<const Certificate> sent) {
  Json list = Json::array();
  for (const TrustAttempt& attempt : result.attempts) {
    list.push_back({{"path", json_of_path(attempt.path, sent)}, {"reason", attempt.reason}});
  }
  return list;
}

Json json_of(const ChainAdvice& advice, std::span<const Certificate> sent) {
  if (advice.roles.empty()) return {};
  Json roles = Json::array();
  for (const ChainRole role : advice.roles) roles.push_back(word_for(role));
  Json missing;
  if (advice.missing) {
    missing = {{"subject", advice.missing->subject},
               {"key_id", text_or_null(advice.missing->key_id)},
               {"url", text_or_null(advice.missing->url)}};
  }
  Json to_add = Json::array();
  for (const Certificate& certificate : advice.to_add) to_add.push_back(certificate.pem());
  return {{"is_fine", advice.is_fine()},
          {"is_ordered", advice.is_ordered},
          {"roles", roles},
          {"to_send", json_of_path(advice.to_send, sent)},
          {"to_add", to_add},
          {"missing", missing},
          {"sentences", sentences_of(sent, advice)}};
}

}  // namespace securetransport::cli
