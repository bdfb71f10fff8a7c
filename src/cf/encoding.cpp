// SPDX-License-Identifier: Apache-2.0
// Conversions between UTF-16 and the encodings that CFString knows, one character at a time.
#include "cf/encoding.hpp"

#include <bit>

#include "cf/code_page.hpp"

namespace securetransport::cf {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kByteOrderMark = 0xFEFF;

constexpr bool is_surrogate(char32_t character) { return character >= 0xD800 && character <= 0xDFFF; }
constexpr bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }
constexpr bool is_character(char32_t value) { return value <= 0x10FFFF && !is_surrogate(value); }

void append(std::u16string& text, char32_t character) {
  if (character < 0x10000) {
    text += static_cast<char16_t>(character);
    return;
  }
  text += static_cast<char16_t>(0xD800U + ((character - 0x10000U) >> 10U));
  text += static_cast<char16_t>(0xDC00U + ((character - 0x10000U) & 0x3FFU));
}

/// A character, or nothing where there is a fault, and how many bytes it takes.
struct Step {
  std::optional<char32_t> character;
  std::size_t size;
};

Step next_utf8(std::span<const std::uint8_t> bytes) {
  const std::uint8_t first = bytes[0];
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return {std::nullopt, 1};
  char32_t character = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (i >= bytes.size() || (bytes[i] & 0xC0U) != 0x80) return {std::nullopt, i};
    character = character << 6U | (bytes[i] & 0x3FU);
  }
  // RFC 3629 section 3: "Implementations of the decoding algorithm above MUST protect against decoding invalid
  // sequences": longer forms than needed, and surrogates.
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (character < kSmallest[size] || !is_character(character)) return {std::nullopt, size};
  return {character, size};
}

/// Numbers of two or four bytes in one order or the other.
char32_t load(std::span<const std::uint8_t> bytes, std::endian order) {
  char32_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    value = value << 8U | bytes[order == std::endian::big ? i : bytes.size() - 1 - i];
  }
  return value;
}

void store(std::string& bytes, char32_t value, std::size_t size, std::endian order) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = order == std::endian::big ? size - 1 - i : i;
    bytes += static_cast<char>(value >> (8 * place) & 0xFFU);
  }
}

/// UTF-16 and UTF-32: how wide, in which order, and whether a byte order mark may say otherwise.
struct Wide {
  std::size_t size;
  std::endian order;
  bool may_be_marked;
};

std::optional<Wide> wide(CFStringEncoding encoding) {
  switch (encoding) {
    case kCFStringEncodingUTF16: return Wide{2, std::endian::native, true};
    case kCFStringEncodingUTF16BE: return Wide{2, std::endian::big, false};
    case kCFStringEncodingUTF16LE: return Wide{2, std::endian::little, false};
    case kCFStringEncodingUTF32: return Wide{4, std::endian::native, true};
    case kCFStringEncodingUTF32BE: return Wide{4, std::endian::big, false};
    case kCFStringEncodingUTF32LE: return Wide{4, std::endian::little, false};
    default: return std::nullopt;
  }
}

std::optional<std::u16string> decode_wide(std::span<const std::uint8_t> bytes, Wide form, ByteOrderMark mark) {
  if (bytes.size() % form.size != 0) return std::nullopt;
  if (form.may_be_marked && mark == ByteOrderMark::Allowed && !bytes.empty()) {
    const auto first = bytes.first(form.size);
    const bool is_big = load(first, std::endian::big) == kByteOrderMark;
    const bool is_little = load(first, std::endian::little) == kByteOrderMark;
    if (is_big || is_little) {
      form.order = is_big ? std::endian::big : std::endian::little;
      bytes = bytes.subspan(form.size);
    }
  }
  std::u16string text;
  for (; !bytes.empty(); bytes = bytes.subspan(form.size)) {
    const char32_t value = load(bytes.first(form.size), form.order);
    // A string may hold any 16-bit units, as Apple's may, but no 32-bit value that is no character.
    if (form.size == 4 && !is_character(value)) return std::nullopt;
    append(text, value);
  }
  return text;
}

