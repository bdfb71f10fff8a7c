// SPDX-License-Identifier: Apache-2.0
// CFString: formatting, and changing mutable strings.
#include <CoreFoundation/CFString.h>

#include <cstring>

#include "cf/encoding.hpp"
#include "cf/format.hpp"
#include "cf/range.hpp"
#include "cf/string.hpp"

using namespace securetransport::cf;

namespace {

__CFString& mutable_string(CFMutableStringRef string) {
  auto& self = expect<__CFString>(string);
  require(self.is_mutable());
  return self;
}

std::u16string formatted(CFStringRef text, va_list list) {
  Arguments arguments;
  va_copy(arguments.list, list);
  std::u16string result = format(expect<__CFString>(text).units(), arguments);
  va_end(arguments.list);
  return result;
}

bool is_blank(char16_t unit) {
  return unit == u' ' || (unit >= u'\t' && unit <= u'\r') || unit == 0x85 || unit == 0xA0;
}

}  // namespace

CFStringRef CFStringCreateWithFormat(CFAllocatorRef allocator, CFDictionaryRef format_options, CFStringRef format,
                                     ...) {
  va_list arguments;
  va_start(arguments, format);
  CFStringRef string = CFStringCreateWithFormatAndArguments(allocator, format_options, format, arguments);
  va_end(arguments);
  return string;
}

CFStringRef CFStringCreateWithFormatAndArguments(CFAllocatorRef /*allocator*/, CFDictionaryRef /*format_options*/,
                                                 CFStringRef format, va_list arguments) {
  return new __CFString(formatted(format, arguments));
}

CFMutableStringRef CFStringCreateMutable(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/) {
  return new __CFString(u"", __CFString::Kind::Mutable);
}

CFMutableStringRef CFStringCreateMutableCopy(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/, CFStringRef string) {
  return new __CFString(expect<__CFString>(string).units(), __CFString::Kind::Mutable);
}

void CFStringAppend(CFMutableStringRef string, CFStringRef appended) {
  mutable_string(string).append(expect<__CFString>(appended).units());
}

void CFStringAppendCharacters(CFMutableStringRef string, const UniChar* units, CFIndex count) {
  mutable_string(string).append(units_of(units, count));
}

void CFStringAppendCString(CFMutableStringRef string, const char* text, CFStringEncoding encoding) {
  auto& self = mutable_string(string);
  require(text != nullptr);
  const auto units = decode({reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)}, encoding);
  if (units) self.append(*units);
}

void CFStringAppendFormat(CFMutableStringRef string, CFDictionaryRef format_options, CFStringRef format, ...) {
  va_list arguments;
  va_start(arguments, format);
  CFStringAppendFormatAndArguments(string, format_options, format, arguments);
  va_end(arguments);
}

void CFStringAppendFormatAndArguments(CFMutableStringRef string, CFDictionaryRef /*format_options*/, CFStringRef format,
                                      va_list arguments) {
  mutable_string(string).append(formatted(format, arguments));
}

void CFStringInsert(CFMutableStringRef string, CFIndex index, CFStringRef inserted) {
  CFStringReplace(string, CFRangeMake(index, 0), inserted);
}

void CFStringDelete(CFMutableStringRef string, CFRange range) { CFStringReplace(string, range, constant_string<"">); }

void CFStringReplace(CFMutableStringRef string, CFRange range, CFStringRef replacement) {
  auto& self = mutable_string(string);
  const Extent extent = extent_of(range, self.size());
  self.set(self.units().replace(extent.begin, extent.size, expect<__CFString>(replacement).units()));
}

void CFStringReplaceAll(CFMutableStringRef string, CFStringRef replacement) {
  mutable_string(string).set(expect<__CFString>(replacement).units());
}

void CFStringTrimWhitespace(CFMutableStringRef string) {
  auto& self = mutable_string(string);
  const std::u16string units = self.units();
  const auto begin = std::ranges::find_if_not(units, is_blank);
  const auto end = std::find_if_not(units.rbegin(), std::make_reverse_iterator(begin), is_blank).base();
  self.set({begin, end});
}
