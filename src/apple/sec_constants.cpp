// SPDX-License-Identifier: Apache-2.0
// The constant strings of the headers of trust, policies and certificates; the texts are Apple's.
#include <Security/SecCertificate.h>
#include <Security/SecCertificateOIDs.h>
#include <Security/SecPolicy.h>
#include <Security/SecRandom.h>
#include <Security/SecTrust.h>

#include "cf/string.hpp"

using securetransport::cf::constant_string;

const CFStringRef kSecPropertyTypeTitle = constant_string<"title">;
const CFStringRef kSecPropertyTypeError = constant_string<"error">;

const CFStringRef kSecTrustEvaluationDate = constant_string<"TrustEvaluationDate">;
const CFStringRef kSecTrustExtendedValidation = constant_string<"TrustExtendedValidation">;
const CFStringRef kSecTrustOrganizationName = constant_string<"Organization">;
const CFStringRef kSecTrustResultValue = constant_string<"TrustResultValue">;
const CFStringRef kSecTrustRevocationChecked = constant_string<"TrustRevocationChecked">;
const CFStringRef kSecTrustRevocationValidUntilDate = constant_string<"TrustExpirationDate">;
const CFStringRef kSecTrustCertificateTransparency = constant_string<"TrustCertificateTransparency">;
const CFStringRef kSecTrustCertificateTransparencyWhiteList = constant_string<"TrustCertificateTransparencyWhiteList">;

const CFStringRef kSecPolicyAppleX509Basic = constant_string<"1.2.840.113635.100.1.2">;
const CFStringRef kSecPolicyAppleSSL = constant_string<"1.2.840.113635.100.1.3">;
const CFStringRef kSecPolicyAppleSMIME = constant_string<"1.2.840.113635.100.1.8">;
const CFStringRef kSecPolicyAppleEAP = constant_string<"1.2.840.113635.100.1.9">;
const CFStringRef kSecPolicyAppleIPsec = constant_string<"1.2.840.113635.100.1.11">;
const CFStringRef kSecPolicyAppleiChat = constant_string<"1.2.840.113635.100.1.12">;
const CFStringRef kSecPolicyApplePKINITClient = constant_string<"1.2.840.113635.100.1.14">;
const CFStringRef kSecPolicyApplePKINITServer = constant_string<"1.2.840.113635.100.1.15">;
const CFStringRef kSecPolicyAppleCodeSigning = constant_string<"1.2.840.113635.100.1.16">;
const CFStringRef kSecPolicyAppleIDValidation = constant_string<"1.2.840.113635.100.1.18">;
const CFStringRef kSecPolicyMacAppStoreReceipt = constant_string<"1.2.840.113635.100.1.19">;
const CFStringRef kSecPolicyAppleTimeStamping = constant_string<"1.2.840.113635.100.1.20">;
const CFStringRef kSecPolicyAppleRevocation = constant_string<"1.2.840.113635.100.1.21">;
const CFStringRef kSecPolicyApplePassbookSigning = constant_string<"1.2.840.113635.100.1.22">;
const CFStringRef kSecPolicyApplePayIssuerEncryption = constant_string<"1.2.840.113635.100.1.39">;

const CFStringRef kSecPolicyOid = constant_string<"SecPolicyOid">;
const CFStringRef kSecPolicyName = constant_string<"SecPolicyName">;
const CFStringRef kSecPolicyClient = constant_string<"SecPolicyClient">;
const CFStringRef kSecPolicyRevocationFlags = constant_string<"SecPolicyRevocationFlags">;
const CFStringRef kSecPolicyTeamIdentifier = constant_string<"SecPolicyTeamIdentifier">;

const CFStringRef kSecPropertyKeyType = constant_string<"type">;
const CFStringRef kSecPropertyKeyLabel = constant_string<"label">;
const CFStringRef kSecPropertyKeyLocalizedLabel = constant_string<"localized label">;
const CFStringRef kSecPropertyKeyValue = constant_string<"value">;

const CFStringRef kSecPropertyTypeWarning = constant_string<"warning">;
const CFStringRef kSecPropertyTypeSuccess = constant_string<"success">;
const CFStringRef kSecPropertyTypeSection = constant_string<"section">;
const CFStringRef kSecPropertyTypeData = constant_string<"data">;
const CFStringRef kSecPropertyTypeString = constant_string<"string">;
const CFStringRef kSecPropertyTypeURL = constant_string<"url">;
const CFStringRef kSecPropertyTypeDate = constant_string<"date">;
const CFStringRef kSecPropertyTypeArray = constant_string<"array">;
const CFStringRef kSecPropertyTypeNumber = constant_string<"number">;

const SecRandomRef kSecRandomDefault = nullptr;

#define ST_SEC_OID(Name, text) const CFStringRef kSecOID##Name = constant_string<text>;
#include "apple/sec_oids.def"
#undef ST_SEC_OID
