/* SPDX-License-Identifier: Apache-2.0 */
/* Transforms: operations on data, described first and executed later. Here are those that read a stream, sign and
 * verify, encrypt and decrypt with a key of RSA, and encode and decode base64. There are no groups of them, and none
 * of a program's own. */
#ifndef _SECURITY_SECTRANSFORM_H_
#define _SECURITY_SECTRANSFORM_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

typedef CFTypeRef SecTransformRef;

CF_EXPORT const CFStringRef kSecTransformErrorDomain;        /* of Apple's own errors; here none has it */
CF_EXPORT const CFStringRef kSecTransformInputAttributeName; /* "INPUT": CFData, or a CFReadStream to its end */

CF_EXPORT CFTypeID SecTransformGetTypeID(void);

/* Sets the input or another attribute of this kind of transform, and retains the value. False, with an error to be
 * released, for an attribute that it does not have or a value that this attribute cannot have. */
CF_EXPORT Boolean SecTransformSetAttribute(SecTransformRef transform, CFStringRef key, CFTypeRef value,
                                           CFErrorRef* error);

/* The value as it was set, or the one that stands without; not to be released. NULL if there is none. */
CF_EXPORT CFTypeRef SecTransformGetAttribute(SecTransformRef transform, CFStringRef key);

/* Does it, after opening a stream if need be, and returns the result, to be released. NULL, with an error to be
 * released, if that is not possible. */
CF_EXPORT CFTypeRef SecTransformExecute(SecTransformRef transform, CFErrorRef* error);

CF_EXTERN_C_END

#endif
