/* SPDX-License-Identifier: Apache-2.0 */
/* The transform that encodes. */
#ifndef _SECURITY_SECENCODETRANSFORM_H_
#define _SECURITY_SECENCODETRANSFORM_H_

#include <Security/SecTransform.h>

CF_EXTERN_C_BEGIN

CF_EXPORT const CFStringRef kSecBase64Encoding; /* RFC 4648 section 4, in one line */

/* Gives CFData. NULL, with an error to be released, for an encoding that is not base64. */
CF_EXPORT SecTransformRef SecEncodeTransformCreate(CFTypeRef encodeType, CFErrorRef* error);

CF_EXTERN_C_END

#endif
