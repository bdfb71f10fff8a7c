/* SPDX-License-Identifier: Apache-2.0 */
/* Enumerates the items of keychains; SecItemCopyMatching does the same. */
#ifndef _SECURITY_SECKEYCHAINSEARCH_H_
#define _SECURITY_SECKEYCHAINSEARCH_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/SecKeychainItem.h>

CF_EXTERN_C_BEGIN

CF_EXPORT CFTypeID SecKeychainSearchGetTypeID(void);
/* A keychain, an array of them, or NULL for the search list, as they are at this moment. `attrList` may be NULL. */
CF_EXPORT OSStatus SecKeychainSearchCreateFromAttributes(CFTypeRef keychainOrArray, SecItemClass itemClass,
                                                         const SecKeychainAttributeList* attrList,
                                                         SecKeychainSearchRef* searchRef);
/* errSecItemNotFound at the end. */
CF_EXPORT OSStatus SecKeychainSearchCopyNext(SecKeychainSearchRef searchRef, SecKeychainItemRef* itemRef);

CF_EXTERN_C_END

#endif
