/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keychains. There are two kinds:
 *
 * - The default keychain, until the program chooses another, lives in the memory of the process. It is never locked,
 *   has no file, and ends with the process: nothing is left over, and nothing of another program is in it.
 * - A named keychain is one file, which SecKeychainCreate makes. It is PKCS#12 (RFC 7292), encrypted with the password
 *   by AES-256 and PBKDF2, readable by its owner alone; `openssl pkcs12` shows its certificates and keys. Every change
 *   writes a new file and puts it in the place of the old one at once. Two processes that change the same file at the
 *   same time do not see each other's change: the last one wins. A path that is not absolute starts in the current
 *   directory.
 *
 * Nobody is ever asked for a password: where a Mac would ask, the answer is errSecInteractionNotAllowed (a keychain is
 * locked) or errSecAuthFailed (the password is wrong). Callbacks, access control and preference domains do not exist.
 *
 * NULL for a keychain means the default one where the comment says so; an object of another type is errSecParam, as is
 * a NULL pointer for a result. What a function with Copy, Create, Open or Find in its name returns, the caller
 * releases. Functions may be called from any thread.
 */
#ifndef _SECURITY_SECKEYCHAIN_H_
#define _SECURITY_SECKEYCHAIN_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <sys/types.h>

CF_EXTERN_C_BEGIN

enum {
  kSecUnlockStateStatus = 1,
  kSecReadPermStatus = 2,
  kSecWritePermStatus = 4,
};

#define SEC_KEYCHAIN_SETTINGS_VERS1 1
typedef struct SecKeychainSettings {
  UInt32 version;
  Boolean lockOnSleep;
  Boolean useLockInterval;
  UInt32 lockInterval;
} SecKeychainSettings;

typedef CF_ENUM(int, SecPreferencesDomain) {
  kSecPreferencesDomainUser,
  kSecPreferencesDomainSystem,
  kSecPreferencesDomainCommon,
  kSecPreferencesDomainDynamic,
};

typedef FourCharCode SecProtocolType;
enum {
  kSecProtocolTypeAny = 0,
  kSecProtocolTypeFTP = 0x66747020,        /* 'ftp ' */
  kSecProtocolTypeFTPProxy = 0x66747078,   /* 'ftpx' */
  kSecProtocolTypeFTPS = 0x66747073,       /* 'ftps' */
  kSecProtocolTypeHTTP = 0x68747470,       /* 'http' */
  kSecProtocolTypeHTTPProxy = 0x68747078,  /* 'htpx' */
  kSecProtocolTypeHTTPS = 0x68747073,      /* 'htps' */
  kSecProtocolTypeHTTPSProxy = 0x68747378, /* 'htsx' */
  kSecProtocolTypeIMAP = 0x696D6170,       /* 'imap' */
  kSecProtocolTypeIMAPS = 0x696D7073,      /* 'imps' */
  kSecProtocolTypeLDAP = 0x6C646170,       /* 'ldap' */
  kSecProtocolTypeLDAPS = 0x6C647073,      /* 'ldps' */
  kSecProtocolTypePOP3 = 0x706F7033,       /* 'pop3' */
  kSecProtocolTypePOP3S = 0x706F7073,      /* 'pops' */
  kSecProtocolTypeSMB = 0x736D6220,        /* 'smb ' */
  kSecProtocolTypeSMTP = 0x736D7470,       /* 'smtp' */
  kSecProtocolTypeSOCKS = 0x736F7820,      /* 'sox ' */
  kSecProtocolTypeSSH = 0x73736820,        /* 'ssh ' */
};

typedef FourCharCode SecAuthenticationType;
enum {
  kSecAuthenticationTypeAny = 0,
  kSecAuthenticationTypeDefault = 0x64666C74,    /* 'dflt' */
  kSecAuthenticationTypeHTTPBasic = 0x68747470,  /* 'http' */
  kSecAuthenticationTypeHTTPDigest = 0x68747464, /* 'httd' */
  kSecAuthenticationTypeHTMLForm = 0x666F726D,   /* 'form' */
  kSecAuthenticationTypeNTLM = 0x6E746C6D,       /* 'ntlm' */
};

