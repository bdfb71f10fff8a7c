/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers of policies in the form of the first edition, for SecPolicySearchCreate. */
#ifndef _OIDSALG_H_
#define _OIDSALG_H_

#include <Security/SecBase.h>
#include <Security/cssmtype.h>

CF_EXTERN_C_BEGIN

CF_EXPORT const CSSM_OID CSSMOID_APPLE_X509_BASIC; /* 1.2.840.113635.100.1.2 */
CF_EXPORT const CSSM_OID CSSMOID_APPLE_TP_SSL;     /* 1.2.840.113635.100.1.3 */
/* Two older names of the policy of revocation, for lists and for OCSP. */
CF_EXPORT const CSSM_OID CSSMOID_APPLE_TP_REVOCATION_CRL;  /* 1.2.840.113635.100.1.6 */
CF_EXPORT const CSSM_OID CSSMOID_APPLE_TP_REVOCATION_OCSP; /* 1.2.840.113635.100.1.7 */
CF_EXPORT const CSSM_OID CSSMOID_APPLE_TP_EAP;             /* 1.2.840.113635.100.1.9 */
CF_EXPORT const CSSM_OID CSSMOID_APPLE_TP_REVOCATION;      /* 1.2.840.113635.100.1.21 */

CF_EXTERN_C_END

#endif
