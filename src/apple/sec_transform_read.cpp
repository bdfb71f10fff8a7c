// SPDX-License-Identifier: Apache-2.0
// <Security/SecTransformReadTransform.h>: the transform that reads a stream, and leaves it as it is.
#include <Security/SecTransformReadTransform.h>

#include "apple/boundary.hpp"
#include "apple/transform.hpp"

using namespace securetransport;

namespace {

constexpr apple::TransformKind kRead{[](CFStringRef, CFTypeRef) { return false; },
                                     [](const __SecTransform& transform, CFErrorRef* error) -> CFTypeRef {
                                       return apple::copy_input(transform, error).release();
                                     }};

}  // namespace

SecTransformRef SecTransformCreateReadTransformWithReadStream(CFReadStreamRef inputStream) {
  return apple::object_boundary([&]() -> SecTransformRef {
    if (apple::as_stream(inputStream) == nullptr) return nullptr;
    auto transform = cf::CFRef<SecTransformRef>::adopt(new __SecTransform(kRead));
    cf::expect<__SecTransform>(transform.get()).set(kSecTransformInputAttributeName, inputStream);
    return transform.release();
  });
}
