/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items of keychains by dictionary: certificates, keys, identities and passwords. See SecKeychain.h for what a keychain
 * is here. Functions may be called from any thread.
 *
 * A dictionary that is NULL or names no class that is known is errSecParam. Attributes are strings, data, numbers and
 * booleans, and fit if they are equal; a certificate or a key also has those that it tells by itself. The access group,
 * kSecAttrAccessible, kSecAttrAccessControl, kSecAttrSynchronizable and kSecAttrIsPermanent are taken and not looked
 * at. Where nothing fits, the answer is errSecInteractionNotAllowed if a keychain that was searched is locked.
 */
#ifndef _SECURITY_SECITEM_H_
#define _SECURITY_SECITEM_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

/* The class of an item; every dictionary of SecItem names one, except where kSecValueRef tells it. */
CF_EXPORT const CFStringRef kSecClass;
CF_EXPORT const CFStringRef kSecClassInternetPassword;
CF_EXPORT const CFStringRef kSecClassGenericPassword;
CF_EXPORT const CFStringRef kSecClassCertificate;
CF_EXPORT const CFStringRef kSecClassKey;
CF_EXPORT const CFStringRef kSecClassIdentity;

/* Attributes. */
CF_EXPORT const CFStringRef kSecAttrAccessible;
CF_EXPORT const CFStringRef kSecAttrAccess;
CF_EXPORT const CFStringRef kSecAttrAccessControl;
CF_EXPORT const CFStringRef kSecAttrAccessGroup;
CF_EXPORT const CFStringRef kSecAttrSynchronizable; /* nothing is ever synchronized */
CF_EXPORT const CFStringRef kSecAttrSynchronizableAny;
CF_EXPORT const CFStringRef kSecAttrCreationDate;
CF_EXPORT const CFStringRef kSecAttrModificationDate;
CF_EXPORT const CFStringRef kSecAttrDescription;
CF_EXPORT const CFStringRef kSecAttrComment;
CF_EXPORT const CFStringRef kSecAttrCreator;
CF_EXPORT const CFStringRef kSecAttrType;
CF_EXPORT const CFStringRef kSecAttrLabel; /* CFString: the name for people */
CF_EXPORT const CFStringRef kSecAttrIsInvisible;
CF_EXPORT const CFStringRef kSecAttrIsNegative;
CF_EXPORT const CFStringRef kSecAttrAccount; /* CFString */
CF_EXPORT const CFStringRef kSecAttrService; /* CFString */
CF_EXPORT const CFStringRef kSecAttrGeneric;
CF_EXPORT const CFStringRef kSecAttrSecurityDomain;
CF_EXPORT const CFStringRef kSecAttrServer; /* CFString */
CF_EXPORT const CFStringRef kSecAttrProtocol;
CF_EXPORT const CFStringRef kSecAttrAuthenticationType;
CF_EXPORT const CFStringRef kSecAttrPort; /* CFNumber */
CF_EXPORT const CFStringRef kSecAttrPath;
CF_EXPORT const CFStringRef kSecAttrSubject;      /* CFData, DER */
CF_EXPORT const CFStringRef kSecAttrIssuer;       /* CFData, DER */
CF_EXPORT const CFStringRef kSecAttrSerialNumber; /* CFData */
CF_EXPORT const CFStringRef kSecAttrSubjectKeyID;
CF_EXPORT const CFStringRef kSecAttrPublicKeyHash; /* CFData: SHA-1 of the key */
CF_EXPORT const CFStringRef kSecAttrCertificateType;
CF_EXPORT const CFStringRef kSecAttrCertificateEncoding;
CF_EXPORT const CFStringRef kSecAttrKeyClass;
CF_EXPORT const CFStringRef kSecAttrApplicationLabel; /* CFData: SHA-1 of the public key */
CF_EXPORT const CFStringRef kSecAttrIsPermanent;
CF_EXPORT const CFStringRef kSecAttrIsSensitive;
CF_EXPORT const CFStringRef kSecAttrIsExtractable;
CF_EXPORT const CFStringRef kSecAttrApplicationTag; /* CFData */
CF_EXPORT const CFStringRef kSecAttrKeyType;
CF_EXPORT const CFStringRef kSecAttrKeySizeInBits; /* CFNumber */
CF_EXPORT const CFStringRef kSecAttrEffectiveKeySize;
CF_EXPORT const CFStringRef kSecAttrCanEncrypt;
CF_EXPORT const CFStringRef kSecAttrCanDecrypt;
CF_EXPORT const CFStringRef kSecAttrCanDerive;
CF_EXPORT const CFStringRef kSecAttrCanSign;
CF_EXPORT const CFStringRef kSecAttrCanVerify;
CF_EXPORT const CFStringRef kSecAttrCanWrap;
CF_EXPORT const CFStringRef kSecAttrCanUnwrap;

