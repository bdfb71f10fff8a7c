// SPDX-License-Identifier: Apache-2.0
// Result codes as JSON; docs/guide/codes-json.md describes the schema.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport::cli {

/// Keys stay in the order in which they were written, so that output can be read and compared.
using Json = nlohmann::ordered_json;

/// Version of every JSON document this command prints; a change that breaks a reader raises it.
inline constexpr int kJsonVersion = 1;

/// Codes of Apple's header beside the 73.
[[nodiscard]] std::span<const ResultCode> neighbours() noexcept;

/// {"number":48,"name":"unknown_ca"}; the name is null for a number that no RFC assigns.
[[nodiscard]] Json json_of(Alert alert);

/// One code with its explanation. Success has no row and gives the fields that make sense for it.
[[nodiscard]] Json json_of(ResultCode code);

/// {"version":1,"codes":[...],"neighbours":[...]} of the rows given.
[[nodiscard]] Json json_of(std::span<const ResultInfo* const> rows);

/// The document as text: indented, ASCII only (so that no byte of a stranger reaches a terminal), newline at the end.
[[nodiscard]] std::string text_of(const Json& document);

}  // namespace securetransport::cli
