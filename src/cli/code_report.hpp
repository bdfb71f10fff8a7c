// SPDX-License-Identifier: Apache-2.0
// Result codes as text for people: one at length, or all in a table.
#pragma once

#include <span>
#include <string>

#include "cli/terminal.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport::cli {

/// The line that macOS's `security error` prints: "Error: 0xFFFFD9B1 -9807 the certificate chain is not valid".
[[nodiscard]] std::string security_error_line(ResultCode code);

/// That line, what is known about the code, and its explanation.
[[nodiscard]] std::string code_report(ResultCode code, const Terminal& terminal);

/// The rows as a table; where the terminal is too narrow for one line a row, the message goes below.
[[nodiscard]] std::string code_table(std::span<const ResultInfo* const> rows, const Terminal& terminal);

/// The reference page docs/result-codes.md: all rows, whatever the terminal.
[[nodiscard]] std::string code_page();

}  // namespace securetransport::cli