/// The next character of the text; half a surrogate pair comes out as it is.
Step next_character(std::u16string_view text) {
  const char32_t unit = text[0];
  if (!is_high_surrogate(unit) || text.size() < 2 || !is_low_surrogate(text[1])) return {unit, 1};
  return {0x10000U + ((unit - 0xD800U) << 10U) + (text[1] - 0xDC00U), 2};
}

void append_utf8(std::string& bytes, char32_t character) {
  if (character < 0x80) {
    bytes += static_cast<char>(character);
    return;
  }
  const unsigned size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  const unsigned lead = 0xF00U >> size & 0xFFU;
  bytes += static_cast<char>(lead | character >> (6 * (size - 1)));
  for (unsigned i = size - 1; i-- > 0;) bytes += static_cast<char>(0x80U | (character >> (6 * i) & 0x3FU));
}

/// Appends the character; false if the encoding lacks it.
bool append_encoded(std::string& bytes, char32_t character, CFStringEncoding encoding, std::optional<Wide> form) {
  if (form && form->size == 2) {
    std::u16string units;
    append(units, character);
    for (const char16_t unit : units) store(bytes, unit, 2, form->order);
    return true;
  }
  if (is_code_page(encoding)) {
    const auto byte = byte_of(character, encoding);
    if (byte) bytes += static_cast<char>(*byte);
    return byte.has_value();
  }
  if (is_surrogate(character)) return false;
  if (form) {
    store(bytes, character, 4, form->order);
  } else {
    append_utf8(bytes, character);
  }
  return true;
}

}  // namespace

bool is_known(CFStringEncoding encoding) noexcept {
  return encoding == kCFStringEncodingUTF8 || is_code_page(encoding) || wide(encoding).has_value();
}

std::optional<std::u16string> decode(std::span<const std::uint8_t> bytes, CFStringEncoding encoding,
                                     ByteOrderMark mark) {
  if (!is_known(encoding)) return std::nullopt;
  if (const auto form = wide(encoding)) return decode_wide(bytes, *form, mark);
  std::u16string text;
  if (is_code_page(encoding)) {
    for (const std::uint8_t byte : bytes) {
      const auto unit = unit_of(byte, encoding);
      if (!unit) return std::nullopt;
      text += *unit;
    }
    return text;
  }
  while (!bytes.empty()) {
    const Step step = next_utf8(bytes);
    if (!step.character) return std::nullopt;
    const bool is_mark = text.empty() && mark == ByteOrderMark::Allowed && *step.character == kByteOrderMark;
    if (is_mark) mark = ByteOrderMark::Never;
    if (!is_mark) append(text, *step.character);
    bytes = bytes.subspan(step.size);
  }
  return text;
}

std::u16string decode_utf8_leniently(std::string_view utf8) {
  std::span bytes(reinterpret_cast<const std::uint8_t*>(utf8.data()), utf8.size());
  std::u16string text;
  while (!bytes.empty()) {
    const Step step = next_utf8(bytes);
    append(text, step.character.value_or(kReplacement));
    bytes = bytes.subspan(step.size);
  }
  return text;
}

Encoded encode(std::u16string_view text, CFStringEncoding encoding, std::uint8_t loss, ByteOrderMark mark,
               std::size_t room) {
  if (!is_known(encoding)) return {{}, 0};
  const auto form = wide(encoding);
  std::string bytes;
  if (form && form->may_be_marked && mark == ByteOrderMark::Allowed) {
    store(bytes, kByteOrderMark, form->size, form->order);
  }
  if (bytes.size() > room) return {{}, 0};
  std::size_t units = 0;
  while (units < text.size()) {
    const Step step = next_character(text.substr(units));
    std::string next;
    if (!append_encoded(next, *step.character, encoding, form)) {
      if (loss == 0) break;
      append_encoded(next, loss, encoding, form);
    }
    if (next.size() > room - bytes.size()) break;
    bytes += next;
    units += step.size;
  }
  return {std::move(bytes), units};
}

std::string utf8_of(std::u16string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const Step step = next_character(text);
    append_utf8(bytes, is_surrogate(*step.character) ? kReplacement : *step.character);
    text.remove_prefix(step.size);
  }
  return bytes;
}

std::size_t max_bytes_per_unit(CFStringEncoding encoding) noexcept {
  if (const auto form = wide(encoding)) return form->size;
  return encoding == kCFStringEncodingUTF8 ? 3 : 1;
}

}  // namespace securetransport::cf
