/* SPDX-License-Identifier: Apache-2.0 */
/* What programs take from CoreServices: CoreFoundation, the older types and result codes, and Security, which comes
 * along with it on a Mac. */
#ifndef __CORESERVICES__
#define __CORESERVICES__

#include <CoreFoundation/CoreFoundation.h>
#include <MacErrors.h>
#include <MacTypes.h>
#include <Security/Security.h>

#endif