typedef UInt32 SecKeychainEvent;
enum {
  kSecLockEvent = 1,
  kSecUnlockEvent = 2,
  kSecAddEvent = 3,
  kSecDeleteEvent = 4,
  kSecUpdateEvent = 5,
  kSecPasswordChangedEvent = 6,
  kSecDefaultChangedEvent = 9,
  kSecDataAccessEvent = 10,
  kSecKeychainListChangedEvent = 11,
  kSecTrustSettingsChangedEvent = 12,
};
typedef UInt32 SecKeychainEventMask;
enum {
  kSecLockEventMask = 1 << kSecLockEvent,
  kSecUnlockEventMask = 1 << kSecUnlockEvent,
  kSecAddEventMask = 1 << kSecAddEvent,
  kSecDeleteEventMask = 1 << kSecDeleteEvent,
  kSecUpdateEventMask = 1 << kSecUpdateEvent,
  kSecPasswordChangedEventMask = 1 << kSecPasswordChangedEvent,
  kSecDefaultChangedEventMask = 1 << kSecDefaultChangedEvent,
  kSecDataAccessEventMask = 1 << kSecDataAccessEvent,
  kSecKeychainListChangedMask = 1 << kSecKeychainListChangedEvent,
  kSecTrustSettingsChangedEventMask = 1 << kSecTrustSettingsChangedEvent,
};
#define kSecEveryEventMask 0xffffffffu
typedef struct SecKeychainCallbackInfo {
  UInt32 version;
  SecKeychainItemRef item;
  SecKeychainRef keychain;
  pid_t pid;
} SecKeychainCallbackInfo;
typedef OSStatus (*SecKeychainCallback)(SecKeychainEvent event, SecKeychainCallbackInfo* info, void* context);

CF_EXPORT CFTypeID SecKeychainGetTypeID(void);
CF_EXPORT OSStatus SecKeychainGetVersion(UInt32* version);

/* Makes the file. errSecDuplicateKeychain if there is one; `promptUser` must be false; the access is not looked at. */
CF_EXPORT OSStatus SecKeychainCreate(const char* pathName, UInt32 passwordLength, const void* password,
                                     Boolean promptUser, SecAccessRef initialAccess, SecKeychainRef* keychain);
/* Does not look for the file yet: errSecNoSuchKeychain comes from the functions that need it. It is locked. */
CF_EXPORT OSStatus SecKeychainOpen(const char* pathName, SecKeychainRef* keychain);
/* Removes the file, and the keychain from the search list and the default. NULL is errSecParam. */
CF_EXPORT OSStatus SecKeychainDelete(SecKeychainRef keychainOrArray);

/* NULL: the default. `usePassword` false works if it is unlocked already, or has an empty password. */
CF_EXPORT OSStatus SecKeychainUnlock(SecKeychainRef keychain, UInt32 passwordLength, const void* password,
                                     Boolean usePassword);
CF_EXPORT OSStatus SecKeychainLock(SecKeychainRef keychain); /* NULL: the default */
CF_EXPORT OSStatus SecKeychainLockAll(void);
CF_EXPORT OSStatus SecKeychainGetStatus(SecKeychainRef keychain, SecKeychainStatus* keychainStatus); /* NULL: default */
/* *ioPathLength is the room and on return the length; errSecBufferTooSmall if it is short. NULL: the default. */
CF_EXPORT OSStatus SecKeychainGetPath(SecKeychainRef keychain, UInt32* ioPathLength, char* pathName);

/* Kept with the object; nothing is ever locked by itself. NULL: the default. */
CF_EXPORT OSStatus SecKeychainSetSettings(SecKeychainRef keychain, const SecKeychainSettings* newSettings);
CF_EXPORT OSStatus SecKeychainCopySettings(SecKeychainRef keychain, SecKeychainSettings* outSettings);

