// SPDX-License-Identifier: Apache-2.0
// PEM texts with blocks of any kind (RFC 7468).
#include <algorithm>
#include <array>

#include "trust/import_state.hpp"
#include "trust/pem_text.hpp"
#include "trust/text.hpp"

namespace securetransport::trust {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kMaxBlocks = 10'000;
constexpr std::size_t kMaxIgnored = 20;

struct Block {
  std::string_view label;
  std::string_view text;  ///< From BEGIN to END, both lines included; without END to the next block.
  std::size_t line;
};

/// Cuts the next block off `rest`. `line` counts on.
std::optional<Block> next_block(std::string_view& rest, std::size_t& line) {
  const std::size_t start = rest.find(kBegin);
  if (start == std::string_view::npos) return std::nullopt;
  line += static_cast<std::size_t>(std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
  rest.remove_prefix(start);
  const std::size_t label_end = std::min({rest.find(kDashes, kBegin.size()), rest.find('\n'), rest.size()});
  Block block{rest.substr(kBegin.size(), label_end - kBegin.size()), rest, line};
  const std::string end = "-----END " + std::string(block.label) + "-----";
  const std::size_t next = rest.find(kBegin, kBegin.size());
  const std::size_t stop = rest.substr(0, next).find(end);
  const std::size_t used = stop == std::string_view::npos ? std::min(next, rest.size()) : stop + end.size();
  block.text = rest.substr(0, used);
  line += static_cast<std::size_t>(std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used), '\n'));
  rest.remove_prefix(used);
  return block;
}

using Reader = ImportTrouble (*)(std::span<const std::uint8_t> der, const std::string& where, ImportState& state);

ImportTrouble read_certificate(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  return state.add_certificate(der, where);
}

ImportTrouble read_crl(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  return state.add_crl(der, where);
}

ImportTrouble read_public_key(std::span<const std::uint8_t> der, const std::string& where, ImportState& state) {
  return state.add_public_key(der, where);
}

struct Kind {
  std::string_view label;
  Reader read;
};

constexpr std::array kKinds{
    Kind{"CERTIFICATE", read_certificate},
    Kind{"X509 CERTIFICATE", read_certificate},
    Kind{"X.509 CERTIFICATE", read_certificate},
    Kind{"X509 CRL", read_crl},
    Kind{"CRL", read_crl},
    Kind{"PKCS7", import_pkcs7},
    Kind{"CMS", import_pkcs7},
    Kind{"PKCS12", import_pkcs12},
    Kind{"PRIVATE KEY", import_private_key},
    Kind{"ENCRYPTED PRIVATE KEY", import_encrypted_key},
    Kind{"PUBLIC KEY", read_public_key},
};

ImportTrouble read_block(const Block& block, ImportState& state) {
  const std::string where = shorten(escape_utf8(block.label), 60) + " in line " + std::to_string(block.line);
  if (block.label == "RSA PRIVATE KEY" || block.label == "EC PRIVATE KEY") {
    return import_traditional_key(block.text, where, state);
  }
  const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& at) { return at.label == block.label; });
  if (kind == kKinds.end()) {
    if (state.items().ignored.size() < kMaxIgnored) state.items().ignored.push_back(where);
    return std::nullopt;
  }
  const auto decoded = pem_blocks(block.text, block.label, 1);
  if (decoded.empty()) return import_error(ImportProblem::Damaged, where, "its BEGIN line is damaged");
  if (!decoded.front().has_end) {
    return import_error(ImportProblem::Damaged, where, "its END line is missing");
  }
  if (!decoded.front().data) return import_error(ImportProblem::Damaged, where, "its base64 text is damaged");
  return kind->read(*decoded.front().data, where, state);
}

bool is_empty(const ImportedItems& items) {
  return items.certificates.empty() && items.crls.empty() && items.keys.empty() && items.public_keys.empty();
}

}  // namespace

ImportTrouble import_pem(std::string_view text, ImportState& state) {
  std::string_view rest = text;
  std::size_t line = 1;
  std::size_t count = 0;
  while (const std::optional<Block> block = next_block(rest, line)) {
    if (++count > kMaxBlocks) return import_error(ImportProblem::TooMuch, {}, "there are more than 10000 PEM blocks");
    if (auto trouble = read_block(*block, state)) return trouble;
  }
  if (count == 0) {
    return import_error(ImportProblem::UnknownForm, {},
                        "it is neither PEM nor DER of a certificate, a key, PKCS#7 or PKCS#12");
  }
  if (is_empty(state.items()) && !state.items().ignored.empty()) {
    return import_error(ImportProblem::Unsupported, {},
                        "there is nothing but " + join_some(state.items().ignored, 3) + ", which is not read here");
  }
  return std::nullopt;
}

}  // namespace securetransport::trust
