/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which macOS these headers present, and the marks that say since when something exists.
 *
 * Everything here exists, always, so the marks say nothing and nothing warns of being deprecated. A build may give
 * other versions with -D__MAC_OS_X_VERSION_MIN_REQUIRED=... and -D__MAC_OS_X_VERSION_MAX_ALLOWED=...
 */
#ifndef __AVAILABILITY__
#define __AVAILABILITY__

#include <AvailabilityVersions.h>

/*
 * 10.15 is the version that brought TLS 1.3 to these interfaces. Programs leave out ALPN, ChaCha20 and TLS 1.3 below
 * 10.13 and 10.15, and turn to other interfaces (Network.framework) only in what they see as newer than the minimum.
 */
#ifndef __MAC_OS_X_VERSION_MIN_REQUIRED
#define __MAC_OS_X_VERSION_MIN_REQUIRED __MAC_10_15
#endif
#ifndef __MAC_OS_X_VERSION_MAX_ALLOWED
#define __MAC_OS_X_VERSION_MAX_ALLOWED __MAC_10_15
#endif

/* gcc does not know the question whether the running system has something. It has. */
#if !defined(__clang__) && !defined(__builtin_available)
#define __builtin_available(...) 1
#endif

#define API_AVAILABLE(...)
#define API_AVAILABLE_BEGIN(...)
#define API_AVAILABLE_END
#define API_DEPRECATED(...)
#define API_DEPRECATED_BEGIN(...)
#define API_DEPRECATED_END
#define API_DEPRECATED_WITH_REPLACEMENT(...)
#define API_DEPRECATED_WITH_REPLACEMENT_BEGIN(...)
#define API_DEPRECATED_WITH_REPLACEMENT_END
#define API_UNAVAILABLE(...)
#define API_UNAVAILABLE_BEGIN(...)
#define API_UNAVAILABLE_END
#define SPI_AVAILABLE(...)
#define SPI_DEPRECATED(...)

#define __OSX_AVAILABLE(version)
#define __OSX_AVAILABLE_STARTING(mac, ios)
#define __OSX_AVAILABLE_BUT_DEPRECATED(...)
#define __OSX_AVAILABLE_BUT_DEPRECATED_MSG(...)
#define __OSX_DEPRECATED(...)
#define __OSX_EXTENSION_UNAVAILABLE(message)
#define __OSX_UNAVAILABLE
#define __OS_AVAILABILITY(...)
#define __OS_AVAILABILITY_MSG(...)
#define __IOS_AVAILABLE(version)
#define __IOS_DEPRECATED(...)
#define __IOS_EXTENSION_UNAVAILABLE(message)
#define __IOS_PROHIBITED
#define __IOS_UNAVAILABLE
#define __TVOS_AVAILABLE(version)
#define __TVOS_DEPRECATED(...)
#define __TVOS_PROHIBITED
#define __TVOS_UNAVAILABLE
#define __WATCHOS_AVAILABLE(version)
#define __WATCHOS_DEPRECATED(...)
#define __WATCHOS_PROHIBITED
#define __WATCHOS_UNAVAILABLE
#define __SWIFT_UNAVAILABLE
#define __SWIFT_UNAVAILABLE_MSG(message)

#endif
