/* SPDX-License-Identifier: Apache-2.0 */
/* Enumerates the identities of keychains; SecItemCopyMatching does the same. */
#ifndef _SECURITY_SECIDENTITYSEARCH_H_
#define _SECURITY_SECIDENTITYSEARCH_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

typedef struct __SecIdentitySearch* SecIdentitySearchRef;

CF_EXPORT CFTypeID SecIdentitySearchGetTypeID(void);
/* A keychain, an array of them, or NULL for the default ones, as they are at this moment. The usage is not looked at.
 */
CF_EXPORT OSStatus SecIdentitySearchCreate(CFTypeRef keychainOrArray, CSSM_KEYUSE keyUsage,
                                           SecIdentitySearchRef* searchRef);
/* errSecItemNotFound at the end. */
CF_EXPORT OSStatus SecIdentitySearchCopyNext(SecIdentitySearchRef searchRef, SecIdentityRef* identity);

CF_EXTERN_C_END

#endif
