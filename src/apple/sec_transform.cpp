// SPDX-License-Identifier: Apache-2.0
// <Security/SecTransform.h>: attributes and execution of every transform.
#include <Security/SecTransform.h>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/transform.hpp"
#include "cf/string.hpp"

using namespace securetransport;
using apple::boundary;
using apple::object_boundary;
using apple::set_error;
using cf::checked;
using cf::constant_string;

const CFStringRef kSecTransformErrorDomain = constant_string<"com.apple.security.transforms.error">;
const CFStringRef kSecTransformInputAttributeName = constant_string<"INPUT">;

CFTypeID SecTransformGetTypeID() { return __SecTransform::type_id(); }

Boolean SecTransformSetAttribute(SecTransformRef transform, CFStringRef key, CFTypeRef value, CFErrorRef* error) {
  return boundary([&]() -> OSStatus {
           auto* const self = checked<__SecTransform>(transform);
           const auto is_taken = [&] {
             if (CFEqual(key, kSecTransformInputAttributeName) == 0) return self->kind.takes(key, value);
             return apple::as_stream(value) != nullptr || apple::as_data(value) != nullptr;
           };
           if (self == nullptr || apple::as_string(key) == nullptr || value == nullptr || !is_taken()) {
             set_error(error, errSecParam, "the transform has no such attribute, or the attribute no such value");
             return errSecParam;
           }
           self->set(key, value);
           return errSecSuccess;
         }) == errSecSuccess;
}

CFTypeRef SecTransformGetAttribute(SecTransformRef transform, CFStringRef key) {
  const auto* const self = checked<__SecTransform>(transform);
  return self != nullptr && apple::as_string(key) != nullptr ? self->get(key) : nullptr;
}

CFTypeRef SecTransformExecute(SecTransformRef transform, CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return object_boundary([&]() -> CFTypeRef {
    const auto* const self = checked<__SecTransform>(transform);
    if (self != nullptr) return self->kind.run(*self, error);
    set_error(error, errSecParam, "no transform");
    return nullptr;
  });
}