/* Values of kSecAttrAccessible; all mean the same here. */
CF_EXPORT const CFStringRef kSecAttrAccessibleWhenUnlocked;
CF_EXPORT const CFStringRef kSecAttrAccessibleAfterFirstUnlock;
CF_EXPORT const CFStringRef kSecAttrAccessibleAlways;
CF_EXPORT const CFStringRef kSecAttrAccessibleWhenUnlockedThisDeviceOnly;
CF_EXPORT const CFStringRef kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly;
CF_EXPORT const CFStringRef kSecAttrAccessibleAlwaysThisDeviceOnly;

/* Values of kSecAttrKeyClass and kSecAttrKeyType. */
CF_EXPORT const CFStringRef kSecAttrKeyClassPublic;
CF_EXPORT const CFStringRef kSecAttrKeyClassPrivate;
CF_EXPORT const CFStringRef kSecAttrKeyClassSymmetric;
CF_EXPORT const CFStringRef kSecAttrKeyTypeRSA;
CF_EXPORT const CFStringRef kSecAttrKeyTypeDSA;
CF_EXPORT const CFStringRef kSecAttrKeyTypeAES;
CF_EXPORT const CFStringRef kSecAttrKeyTypeDES;
CF_EXPORT const CFStringRef kSecAttrKeyType3DES;
CF_EXPORT const CFStringRef kSecAttrKeyTypeRC4;
CF_EXPORT const CFStringRef kSecAttrKeyTypeRC2;
CF_EXPORT const CFStringRef kSecAttrKeyTypeCAST;
CF_EXPORT const CFStringRef kSecAttrKeyTypeECDSA;
CF_EXPORT const CFStringRef kSecAttrKeyTypeEC;
CF_EXPORT const CFStringRef kSecAttrKeyTypeECSECPrimeRandom;

/* Values of kSecAttrProtocol and kSecAttrAuthenticationType. */
CF_EXPORT const CFStringRef kSecAttrProtocolFTP;
CF_EXPORT const CFStringRef kSecAttrProtocolFTPProxy;
CF_EXPORT const CFStringRef kSecAttrProtocolFTPS;
CF_EXPORT const CFStringRef kSecAttrProtocolHTTP;
CF_EXPORT const CFStringRef kSecAttrProtocolHTTPProxy;
CF_EXPORT const CFStringRef kSecAttrProtocolHTTPS;
CF_EXPORT const CFStringRef kSecAttrProtocolHTTPSProxy;
CF_EXPORT const CFStringRef kSecAttrProtocolIMAP;
CF_EXPORT const CFStringRef kSecAttrProtocolIMAPS;
CF_EXPORT const CFStringRef kSecAttrProtocolLDAP;
CF_EXPORT const CFStringRef kSecAttrProtocolLDAPS;
CF_EXPORT const CFStringRef kSecAttrProtocolPOP3;
CF_EXPORT const CFStringRef kSecAttrProtocolPOP3S;
CF_EXPORT const CFStringRef kSecAttrProtocolSMB;
CF_EXPORT const CFStringRef kSecAttrProtocolSMTP;
CF_EXPORT const CFStringRef kSecAttrProtocolSOCKS;
CF_EXPORT const CFStringRef kSecAttrProtocolSSH;
CF_EXPORT const CFStringRef kSecAttrAuthenticationTypeDefault;
CF_EXPORT const CFStringRef kSecAttrAuthenticationTypeHTTPBasic;
CF_EXPORT const CFStringRef kSecAttrAuthenticationTypeHTTPDigest;
CF_EXPORT const CFStringRef kSecAttrAuthenticationTypeHTMLForm;
CF_EXPORT const CFStringRef kSecAttrAuthenticationTypeNTLM;

