/* SPDX-License-Identifier: Apache-2.0 */
/* The basic types that headers of the first edition (CDSA) use. */
#ifndef _CSSMCONFIG_H_
#define _CSSMCONFIG_H_

#include <CoreFoundation/CoreFoundation.h>

typedef int32_t sint32;
typedef uint32_t uint32;
typedef uint16_t uint16;
typedef uint8_t uint8;
typedef size_t CSSM_SIZE;

#endif
