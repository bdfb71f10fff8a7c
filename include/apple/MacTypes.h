/* SPDX-License-Identifier: Apache-2.0 */
/* Basic types of the C interfaces: names and widths are Apple's. */
#ifndef __MACTYPES__
#define __MACTYPES__ /* zlib looks for this name before it declares a Byte of its own */

#include <stddef.h>
#include <stdint.h>

#include <MacErrors.h>

typedef uint8_t UInt8;
typedef int8_t SInt8;
typedef uint16_t UInt16;
typedef int16_t SInt16;
typedef uint32_t UInt32;
typedef int32_t SInt32;
typedef unsigned long long UInt64;
typedef signed long long SInt64;

typedef float Float32;
typedef double Float64;

typedef unsigned char Boolean;
typedef UInt8 Byte;
typedef SInt8 SignedByte;

typedef SInt16 OSErr;
#ifndef SECURETRANSPORT_OSSTATUS_DEFINED
#define SECURETRANSPORT_OSSTATUS_DEFINED
typedef int32_t OSStatus; /* 0 is success, every other number names a reason */
#endif

typedef UInt32 FourCharCode;
typedef FourCharCode OSType;
typedef FourCharCode ResType;

typedef char* Ptr;
typedef Ptr* Handle;
typedef long Size;
typedef void* LogicalAddress;
typedef UInt32 ItemCount;
typedef unsigned long ByteCount;
typedef unsigned long ByteOffset;
typedef UInt32 OptionBits;

typedef UInt16 UniChar;
typedef UniChar* UniCharPtr;
typedef const UniChar* ConstUniCharPtr;
typedef unsigned long UniCharCount;
typedef UInt32 UTF32Char;
typedef UInt16 UTF16Char;
typedef UInt8 UTF8Char;

/* Strings that begin with their length. */
typedef unsigned char Str255[256];
typedef unsigned char* StringPtr;
typedef const unsigned char* ConstStringPtr;
typedef const unsigned char* ConstStr255Param;

#endif
