/* SPDX-License-Identifier: Apache-2.0 */
/* Names of digests, for transforms that sign and verify. Digests alone are in <CommonCrypto/CommonDigest.h>. */
#ifndef _SECURITY_SECDIGESTTRANSFORM_H_
#define _SECURITY_SECDIGESTTRANSFORM_H_

#include <Security/SecTransform.h>

CF_EXTERN_C_BEGIN

CF_EXPORT const CFStringRef kSecDigestTypeAttribute;   /* one of those below */
CF_EXPORT const CFStringRef kSecDigestLengthAttribute; /* a number, in bits; 0 is the digest's own, 256 for SHA-2 */

CF_EXPORT const CFStringRef kSecDigestMD5;
CF_EXPORT const CFStringRef kSecDigestSHA1;
CF_EXPORT const CFStringRef kSecDigestSHA2;

CF_EXTERN_C_END

#endif
