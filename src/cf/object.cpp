// SPDX-License-Identifier: Apache-2.0
// The runtime: counts of owners, type ids, and the functions that work on every object.
#include "cf/object.hpp"

#include <cstdio>
#include <deque>
#include <mutex>

#include "cf/describe.hpp"
#include "cf/type_ids.hpp"

namespace securetransport::cf {
namespace {

class TypeNames {
 public:
  CFTypeID add(const char* name) {
    const std::scoped_lock lock(mutex_);
    names_.push_back(name);
    return names_.size() - 1;
  }
  const char* find(CFTypeID type) {
    const std::scoped_lock lock(mutex_);
    return type < names_.size() ? names_[type] : nullptr;
  }

 private:
  std::mutex mutex_;
  std::deque<const char*> names_{kTypeNames.begin(), kTypeNames.end()};
};

TypeNames& type_names() {
  static auto* const kNames = new TypeNames;  // Objects may be described while the program ends.
  return *kNames;
}

const Object& expect_object(CFTypeRef ref) noexcept {
  require(ref != nullptr);
  return *object_of(ref);
}

}  // namespace

Object::~Object() = default;

bool Object::equals(const Object& /*other*/) const { return false; }

CFHashCode Object::hash() const { return reinterpret_cast<CFHashCode>(this) >> 4U; }

std::string Object::describe() const { return address_text(*this); }

void Object::retain() const noexcept {
  if (owners() == kForEver) return;
  const CFIndex before = owners_.fetch_add(1, std::memory_order_relaxed);
  require(before > 0);
}

void Object::release() const noexcept {
  if (owners() == kForEver) return;
  // Release, so that what this thread did with the object comes before its end; acquire, so that the end sees it.
  const CFIndex before = owners_.fetch_sub(1, std::memory_order_acq_rel);
  require(before > 0);
  if (before == 1) delete this;
}

CFTypeID register_type(const char* name) { return type_names().add(name); }

std::string address_text(const Object& object) {
  char address[32];
  std::snprintf(address, sizeof address, " %p>", static_cast<const void*>(&object));
  return std::string("<") + type_names().find(object.type()) + address;
}

std::string description_of(CFTypeRef ref) {
  return ref == nullptr ? "(null)" : object_of(ref)->describe();
}

}  // namespace securetransport::cf

using namespace securetransport::cf;

CFTypeRef CFRetain(CFTypeRef object) {
  expect_object(object).retain();
  return object;
}

void CFRelease(CFTypeRef object) { expect_object(object).release(); }

CFIndex CFGetRetainCount(CFTypeRef object) { return expect_object(object).owners(); }

CFTypeID CFGetTypeID(CFTypeRef object) { return expect_object(object).type(); }

CFStringRef CFCopyTypeIDDescription(CFTypeID type) {
  const char* const name = type_names().find(type);
  return name == nullptr ? nullptr : make_string(name).release();
}

Boolean CFEqual(CFTypeRef first, CFTypeRef second) {
  const Object& one = expect_object(first);
  const Object& other = expect_object(second);
  return &one == &other || (one.type() == other.type() && one.equals(other));
}

CFHashCode CFHash(CFTypeRef object) { return expect_object(object).hash(); }

CFStringRef CFCopyDescription(CFTypeRef object) {
  return object == nullptr ? nullptr : make_string(expect_object(object).describe()).release();
}

void CFShow(CFTypeRef object) { std::fprintf(stderr, "%s\n", description_of(object).c_str()); }
