/* SPDX-License-Identifier: Apache-2.0 */
/* The frameworks as programs look them up at run time: com.apple.security and com.apple.CoreFoundation. */
#ifndef __COREFOUNDATION_CFBUNDLE__
#define __COREFOUNDATION_CFBUNDLE__

#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFDictionary.h>

CF_EXTERN_C_BEGIN

typedef struct __CFBundle* CFBundleRef;

CF_EXPORT const CFStringRef kCFBundleIdentifierKey;
CF_EXPORT const CFStringRef kCFBundleNameKey;
CF_EXPORT const CFStringRef kCFBundleVersionKey;

CF_EXPORT CFTypeID CFBundleGetTypeID(void);
/* NULL for any other identifier. */
CF_EXPORT CFBundleRef CFBundleGetBundleWithIdentifier(CFStringRef identifier);
CF_EXPORT CFStringRef CFBundleGetIdentifier(CFBundleRef bundle);
/* Identifier, name, and the versions that macOS 10.15 had, the one these headers present: kCFBundleVersionKey and
 * "CFBundleShortVersionString". */
CF_EXPORT CFDictionaryRef CFBundleGetInfoDictionary(CFBundleRef bundle);
/* A value of that dictionary, or NULL. */
CF_EXPORT CFTypeRef CFBundleGetValueForInfoDictionaryKey(CFBundleRef bundle, CFStringRef key);
/* A function that the program has linked or loaded, or NULL. */
CF_EXPORT void* CFBundleGetFunctionPointerForName(CFBundleRef bundle, CFStringRef name);

CF_EXTERN_C_END

#endif
