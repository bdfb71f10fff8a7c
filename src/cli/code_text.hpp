// SPDX-License-Identifier: Apache-2.0
// Finds result codes in what people type or paste: numbers, names, log lines, NSError dumps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/result_code.hpp"

namespace securetransport::cli {

/// What one argument, or one pasted text, was understood as.
struct CodesInText {
  std::vector<ResultCode> codes;  ///< In order of appearance, each once.
  std::string complaint;          ///< One line if nothing was understood; else empty.
};

/// A single number or name must be known. In any longer text, codes are picked out and the rest is ignored:
/// "-9807", "0xFFFFD9B1", "4294957489" and "errSSLProtocol" wherever they stand as words of their own, and "9807"
/// after a word such as "error" or "code".
[[nodiscard]] CodesInText codes_in(std::string_view text);

}  // namespace securetransport::cli
