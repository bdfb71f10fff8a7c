/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files piece by piece. (Streams of sockets need a run loop and are not here.) */
#ifndef __COREFOUNDATION_CFSTREAM__
#define __COREFOUNDATION_CFSTREAM__

#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFError.h>
#include <CoreFoundation/CFURL.h>

CF_EXTERN_C_BEGIN

typedef struct __CFReadStream* CFReadStreamRef;

typedef CF_ENUM(CFIndex, CFStreamStatus) {
  kCFStreamStatusNotOpen = 0,
  kCFStreamStatusOpening,
  kCFStreamStatusOpen,
  kCFStreamStatusReading,
  kCFStreamStatusWriting,
  kCFStreamStatusAtEnd,
  kCFStreamStatusClosed,
  kCFStreamStatusError,
};

typedef CF_ENUM(CFIndex, CFStreamErrorDomain) {
  kCFStreamErrorDomainCustom = -1,
  kCFStreamErrorDomainPOSIX = 1, /* the error is an errno */
  kCFStreamErrorDomainMacOSStatus,
};

typedef struct {
  CFIndex domain;
  SInt32 error;
} CFStreamError;

CF_EXPORT CFTypeID CFReadStreamGetTypeID(void);
/* A stream that is not open yet. */
CF_EXPORT CFReadStreamRef CFReadStreamCreateWithFile(CFAllocatorRef allocator, CFURLRef url);

CF_EXPORT CFStreamStatus CFReadStreamGetStatus(CFReadStreamRef stream);
/* An error of kCFErrorDomainPOSIX, or NULL if nothing has failed. */
CF_EXPORT CFErrorRef CFReadStreamCopyError(CFReadStreamRef stream);
/* The same as two numbers; both 0 if nothing has failed. */
CF_EXPORT CFStreamError CFReadStreamGetError(CFReadStreamRef stream);
/* False if it failed, or was opened before. */
CF_EXPORT Boolean CFReadStreamOpen(CFReadStreamRef stream);
/* A closed stream cannot be opened again. */
CF_EXPORT void CFReadStreamClose(CFReadStreamRef stream);
/* Whether a read would not wait: always, while the file is open and its end not seen. */
CF_EXPORT Boolean CFReadStreamHasBytesAvailable(CFReadStreamRef stream);
/* How many bytes were read; 0 at the end of the file; -1 if it failed or the stream is not open. */
CF_EXPORT CFIndex CFReadStreamRead(CFReadStreamRef stream, UInt8* buffer, CFIndex size);

CF_EXTERN_C_END

#endif
