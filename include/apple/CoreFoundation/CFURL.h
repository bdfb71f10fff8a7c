/* SPDX-License-Identifier: Apache-2.0 */
/* URLs of files. */
#ifndef __COREFOUNDATION_CFURL__
#define __COREFOUNDATION_CFURL__

#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFString.h>

CF_EXTERN_C_BEGIN

typedef const struct __CFURL* CFURLRef;

typedef CF_ENUM(CFIndex, CFURLPathStyle) {
  kCFURLPOSIXPathStyle = 0, /* the one that is known here */
  kCFURLHFSPathStyle = 1,
  kCFURLWindowsPathStyle = 2,
};

CF_EXPORT CFTypeID CFURLGetTypeID(void);

/*
 * NULL if the path is empty, no UTF-8 or of another style. A path that does not begin with a slash makes a URL that is
 * relative to the directory in which the program is at that moment.
 */
CF_EXPORT CFURLRef CFURLCreateFromFileSystemRepresentation(CFAllocatorRef allocator, const UInt8* path, CFIndex length,
                                                           Boolean is_directory);
CF_EXPORT CFURLRef CFURLCreateWithFileSystemPath(CFAllocatorRef allocator, CFStringRef path, CFURLPathStyle style,
                                                 Boolean is_directory);
CF_EXPORT CFURLRef CFURLCreateCopyAppendingPathComponent(CFAllocatorRef allocator, CFURLRef url, CFStringRef component,
                                                         Boolean is_directory);

/* As text, such as file:///etc/ssl/; of a relative URL the relative part. The URL owns it. */
CF_EXPORT CFStringRef CFURLGetString(CFURLRef url);
/* As a path, without a slash at its end. */
CF_EXPORT CFStringRef CFURLCopyFileSystemPath(CFURLRef url, CFURLPathStyle style);
/* The path and a zero; false if they do not fit. */
CF_EXPORT Boolean CFURLGetFileSystemRepresentation(CFURLRef url, Boolean resolve_against_base, UInt8* buffer,
                                                   CFIndex size);

CF_EXTERN_C_END

#endif
