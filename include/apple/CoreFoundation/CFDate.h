/* SPDX-License-Identifier: Apache-2.0 */
/* Points in time: seconds since 2001-01-01 00:00:00 UTC. */
#ifndef __COREFOUNDATION_CFDATE__
#define __COREFOUNDATION_CFDATE__

#include <CoreFoundation/CFBase.h>

CF_EXTERN_C_BEGIN

typedef double CFTimeInterval; /* seconds */
typedef CFTimeInterval CFAbsoluteTime;
typedef const struct __CFDate* CFDateRef;

/* From 1970 and 1904 to 2001. */
CF_EXPORT const CFTimeInterval kCFAbsoluteTimeIntervalSince1970;
CF_EXPORT const CFTimeInterval kCFAbsoluteTimeIntervalSince1904;

CF_EXPORT CFAbsoluteTime CFAbsoluteTimeGetCurrent(void);

CF_EXPORT CFTypeID CFDateGetTypeID(void);
CF_EXPORT CFDateRef CFDateCreate(CFAllocatorRef allocator, CFAbsoluteTime time);
CF_EXPORT CFAbsoluteTime CFDateGetAbsoluteTime(CFDateRef date);
/* How much later the first is than the second. */
CF_EXPORT CFTimeInterval CFDateGetTimeIntervalSinceDate(CFDateRef date, CFDateRef other);
/* The context is not used. */
CF_EXPORT CFComparisonResult CFDateCompare(CFDateRef first, CFDateRef second, void* context);

CF_EXTERN_C_END

#endif
