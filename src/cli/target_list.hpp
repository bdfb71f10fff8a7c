// SPDX-License-Identifier: Apache-2.0
// From the words of a command line to targets of TLS.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line.hpp"
#include "net/target.hpp"

namespace securetransport::cli {

/// One target as typed: either parsed, or the reason why not.
struct NamedTarget {
  std::string text;
  std::optional<net::Target> target;
  std::string problem;  ///< One line that quotes the text; empty if there is a target.
};

/// Reads a target; a URL of a service that does not begin with TLS (http://) is refused.
[[nodiscard]] NamedTarget read_target(std::string_view text);

/// Reads a file of targets, one a line; blank lines and lines that start with # are skipped. "-" is standard input.
[[nodiscard]] std::optional<Complaint> read_targets(const std::string& path, std::vector<NamedTarget>& targets);

/// Reads HOST:PORT of --connect-to; empty text is no place.
[[nodiscard]] std::optional<Complaint> read_place(const std::string& text, std::optional<net::Target>& place);

}  // namespace securetransport::cli
