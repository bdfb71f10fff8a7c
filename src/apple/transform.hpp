// SPDX-License-Identifier: Apache-2.0
// The object behind SecTransformRef: attributes, and the kind of transform that gives them a meaning.
#pragma once

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecTransform.h>

#include "cf/object.hpp"

struct __SecTransform;

namespace securetransport::apple {

/// What a kind of transform takes and does.
struct TransformKind {
  /// Whether it has this attribute, and the attribute may have this value. The input is every kind's, and not asked
  /// for.
  bool (*takes)(CFStringRef key, CFTypeRef value);
  /// The result, to be released, or null and an error. May throw.
  CFTypeRef (*run)(const __SecTransform& transform, CFErrorRef* error);
};

}  // namespace securetransport::apple

struct __SecTransform final : securetransport::cf::Object {
 public:
  /// The kind lives for ever.
  explicit __SecTransform(const securetransport::apple::TransformKind& kind);
  static CFTypeID type_id();

  void set(CFStringRef key, CFTypeRef value);
  /// Null if it is not set.
  [[nodiscard]] CFTypeRef get(CFStringRef key) const;

  const securetransport::apple::TransformKind& kind;

 private:
  securetransport::cf::CFRef<CFMutableDictionaryRef> attributes_;
};

namespace securetransport::apple {

/// As a stream, or null for what is none.
[[nodiscard]] CFReadStreamRef as_stream(CFTypeRef value) noexcept;

/// Whether the value is one of these constants.
[[nodiscard]] bool is_one_of(CFTypeRef value, std::span<const CFStringRef> constants);

/// The input: data as it is, a stream read to its end. Null, and an error, if there is none or it cannot be read.
[[nodiscard]] cf::CFRef<CFDataRef> copy_input(const __SecTransform& transform, CFErrorRef* error);

}  // namespace securetransport::apple
