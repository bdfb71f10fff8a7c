/* SPDX-License-Identifier: Apache-2.0 */
/* Transforms: chains of operations on data. Of all those that Apple has, this is the one that reads a stream. */
#ifndef _SECURITY_SECTRANSFORM_H_
#define _SECURITY_SECTRANSFORM_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

typedef CFTypeRef SecTransformRef;

CF_EXPORT const CFStringRef kSecTransformErrorDomain;        /* of Apple's own errors; here none has it */
CF_EXPORT const CFStringRef kSecTransformInputAttributeName; /* "INPUT" */

CF_EXPORT CFTypeID SecTransformGetTypeID(void);

/* Only the input can be set, and only to a stream. False, with an error to be released, for anything else. */
CF_EXPORT Boolean SecTransformSetAttribute(SecTransformRef transform, CFStringRef key, CFTypeRef value,
                                           CFErrorRef* error);

/* Reads the stream to its end, after opening it if need be, and returns all as CFData, to be released. NULL, with an
 * error to be released, if it cannot be read. */
CF_EXPORT CFTypeRef SecTransformExecute(SecTransformRef transform, CFErrorRef* error);

CF_EXTERN_C_END

#endif