/* Of this process. */
CF_EXPORT OSStatus SecKeychainCopyDefault(SecKeychainRef* keychain);
CF_EXPORT OSStatus SecKeychainSetDefault(SecKeychainRef keychain); /* NULL: the one in memory again */
CF_EXPORT OSStatus SecKeychainCopySearchList(CFArrayRef* searchList);
CF_EXPORT OSStatus SecKeychainSetSearchList(CFArrayRef searchList);

/* Kept, and without effect: there are no domains, and every domain has the same default and search list. */
CF_EXPORT OSStatus SecKeychainSetPreferenceDomain(SecPreferencesDomain domain);
CF_EXPORT OSStatus SecKeychainGetPreferenceDomain(SecPreferencesDomain* domain);
CF_EXPORT OSStatus SecKeychainCopyDomainDefault(SecPreferencesDomain domain, SecKeychainRef* keychain);
CF_EXPORT OSStatus SecKeychainSetDomainDefault(SecPreferencesDomain domain, SecKeychainRef keychain);
CF_EXPORT OSStatus SecKeychainCopyDomainSearchList(SecPreferencesDomain domain, CFArrayRef* searchList);
CF_EXPORT OSStatus SecKeychainSetDomainSearchList(SecPreferencesDomain domain, CFArrayRef searchList);
CF_EXPORT OSStatus SecKeychainSetUserInteractionAllowed(Boolean state);
CF_EXPORT OSStatus SecKeychainGetUserInteractionAllowed(Boolean* state);

/* Events are not told: errSecUnimplemented. */
CF_EXPORT OSStatus SecKeychainAddCallback(SecKeychainCallback callbackFunction, SecKeychainEventMask eventMask,
                                          void* userContext);
CF_EXPORT OSStatus SecKeychainRemoveCallback(SecKeychainCallback callbackFunction);

/*
 * Passwords. NULL for a keychain means the default one to add to, the search list to find in; an array of keychains is
 * taken to find in. The data that is found is freed with SecKeychainItemFreeContent. Every result may be NULL.
 */
CF_EXPORT OSStatus SecKeychainAddGenericPassword(SecKeychainRef keychain, UInt32 serviceNameLength,
                                                 const char* serviceName, UInt32 accountNameLength,
                                                 const char* accountName, UInt32 passwordLength,
                                                 const void* passwordData, SecKeychainItemRef* itemRef);
CF_EXPORT OSStatus SecKeychainFindGenericPassword(CFTypeRef keychainOrArray, UInt32 serviceNameLength,
                                                  const char* serviceName, UInt32 accountNameLength,
                                                  const char* accountName, UInt32* passwordLength, void** passwordData,
                                                  SecKeychainItemRef* itemRef);
CF_EXPORT OSStatus SecKeychainAddInternetPassword(SecKeychainRef keychain, UInt32 serverNameLength,
                                                  const char* serverName, UInt32 securityDomainLength,
                                                  const char* securityDomain, UInt32 accountNameLength,
                                                  const char* accountName, UInt32 pathLength, const char* path,
                                                  UInt16 port, SecProtocolType protocol,
                                                  SecAuthenticationType authenticationType, UInt32 passwordLength,
                                                  const void* passwordData, SecKeychainItemRef* itemRef);
CF_EXPORT OSStatus SecKeychainFindInternetPassword(CFTypeRef keychainOrArray, UInt32 serverNameLength,
                                                   const char* serverName, UInt32 securityDomainLength,
                                                   const char* securityDomain, UInt32 accountNameLength,
                                                   const char* accountName, UInt32 pathLength, const char* path,
                                                   UInt16 port, SecProtocolType protocol,
                                                   SecAuthenticationType authenticationType, UInt32* passwordLength,
                                                   void** passwordData, SecKeychainItemRef* itemRef);

CF_EXTERN_C_END

#endif
