/* SPDX-License-Identifier: Apache-2.0 */
/* Text: sequences of UTF-16 units. Lengths, indices and ranges count those units. */
#ifndef __COREFOUNDATION_CFSTRING__
#define __COREFOUNDATION_CFSTRING__

#include <stdarg.h>

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFDictionary.h>

CF_EXTERN_C_BEGIN

typedef UInt32 CFStringEncoding;

#define kCFStringEncodingInvalidId (0xffffffffU)
/* Others exist as constants in other systems; these are the ones known here. */
enum {
  kCFStringEncodingMacRoman = 0,
  kCFStringEncodingWindowsLatin1 = 0x0500,
  kCFStringEncodingISOLatin1 = 0x0201,
  kCFStringEncodingASCII = 0x0600,
  kCFStringEncodingUnicode = 0x0100, /* UTF-16 in the order of this machine, or as a byte order mark says */
  kCFStringEncodingUTF8 = 0x08000100,
  kCFStringEncodingUTF16 = 0x0100,
  kCFStringEncodingUTF16BE = 0x10000100,
  kCFStringEncodingUTF16LE = 0x14000100,
  kCFStringEncodingUTF32 = 0x0c000100,
  kCFStringEncodingUTF32BE = 0x18000100,
  kCFStringEncodingUTF32LE = 0x1c000100
};
typedef CFStringEncoding CFStringBuiltInEncodings;

typedef CF_OPTIONS(CFOptionFlags, CFStringCompareFlags) {
  kCFCompareCaseInsensitive = 1,
  kCFCompareBackwards = 4,
  kCFCompareAnchored = 8,
  kCFCompareNonliteral = 16,
  kCFCompareLocalized = 32,
  kCFCompareNumerically = 64,
};

/*
 * A string that lives for ever, from a literal of ASCII or UTF-8 without zeros. It is a constant and may initialise
 * variables anywhere. Literals are compared with CFEqual: equal ones of two files may have two addresses.
 */
#ifdef __cplusplus
#define CFSTR(literal) reinterpret_cast<CFStringRef>(__CFSTR_MARK literal "")
#else
#define CFSTR(literal) ((CFStringRef)(__CFSTR_MARK literal ""))
#endif
/* No object begins with these eight bytes: its first ones are an address. */
#define __CFSTR_MARK "\305CFSTR\001\365"
/* The same string, from any text. Equal texts give the same object. */
CF_EXPORT CFStringRef __CFStringMakeConstantString(const char* text);

CF_EXPORT CFTypeID CFStringGetTypeID(void);

/* Making. NULL if the bytes are not text in that encoding, or the encoding is unknown. */

CF_EXPORT CFStringRef CFStringCreateWithCString(CFAllocatorRef allocator, const char* text, CFStringEncoding encoding);
CF_EXPORT CFStringRef CFStringCreateWithCharacters(CFAllocatorRef allocator, const UniChar* units, CFIndex count);
/* is_external: the bytes may begin with a byte order mark. */
CF_EXPORT CFStringRef CFStringCreateWithBytes(CFAllocatorRef allocator, const UInt8* bytes, CFIndex count,
                                              CFStringEncoding encoding, Boolean is_external);
/*
 * The text is copied; the deallocator then frees the memory given, before the call returns. If the call gives NULL,
 * the memory stays the caller's.
 */
CF_EXPORT CFStringRef CFStringCreateWithCStringNoCopy(CFAllocatorRef allocator, const char* text,
                                                      CFStringEncoding encoding, CFAllocatorRef deallocator);
CF_EXPORT CFStringRef CFStringCreateWithBytesNoCopy(CFAllocatorRef allocator, const UInt8* bytes, CFIndex count,
                                                    CFStringEncoding encoding, Boolean is_external,
                                                    CFAllocatorRef deallocator);
CF_EXPORT CFStringRef CFStringCreateWithCharactersNoCopy(CFAllocatorRef allocator, const UniChar* units, CFIndex count,
                                                         CFAllocatorRef deallocator);
CF_EXPORT CFStringRef CFStringCreateWithSubstring(CFAllocatorRef allocator, CFStringRef string, CFRange range);
CF_EXPORT CFStringRef CFStringCreateCopy(CFAllocatorRef allocator, CFStringRef string);
/*
 * The conversions of printf but %n; %@ for an object, %C and %S for UTF-16. What %s points to is UTF-8. Arguments come
 * in the order of the conversions (no %1$@); format_options is NULL.
 */
CF_EXPORT CFStringRef CFStringCreateWithFormat(CFAllocatorRef allocator, CFDictionaryRef format_options,
                                               CFStringRef format, ...);
CF_EXPORT CFStringRef CFStringCreateWithFormatAndArguments(CFAllocatorRef allocator, CFDictionaryRef format_options,
                                                           CFStringRef format, va_list arguments);
/* The length is a hint; 0 is always right. */
CF_EXPORT CFMutableStringRef CFStringCreateMutable(CFAllocatorRef allocator, CFIndex capacity);
CF_EXPORT CFMutableStringRef CFStringCreateMutableCopy(CFAllocatorRef allocator, CFIndex capacity, CFStringRef string);

/* Reading. */

