/* SPDX-License-Identifier: Apache-2.0 */
/* The transform that reads a stream. */
#ifndef _SECURITY_SECTRANSFORMREADTRANSFORM_H_
#define _SECURITY_SECTRANSFORMREADTRANSFORM_H_

#include <Security/SecTransform.h>

CF_EXTERN_C_BEGIN

/* To be released; retains the stream. NULL for what is no stream. */
CF_EXPORT SecTransformRef SecTransformCreateReadTransformWithReadStream(CFReadStreamRef inputStream);

CF_EXTERN_C_END

#endif
