// SPDX-License-Identifier: Apache-2.0
#include "support/der.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace securetransport::test {
namespace {

Der attribute(std::string_view text) {
  constexpr std::string_view kPrintable = "printable:";
  const std::string_view type = text.substr(0, text.find('='));
  std::string_view value = text.substr(text.find('=') + 1);
  std::uint8_t tag = type == "E" ? kDerIa5 : kDerUtf8;
  if (value.starts_with(kPrintable)) {
    value.remove_prefix(kPrintable.size());
    tag = kDerPrintable;
  }
  Der oid{0x55, 0x04, 0x03};  // 2.5.4.3, a common name.
  if (type == "C") oid[2] = 6;
  if (type == "O") oid[2] = 10;
  if (type == "OU") oid[2] = 11;
  if (type == "E") oid = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01};
  return sequence({tlv(kDerOid, oid), tlv(tag, value)});
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Der address(std::string_view text) {
  Der bytes;
  for (const std::string_view part : split(text, '/')) {
    const bool is_v6 = part.find(':') != std::string_view::npos;
    std::array<std::uint8_t, 16> out{};
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, std::string(part).c_str(), out.data()) != 1) {
      throw std::invalid_argument(std::string(part));
    }
    bytes.insert(bytes.end(), out.begin(), out.begin() + (is_v6 ? 16 : 4));
  }
  return bytes;
}

}  // namespace

Der tlv(std::uint8_t tag, const Der& value) {
  Der out{tag};
  const std::size_t size = value.size();
  if (size < 0x80) {
    out.push_back(static_cast<std::uint8_t>(size));
  } else if (size < 0x100) {
    out.insert(out.end(), {0x81, static_cast<std::uint8_t>(size)});
  } else if (size < 0x10000) {
    out.insert(out.end(), {0x82, static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)});
  } else {
    throw std::length_error("tlv");
  }
  out.insert(out.end(), value.begin(), value.end());
  return out;
}

Der tlv(std::uint8_t tag, std::string_view value) { return tlv(tag, Der(value.begin(), value.end())); }

Der joined(const std::vector<Der>& parts) {
  Der out;
  for (const Der& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Der sequence(const std::vector<Der>& parts) { return tlv(kDerSequence, joined(parts)); }

Der distinguished_name(std::string_view text) {
  std::vector<Der> relative_names;
  for (const std::string_view relative : split(text, '/')) {
    std::vector<Der> attributes;
    for (const std::string_view part : split(relative, '+')) attributes.push_back(attribute(part));
    std::sort(attributes.begin(), attributes.end());  // X.690 section 11.6: the order of a SET OF.
    relative_names.push_back(tlv(kDerSet, joined(attributes)));
  }
  return sequence(relative_names);
}

Der general_name(std::string_view text) {
  const std::string_view kind = text.substr(0, text.find(':'));
  const std::string_view value = text.substr(text.find(':') + 1);
  if (kind == "MAIL") return tlv(0x81, value);
  if (kind == "DNS") return tlv(0x82, value);
  if (kind == "DIR") return tlv(0xA4, distinguished_name(value));
  if (kind == "URI") return tlv(0x86, value);
  if (kind == "IP") return tlv(0x87, address(value));
  if (kind == "BYTES") return tlv(0x87, value);
  if (kind == "RID") return tlv(0x88, Der{0x2B, 6, 1, 4, 1, 0x83, 0xB2, 3, 1});
  const std::uint8_t last = kind == "OTHER" ? 1 : 2;
  return tlv(0xA0, joined({tlv(kDerOid, Der{0x2B, 6, 1, 4, 1, 0x83, 0xB2, 3, last}), tlv(0xA0, tlv(kDerUtf8, value))}));
}

Der general_names(const std::vector<std::string>& names) {
  std::vector<Der> parts;
  for (const std::string& name : names) parts.push_back(general_name(name));
  return sequence(parts);
}

}  // namespace securetransport::test
