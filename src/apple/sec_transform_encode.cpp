// SPDX-License-Identifier: Apache-2.0
// <Security/SecEncodeTransform.h>, <Security/SecDecodeTransform.h>: base64.
#include <Security/SecBase.h>
#include <Security/SecDecodeTransform.h>
#include <Security/SecEncodeTransform.h>

#include <optional>
#include <string_view>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/transform.hpp"
#include "cf/string.hpp"

using namespace securetransport;
using apple::set_error;

const CFStringRef kSecBase64Encoding = cf::constant_string<"base64">;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Bytes encode(std::span<const std::uint8_t> input) {
  Bytes text;
  text.reserve((input.size() + 2) / 3 * 4);
  for (; !input.empty(); input = input.subspan(std::min<std::size_t>(3, input.size()))) {
    const auto byte = [&](std::size_t at) { return at < input.size() ? std::uint32_t{input[at]} : 0; };
    const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t at = 0; at < 4; ++at) {
      const auto digit = static_cast<std::uint8_t>(kAlphabet[group >> (18 - 6 * at) & 63]);
      text.push_back(at <= input.size() ? digit : std::uint8_t{'='});
    }
  }
  return text;
}

/// Nullopt for what is not base64.
std::optional<Bytes> decode(std::span<const std::uint8_t> text) {
  Bytes output;
  std::uint32_t group = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const std::uint8_t character : text) {
    if (std::string_view{" \t\r\n"}.find(static_cast<char>(character)) != std::string_view::npos) continue;
    const auto digit = kAlphabet.find(static_cast<char>(character));
    if (character == '=') {
      ++padding;
    } else if (digit == std::string_view::npos || padding != 0) {
      return std::nullopt;
    }
    group = group << 6 | (character == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++digits % 4 != 0) continue;
    if (padding > 2) return std::nullopt;
    for (std::size_t at = 0; at < 3 - padding; ++at)
      output.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * at)));
  }
  if (digits % 4 != 0) return std::nullopt;
  return output;
}

constexpr apple::TransformKind kEncode{[](CFStringRef, CFTypeRef) { return false; },
                                       [](const __SecTransform& transform, CFErrorRef* error) -> CFTypeRef {
                                         const auto input = apple::copy_input(transform, error);
                                         return input ? cf::make_data(encode(cf::bytes_of(input.get()))).release()
                                                      : nullptr;
                                       }};

constexpr apple::TransformKind kDecode{[](CFStringRef, CFTypeRef) { return false; },
                                       [](const __SecTransform& transform, CFErrorRef* error) -> CFTypeRef {
                                         const auto input = apple::copy_input(transform, error);
                                         if (!input) return nullptr;
                                         if (const auto output = decode(cf::bytes_of(input.get())))
                                           return cf::make_data(*output).release();
                                         set_error(error, errSecDecode, "the input is not base64");
                                         return nullptr;
                                       }};

SecTransformRef create(const apple::TransformKind& kind, CFTypeRef encoding, CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return apple::object_boundary([&]() -> SecTransformRef {
    if (encoding != nullptr && CFEqual(encoding, kSecBase64Encoding) != 0) return new __SecTransform(kind);
    set_error(error, errSecParam, "the encoding is not supported");
    return nullptr;
  });
}

}  // namespace

SecTransformRef SecEncodeTransformCreate(CFTypeRef encodeType, CFErrorRef* error) {
  return create(kEncode, encodeType, error);
}

SecTransformRef SecDecodeTransformCreate(CFTypeRef decodeType, CFErrorRef* error) {
  return create(kDecode, decodeType, error);
}
