/* SPDX-License-Identifier: Apache-2.0 */
/* Transforms that encrypt and decrypt with a key of RSA. Symmetric ciphers are in <CommonCrypto/CommonCryptor.h>. */
#ifndef _SECURITY_SECENCRYPTTRANSFORM_H_
#define _SECURITY_SECENCRYPTTRANSFORM_H_

#include <Security/SecTransform.h>

CF_EXTERN_C_BEGIN

CF_EXPORT const CFStringRef kSecPaddingKey; /* one of the next three; PKCS #1 v1.5 if it is not set */
CF_EXPORT const CFStringRef kSecPaddingNoneKey;
CF_EXPORT const CFStringRef kSecPaddingPKCS1Key;
CF_EXPORT const CFStringRef kSecPaddingOAEPKey; /* with SHA-1 */

/* Both give CFData. NULL, with an error to be released, for what is no key of RSA or, to decrypt, no private one. */
CF_EXPORT SecTransformRef SecEncryptTransformCreate(SecKeyRef keyRef, CFErrorRef* error);
CF_EXPORT SecTransformRef SecDecryptTransformCreate(SecKeyRef keyRef, CFErrorRef* error);

CF_EXTERN_C_END

#endif
