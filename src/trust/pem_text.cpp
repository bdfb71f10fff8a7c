// SPDX-License-Identifier: Apache-2.0
// Finds the blocks of a PEM text (RFC 7468) and decodes them.
#include "trust/pem_text.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <string>

namespace securetransport::trust {
namespace {

bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

bool is_base64(char byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '+' ||
         byte == '/';
}

/// RFC 7468 section 2: "Parsers SHOULD ignore whitespace and other non-base64 characters": only whitespace here, for
/// other characters are damage that a person should hear of.
std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view body) {
  std::string digits;
  std::copy_if(body.begin(), body.end(), std::back_inserter(digits), [](char byte) { return !is_space(byte); });
  std::size_t padding = 0;
  while (padding < 2 && padding < digits.size() && digits[digits.size() - 1 - padding] == '=') ++padding;
  const auto end_of_digits = digits.end() - static_cast<std::ptrdiff_t>(padding);
  if (digits.empty() || digits.size() % 4 != 0 || !std::all_of(digits.begin(), end_of_digits, is_base64)) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> bytes(digits.size() / 4 * 3);
  const auto* const from = reinterpret_cast<const unsigned char*>(digits.data());
  if (EVP_DecodeBlock(bytes.data(), from, static_cast<int>(digits.size())) < 0) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace

std::vector<PemBlock> pem_blocks(std::string_view text, std::string_view label, std::size_t limit) {
  const std::string begin = "-----BEGIN " + std::string(label) + "-----";
  const std::string end = "-----END " + std::string(label) + "-----";
  std::vector<PemBlock> blocks;
  std::size_t line = 1;
  std::size_t at = 0;
  while (blocks.size() < limit) {
    const std::size_t start = text.find(begin, at);
    if (start == std::string_view::npos) break;
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
    PemBlock& block = blocks.emplace_back();
    block.line = line;
    const std::size_t body = start + begin.size();
    const std::size_t stop = text.find("-----", body);
    block.has_end = stop != std::string_view::npos && text.substr(stop, end.size()) == end;
    if (block.has_end) block.data = decode_base64(text.substr(body, stop - body));
    at = body;
  }
  return blocks;
}

}  // namespace securetransport::trust
