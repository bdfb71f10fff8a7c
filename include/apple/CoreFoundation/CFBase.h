/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ground of CoreFoundation: basic types, reference counts, what every object can do, allocators.
 *
 * Ownership: who calls a function with Create or Copy in its name owns the result and releases it; a result of Get
 * belongs to the object it came from. Counts are atomic; an immutable object may be used by several threads at once.
 * A null or foreign object, an index or a range that is out of bounds ends the program (it traps), unless said
 * otherwise: Apple leaves it undefined.
 */
#ifndef __COREFOUNDATION_CFBASE__
#define __COREFOUNDATION_CFBASE__

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <CoreFoundation/CFAvailability.h>
#include <MacTypes.h>
#include <TargetConditionals.h>

#if defined(__cplusplus)
#define CF_EXTERN_C_BEGIN extern "C" {
#define CF_EXTERN_C_END }
#define CF_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define CF_EXTERN_C_BEGIN
#define CF_EXTERN_C_END
#define CF_EXPORT extern __attribute__((visibility("default")))
#endif
#define CF_INLINE static __inline__

/* Marks for other compilers and checkers. */
#define CF_RETURNS_RETAINED
#define CF_RETURNS_NOT_RETAINED
#define CF_RELEASES_ARGUMENT
#define CF_CONSUMED
#define CF_IMPLICIT_BRIDGING_ENABLED
#define CF_IMPLICIT_BRIDGING_DISABLED
#define CF_BRIDGED_TYPE(type)
#define CF_BRIDGED_MUTABLE_TYPE(type)
#define CF_RELATED_TYPE(type, create, retain)
#define CF_ASSUME_NONNULL_BEGIN
#define CF_ASSUME_NONNULL_END
#define CF_FORMAT_FUNCTION(format, arguments)
#define CF_FORMAT_ARGUMENT(format)
/* clang has these words of its own; the older __nonnull stays out, since the C library uses it. */
#if !defined(__clang__)
#ifndef _Nonnull
#define _Nonnull
#endif
#ifndef _Nullable
#define _Nullable
#endif
#ifndef _Null_unspecified
#define _Null_unspecified
#endif
#endif

#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

CF_EXTERN_C_BEGIN

typedef unsigned long CFTypeID;
typedef unsigned long CFOptionFlags;
typedef unsigned long CFHashCode;
typedef signed long CFIndex;

typedef const void* CFTypeRef; /* any object */
typedef CFTypeRef CFPropertyListRef;
typedef const struct __CFString* CFStringRef;
typedef struct __CFString* CFMutableStringRef;
typedef const struct __CFAllocator* CFAllocatorRef;
typedef const struct __CFNull* CFNullRef;

typedef CF_ENUM(CFIndex, CFComparisonResult) {
  kCFCompareLessThan = -1,
  kCFCompareEqualTo = 0,
  kCFCompareGreaterThan = 1,
};

typedef CFComparisonResult (*CFComparatorFunction)(const void* first, const void* second, void* context);

static const CFIndex kCFNotFound = -1;

typedef struct {
  CFIndex location;
  CFIndex length;
} CFRange;

CF_INLINE CFRange CFRangeMake(CFIndex location, CFIndex length) {
  CFRange range;
  range.location = location;
  range.length = length;
  return range;
}

/* Objects. */

/* Adds an owner and returns the object. */
CF_EXPORT CFTypeRef CFRetain(CFTypeRef object);
/* Takes an owner away; the last one takes the object with it. */
CF_EXPORT void CFRelease(CFTypeRef object);
/* For people and tests; an object that lives for ever has a very large count. */
CF_EXPORT CFIndex CFGetRetainCount(CFTypeRef object);

CF_EXPORT CFTypeID CFGetTypeID(CFTypeRef object);
/* The name of a type, such as CFString. */
CF_EXPORT CFStringRef CFCopyTypeIDDescription(CFTypeID type);

/* Whether both are of one type and of equal content. */
CF_EXPORT Boolean CFEqual(CFTypeRef first, CFTypeRef second);
/* Equal objects have equal hashes. */
CF_EXPORT CFHashCode CFHash(CFTypeRef object);
/* Text for people; NULL for NULL. */
CF_EXPORT CFStringRef CFCopyDescription(CFTypeRef object);
/* Writes the description to standard error. */
CF_EXPORT void CFShow(CFTypeRef object);

CF_EXPORT CFAllocatorRef CFGetAllocator(CFTypeRef object);

/* Null. */

CF_EXPORT const CFNullRef kCFNull;
CF_EXPORT CFTypeID CFNullGetTypeID(void);

/*
 * Allocators. Objects always come from the C++ heap, whatever allocator is named. Where a function takes over memory
 * (its name ends with NoCopy), the named deallocator frees it: kCFAllocatorNull leaves it alone, the others free().
 */

CF_EXPORT const CFAllocatorRef kCFAllocatorDefault; /* NULL */
CF_EXPORT const CFAllocatorRef kCFAllocatorSystemDefault;
CF_EXPORT const CFAllocatorRef kCFAllocatorMalloc;
CF_EXPORT const CFAllocatorRef kCFAllocatorMallocZone;
CF_EXPORT const CFAllocatorRef kCFAllocatorNull;

CF_EXPORT CFTypeID CFAllocatorGetTypeID(void);
CF_EXPORT CFAllocatorRef CFAllocatorGetDefault(void);
/* malloc, realloc and free; NULL where the allocator is kCFAllocatorNull or the size is not positive. */
CF_EXPORT void* CFAllocatorAllocate(CFAllocatorRef allocator, CFIndex size, CFOptionFlags hint);
CF_EXPORT void* CFAllocatorReallocate(CFAllocatorRef allocator, void* memory, CFIndex size, CFOptionFlags hint);
CF_EXPORT void CFAllocatorDeallocate(CFAllocatorRef allocator, void* memory);

CF_EXTERN_C_END

#endif
