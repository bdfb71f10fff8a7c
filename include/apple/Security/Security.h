/* SPDX-License-Identifier: Apache-2.0 */
/* Everything of the Security API. */
#ifndef _SECURITY_H_
#define _SECURITY_H_

#include <CoreFoundation/CoreFoundation.h>

#include <Security/CipherSuite.h>
#include <Security/SecAccess.h>
#include <Security/SecBase.h>
#include <Security/SecCertificate.h>
#include <Security/SecCertificateOIDs.h>
#include <Security/SecDecodeTransform.h>
#include <Security/SecDigestTransform.h>
#include <Security/SecEncodeTransform.h>
#include <Security/SecEncryptTransform.h>
#include <Security/SecIdentity.h>
#include <Security/SecIdentitySearch.h>
#include <Security/SecImportExport.h>
#include <Security/SecItem.h>
#include <Security/SecKey.h>
#include <Security/SecKeychain.h>
#include <Security/SecKeychainItem.h>
#include <Security/SecKeychainSearch.h>
#include <Security/SecPolicy.h>
#include <Security/SecPolicySearch.h>
#include <Security/SecProtocolTypes.h>
#include <Security/SecRandom.h>
#include <Security/SecSignVerifyTransform.h>
#include <Security/SecTransform.h>
#include <Security/SecTransformReadTransform.h>
#include <Security/SecTrust.h>
#include <Security/SecTrustSettings.h>
#include <Security/SecureTransport.h>
#include <Security/cssmapple.h>
#include <Security/cssmerr.h>
#include <Security/cssmtype.h>
#include <Security/oidsalg.h>

#endif
