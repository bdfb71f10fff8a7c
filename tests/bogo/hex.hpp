// SPDX-License-Identifier: Apache-2.0
// Lists of names of authorities, as the runner writes them.
#pragma once

#include <string>
#include <vector>

namespace bogo {

/// Hexadecimal digits, the entries separated by commas; no entry from an empty text.
[[nodiscard]] inline std::vector<std::string> bytes_of_hex_list(const std::string& text) {
  std::vector<std::string> entries;
  if (text.empty()) return entries;
  entries.emplace_back();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ',') {
      entries.emplace_back();
      ++at;
    } else {
      entries.back().push_back(static_cast<char>(std::stoi(text.substr(at, 2), nullptr, 16)));
      at += 2;
    }
  }
  return entries;
}

}  // namespace bogo
