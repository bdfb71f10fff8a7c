/* SPDX-License-Identifier: Apache-2.0 */
/* The transform that decodes. */
#ifndef _SECURITY_SECDECODETRANSFORM_H_
#define _SECURITY_SECDECODETRANSFORM_H_

#include <Security/SecEncodeTransform.h>

CF_EXTERN_C_BEGIN

/* Gives CFData; blanks and ends of lines do not count. NULL, with an error to be released, for an encoding that is not
 * base64. */
CF_EXPORT SecTransformRef SecDecodeTransformCreate(CFTypeRef decodeType, CFErrorRef* error);

CF_EXTERN_C_END

#endif
