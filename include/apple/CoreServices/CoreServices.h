/* SPDX-License-Identifier: Apache-2.0 */
/* What programs take from CoreServices: CoreFoundation, and the older types and result codes. */
#ifndef __CORESERVICES__
#define __CORESERVICES__

#include <CoreFoundation/CoreFoundation.h>
#include <MacErrors.h>
#include <MacTypes.h>

#endif
