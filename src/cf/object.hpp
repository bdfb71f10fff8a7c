// SPDX-License-Identifier: Apache-2.0
// What every CoreFoundation object is, references that own one, and conversions from and to C++ values.
#pragma once

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFDate.h>
#include <CoreFoundation/CFDictionary.h>
#include <CoreFoundation/CFError.h>
#include <CoreFoundation/CFNumber.h>
#include <CoreFoundation/CFString.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace securetransport::cf {

/// Marks objects of static storage, which nobody counts and nothing destroys.
struct Immortal {};

/// The base of every object behind a CFTypeRef. The structs that the C headers name derive from it, singly and first,
/// so that a pointer to one is a pointer to its Object.
class Object {
 public:
  /// An object with one owner, who made it with new.
  explicit Object(CFTypeID type) noexcept : type_(type), owners_(1) {}
  constexpr Object(CFTypeID type, Immortal /*mark*/) noexcept : type_(type), owners_(kForEver) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object();

  CFTypeID type() const noexcept { return type_; }

  /// `other` is of the same type and not this object. Default: no two objects are equal.
  virtual bool equals(const Object& other) const;
  /// Equal objects have equal hashes. Default: the address.
  virtual CFHashCode hash() const;
  /// For people, in UTF-8. Default: <Name 0xADDRESS>.
  virtual std::string describe() const;

  void retain() const noexcept;
  /// The last owner's call destroys the object. One call too many, where it can be seen, traps.
  void release() const noexcept;
  CFIndex owners() const noexcept { return owners_.load(std::memory_order_relaxed); }

 private:
  static constexpr CFIndex kForEver = std::numeric_limits<CFIndex>::max();

  const CFTypeID type_;
  mutable std::atomic<CFIndex> owners_;
};

/// A new type id. Call it once a type, from a function-local static; `name` must live for ever.
CFTypeID register_type(const char* name);

/// The string behind a literal of CFSTR.
const Object* string_of_literal(const char* text) noexcept;

/// The object behind a reference. Null for null.
inline const Object* object_of(CFTypeRef ref) noexcept {
  constexpr std::size_t kMarkSize = sizeof __CFSTR_MARK - 1;
  static_assert(sizeof(Object) >= kMarkSize);  // So many bytes may be read.
  if (ref == nullptr || std::memcmp(ref, __CFSTR_MARK, kMarkSize) != 0) return static_cast<const Object*>(ref);
  return string_of_literal(static_cast<const char*>(ref) + kMarkSize);
}

/// The object as a T, or null if it is null or of another type. T::type_id() tells T's type.
template <class T>
T* checked(CFTypeRef ref) noexcept {
  const Object* const object = object_of(ref);
  if (object == nullptr || object->type() != T::type_id()) return nullptr;
  return const_cast<T*>(static_cast<const T*>(object));  // Whether it may be changed is a matter of the reference.
}

/// Where Apple leaves the behaviour undefined, the program ends at the fault.
inline void require(bool holds) noexcept {
  if (!holds) __builtin_trap();
}

/// The object as a T; anything else is a fault of the caller.
template <class T>
T& expect(CFTypeRef ref) noexcept {
  T* const object = checked<T>(ref);
  require(object != nullptr);
  return *object;
}

/// Owns one reference, or is empty. Ref is a pointer type of the C headers, such as CFStringRef.
template <class Ref>
class CFRef {
 public:
  CFRef() = default;
  /// Takes over the reference that a Create or Copy function returned.
  static CFRef adopt(Ref ref) noexcept { return CFRef(ref); }
  /// Adds a reference to what a Get function returned.
  static CFRef retain(Ref ref) noexcept {
    if (ref != nullptr) CFRetain(ref);
    return CFRef(ref);
  }

  CFRef(const CFRef& other) noexcept : CFRef(retain(other.ref_)) {}
  CFRef(CFRef&& other) noexcept : ref_(std::exchange(other.ref_, nullptr)) {}
  CFRef& operator=(CFRef other) noexcept {
    std::swap(ref_, other.ref_);
    return *this;
  }
  ~CFRef() {
    if (ref_ != nullptr) CFRelease(ref_);
  }

  Ref get() const noexcept { return ref_; }
  explicit operator bool() const noexcept { return ref_ != nullptr; }
  /// Gives the reference away: the return of a Create or Copy function.
  [[nodiscard]] Ref release() noexcept { return std::exchange(ref_, nullptr); }

 private:
  explicit CFRef(Ref ref) noexcept : ref_(ref) {}

  Ref ref_ = nullptr;
};

/// Bytes that are not UTF-8 become U+FFFD.
CFRef<CFStringRef> make_string(std::string_view utf8);
/// UTF-8; half a surrogate pair becomes U+FFFD. Empty for null.
std::string string_of(CFStringRef string);

CFRef<CFDataRef> make_data(std::span<const std::uint8_t> bytes);
/// Valid as long as the data; empty for null.
std::span<const std::uint8_t> bytes_of(CFDataRef data);

/// Objects, which the array retains.
CFRef<CFArrayRef> make_array(std::span<const CFTypeRef> values);
/// The values; valid until the array changes; empty for null.
std::span<const CFTypeRef> values_of(CFArrayRef array);

/// Keys and values are objects, which the dictionary retains.
CFRef<CFDictionaryRef> make_dictionary(std::span<const std::pair<CFTypeRef, CFTypeRef>> entries);

CFRef<CFNumberRef> make_number(std::int64_t value);

CFRef<CFDateRef> make_date(std::chrono::system_clock::time_point time);
std::chrono::system_clock::time_point time_of(CFDateRef date);

/// An error whose localized description is `description`, or that has none if this is empty.
CFRef<CFErrorRef> make_error(CFStringRef domain, CFIndex code, std::string_view description);

}  // namespace securetransport::cf
