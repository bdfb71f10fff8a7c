/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes. */
#ifndef __COREFOUNDATION_CFDATA__
#define __COREFOUNDATION_CFDATA__

#include <CoreFoundation/CFBase.h>

CF_EXTERN_C_BEGIN

typedef const struct __CFData* CFDataRef;
typedef struct __CFData* CFMutableDataRef;

typedef CF_OPTIONS(CFOptionFlags, CFDataSearchFlags) {
  kCFDataSearchBackwards = 1UL << 0,
  kCFDataSearchAnchored = 1UL << 1,
};

CF_EXPORT CFTypeID CFDataGetTypeID(void);

CF_EXPORT CFDataRef CFDataCreate(CFAllocatorRef allocator, const UInt8* bytes, CFIndex length);
/* Takes over the bytes; the deallocator frees them with the object. kCFAllocatorNull: they stay the caller's. */
CF_EXPORT CFDataRef CFDataCreateWithBytesNoCopy(CFAllocatorRef allocator, const UInt8* bytes, CFIndex length,
                                                CFAllocatorRef deallocator);
CF_EXPORT CFDataRef CFDataCreateCopy(CFAllocatorRef allocator, CFDataRef data);
/* The capacity is a hint; 0 is always right. */
CF_EXPORT CFMutableDataRef CFDataCreateMutable(CFAllocatorRef allocator, CFIndex capacity);
CF_EXPORT CFMutableDataRef CFDataCreateMutableCopy(CFAllocatorRef allocator, CFIndex capacity, CFDataRef data);

CF_EXPORT CFIndex CFDataGetLength(CFDataRef data);
/* Valid until the data is changed or released. */
CF_EXPORT const UInt8* CFDataGetBytePtr(CFDataRef data);
CF_EXPORT UInt8* CFDataGetMutableBytePtr(CFMutableDataRef data);
CF_EXPORT void CFDataGetBytes(CFDataRef data, CFRange range, UInt8* buffer);
/* Where the bytes of the second lie in that range of the first; kCFNotFound and 0 if nowhere. */
CF_EXPORT CFRange CFDataFind(CFDataRef data, CFDataRef wanted, CFRange range, CFDataSearchFlags flags);

/* New bytes are zero. */
CF_EXPORT void CFDataSetLength(CFMutableDataRef data, CFIndex length);
CF_EXPORT void CFDataIncreaseLength(CFMutableDataRef data, CFIndex extra);
CF_EXPORT void CFDataAppendBytes(CFMutableDataRef data, const UInt8* bytes, CFIndex length);
CF_EXPORT void CFDataReplaceBytes(CFMutableDataRef data, CFRange range, const UInt8* bytes, CFIndex length);
CF_EXPORT void CFDataDeleteBytes(CFMutableDataRef data, CFRange range);

CF_EXTERN_C_END

#endif
