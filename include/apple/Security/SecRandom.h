/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes fit for keys. */
#ifndef _SECURITY_SECRANDOM_H_
#define _SECURITY_SECRANDOM_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

typedef const struct __SecRandom* SecRandomRef;

/* The one source there is. NULL, which means the same. */
CF_EXPORT const SecRandomRef kSecRandomDefault;

/*
 * Fills `bytes` with `count` random bytes from the engine's generator, which the system seeds. 0 if all were written.
 * errSecParam: `rnd` is another source, or `bytes` is NULL and `count` is not 0. -1, with errno set, if the generator
 * fails. May be called from any thread.
 */
CF_EXPORT int SecRandomCopyBytes(SecRandomRef rnd, size_t count, void* bytes);

CF_EXTERN_C_END

#endif
