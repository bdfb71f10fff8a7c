// SPDX-License-Identifier: Apache-2.0
// The parts that the JSON about certificates has in common; docs/guide/check-json.md describes every key.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "cli/code_json.hpp"
#include "securetransport/trust/chain_advice.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::cli {

[[nodiscard]] std::string json_time(std::chrono::sys_seconds time);  ///< "2026-11-14T02:31:19Z"
[[nodiscard]] Json text_or_null(const std::string& text);
[[nodiscard]] Json json_of(const Certificate& certificate);
[[nodiscard]] Json json_of(const Violation& violation);

/// The path that was judged: list of {"subject","sha256","sent_index"}.
[[nodiscard]] Json json_of_path(std::span<const Certificate> path, std::span<const Certificate> sent);

/// Paths that were given up: list of {"path","reason"}.
[[nodiscard]] Json json_of_attempts(const TrustResult& result, std::span<const Certificate> sent);

/// {"is_fine","is_ordered","roles","to_send","to_add","missing","sentences"}; null without an answer.
[[nodiscard]] Json json_of(const ChainAdvice& advice, std::span<const Certificate> sent);

template <class Items>
[[nodiscard]] Json json_list(const Items& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

}  // namespace securetransport::cli
