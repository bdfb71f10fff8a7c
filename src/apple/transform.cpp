// SPDX-License-Identifier: Apache-2.0
// What all transforms have in common.
#include "apple/transform.hpp"

#include <Security/SecBase.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "apple/cf_values.hpp"

using securetransport::cf::CFRef;

__SecTransform::__SecTransform(const securetransport::apple::TransformKind& its_kind)
    : Object(type_id()),
      kind(its_kind),
      attributes_(CFRef<CFMutableDictionaryRef>::adopt(
          CFDictionaryCreateMutable(nullptr, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks))) {}

CFTypeID __SecTransform::type_id() {
  static const CFTypeID id = securetransport::cf::register_type("SecTransform");
  return id;
}

void __SecTransform::set(CFStringRef key, CFTypeRef value) { CFDictionarySetValue(attributes_.get(), key, value); }

CFTypeRef __SecTransform::get(CFStringRef key) const { return CFDictionaryGetValue(attributes_.get(), key); }

namespace securetransport::apple {
namespace {

/// The stream's own error, which says more than a code of ours.
void hand_out_error(CFReadStreamRef stream, CFErrorRef* error) {
  if (error == nullptr) return;
  *error = CFReadStreamCopyError(stream);
  if (*error == nullptr) set_error(error, errSecIO, "the stream cannot be read");
}

CFRef<CFDataRef> read_to_end(CFReadStreamRef stream, CFErrorRef* error) {
  std::vector<std::uint8_t> bytes;
  std::array<UInt8, 16384> buffer{};
  if (CFReadStreamGetStatus(stream) == kCFStreamStatusNotOpen && CFReadStreamOpen(stream) == 0) {
    hand_out_error(stream, error);
    return {};
  }
  for (;;) {
    const CFIndex count = CFReadStreamRead(stream, buffer.data(), buffer.size());
    if (count < 0) {
      hand_out_error(stream, error);
      return {};
    }
    if (count == 0) return cf::make_data(bytes);
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + count);
  }
}

}  // namespace

CFReadStreamRef as_stream(CFTypeRef value) noexcept {
  if (value == nullptr || CFGetTypeID(value) != CFReadStreamGetTypeID()) return nullptr;
  return static_cast<CFReadStreamRef>(const_cast<void*>(value));
}

bool is_one_of(CFTypeRef value, std::span<const CFStringRef> constants) {
  return value != nullptr &&
         std::ranges::any_of(constants, [&](CFStringRef constant) { return CFEqual(constant, value) != 0; });
}

CFRef<CFDataRef> copy_input(const __SecTransform& transform, CFErrorRef* error) {
  const CFTypeRef input = transform.get(kSecTransformInputAttributeName);
  if (const CFReadStreamRef stream = as_stream(input); stream != nullptr) return read_to_end(stream, error);
  if (const CFDataRef data = as_data(input); data != nullptr) return CFRef<CFDataRef>::retain(data);
  set_error(error, errSecParam, "the transform has no input");
  return {};
}

}  // namespace securetransport::apple
