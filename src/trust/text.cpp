// SPDX-License-Identifier: Apache-2.0
// Names from certificates as text that is safe to show on a terminal or in a log.
#include "trust/text.hpp"

#include <arpa/inet.h>

#include <array>
#include <cstdint>
#include <optional>

#include "ossl/handles.hpp"
#include "trust/error_mark.hpp"

namespace securetransport::trust {
namespace {

constexpr std::size_t kItemLimit = 100;

void append_escaped(std::string& out, char byte) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += '\\';
  out += kHex[value >> 4U];
  out += kHex[value & 0x0FU];
}

struct Scalar {
  std::uint32_t value;
  std::size_t length;
};

/// Decodes the character at the front; nullopt if the bytes are not shortest-form UTF-8 of a scalar value.
std::optional<Scalar> first_scalar(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return Scalar{lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return std::nullopt;
  std::uint32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return std::nullopt;
    value = value << 6U | (byte(at) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest.at(length) || is_surrogate || value > 0x10FFFF) return std::nullopt;
  return Scalar{value, length};
}

bool is_harmless(std::uint32_t scalar) {
  const auto within = [scalar](std::uint32_t first, std::uint32_t last) { return scalar >= first && scalar <= last; };
  const bool is_control = scalar < 0x20 || within(0x7F, 0x9F);
  const bool reorders = scalar == 0x061C || within(0x200B, 0x200F) || within(0x202A, 0x202E) || within(0x2066, 0x2069);
  const bool breaks_lines = within(0x2028, 0x2029);
  return !is_control && !reorders && !breaks_lines && scalar != 0xFEFF;
}

std::string address_text(const ASN1_OCTET_STRING& address) {
  const int length = ASN1_STRING_length(&address);
  const unsigned char* const bytes = ASN1_STRING_get0_data(&address);
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (length == 4 && inet_ntop(AF_INET, bytes, text.data(), text.size()) != nullptr) return text.data();
  if (length == 16 && inet_ntop(AF_INET6, bytes, text.data(), text.size()) != nullptr) return text.data();
  return "(malformed IP address of " + std::to_string(length) + " bytes)";
}

}  // namespace

std::string escape_ascii(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char byte : bytes) {
    if (byte >= 0x20 && byte < 0x7F && byte != '\\') {
      out += byte;
    } else {
      append_escaped(out, byte);
    }
  }
  return out;
}

std::string escape_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto scalar = first_scalar(text);
    const std::size_t length = scalar ? scalar->length : 1;
    if (scalar && is_harmless(scalar->value)) {
      out += text.substr(0, length);
    } else {
      for (const char byte : text.substr(0, length)) append_escaped(out, byte);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string name_text(const X509_NAME& name) {
  // OpenSSL would escape every byte above 127; names in other scripts must stay readable.
  constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  const ErrorMark mark;
  const ossl::BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), &name, 0, kFlags) < 0) return "(unreadable name)";
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return escape_utf8({data, static_cast<std::size_t>(size)});
}

std::string general_name_text(const GENERAL_NAME& name) {
  int type = 0;
  void* const value = GENERAL_NAME_get0_value(&name, &type);
  if (type == GEN_IPADD) return address_text(*static_cast<const ASN1_OCTET_STRING*>(value));
  if (type != GEN_DNS) return {};
  const auto* const text = static_cast<const ASN1_IA5STRING*>(value);
  return escape_ascii(
      {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text))});
}

std::string shorten(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // Not inside a character.
  text.resize(end);
  return text + "...";
}

std::string join_some(std::span<const std::string> items, std::size_t limit) {
  std::string joined;
  for (std::size_t at = 0; at < items.size() && at < limit; ++at) {
    joined += (at == 0 ? "" : ", ") + shorten(items[at], kItemLimit);
  }
  if (items.size() > limit) joined += " and " + std::to_string(items.size() - limit) + " more";
  return joined;
}

}  // namespace securetransport::trust
