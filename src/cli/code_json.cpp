// SPDX-License-Identifier: Apache-2.0
// Result codes as JSON; docs/guide/codes-json.md describes the schema.
#include "cli/code_json.hpp"

#include <nlohmann/json.hpp>

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::cli {
namespace {

constexpr std::array kNeighbours{
#define ST_RESULT_NEIGHBOUR(value, Name, ...) ResultCode::Name,
#include "securetransport/core/result_codes.def"
};

Json list_of(std::string_view items) {
  Json list = Json::array();
  for (const std::string_view item : items_of(items)) list.push_back(item);
  return list;
}

}  // namespace

std::span<const ResultCode> neighbours() noexcept { return kNeighbours; }

Json json_of(Alert alert) {
  Json out{{"number", static_cast<unsigned>(alert)}, {"name", nullptr}};
  if (const auto name = alert_name(alert)) out["name"] = *name;
  return out;
}

Json json_of(ResultCode code) {
  Json out{{"code", static_cast<std::int32_t>(code)}, {"symbol", symbol_of(code)}};
  if (const ResultInfo* const info = find_result(code)) {
    out["category"] = to_string(info->category);
    out["outcome"] = to_string(info->outcome);
    out["detected_by"] = Json::array();
    for (const DetectedBy by : info->detected_by) out["detected_by"].push_back(to_string(by));
    out["alert_received"] = info->alert_received ? json_of(*info->alert_received) : Json();
    out["alerts_sent"] = Json::array();
    for (const Alert alert : info->alerts_sent) out["alerts_sent"].push_back(json_of(alert));
  }
  out["message"] = message_of(code);
  if (const Explanation* const text = explain(code)) {
    out["meaning"] = text->meaning;
    out["client_causes"] = list_of(text->client_causes);
    out["server_causes"] = list_of(text->server_causes);
    out["checks"] = list_of(text->checks);
    out["client_fix"] = list_of(text->client_fix);
    out["server_fix"] = list_of(text->server_fix);
  }
  return out;
}

Json json_of(std::span<const ResultInfo* const> rows) {
  Json out{{"version", kJsonVersion}, {"codes", Json::array()}, {"neighbours", Json::array()}};
  for (const ResultInfo* const row : rows) {
    const bool is_neighbour = std::find(kNeighbours.begin(), kNeighbours.end(), row->code) != kNeighbours.end();
    out[is_neighbour ? "neighbours" : "codes"].push_back(json_of(row->code));
  }
  return out;
}

std::string text_of(const Json& document) {
  constexpr int kIndent = 2;
  constexpr bool kAsciiOnly = true;
  // Text that is not UTF-8 comes from peers; it is shown with replacement characters, never a reason to fail.
  return document.dump(kIndent, ' ', kAsciiOnly, Json::error_handler_t::replace) + '\n';
}

}  // namespace securetransport::cli