/* What a search looks for, beside attributes. */
CF_EXPORT const CFStringRef kSecMatchPolicy;   /* SecPolicy: its host name, if it has one, must be the certificate's */
CF_EXPORT const CFStringRef kSecMatchItemList; /* CFArray of objects to choose from */
CF_EXPORT const CFStringRef kSecMatchSearchList; /* CFArray of SecKeychain */
CF_EXPORT const CFStringRef kSecMatchIssuers;    /* CFArray of CFData: names in DER */
CF_EXPORT const CFStringRef kSecMatchEmailAddressIfPresent;
CF_EXPORT const CFStringRef kSecMatchSubjectContains; /* CFString */
CF_EXPORT const CFStringRef kSecMatchSubjectStartsWith;
CF_EXPORT const CFStringRef kSecMatchSubjectEndsWith;
CF_EXPORT const CFStringRef kSecMatchSubjectWholeString;
CF_EXPORT const CFStringRef kSecMatchCaseInsensitive; /* CFBoolean: for the subject */
CF_EXPORT const CFStringRef kSecMatchDiacriticInsensitive;
CF_EXPORT const CFStringRef kSecMatchWidthInsensitive;
CF_EXPORT const CFStringRef kSecMatchTrustedOnly; /* CFBoolean: certificates that the system trusts */
CF_EXPORT const CFStringRef kSecMatchValidOnDate; /* CFDate, or kCFNull for now */
CF_EXPORT const CFStringRef kSecMatchLimit;       /* CFNumber, or one of the next two; one without it */
CF_EXPORT const CFStringRef kSecMatchLimitOne;
CF_EXPORT const CFStringRef kSecMatchLimitAll;

/* What a search returns. */
CF_EXPORT const CFStringRef kSecReturnData;          /* CFBoolean: CFData */
CF_EXPORT const CFStringRef kSecReturnAttributes;    /* CFBoolean: CFDictionary */
CF_EXPORT const CFStringRef kSecReturnRef;           /* CFBoolean: the object */
CF_EXPORT const CFStringRef kSecReturnPersistentRef; /* CFBoolean: CFData, valid in this process */

/* The item itself. */
CF_EXPORT const CFStringRef kSecValueData;
CF_EXPORT const CFStringRef kSecValueRef;
CF_EXPORT const CFStringRef kSecValuePersistentRef;

/* Where. */
CF_EXPORT const CFStringRef kSecUseItemList; /* as kSecMatchItemList */
CF_EXPORT const CFStringRef kSecUseKeychain; /* SecKeychain: where SecItemAdd adds to */
CF_EXPORT const CFStringRef kSecUseOperationPrompt;
CF_EXPORT const CFStringRef kSecUseNoAuthenticationUI;
CF_EXPORT const CFStringRef kSecUseAuthenticationUI;
CF_EXPORT const CFStringRef kSecUseAuthenticationContext;
CF_EXPORT const CFStringRef kSecUseDataProtectionKeychain;

/*
 * The items that fit, or errSecItemNotFound. The result (the caller releases it; NULL if nothing is to be returned) is
 * one value, or an array of them if kSecMatchLimit allows more than one; a value is what the one kSecReturn... says, or
 * a dictionary if there are several.
 */
CF_EXPORT OSStatus SecItemCopyMatching(CFDictionaryRef query, CFTypeRef* result);
/* errSecDuplicateItem if the keychain has it already. `result` may be NULL. */
CF_EXPORT OSStatus SecItemAdd(CFDictionaryRef attributes, CFTypeRef* result);
/* All that fit; errSecItemNotFound if none does. */
CF_EXPORT OSStatus SecItemUpdate(CFDictionaryRef query, CFDictionaryRef attributesToUpdate);
CF_EXPORT OSStatus SecItemDelete(CFDictionaryRef query);

CF_EXTERN_C_END

#endif
