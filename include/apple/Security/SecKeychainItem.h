/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Items of keychains by reference. A SecKeychainItemRef is a password, or a certificate or a key of a keychain, whose
 * references (SecCertificateRef, SecKeyRef) may be passed here with a cast.
 */
#ifndef _SECURITY_SECKEYCHAINITEM_H_
#define _SECURITY_SECKEYCHAINITEM_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

typedef FourCharCode SecItemClass;
enum {
  kSecInternetPasswordItemClass = 0x696E6574,   /* 'inet' */
  kSecGenericPasswordItemClass = 0x67656E70,    /* 'genp' */
  kSecAppleSharePasswordItemClass = 0x61736870, /* 'ashp'; there are none */
  kSecCertificateItemClass = (int)0x80001000,
  kSecPublicKeyItemClass = 0x0000000F,
  kSecPrivateKeyItemClass = 0x00000010,
  kSecSymmetricKeyItemClass = 0x00000011, /* there are none */
};

typedef FourCharCode SecItemAttr;
enum {
  kSecCreationDateItemAttr = 0x63646174,       /* 'cdat' */
  kSecModDateItemAttr = 0x6D646174,            /* 'mdat' */
  kSecDescriptionItemAttr = 0x64657363,        /* 'desc' */
  kSecCommentItemAttr = 0x69636D74,            /* 'icmt' */
  kSecCreatorItemAttr = 0x63727472,            /* 'crtr' */
  kSecTypeItemAttr = 0x74797065,               /* 'type' */
  kSecScriptCodeItemAttr = 0x73637270,         /* 'scrp' */
  kSecLabelItemAttr = 0x6C61626C,              /* 'labl' */
  kSecInvisibleItemAttr = 0x696E7669,          /* 'invi' */
  kSecNegativeItemAttr = 0x6E656761,           /* 'nega' */
  kSecCustomIconItemAttr = 0x63757369,         /* 'cusi' */
  kSecAccountItemAttr = 0x61636374,            /* 'acct' */
  kSecServiceItemAttr = 0x73766365,            /* 'svce' */
  kSecGenericItemAttr = 0x67656E61,            /* 'gena' */
  kSecSecurityDomainItemAttr = 0x73646D6E,     /* 'sdmn' */
  kSecServerItemAttr = 0x73727672,             /* 'srvr' */
  kSecAuthenticationTypeItemAttr = 0x61747970, /* 'atyp' */
  kSecPortItemAttr = 0x706F7274,               /* 'port' */
  kSecPathItemAttr = 0x70617468,               /* 'path' */
  kSecProtocolItemAttr = 0x7074636C,           /* 'ptcl' */
};

CF_EXPORT CFTypeID SecKeychainItemGetTypeID(void);

/* NULL for what is to stay as it is. */
CF_EXPORT OSStatus SecKeychainItemModifyAttributesAndData(SecKeychainItemRef itemRef,
                                                          const SecKeychainAttributeList* attrList, UInt32 length,
                                                          const void* data);
CF_EXPORT OSStatus SecKeychainItemModifyContent(SecKeychainItemRef itemRef, const SecKeychainAttributeList* attrList,
                                                UInt32 length, const void* data);
CF_EXPORT OSStatus SecKeychainItemCreateFromContent(SecItemClass itemClass, SecKeychainAttributeList* attrList,
                                                    UInt32 length, const void* data, SecKeychainRef keychainRef,
                                                    SecAccessRef initialAccess, SecKeychainItemRef* itemRef);

/*
 * `attrList` names attributes and receives their data; what the item does not have is empty. `info` names the ones
 * that *attrList, which is made, is to hold. A NULL pointer asks for nothing.
 */
CF_EXPORT OSStatus SecKeychainItemCopyContent(SecKeychainItemRef itemRef, SecItemClass* itemClass,
                                              SecKeychainAttributeList* attrList, UInt32* length, void** outData);
CF_EXPORT OSStatus SecKeychainItemFreeContent(SecKeychainAttributeList* attrList, void* data);
CF_EXPORT OSStatus SecKeychainItemCopyAttributesAndData(SecKeychainItemRef itemRef, SecKeychainAttributeInfo* info,
                                                        SecItemClass* itemClass, SecKeychainAttributeList** attrList,
                                                        UInt32* length, void** outData);
CF_EXPORT OSStatus SecKeychainItemFreeAttributesAndData(SecKeychainAttributeList* attrList, void* data);

/* Takes the item out of its keychain; the object lives on. */
CF_EXPORT OSStatus SecKeychainItemDelete(SecKeychainItemRef itemRef);
CF_EXPORT OSStatus SecKeychainItemCopyKeychain(SecKeychainItemRef itemRef, SecKeychainRef* keychainRef);

/* Valid in this process. */
CF_EXPORT OSStatus SecKeychainItemCreatePersistentReference(SecKeychainItemRef itemRef, CFDataRef* persistentItemRef);
CF_EXPORT OSStatus SecKeychainItemCopyFromPersistentReference(CFDataRef persistentItemRef, SecKeychainItemRef* itemRef);

CF_EXTERN_C_END

#endif
