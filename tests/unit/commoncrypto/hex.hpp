// SPDX-License-Identifier: Apache-2.0
// Test vectors are printed in hex.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::test {

inline std::string to_hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 0x0FU];
  }
  return text;
}

inline std::vector<unsigned char> from_hex(std::string_view text) {
  std::vector<unsigned char> bytes;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2)
    bytes.push_back(static_cast<unsigned char>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16)));
  return bytes;
}

}  // namespace securetransport::test
