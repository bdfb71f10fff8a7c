// SPDX-License-Identifier: Apache-2.0
// CFString: making strings, and reading them out.
#include <CoreFoundation/CFString.h>

#include <cstring>

#include "cf/encoding.hpp"
#include "cf/no_copy.hpp"
#include "cf/range.hpp"
#include "cf/string.hpp"

using namespace securetransport::cf;

namespace {

std::span<const std::uint8_t> byte_span(const char* text) {
  require(text != nullptr);
  return {reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)};
}

CFStringRef create(std::span<const std::uint8_t> bytes, CFStringEncoding encoding,
                   ByteOrderMark mark = ByteOrderMark::Never) {
  const auto text = decode(bytes, encoding, mark);
  return text ? new __CFString(*text) : nullptr;
}

ByteOrderMark mark_if(Boolean is_external) { return is_external != 0 ? ByteOrderMark::Allowed : ByteOrderMark::Never; }

CFStringRef take_over(CFStringRef made, const void* memory, CFAllocatorRef deallocator) {
  if (made != nullptr) deallocate(deallocator, memory);
  return made;
}

}  // namespace

CFTypeID CFStringGetTypeID() { return kStringType; }

CFStringRef CFStringCreateWithCString(CFAllocatorRef /*allocator*/, const char* text, CFStringEncoding encoding) {
  return create(byte_span(text), encoding);
}

CFStringRef CFStringCreateWithCharacters(CFAllocatorRef /*allocator*/, const UniChar* units, CFIndex count) {
  return new __CFString(units_of(units, count));
}

CFStringRef CFStringCreateWithBytes(CFAllocatorRef /*allocator*/, const UInt8* bytes, CFIndex count,
                                    CFStringEncoding encoding, Boolean is_external) {
  return create(span_of(bytes, count), encoding, mark_if(is_external));
}

CFStringRef CFStringCreateWithCStringNoCopy(CFAllocatorRef /*allocator*/, const char* text, CFStringEncoding encoding,
                                            CFAllocatorRef deallocator) {
  return take_over(create(byte_span(text), encoding), text, deallocator);
}

CFStringRef CFStringCreateWithBytesNoCopy(CFAllocatorRef /*allocator*/, const UInt8* bytes, CFIndex count,
                                          CFStringEncoding encoding, Boolean is_external, CFAllocatorRef deallocator) {
  return take_over(create(span_of(bytes, count), encoding, mark_if(is_external)), bytes, deallocator);
}

CFStringRef CFStringCreateWithCharactersNoCopy(CFAllocatorRef allocator, const UniChar* units, CFIndex count,
                                               CFAllocatorRef deallocator) {
  return take_over(CFStringCreateWithCharacters(allocator, units, count), units, deallocator);
}

CFStringRef CFStringCreateWithSubstring(CFAllocatorRef /*allocator*/, CFStringRef string, CFRange range) {
  const auto& self = expect<__CFString>(string);
  const Extent extent = extent_of(range, self.size());
  return new __CFString(std::u16string_view(self.units()).substr(extent.begin, extent.size));
}

CFStringRef CFStringCreateCopy(CFAllocatorRef /*allocator*/, CFStringRef string) {
  const auto& self = expect<__CFString>(string);
  if (self.is_mutable()) return new __CFString(self.units());
  self.retain();  // What cannot change needs no second one.
  return string;
}

CFIndex CFStringGetLength(CFStringRef string) { return static_cast<CFIndex>(expect<__CFString>(string).size()); }

UniChar CFStringGetCharacterAtIndex(CFStringRef string, CFIndex index) {
  const auto& self = expect<__CFString>(string);
  return self[position_of(index, self.size())];
}

void CFStringGetCharacters(CFStringRef string, CFRange range, UniChar* buffer) {
  const auto& self = expect<__CFString>(string);
  const Extent extent = extent_of(range, self.size());
  require(buffer != nullptr || extent.size == 0);
  for (std::size_t i = 0; i < extent.size; ++i) buffer[i] = self[extent.begin + i];
}

Boolean CFStringGetCString(CFStringRef string, char* buffer, CFIndex size, CFStringEncoding encoding) {
  const auto& self = expect<__CFString>(string);
  if (buffer == nullptr || size < 1) return false;
  const auto room = static_cast<std::size_t>(size) - 1;
  const Encoded encoded = encode(self.units(), encoding, 0, ByteOrderMark::Never, room);
  const bool is_whole = is_known(encoding) && encoded.units == self.size();
  if (is_whole) encoded.bytes.copy(buffer, encoded.bytes.size());
  buffer[is_whole ? encoded.bytes.size() : 0] = '\0';
  return is_whole;
}

const char* CFStringGetCStringPtr(CFStringRef string, CFStringEncoding encoding) {
  const auto& self = expect<__CFString>(string);
  // ASCII is the common part of all encodings of bytes, so the text is in each of these forms at once.
  const bool is_of_bytes = is_known(encoding) && CFStringGetMaximumSizeForEncoding(1, encoding) % 2 == 1;
  return is_of_bytes && self.is_ascii() ? self.ascii().data() : nullptr;
}

const UniChar* CFStringGetCharactersPtr(CFStringRef string) {
  const auto& self = expect<__CFString>(string);
  static_assert(sizeof(UniChar) == sizeof(char16_t));
  return self.is_ascii() ? nullptr : reinterpret_cast<const UniChar*>(self.wide().data());
}

CFIndex CFStringGetBytes(CFStringRef string, CFRange range, CFStringEncoding encoding, UInt8 loss_byte,
                         Boolean is_external, UInt8* buffer, CFIndex size, CFIndex* used) {
  const auto& self = expect<__CFString>(string);
  const Extent extent = extent_of(range, self.size());
  require(buffer == nullptr || size >= 0);
  const auto room = buffer == nullptr ? static_cast<std::size_t>(-1) : static_cast<std::size_t>(size);
  const std::u16string units = self.units();
  const Encoded encoded = encode(std::u16string_view(units).substr(extent.begin, extent.size), encoding, loss_byte,
                                 mark_if(is_external), room);
  if (buffer != nullptr) std::memcpy(buffer, encoded.bytes.data(), encoded.bytes.size());
  if (used != nullptr) *used = static_cast<CFIndex>(encoded.bytes.size());
  return static_cast<CFIndex>(encoded.units);
}

CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, CFStringEncoding encoding) {
  require(length >= 0);
  const auto factor = static_cast<CFIndex>(max_bytes_per_unit(encoding));
  return length > std::numeric_limits<CFIndex>::max() / factor ? kCFNotFound : length * factor;
}
