// SPDX-License-Identifier: Apache-2.0
// CFData: the object and the C functions.
#include "cf/data.hpp"

#include <algorithm>
#include <string_view>

#include "cf/no_copy.hpp"
#include "cf/range.hpp"

using namespace securetransport::cf;

namespace {

__CFData& mutable_data(CFMutableDataRef data) {
  auto& self = expect<__CFData>(data);
  require(self.is_mutable());
  return self;
}

std::size_t length_of(CFIndex length) {
  require(length >= 0);
  return static_cast<std::size_t>(length);
}

}  // namespace

__CFData::~__CFData() {
  if (taken_.data() != nullptr) deallocate(deallocator_, taken_.data());
}

bool __CFData::equals(const Object& other) const {
  return std::ranges::equal(bytes(), static_cast<const __CFData&>(other).bytes());
}

CFHashCode __CFData::hash() const {
  return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes().data()), bytes().size()});
}

std::string __CFData::describe() const {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kShown = 32;
  std::string text = "{length = " + std::to_string(bytes().size()) + ", bytes = 0x";
  for (const std::uint8_t byte : bytes().first(std::min(bytes().size(), kShown))) {
    text += kHex[byte >> 4U];
    text += kHex[byte & 0x0FU];
  }
  return text + (bytes().size() > kShown ? " ...}" : "}");
}

namespace securetransport::cf {

CFRef<CFDataRef> make_data(std::span<const std::uint8_t> bytes) {
  return CFRef<CFDataRef>::adopt(new __CFData(bytes, __CFData::Kind::Fixed));
}

std::span<const std::uint8_t> bytes_of(CFDataRef data) {
  if (data == nullptr) return {};
  return expect<__CFData>(data).bytes();
}

}  // namespace securetransport::cf

CFTypeID CFDataGetTypeID() { return kDataType; }

CFDataRef CFDataCreate(CFAllocatorRef /*allocator*/, const UInt8* bytes, CFIndex length) {
  return new __CFData(span_of(bytes, length), __CFData::Kind::Fixed);
}

CFDataRef CFDataCreateWithBytesNoCopy(CFAllocatorRef /*allocator*/, const UInt8* bytes, CFIndex length,
                                      CFAllocatorRef deallocator) {
  return new __CFData(span_of(bytes, length), deallocator);
}

CFDataRef CFDataCreateCopy(CFAllocatorRef /*allocator*/, CFDataRef data) {
  const auto& self = expect<__CFData>(data);
  if (self.is_mutable()) return new __CFData(self.bytes(), __CFData::Kind::Fixed);
  self.retain();  // What cannot change needs no second one.
  return data;
}

CFMutableDataRef CFDataCreateMutable(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/) {
  return new __CFData({}, __CFData::Kind::Mutable);
}

CFMutableDataRef CFDataCreateMutableCopy(CFAllocatorRef /*allocator*/, CFIndex /*capacity*/, CFDataRef data) {
  return new __CFData(expect<__CFData>(data).bytes(), __CFData::Kind::Mutable);
}

CFIndex CFDataGetLength(CFDataRef data) { return static_cast<CFIndex>(expect<__CFData>(data).bytes().size()); }

const UInt8* CFDataGetBytePtr(CFDataRef data) { return expect<__CFData>(data).bytes().data(); }

UInt8* CFDataGetMutableBytePtr(CFMutableDataRef data) { return mutable_data(data).own().data(); }

void CFDataGetBytes(CFDataRef data, CFRange range, UInt8* buffer) {
  const auto bytes = expect<__CFData>(data).bytes();
  const Extent extent = extent_of(range, bytes.size());
  require(buffer != nullptr || extent.size == 0);
  std::ranges::copy(bytes.subspan(extent.begin, extent.size), buffer);
}

CFRange CFDataFind(CFDataRef data, CFDataRef wanted, CFRange range, CFDataSearchFlags flags) {
  const auto bytes = expect<__CFData>(data).bytes();
  const Extent extent = extent_of(range, bytes.size());
  const auto searched = bytes.subspan(extent.begin, extent.size);
  const auto sought = expect<__CFData>(wanted).bytes();
  const CFRange nowhere = CFRangeMake(kCFNotFound, 0);
  if (sought.empty() || sought.size() > searched.size()) return nowhere;
  const bool is_backwards = (flags & kCFDataSearchBackwards) != 0;
  auto from = searched;
  if ((flags & kCFDataSearchAnchored) != 0) {
    from = is_backwards ? searched.last(sought.size()) : searched.first(sought.size());
  }
  const auto found = is_backwards ? std::find_end(from.begin(), from.end(), sought.begin(), sought.end())
                                  : std::search(from.begin(), from.end(), sought.begin(), sought.end());
  if (found == from.end()) return nowhere;
  return CFRangeMake(&*found - bytes.data(), static_cast<CFIndex>(sought.size()));
}

void CFDataSetLength(CFMutableDataRef data, CFIndex length) { mutable_data(data).own().resize(length_of(length)); }

void CFDataIncreaseLength(CFMutableDataRef data, CFIndex extra) {
  auto& own = mutable_data(data).own();
  own.resize(own.size() + length_of(extra));
}

void CFDataAppendBytes(CFMutableDataRef data, const UInt8* bytes, CFIndex length) {
  CFDataReplaceBytes(data, CFRangeMake(CFDataGetLength(data), 0), bytes, length);
}

void CFDataReplaceBytes(CFMutableDataRef data, CFRange range, const UInt8* bytes, CFIndex length) {
  auto& own = mutable_data(data).own();
  const Extent extent = extent_of(range, own.size());
  const auto given = span_of(bytes, length);
  const std::vector<std::uint8_t> added(given.begin(), given.end());  // The bytes may be those of this data.
  const auto first = own.begin() + static_cast<std::ptrdiff_t>(extent.begin);
  const auto place = own.erase(first, first + static_cast<std::ptrdiff_t>(extent.size));
  own.insert(place, added.begin(), added.end());
}

void CFDataDeleteBytes(CFMutableDataRef data, CFRange range) { CFDataReplaceBytes(data, range, nullptr, 0); }
