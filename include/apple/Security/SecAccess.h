/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may use an item of a keychain. Here nobody is ever asked: items belong to the process, or to whoever may read
 * the file of the keychain. Access objects can be made and passed, and change nothing.
 */
#ifndef _SECURITY_SECACCESS_H_
#define _SECURITY_SECACCESS_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <sys/types.h>

CF_EXTERN_C_BEGIN

typedef UInt32 SecAccessOwnerType;
enum {
  kSecUseOnlyUID = 1,
  kSecUseOnlyGID = 2,
  kSecHonorRoot = 0x100,
  kSecMatchBits = (kSecUseOnlyUID | kSecUseOnlyGID),
};

CF_EXPORT CFTypeID SecAccessGetTypeID(void);
CF_EXPORT OSStatus SecAccessCreate(CFStringRef descriptor, CFArrayRef trustedlist, SecAccessRef* accessRef);
CF_EXPORT SecAccessRef SecAccessCreateWithOwnerAndACL(uid_t userId, gid_t groupId, SecAccessOwnerType ownerType,
                                                      CFArrayRef acls, CFErrorRef* error);

CF_EXTERN_C_END

#endif
