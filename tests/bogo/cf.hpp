// SPDX-License-Identifier: Apache-2.0
// The few CoreFoundation values that the shim moves around, each with an owner.
#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bogo {

/// Owns one reference to a CF object, or none.
template <class T>
class Ref {
 public:
  Ref() = default;
  /// Takes over a reference that the caller owns, as a function with Create or Copy in its name gives it.
  explicit Ref(T owned) noexcept : ref_(owned) {}
  Ref(Ref&& other) noexcept : ref_(std::exchange(other.ref_, nullptr)) {}
  Ref& operator=(Ref&& other) noexcept {
    std::swap(ref_, other.ref_);
    return *this;
  }
  Ref(const Ref& other) : ref_(other.ref_) {
    if (ref_) CFRetain(ref_);
  }
  Ref& operator=(const Ref&) = delete;
  ~Ref() {
    if (ref_) CFRelease(ref_);
  }

  [[nodiscard]] T get() const noexcept { return ref_; }
  explicit operator bool() const noexcept { return ref_ != nullptr; }

  /// Where a function puts a reference that it hands over.
  [[nodiscard]] T* out() noexcept { return &ref_; }

 private:
  T ref_ = nullptr;
};

/// Any bytes, one character each: application protocols need not be UTF-8.
[[nodiscard]] inline Ref<CFStringRef> make_string(std::string_view bytes) {
  return Ref<CFStringRef>(CFStringCreateWithBytes(kCFAllocatorDefault, reinterpret_cast<const UInt8*>(bytes.data()),
                                                  static_cast<CFIndex>(bytes.size()), kCFStringEncodingUTF8, false));
}

[[nodiscard]] inline std::string text_of(CFStringRef string) {
  if (!string) return {};
  std::string text(static_cast<std::size_t>(CFStringGetLength(string)) * 4 + 1, '\0');
  if (!CFStringGetCString(string, text.data(), static_cast<CFIndex>(text.size()), kCFStringEncodingUTF8)) return {};
  text.resize(text.find('\0'));
  return text;
}

[[nodiscard]] inline Ref<CFDataRef> make_data(std::string_view bytes) {
  return Ref<CFDataRef>(CFDataCreate(kCFAllocatorDefault, reinterpret_cast<const UInt8*>(bytes.data()),
                                     static_cast<CFIndex>(bytes.size())));
}

[[nodiscard]] inline std::string bytes_of(CFDataRef data) {
  return {reinterpret_cast<const char*>(CFDataGetBytePtr(data)), static_cast<std::size_t>(CFDataGetLength(data))};
}

[[nodiscard]] inline Ref<CFArrayRef> make_array(const std::vector<CFTypeRef>& values) {
  // CFArrayCreate takes the values as an array that it only reads.
  auto* first = const_cast<const void**>(values.data());
  return Ref<CFArrayRef>(
      CFArrayCreate(kCFAllocatorDefault, first, static_cast<CFIndex>(values.size()), &kCFTypeArrayCallBacks));
}

}  // namespace bogo
