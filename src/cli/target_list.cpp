// SPDX-License-Identifier: Apache-2.0
// From the words of a command line to targets of TLS.
#include "cli/target_list.hpp"

#include <fmt/format.h>

#include "cli/input_file.hpp"
#include "cli/terminal.hpp"

namespace securetransport::cli {

NamedTarget read_target(std::string_view text) {
  auto parsed = net::parse_target(text);
  if (!parsed) return {std::string(text), std::nullopt, parsed.error().detail};
  if (parsed->starts_in_plaintext) {
    std::string problem = fmt::format("{} does not begin with TLS: name the service's TLS port as host:port",
                                      shortened(parsed->scheme + "://" + parsed->authority(), 80));
    return {std::string(text), std::nullopt, std::move(problem)};
  }
  return {std::string(text), std::move(parsed).value(), {}};
}

std::optional<Complaint> read_targets(const std::string& path, std::vector<NamedTarget>& targets) {
  std::string text;
  if (auto complaint = read_input(path, text)) return complaint;
  std::string_view rest = text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#') continue;
    line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    NamedTarget target = read_target(line);
    if (!target.target) {
      target.problem = fmt::format("{} line {}: {}", path == "-" ? "standard input" : path, number, target.problem);
    }
    targets.push_back(std::move(target));
  }
  return std::nullopt;
}

std::optional<Complaint> read_place(const std::string& text, std::optional<net::Target>& place) {
  if (text.empty()) return std::nullopt;
  auto parsed = net::parse_target(text);
  if (!parsed) return Complaint{ExitCode::Usage, fmt::format("--connect-to: {}", parsed.error().detail)};
  place = std::move(parsed).value();
  return std::nullopt;
}

}  // namespace securetransport::cli
