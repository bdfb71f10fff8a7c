// SPDX-License-Identifier: Apache-2.0
// Allocators: names by which programs say who frees what.
#include <CoreFoundation/CFBase.h>

#include <cstdlib>

#include "cf/no_copy.hpp"
#include "cf/singleton.hpp"

struct __CFAllocator final : securetransport::cf::Singleton<securetransport::cf::kAllocatorType> {
  using Singleton::Singleton;
};

struct __CFNull final : securetransport::cf::Singleton<securetransport::cf::kNullType> {
  using Singleton::Singleton;
};

using namespace securetransport::cf;

namespace {

constinit Eternal<__CFAllocator> system_default{"system default"};
constinit Eternal<__CFAllocator> malloc_allocator{"malloc"};
constinit Eternal<__CFAllocator> malloc_zone{"malloc zone"};
constinit Eternal<__CFAllocator> null_allocator{"null"};
constinit Eternal<__CFNull> null_value{"<null>"};

}  // namespace

const CFAllocatorRef kCFAllocatorDefault = nullptr;
const CFAllocatorRef kCFAllocatorSystemDefault = &system_default.value;
const CFAllocatorRef kCFAllocatorMalloc = &malloc_allocator.value;
const CFAllocatorRef kCFAllocatorMallocZone = &malloc_zone.value;
const CFAllocatorRef kCFAllocatorNull = &null_allocator.value;
const CFNullRef kCFNull = &null_value.value;

namespace securetransport::cf {

void deallocate(CFAllocatorRef allocator, const void* memory) noexcept {
  if (allocator != kCFAllocatorNull) std::free(const_cast<void*>(memory));
}

}  // namespace securetransport::cf

CFTypeID CFNullGetTypeID() { return kNullType; }

CFTypeID CFAllocatorGetTypeID() { return kAllocatorType; }

CFAllocatorRef CFAllocatorGetDefault() { return kCFAllocatorSystemDefault; }

CFAllocatorRef CFGetAllocator(CFTypeRef /*object*/) { return kCFAllocatorSystemDefault; }

void* CFAllocatorAllocate(CFAllocatorRef allocator, CFIndex size, CFOptionFlags /*hint*/) {
  if (allocator == kCFAllocatorNull || size <= 0) return nullptr;
  return std::malloc(static_cast<std::size_t>(size));
}

void* CFAllocatorReallocate(CFAllocatorRef allocator, void* memory, CFIndex size, CFOptionFlags hint) {
  if (allocator == kCFAllocatorNull) return nullptr;
  if (memory == nullptr) return CFAllocatorAllocate(allocator, size, hint);
  if (size > 0) return std::realloc(memory, static_cast<std::size_t>(size));
  std::free(memory);
  return nullptr;
}

void CFAllocatorDeallocate(CFAllocatorRef allocator, void* memory) { deallocate(allocator, memory); }