CF_EXPORT CFIndex CFStringGetLength(CFStringRef string);
CF_EXPORT UniChar CFStringGetCharacterAtIndex(CFStringRef string, CFIndex index);
CF_EXPORT void CFStringGetCharacters(CFStringRef string, CFRange range, UniChar* buffer);
/* Writes the text and a zero. False, and an empty text if there is room for it, if the whole does not fit. */
CF_EXPORT Boolean CFStringGetCString(CFStringRef string, char* buffer, CFIndex size, CFStringEncoding encoding);
/* The text itself if it lies there in this form, else NULL: have CFStringGetCString at hand. */
CF_EXPORT const char* CFStringGetCStringPtr(CFStringRef string, CFStringEncoding encoding);
CF_EXPORT const UniChar* CFStringGetCharactersPtr(CFStringRef string);
/*
 * Writes as many units of the range as fit and returns their number; *used are the bytes. A unit that the encoding
 * lacks becomes the loss byte, or ends the conversion if that is 0. buffer and used may be NULL.
 */
CF_EXPORT CFIndex CFStringGetBytes(CFStringRef string, CFRange range, CFStringEncoding encoding, UInt8 loss_byte,
                                   Boolean is_external, UInt8* buffer, CFIndex size, CFIndex* used);
/* Room for that many units in any case, without the zero; kCFNotFound if that exceeds a CFIndex. */
CF_EXPORT CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, CFStringEncoding encoding);
CF_EXPORT CFStringEncoding CFStringGetSystemEncoding(void);
CF_EXPORT CFStringEncoding CFStringGetFastestEncoding(CFStringRef string);
CF_EXPORT Boolean CFStringIsEncodingAvailable(CFStringEncoding encoding);

/* File names are UTF-8. */
CF_EXPORT Boolean CFStringGetFileSystemRepresentation(CFStringRef string, char* buffer, CFIndex size);
CF_EXPORT CFIndex CFStringGetMaximumSizeOfFileSystemRepresentation(CFStringRef string);
CF_EXPORT CFStringRef CFStringCreateWithFileSystemRepresentation(CFAllocatorRef allocator, const char* path);

/* External: with a byte order mark where the encoding needs one. NULL if the encoding lacks a unit and loss is 0. */
CF_EXPORT CFDataRef CFStringCreateExternalRepresentation(CFAllocatorRef allocator, CFStringRef string,
                                                         CFStringEncoding encoding, UInt8 loss_byte);
CF_EXPORT CFStringRef CFStringCreateFromExternalRepresentation(CFAllocatorRef allocator, CFDataRef data,
                                                               CFStringEncoding encoding);

/* The number that the text begins with, after blanks; 0 if none; the nearest possible if it is too large. */
CF_EXPORT SInt32 CFStringGetIntValue(CFStringRef string);

/*
 * Comparing, unit by unit: kCFCompareNonliteral and kCFCompareLocalized change nothing here. Case is known of the Latin
 * (up to U+017F), Greek and Cyrillic letters.
 */

CF_EXPORT CFComparisonResult CFStringCompare(CFStringRef first, CFStringRef second, CFStringCompareFlags flags);
CF_EXPORT CFComparisonResult CFStringCompareWithOptions(CFStringRef first, CFStringRef second, CFRange range,
                                                        CFStringCompareFlags flags);
/* Where the wanted text lies; location kCFNotFound if nowhere. */
CF_EXPORT CFRange CFStringFind(CFStringRef string, CFStringRef wanted, CFStringCompareFlags flags);
CF_EXPORT Boolean CFStringHasPrefix(CFStringRef string, CFStringRef prefix);
CF_EXPORT Boolean CFStringHasSuffix(CFStringRef string, CFStringRef suffix);

CF_EXPORT CFArrayRef CFStringCreateArrayBySeparatingStrings(CFAllocatorRef allocator, CFStringRef string,
                                                            CFStringRef separator);
CF_EXPORT CFStringRef CFStringCreateByCombiningStrings(CFAllocatorRef allocator, CFArrayRef strings,
                                                       CFStringRef separator);

/* Changing. */

CF_EXPORT void CFStringAppend(CFMutableStringRef string, CFStringRef appended);
CF_EXPORT void CFStringAppendCharacters(CFMutableStringRef string, const UniChar* units, CFIndex count);
CF_EXPORT void CFStringAppendCString(CFMutableStringRef string, const char* text, CFStringEncoding encoding);
CF_EXPORT void CFStringAppendFormat(CFMutableStringRef string, CFDictionaryRef format_options, CFStringRef format, ...);
CF_EXPORT void CFStringAppendFormatAndArguments(CFMutableStringRef string, CFDictionaryRef format_options,
                                                CFStringRef format, va_list arguments);
CF_EXPORT void CFStringInsert(CFMutableStringRef string, CFIndex index, CFStringRef inserted);
CF_EXPORT void CFStringDelete(CFMutableStringRef string, CFRange range);
CF_EXPORT void CFStringReplace(CFMutableStringRef string, CFRange range, CFStringRef replacement);
CF_EXPORT void CFStringReplaceAll(CFMutableStringRef string, CFStringRef replacement);
CF_EXPORT void CFStringTrimWhitespace(CFMutableStringRef string);

CF_EXTERN_C_END

#endif
