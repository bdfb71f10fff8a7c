/* SPDX-License-Identifier: Apache-2.0 */
/* Errors: a domain, a number in it, and words for people. */
#ifndef __COREFOUNDATION_CFERROR__
#define __COREFOUNDATION_CFERROR__

#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFDictionary.h>
#include <CoreFoundation/CFString.h>

CF_EXTERN_C_BEGIN

typedef struct __CFError* CFErrorRef;
typedef CFStringRef CFErrorDomain;

CF_EXPORT const CFErrorDomain kCFErrorDomainPOSIX;    /* errno */
CF_EXPORT const CFErrorDomain kCFErrorDomainOSStatus; /* result codes, such as those of Secure Transport */
CF_EXPORT const CFErrorDomain kCFErrorDomainMach;
CF_EXPORT const CFErrorDomain kCFErrorDomainCocoa;

/* Keys of the user info; the values of the first five are strings. */
CF_EXPORT const CFStringRef kCFErrorLocalizedDescriptionKey;
CF_EXPORT const CFStringRef kCFErrorLocalizedFailureKey;
CF_EXPORT const CFStringRef kCFErrorLocalizedFailureReasonKey;
CF_EXPORT const CFStringRef kCFErrorLocalizedRecoverySuggestionKey;
CF_EXPORT const CFStringRef kCFErrorDescriptionKey;
CF_EXPORT const CFStringRef kCFErrorUnderlyingErrorKey; /* a CFErrorRef */
CF_EXPORT const CFStringRef kCFErrorURLKey;
CF_EXPORT const CFStringRef kCFErrorFilePathKey;

CF_EXPORT CFTypeID CFErrorGetTypeID(void);

/* The user info may be NULL. */
CF_EXPORT CFErrorRef CFErrorCreate(CFAllocatorRef allocator, CFErrorDomain domain, CFIndex code,
                                   CFDictionaryRef user_info);
CF_EXPORT CFErrorRef CFErrorCreateWithUserInfoKeysAndValues(CFAllocatorRef allocator, CFErrorDomain domain,
                                                            CFIndex code, const void* const* keys,
                                                            const void* const* values, CFIndex count);
CF_EXPORT CFErrorDomain CFErrorGetDomain(CFErrorRef error);
CF_EXPORT CFIndex CFErrorGetCode(CFErrorRef error);
/* Never NULL; empty if there is none. */
CF_EXPORT CFDictionaryRef CFErrorCopyUserInfo(CFErrorRef error);
/* Never NULL: the localized description, else a sentence made of the failure reason or of domain and code. */
CF_EXPORT CFStringRef CFErrorCopyDescription(CFErrorRef error);
/* NULL if the user info has none. */
CF_EXPORT CFStringRef CFErrorCopyFailureReason(CFErrorRef error);
CF_EXPORT CFStringRef CFErrorCopyRecoverySuggestion(CFErrorRef error);

CF_EXTERN_C_END

#endif
