/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All of CoreFoundation that is here: what programs that use Secure Transport take from it.
 *
 * Left out, and why:
 *   CFRunLoop, CFSocket, CFWriteStream, and streams of sockets   a run loop is the operating system's own; use poll()
 *   CFLocale, CFDateFormatter, CFTimeZone, CFCalendar            one program formats a date with them; strftime() does
 *   CFPropertyList, CFPreferences, CFSet, CFBag, CFTree, CFUUID  no program asks for them
 *   CFURLCreateWithString and the other parts of CFURL           URLs here name files only
 *   allocators of a program's own, CFAutorelease                 objects come from the C++ heap, and there are no pools
 */
#ifndef __COREFOUNDATION_COREFOUNDATION__
#define __COREFOUNDATION_COREFOUNDATION__

/* Apple's gathers these as well, and programs rely on it. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFBundle.h>
#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFDate.h>
#include <CoreFoundation/CFDictionary.h>
#include <CoreFoundation/CFError.h>
#include <CoreFoundation/CFNumber.h>
#include <CoreFoundation/CFStream.h>
#include <CoreFoundation/CFString.h>
#include <CoreFoundation/CFURL.h>
#include <CoreFoundation/CFURLAccess.h>

#endif
