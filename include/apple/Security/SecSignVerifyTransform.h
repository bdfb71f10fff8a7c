/* SPDX-License-Identifier: Apache-2.0 */
/* Transforms that sign, and that verify signatures: PKCS #1 v1.5 with keys of RSA, ECDSA with those of EC. */
#ifndef _SECURITY_SECSIGNVERIFYTRANSFORM_H_
#define _SECURITY_SECSIGNVERIFYTRANSFORM_H_

#include <Security/SecDigestTransform.h>
#include <Security/SecTransform.h>

CF_EXTERN_C_BEGIN

CF_EXPORT const CFStringRef kSecKeyAttributeName;
CF_EXPORT const CFStringRef kSecSignatureAttributeName; /* of a transform that verifies: CFData */
CF_EXPORT const CFStringRef kSecInputIsAttributeName;   /* one of the next three; plain text if it is not set */
CF_EXPORT const CFStringRef kSecInputIsPlainText;
CF_EXPORT const CFStringRef kSecInputIsDigest; /* made with the digest of the attributes */
CF_EXPORT const CFStringRef kSecInputIsRaw;    /* signed as it is; with RSA it is padded */

/* Gives the signature as CFData. The digest is SHA-1 if the program does not set kSecDigestTypeAttribute. NULL, with an
 * error to be released, for what is no private key. */
CF_EXPORT SecTransformRef SecSignTransformCreate(SecKeyRef key, CFErrorRef* error);

/* Gives kCFBooleanTrue or, for a signature that is not right, kCFBooleanFalse. The signature may be NULL and set later.
 * A private key stands for its public one. */
CF_EXPORT SecTransformRef SecVerifyTransformCreate(SecKeyRef key, CFDataRef signature, CFErrorRef* error);

CF_EXTERN_C_END

#endif
