/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate with its private key. Immutable; may be used by several threads. NULL, or an object of another type,
 * is errSecParam. What a function with Copy or Create in its name returns, the caller releases.
 */
#ifndef _SECURITY_SECIDENTITY_H_
#define _SECURITY_SECIDENTITY_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

CF_EXPORT CFTypeID SecIdentityGetTypeID(void);

/* NULL if the key is not private or does not belong to the certificate. */
CF_EXPORT SecIdentityRef SecIdentityCreate(CFAllocatorRef allocator, SecCertificateRef certificate,
                                           SecKeyRef privateKey);
/*
 * Looks for the private key of the certificate in a keychain, an array of them, or (NULL) the default ones.
 * errSecItemNotFound if it is not there, errSecInteractionNotAllowed if a keychain is locked.
 */
CF_EXPORT OSStatus SecIdentityCreateWithCertificate(CFTypeRef keychainOrArray, SecCertificateRef certificateRef,
                                                    SecIdentityRef* identityRef);

CF_EXPORT OSStatus SecIdentityCopyCertificate(SecIdentityRef identityRef, SecCertificateRef* certificateRef);
CF_EXPORT OSStatus SecIdentityCopyPrivateKey(SecIdentityRef identityRef, SecKeyRef* privateKeyRef);

/* Remembers, in this process, an identity for a name such as a host or a URL; a NULL identity forgets it. */
CF_EXPORT OSStatus SecIdentitySetPreferred(SecIdentityRef identity, CFStringRef name, CFArrayRef keyUsage);
/* The remembered one, or NULL. `validIssuers` (names in DER) chooses, if it is not empty. */
CF_EXPORT SecIdentityRef SecIdentityCopyPreferred(CFStringRef name, CFArrayRef keyUsage, CFArrayRef validIssuers);

CF_EXTERN_C_END

#endif
