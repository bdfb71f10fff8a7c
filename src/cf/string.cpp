// SPDX-License-Identifier: Apache-2.0
// The object behind CFStringRef.
#include "cf/string.hpp"

#include <mutex>
#include <unordered_map>

#include "cf/encoding.hpp"

using namespace securetransport::cf;

namespace {

bool is_all_ascii(std::u16string_view text) {
  return std::ranges::all_of(text, [](char16_t unit) { return unit < 0x80; });
}

void append_narrowed(std::string& ascii, std::u16string_view text) {
  for (const char16_t unit : text) ascii += static_cast<char>(unit);
}

}  // namespace

__CFString::__CFString(std::u16string_view text, Kind kind)
    : Object(kStringType), text_(std::make_unique<Text>()), kind_(kind) {
  set(text);
}

__CFString::__CFString(std::u16string_view text, Immortal mark)
    : Object(kStringType, mark), text_(std::make_unique<Text>()) {
  set(text);
}

void __CFString::set(std::u16string_view text) {
  Text changed;
  if (is_all_ascii(text)) {
    append_narrowed(changed.ascii, text);
  } else {
    changed.wide = text;
  }
  *text_ = std::move(changed);  // Only now, since `text` may be a part of the old one.
}

void __CFString::append(std::u16string_view text) {
  if (is_ascii() && is_all_ascii(text)) {
    append_narrowed(text_->ascii, text);
  } else {
    set(units().append(text));
  }
}

std::u16string __CFString::units() const {
  return is_ascii() ? std::u16string(ascii().begin(), ascii().end()) : text_->wide;
}

std::string __CFString::utf8() const { return is_ascii() ? std::string(ascii()) : utf8_of(wide()); }

bool __CFString::equals(const Object& object) const {
  const auto& other = static_cast<const __CFString&>(object);
  if (is_ascii() != other.is_ascii()) return false;
  return is_ascii() ? ascii() == other.ascii() : wide() == other.wide();
}

CFHashCode __CFString::hash() const {
  return is_ascii() ? std::hash<std::string_view>{}(ascii()) : std::hash<std::u16string_view>{}(wide());
}

std::string __CFString::describe() const { return utf8(); }

namespace securetransport::cf {

CFRef<CFStringRef> make_string(std::string_view utf8) {
  return CFRef<CFStringRef>::adopt(new __CFString(decode_utf8_leniently(utf8)));
}

std::string string_of(CFStringRef string) {
  return string == nullptr ? std::string() : expect<__CFString>(string).utf8();
}

const Object* string_of_literal(const char* text) noexcept { return __CFStringMakeConstantString(text); }

}  // namespace securetransport::cf

CFStringRef __CFStringMakeConstantString(const char* text) {
  require(text != nullptr);
  static std::mutex mutex;
  // Never destroyed: programs may use their strings until their very end.
  static auto* const kStrings = new std::unordered_map<std::string, std::unique_ptr<__CFString>>;
  const std::scoped_lock lock(mutex);
  auto& string = (*kStrings)[text];
  if (!string) string = std::make_unique<__CFString>(decode_utf8_leniently(text), Immortal{});
  return string.get();
}
