// SPDX-License-Identifier: Apache-2.0
// SecTransform: the one transform that is here, which reads a stream.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecTransform.h>
#include <Security/SecTransformReadTransform.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "cf/string.hpp"

using securetransport::apple::boundary;
using securetransport::apple::object_boundary;
using securetransport::apple::set_error;
using securetransport::cf::CFRef;
using securetransport::cf::checked;
using securetransport::cf::constant_string;

/// Reads its stream; the stream may be set later.
struct __SecTransform final : securetransport::cf::Object {
 public:
  explicit __SecTransform(CFReadStreamRef stream) : Object(type_id()), input(CFRef<CFReadStreamRef>::retain(stream)) {}
  static CFTypeID type_id() {
    static const CFTypeID id = securetransport::cf::register_type("SecTransform");
    return id;
  }

  CFRef<CFReadStreamRef> input;
};

const CFStringRef kSecTransformErrorDomain = constant_string<"com.apple.security.transforms.error">;
const CFStringRef kSecTransformInputAttributeName = constant_string<"INPUT">;

namespace {

CFReadStreamRef as_stream(CFTypeRef value) {
  if (value == nullptr || CFGetTypeID(value) != CFReadStreamGetTypeID()) return nullptr;
  return static_cast<CFReadStreamRef>(const_cast<void*>(value));
}

/// The stream's own error, which says more than a code of ours.
void hand_out_error(CFReadStreamRef stream, CFErrorRef* error) {
  if (error == nullptr) return;
  *error = CFReadStreamCopyError(stream);
  if (*error == nullptr) set_error(error, errSecIO, "the stream cannot be read");
}

CFDataRef read_to_end(CFReadStreamRef stream, CFErrorRef* error) {
  std::vector<std::uint8_t> bytes;
  std::array<UInt8, 16384> buffer{};
  if (CFReadStreamGetStatus(stream) == kCFStreamStatusNotOpen && CFReadStreamOpen(stream) == 0) {
    hand_out_error(stream, error);
    return nullptr;
  }
  for (;;) {
    const CFIndex count = CFReadStreamRead(stream, buffer.data(), buffer.size());
    if (count < 0) {
      hand_out_error(stream, error);
      return nullptr;
    }
    if (count == 0) return securetransport::cf::make_data(bytes).release();
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + count);
  }
}

}  // namespace

CFTypeID SecTransformGetTypeID() { return __SecTransform::type_id(); }

SecTransformRef SecTransformCreateReadTransformWithReadStream(CFReadStreamRef inputStream) {
  return object_boundary([&]() -> SecTransformRef {
    if (as_stream(inputStream) == nullptr) return nullptr;
    return new __SecTransform(inputStream);
  });
}

Boolean SecTransformSetAttribute(SecTransformRef transform, CFStringRef key, CFTypeRef value, CFErrorRef* error) {
  return boundary([&]() -> OSStatus {
           auto* const self = checked<__SecTransform>(transform);
           const CFReadStreamRef stream = as_stream(value);
           if (self == nullptr || key == nullptr || CFEqual(key, kSecTransformInputAttributeName) == 0 ||
               stream == nullptr) {
             set_error(error, errSecParam, "only the input of a transform can be set, and only to a stream");
             return errSecParam;
           }
           self->input = CFRef<CFReadStreamRef>::retain(stream);
           return errSecSuccess;
         }) == errSecSuccess;
}

CFTypeRef SecTransformExecute(SecTransformRef transform, CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return object_boundary([&]() -> CFTypeRef {
    auto* const self = checked<__SecTransform>(transform);
    if (self == nullptr) {
      set_error(error, errSecParam, "no transform");
      return nullptr;
    }
    return read_to_end(self->input.get(), error);
  });
}
