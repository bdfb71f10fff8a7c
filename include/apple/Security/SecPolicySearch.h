/* SPDX-License-Identifier: Apache-2.0 */
/* How programs of the first edition asked for a policy by its identifier. */
#ifndef _SECURITY_SECPOLICYSEARCH_H_
#define _SECURITY_SECPOLICYSEARCH_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

typedef struct __SecPolicySearch* SecPolicySearchRef;

CF_EXPORT CFTypeID SecPolicySearchGetTypeID(void);

/*
 * `policyOID` is a policy's identifier, such as CSSMOID_APPLE_TP_SSL, or NULL for every policy there is; `certType` and
 * `value` are not looked at. errSecParam: a NULL `searchRef`.
 */
CF_EXPORT OSStatus SecPolicySearchCreate(CSSM_CERT_TYPE certType, const CSSM_OID* policyOID, const CSSM_DATA* value,
                                         SecPolicySearchRef* searchRef);

/* The next policy, which the caller releases; errSecPolicyNotFound after the last. */
CF_EXPORT OSStatus SecPolicySearchCopyNext(SecPolicySearchRef searchRef, SecPolicyRef* policyRef);

CF_EXTERN_C_END

#endif
