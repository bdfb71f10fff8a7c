// SPDX-License-Identifier: Apache-2.0
#include "trust/dns_name.hpp"

#include <idn2.h>
#include <libpsl.h>

#include <algorithm>

namespace securetransport::trust {
namespace {

constexpr std::size_t kMaxName = 253;
constexpr std::size_t kMaxLabel = 63;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_letter_or_digit(char byte) {
  return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabel && std::all_of(label.begin(), label.end(), [](char byte) {
    return is_letter_or_digit(byte) || byte == '-' || byte == '_';
  });
}

bool is_preferred_label(std::string_view label) {
  return is_label(label) && label.find('_') == std::string_view::npos && label.front() != '-' && label.back() != '-';
}

template <class IsLabel>
bool has_labels(std::string_view name, IsLabel is_good) {
  if (name.size() > kMaxName) return false;
  while (true) {
    const std::size_t dot = name.find('.');
    const std::string_view label = name.substr(0, dot);
    if (!is_good(label)) return false;
    if (dot == std::string_view::npos) return !std::all_of(label.begin(), label.end(), is_digit);
    name.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_dns_name(std::string_view name) { return has_labels(name, is_label); }

bool is_certificate_dns_name(std::string_view name) {
  if (name.starts_with("*.")) name.remove_prefix(2);
  return has_labels(name, is_preferred_label);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_within(std::string_view name, std::string_view domain) {
  if (domain.empty()) return true;
  if (name.size() < domain.size()) return false;
  const std::size_t start = name.size() - domain.size();
  return equal_ignoring_case(name.substr(start), domain) && (start == 0 || name[start - 1] == '.');
}

bool is_public_suffix(std::string_view domain) {
  std::string text(domain);
  std::transform(text.begin(), text.end(), text.begin(), lower);
  const psl_ctx_t* const list = psl_builtin();  // Compiled into the library, or null in builds without a list.
  if (list == nullptr) return text.find('.') == std::string::npos;
  return psl_is_public_suffix(list, text.c_str()) == 1;
}

std::string to_a_labels(std::string_view name) {
  char* converted = nullptr;
  const std::string text(name);
  // RFC 5891; with the mapping of UTS #46 that browsers apply to what people type.
  if (text.find('\0') != std::string::npos ||
      idn2_to_ascii_8z(text.c_str(), &converted, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) != IDN2_OK) {
    return {};
  }
  std::string result(converted);
  idn2_free(converted);
  return result;
}

}  // namespace securetransport::trust
