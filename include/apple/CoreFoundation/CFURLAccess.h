/* SPDX-License-Identifier: Apache-2.0 */
/* What a URL leads to. */
#ifndef __COREFOUNDATION_CFURLACCESS__
#define __COREFOUNDATION_CFURLACCESS__

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFDictionary.h>
#include <CoreFoundation/CFURL.h>

CF_EXTERN_C_BEGIN

enum {
  kCFURLUnknownError = -10,
  kCFURLResourceNotFoundError = -12,
  kCFURLResourceAccessViolationError = -13,
};

/*
 * Reads a file. True, and its content in *data, which the caller releases; otherwise false, NULL, and one of the errors
 * above in *error. Each result that is not wanted may be NULL. No properties are known: *properties is empty.
 */
CF_EXPORT Boolean CFURLCreateDataAndPropertiesFromResource(CFAllocatorRef allocator, CFURLRef url, CFDataRef* data,
                                                           CFDictionaryRef* properties, CFArrayRef wanted_properties,
                                                           SInt32* error);

CF_EXTERN_C_END

#endif
