// SPDX-License-Identifier: Apache-2.0
// CFString: encodings, files, numbers, comparing, searching, splitting and joining.
#include <CoreFoundation/CFString.h>

#include <compare>
#include <vector>

#include "cf/array.hpp"
#include "cf/compare.hpp"
#include "cf/encoding.hpp"
#include "cf/range.hpp"
#include "cf/string.hpp"

using namespace securetransport::cf;

CFStringEncoding CFStringGetSystemEncoding() { return kCFStringEncodingUTF8; }

CFStringEncoding CFStringGetFastestEncoding(CFStringRef string) {
  return expect<__CFString>(string).is_ascii() ? CFStringEncoding{kCFStringEncodingASCII}
                                               : CFStringEncoding{kCFStringEncodingUTF16};
}

Boolean CFStringIsEncodingAvailable(CFStringEncoding encoding) { return is_known(encoding); }

Boolean CFStringGetFileSystemRepresentation(CFStringRef string, char* buffer, CFIndex size) {
  return CFStringGetCString(string, buffer, size, kCFStringEncodingUTF8);
}

CFIndex CFStringGetMaximumSizeOfFileSystemRepresentation(CFStringRef string) {
  return CFStringGetMaximumSizeForEncoding(CFStringGetLength(string), kCFStringEncodingUTF8) + 1;
}

CFStringRef CFStringCreateWithFileSystemRepresentation(CFAllocatorRef allocator, const char* path) {
  return CFStringCreateWithCString(allocator, path, kCFStringEncodingUTF8);
}

CFDataRef CFStringCreateExternalRepresentation(CFAllocatorRef /*allocator*/, CFStringRef string,
                                               CFStringEncoding encoding, UInt8 loss_byte) {
  const auto& self = expect<__CFString>(string);
  if (!is_known(encoding)) return nullptr;
  const Encoded encoded = encode(self.units(), encoding, loss_byte, ByteOrderMark::Allowed, SIZE_MAX);
  if (encoded.units < self.size()) return nullptr;
  return make_data({reinterpret_cast<const std::uint8_t*>(encoded.bytes.data()), encoded.bytes.size()}).release();
}

CFStringRef CFStringCreateFromExternalRepresentation(CFAllocatorRef allocator, CFDataRef data,
                                                     CFStringEncoding encoding) {
  return CFStringCreateWithBytes(allocator, CFDataGetBytePtr(data), CFDataGetLength(data), encoding, true);
}

SInt32 CFStringGetIntValue(CFStringRef string) {
  const std::u16string units = expect<__CFString>(string).units();
  std::u16string_view text = units;
  while (!text.empty() && (text.front() == u' ' || text.front() == u'\t' || text.front() == u'\n'))
    text.remove_prefix(1);
  const bool is_negative = text.starts_with(u'-');
  if (is_negative || text.starts_with(u'+')) text.remove_prefix(1);
  std::int64_t value = 0;
  for (; !text.empty() && text.front() >= u'0' && text.front() <= u'9'; text.remove_prefix(1)) {
    value = std::min<std::int64_t>(value * 10 + (text.front() - u'0'), std::int64_t{1} << 32);
  }
  constexpr std::int64_t kLowest = std::numeric_limits<SInt32>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<SInt32>::max();
  return static_cast<SInt32>(std::clamp(is_negative ? -value : value, kLowest, kHighest));
}

CFComparisonResult CFStringCompare(CFStringRef first, CFStringRef second, CFStringCompareFlags flags) {
  return CFStringCompareWithOptions(first, second, CFRangeMake(0, CFStringGetLength(first)), flags);
}

CFComparisonResult CFStringCompareWithOptions(CFStringRef first, CFStringRef second, CFRange range,
                                              CFStringCompareFlags flags) {
  const auto& self = expect<__CFString>(first);
  const Extent extent = extent_of(range, self.size());
  const auto order =
      compare_text(self.units().substr(extent.begin, extent.size), expect<__CFString>(second).units(), flags);
  return std::is_lt(order) ? kCFCompareLessThan : std::is_gt(order) ? kCFCompareGreaterThan : kCFCompareEqualTo;
}

CFRange CFStringFind(CFStringRef string, CFStringRef wanted, CFStringCompareFlags flags) {
  const auto& sought = expect<__CFString>(wanted);
  const auto place = find_text(expect<__CFString>(string).units(), sought.units(), flags);
  if (!place) return CFRangeMake(kCFNotFound, 0);
  return CFRangeMake(static_cast<CFIndex>(*place), static_cast<CFIndex>(sought.size()));
}

Boolean CFStringHasPrefix(CFStringRef string, CFStringRef prefix) {
  return expect<__CFString>(string).units().starts_with(expect<__CFString>(prefix).units());
}

Boolean CFStringHasSuffix(CFStringRef string, CFStringRef suffix) {
  return expect<__CFString>(string).units().ends_with(expect<__CFString>(suffix).units());
}

CFArrayRef CFStringCreateArrayBySeparatingStrings(CFAllocatorRef /*allocator*/, CFStringRef string,
                                                  CFStringRef separator) {
  const std::u16string units = expect<__CFString>(string).units();
  const std::u16string mark = expect<__CFString>(separator).units();
  std::u16string_view rest = units;
  std::vector<CFRef<CFStringRef>> owners;
  const auto add = [&owners](std::u16string_view part) {
    owners.push_back(CFRef<CFStringRef>::adopt(new __CFString(part)));
  };
  for (auto place = find_text(rest, mark, 0); place; place = find_text(rest, mark, 0)) {
    add(rest.substr(0, *place));
    rest.remove_prefix(*place + mark.size());
  }
  add(rest);
  std::vector<CFTypeRef> values;
  values.reserve(owners.size());
  for (const auto& owner : owners) values.push_back(owner.get());
  return make_array(values).release();
}

CFStringRef CFStringCreateByCombiningStrings(CFAllocatorRef /*allocator*/, CFArrayRef strings, CFStringRef separator) {
  const std::u16string mark = expect<__CFString>(separator).units();
  std::u16string text;
  bool is_first = true;
  for (const void* const value : expect<__CFArray>(strings).values()) {
    if (!is_first) text += mark;
    is_first = false;
    text += expect<__CFString>(value).units();
  }
  return new __CFString(text);
}
