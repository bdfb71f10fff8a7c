// SPDX-License-Identifier: Apache-2.0
// A line of JSON as an object, read strictly: JSON of strangers decides what a suite measures.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace securetransport::cli {

struct BatchObject {
  nlohmann::json object;
  std::string problem;  ///< Why there is no object; empty if there is one.
};

/// One JSON object (RFC 8259) in UTF-8, nested at most 16 deep, without a key that stands twice in the same object.
[[nodiscard]] BatchObject parse_batch_line(std::string_view line);

}  // namespace securetransport::cli
