/* SPDX-License-Identifier: Apache-2.0 */
/* Keychains, their items, SecItem and identities from C. */
#include <string.h>

#include "check.h"
#include "key_files.h"

static void import_into(SecKeychainRef keychain, const char* command) {
  CFDataRef data = made_by(command);
  CHECK_STATUS(errSecSuccess, SecItemImport(data, NULL, NULL, NULL, 0, NULL, keychain, NULL));
  release(data);
}

static SecCertificateRef certificate_in(const char* name) {
  CFDataRef data = contents_of(name);
  CFArrayRef items = NULL;
  CHECK_STATUS(errSecSuccess, SecItemImport(data, NULL, NULL, NULL, 0, NULL, NULL, &items));
  SecCertificateRef certificate = (SecCertificateRef)first_of_type(items, SecCertificateGetTypeID());
  CFRetain(certificate);
  release(items);
  release(data);
  return certificate;
}

static SecKeychainRef new_keychain(const char* name) {
  SecKeychainRef keychain = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainCreate(in_folder(name), 4, "word", false, NULL, &keychain));
  CHECK_NUMBER(SecKeychainGetTypeID(), CFGetTypeID(keychain));
  return keychain;
}

static void lives_in_a_file(void) {
  const int before = (folder(), files_in_folder());
  SecKeychainRef keychain = new_keychain("named");
  SecKeychainRef again = NULL;
  SecKeychainStatus status = 0;
  CHECK_STATUS(errSecDuplicateKeychain, SecKeychainCreate(in_folder("named"), 0, NULL, false, NULL, &again));
  CHECK(again == NULL);
  CHECK_STATUS(errSecSuccess, SecKeychainGetStatus(keychain, &status));
  CHECK_NUMBER(kSecUnlockStateStatus | kSecReadPermStatus | kSecWritePermStatus, status);
  char path[300];
  UInt32 size = 3;
  CHECK_STATUS(errSecBufferTooSmall, SecKeychainGetPath(keychain, &size, path));
  size = sizeof path;
  CHECK_STATUS(errSecSuccess, SecKeychainGetPath(keychain, &size, path));
  CHECK(strcmp(path, in_folder("named")) == 0 && size == strlen(path));
  CHECK_STATUS(errSecSuccess, SecKeychainAddGenericPassword(keychain, 4, "mail", 3, "ada", 6, "secret", NULL));

  CHECK_STATUS(errSecSuccess, SecKeychainLock(keychain));
  CHECK_STATUS(errSecSuccess, SecKeychainGetStatus(keychain, &status));
  CHECK_NUMBER(kSecReadPermStatus | kSecWritePermStatus, status);
  CHECK_STATUS(errSecInteractionNotAllowed,
               SecKeychainFindGenericPassword(keychain, 4, "mail", 3, "ada", NULL, NULL, NULL));
  CHECK_STATUS(errSecInteractionNotAllowed, SecKeychainAddGenericPassword(keychain, 1, "x", 0, NULL, 0, NULL, NULL));
  const void* keychains[] = {keychain};
  CFArrayRef list = CFArrayCreate(NULL, keychains, 1, &kCFTypeArrayCallBacks);
  CFDictionaryRef query = dictionary(kSecClass, kSecClassGenericPassword, kSecMatchSearchList, list, NULL);
  CHECK_STATUS(errSecInteractionNotAllowed, SecItemCopyMatching(query, NULL));
  release(query);
  release(list);
  CHECK_STATUS(errSecInteractionNotAllowed, SecKeychainUnlock(keychain, 0, NULL, false));
  CHECK_STATUS(errSecAuthFailed, SecKeychainUnlock(keychain, 5, "other", true));
  release(keychain);

  CHECK_STATUS(errSecSuccess, SecKeychainOpen(in_folder("named"), &keychain));
  CHECK_STATUS(errSecSuccess, SecKeychainUnlock(keychain, 4, "word", true));
  UInt32 length = 0;
  void* password = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainFindGenericPassword(keychain, 4, "mail", 3, "ada", &length, &password, NULL));
  CHECK(length == 6 && memcmp(password, "secret", 6) == 0);
  CHECK_STATUS(errSecSuccess, SecKeychainItemFreeContent(NULL, password));
  CHECK_STATUS(errSecSuccess, SecKeychainDelete(keychain));
  CHECK_STATUS(errSecNoSuchKeychain, SecKeychainGetStatus(keychain, &status));
  release(keychain);
  CHECK_NUMBER(before, files_in_folder());

  CHECK_STATUS(errSecSuccess, SecKeychainOpen(in_folder("nowhere"), &keychain));
  CHECK_STATUS(errSecNoSuchKeychain, SecKeychainUnlock(keychain, 4, "word", true));
  release(keychain);
}

static void finds_identities(void) {
  SecKeychainRef keychain = new_keychain("identities");
  import_into(keychain, "cat leaf.pem key.pem rsa.pem rsa_key.pem ca.pem > out");
  SecCertificateRef leaf = certificate_in("leaf.pem");
  SecCertificateRef ca = certificate_in("ca.pem");
  SecIdentityRef identity = NULL;
  CHECK_STATUS(errSecSuccess, SecIdentityCreateWithCertificate(keychain, leaf, &identity));
  SecCertificateRef copy = NULL;
  CHECK_STATUS(errSecSuccess, SecIdentityCopyCertificate(identity, &copy));
  CHECK(CFEqual(copy, leaf));
  release(copy);
  SecIdentityRef none = (SecIdentityRef)1;
  CHECK_STATUS(errSecItemNotFound, SecIdentityCreateWithCertificate(keychain, ca, &none));
  CHECK(none == NULL);
  CHECK_STATUS(errSecItemNotFound, SecIdentityCreateWithCertificate(NULL, leaf, &none));

  SecIdentitySearchRef search = NULL;
  SecIdentityRef next = NULL;
  int count = 0;
  CHECK_STATUS(errSecSuccess, SecIdentitySearchCreate(keychain, CSSM_KEYUSE_SIGN, &search));
  while (SecIdentitySearchCopyNext(search, &next) == errSecSuccess) {
    ++count;
    release(next);
  }
  CHECK_NUMBER(2, count);
  CHECK_STATUS(errSecItemNotFound, SecIdentitySearchCopyNext(search, &next));
  CHECK(next == NULL);
  release(search);

  CHECK(SecIdentityCopyPreferred(CFSTR("www.example.com"), NULL, NULL) == NULL);
  CHECK_STATUS(errSecSuccess, SecIdentitySetPreferred(identity, CFSTR("www.example.com"), NULL));
  SecIdentityRef preferred = SecIdentityCopyPreferred(CFSTR("www.example.com"), NULL, NULL);
  CHECK(preferred != NULL && CFEqual(preferred, identity));
  release(preferred);
  CHECK_STATUS(errSecSuccess, SecIdentitySetPreferred(NULL, CFSTR("www.example.com"), NULL));
  CHECK(SecIdentityCopyPreferred(CFSTR("www.example.com"), NULL, NULL) == NULL);

  release(identity);
  release(ca);
  release(leaf);
  CHECK_STATUS(errSecSuccess, SecKeychainDelete(keychain));
  release(keychain);
}

static CFIndex count_of(CFDictionaryRef query) {
  CFTypeRef result = NULL;
  const OSStatus status = SecItemCopyMatching(query, &result);
  CHECK(status == errSecSuccess || status == errSecItemNotFound);
  const CFIndex count = result != NULL ? CFArrayGetCount(result) : 0;
  release(result);
  release(query);
  return count;
}

#define QUERY(...)                                                                                                     \
  dictionary(kSecMatchSearchList, list, kSecReturnRef, kCFBooleanTrue, kSecMatchLimit, kSecMatchLimitAll, __VA_ARGS__, \
             NULL)

static void searches_by_what_certificates_say(void) {
  SecKeychainRef keychain = new_keychain("search");
  import_into(keychain, "cat leaf.pem key.pem rsa.pem rsa_key.pem ca.pem > out");
  const void* keychains[] = {keychain};
  CFArrayRef list = CFArrayCreate(NULL, keychains, 1, &kCFTypeArrayCallBacks);
  SecCertificateRef leaf = certificate_in("leaf.pem");
  CFDataRef issuer = SecCertificateCopyNormalizedIssuerSequence(leaf);
  CFArrayRef issuers = CFArrayCreate(NULL, (const void*[]){issuer}, 1, &kCFTypeArrayCallBacks);
  SecPolicyRef right = SecPolicyCreateSSL(true, CFSTR("www.example.com"));
  SecPolicyRef wrong = SecPolicyCreateSSL(true, CFSTR("other.example.org"));
  CFDateRef past = CFDateCreate(NULL, 0);

  CHECK_NUMBER(3, count_of(QUERY(kSecClass, kSecClassCertificate)));
  CHECK_NUMBER(2, count_of(QUERY(kSecClass, kSecClassKey)));
  CHECK_NUMBER(2, count_of(QUERY(kSecClass, kSecClassIdentity)));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassGenericPassword)));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassIdentity, kSecAttrLabel, CFSTR("Test Leaf"))));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassIdentity, kSecAttrLabel, CFSTR("Nobody"))));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassKey, kSecAttrKeyType, kSecAttrKeyTypeRSA)));
  CHECK_NUMBER(3, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchSubjectContains, CFSTR("Test"))));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchSubjectWholeString, CFSTR("Test CA"))));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchSubjectWholeString, CFSTR("test ca"))));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchSubjectWholeString, CFSTR("test ca"),
                                 kSecMatchCaseInsensitive, kCFBooleanTrue)));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassIdentity, kSecMatchIssuers, issuers)));
  CHECK_NUMBER(2, count_of(QUERY(kSecClass, kSecClassIdentity, kSecMatchPolicy, right)));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassIdentity, kSecMatchPolicy, wrong)));
  CHECK_NUMBER(3, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchValidOnDate, kCFNull)));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchValidOnDate, past)));
  CHECK_NUMBER(0, count_of(QUERY(kSecClass, kSecClassCertificate, kSecMatchTrustedOnly, kCFBooleanTrue)));
  CHECK_NUMBER(1, count_of(QUERY(kSecValueRef, leaf)));

  CFDictionaryRef one = dictionary(kSecMatchSearchList, list, kSecClass, kSecClassCertificate, kSecMatchSubjectContains,
                                   CFSTR("Leaf"), kSecReturnAttributes, kCFBooleanTrue, kSecReturnRef, kCFBooleanTrue,
                                   kSecReturnData, kCFBooleanTrue, NULL);
  CFTypeRef found = NULL;
  CHECK_STATUS(errSecSuccess, SecItemCopyMatching(one, &found));
  CFDataRef der = SecCertificateCopyData(leaf);
  CFDataRef serial = SecCertificateCopySerialNumberData(leaf, NULL);
  CHECK(found != NULL && CFEqual(CFDictionaryGetValue(found, kSecValueRef), leaf));
  CHECK(found != NULL && CFEqual(CFDictionaryGetValue(found, kSecValueData), der));
  CHECK(found != NULL && CFEqual(CFDictionaryGetValue(found, kSecAttrSerialNumber), serial));
  CHECK(found != NULL && CFEqual(CFDictionaryGetValue(found, kSecAttrLabel), CFSTR("Test Leaf")));
  CHECK(found != NULL && CFEqual(CFDictionaryGetValue(found, kSecClass), kSecClassCertificate));

  SecKeychainSearchRef search = NULL;
  SecKeychainItemRef item = NULL;
  SecKeychainAttribute label = {kSecLabelItemAttr, 9, "Test Leaf"};
  const SecKeychainAttributeList labels = {1, &label};
  CHECK_STATUS(errSecSuccess, SecKeychainSearchCreateFromAttributes(keychain, (SecItemClass)kSecCertificateItemClass,
                                                                    &labels, &search));
  CHECK_STATUS(errSecSuccess, SecKeychainSearchCopyNext(search, &item));
  CHECK(CFEqual(item, leaf));
  SecKeychainItemRef end = NULL;
  CHECK_STATUS(errSecItemNotFound, SecKeychainSearchCopyNext(search, &end));
  CHECK_STATUS(errSecSuccess, SecKeychainItemDelete(item));
  CHECK_STATUS(errSecInvalidItemRef, SecKeychainItemDelete(item));
  CHECK_NUMBER(1, count_of(QUERY(kSecClass, kSecClassIdentity)));
  release(item);
  release(search);
  release(serial);
  release(der);
  release(found);
  release(one);
  release(past);
  release(wrong);
  release(right);
  release(issuers);
  release(issuer);
  release(leaf);
  release(list);
  CHECK_STATUS(errSecSuccess, SecKeychainDelete(keychain));
  release(keychain);
}

static void keeps_items_in_memory(void) {
  CFDataRef secret = data_of("secret", 6);
  CFDataRef changed = data_of("changed", 7);
  CFDictionaryRef item = dictionary(kSecClass, kSecClassGenericPassword, kSecAttrService, CFSTR("service"),
                                    kSecAttrAccount, CFSTR("ada"), kSecValueData, secret, NULL);
  CFDictionaryRef query = dictionary(kSecClass, kSecClassGenericPassword, kSecAttrService, CFSTR("service"),
                                     kSecReturnData, kCFBooleanTrue, NULL);
  CFDictionaryRef change = dictionary(kSecValueData, changed, kSecAttrComment, CFSTR("new"), NULL);
  CFTypeRef result = NULL;
  CHECK_STATUS(errSecItemNotFound, SecItemCopyMatching(query, &result));
  CHECK_STATUS(errSecItemNotFound, SecItemUpdate(query, change));
  CHECK_STATUS(errSecItemNotFound, SecItemDelete(query));
  CHECK_STATUS(errSecSuccess, SecItemAdd(item, NULL));
  CHECK_STATUS(errSecDuplicateItem, SecItemAdd(item, NULL));
  CHECK_STATUS(errSecSuccess, SecItemCopyMatching(query, &result));
  CHECK(result != NULL && CFEqual(result, secret));
  release(result);
  CHECK_STATUS(errSecSuccess, SecItemUpdate(query, change));
  CHECK_STATUS(errSecSuccess, SecItemCopyMatching(query, &result));
  CHECK(result != NULL && CFEqual(result, changed));
  release(result);
  CHECK_STATUS(errSecSuccess, SecItemDelete(query));
  CHECK_STATUS(errSecItemNotFound, SecItemCopyMatching(query, &result));
  CHECK(result == NULL);
  release(change);
  release(query);
  release(item);
  release(changed);
  release(secret);

  CFNumberRef bits = CFNumberCreate(NULL, kCFNumberIntType, &(int){256});
  CFDictionaryRef parameters = dictionary(kSecAttrKeyType, kSecAttrKeyTypeEC, kSecAttrKeySizeInBits, bits,
                                          kSecAttrIsPermanent, kCFBooleanTrue, kSecAttrLabel, CFSTR("made"), NULL);
  CFDictionaryRef keys = dictionary(kSecClass, kSecClassKey, kSecAttrLabel, CFSTR("made"), kSecMatchLimit,
                                    kSecMatchLimitAll, kSecReturnRef, kCFBooleanTrue, NULL);
  SecKeyRef key = SecKeyCreateRandomKey(parameters, NULL);
  CHECK_STATUS(errSecSuccess, SecItemCopyMatching(keys, &result));
  CHECK_NUMBER(2, result != NULL ? CFArrayGetCount(result) : 0);
  release(result);
  CHECK_STATUS(errSecSuccess, SecItemDelete(keys));
  release(key);
  release(keys);
  release(parameters);
  release(bits);
}

/* The two ways to name a protocol are one: the strings of SecItem are the codes of SecKeychain. */
static void names_protocols_in_two_ways(void) {
  const struct {
    SecProtocolType code;
    CFStringRef text;
  } rows[] = {
#define BOTH(name) {kSecProtocolType##name, kSecAttrProtocol##name}
      BOTH(FTP),        BOTH(FTPProxy), BOTH(FTPS),  BOTH(HTTP),  BOTH(HTTPProxy), BOTH(HTTPS),
      BOTH(HTTPSProxy), BOTH(IMAP),     BOTH(IMAPS), BOTH(LDAP),  BOTH(LDAPS),     BOTH(POP3),
      BOTH(POP3S),      BOTH(SMB),      BOTH(SMTP),  BOTH(SOCKS), BOTH(SSH)
#undef BOTH
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    const char letters[] = {(char)(rows[i].code >> 24), (char)(rows[i].code >> 16), (char)(rows[i].code >> 8),
                            (char)rows[i].code, 0};
    CFStringRef expected = text_of(letters);
    about("%s", letters);
    CHECK(CFEqual(rows[i].text, expected));
    release(expected);
  }
  about(NULL);
}

static void has_passwords_by_reference(void) {
  SecKeychainItemRef item = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainAddInternetPassword(NULL, 11, "example.com", 0, NULL, 3, "ada", 1, "/", 443,
                                                             kSecProtocolTypeHTTPS, kSecAuthenticationTypeDefault, 6,
                                                             "secret", &item));
  CHECK_NUMBER(SecKeychainItemGetTypeID(), CFGetTypeID(item));
  SecKeychainItemRef found = NULL;
  UInt32 length = 0;
  void* data = NULL;
  CHECK_STATUS(errSecSuccess,
               SecKeychainFindInternetPassword(NULL, 11, "example.com", 0, NULL, 0, NULL, 0, NULL, 0,
                                               kSecProtocolTypeAny, kSecAuthenticationTypeAny, &length, &data, &found));
  CHECK(length == 6 && memcmp(data, "secret", 6) == 0 && CFEqual(found, item));
  CHECK_STATUS(errSecSuccess, SecKeychainItemFreeContent(NULL, data));
  release(found);
  CHECK_STATUS(errSecItemNotFound,
               SecKeychainFindInternetPassword(NULL, 11, "example.com", 0, NULL, 0, NULL, 0, NULL, 80,
                                               kSecProtocolTypeAny, kSecAuthenticationTypeAny, &length, &data, NULL));
  CHECK(data == NULL && length == 0);

  UInt32 tags[] = {kSecAccountItemAttr, kSecProtocolItemAttr, kSecPortItemAttr, kSecCommentItemAttr};
  SecKeychainAttributeInfo info = {4, tags, NULL};
  SecKeychainAttributeList* list = NULL;
  SecItemClass item_class = 0;
  CHECK_STATUS(errSecSuccess, SecKeychainItemCopyAttributesAndData(item, &info, &item_class, &list, &length, &data));
  CHECK_NUMBER(kSecInternetPasswordItemClass, item_class);
  CHECK(list != NULL && list->count == 4 && list->attr[0].length == 3 && memcmp(list->attr[0].data, "ada", 3) == 0);
  CHECK_NUMBER(kSecProtocolTypeHTTPS, *(UInt32*)list->attr[1].data);
  CHECK_NUMBER(443, *(UInt32*)list->attr[2].data);
  CHECK(list->attr[3].length == 0 && list->attr[3].data == NULL);
  CHECK_STATUS(errSecSuccess, SecKeychainItemFreeAttributesAndData(list, data));

  SecKeychainAttribute comment = {kSecCommentItemAttr, 4, "note"};
  const SecKeychainAttributeList changes = {1, &comment};
  CHECK_STATUS(errSecSuccess, SecKeychainItemModifyAttributesAndData(item, &changes, 5, "other"));
  SecKeychainAttribute asked = {kSecCommentItemAttr, 0, NULL};
  SecKeychainAttributeList answers = {1, &asked};
  CHECK_STATUS(errSecSuccess, SecKeychainItemCopyContent(item, NULL, &answers, &length, &data));
  CHECK(length == 5 && memcmp(data, "other", 5) == 0 && asked.length == 4 && memcmp(asked.data, "note", 4) == 0);
  CHECK_STATUS(errSecSuccess, SecKeychainItemFreeContent(&answers, data));

  CFDataRef reference = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainItemCreatePersistentReference(item, &reference));
  CHECK_STATUS(errSecSuccess, SecKeychainItemCopyFromPersistentReference(reference, &found));
  CHECK(CFEqual(found, item));
  release(found);
  SecKeychainRef home = NULL;
  SecKeychainRef default_one = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainItemCopyKeychain(item, &home));
  CHECK_STATUS(errSecSuccess, SecKeychainCopyDefault(&default_one));
  CHECK(CFEqual(home, default_one));
  release(default_one);
  release(home);
  CHECK_STATUS(errSecSuccess, SecKeychainItemDelete(item));
  CHECK_STATUS(errSecItemNotFound, SecKeychainItemCopyFromPersistentReference(reference, &found));
  CHECK_STATUS(errSecInvalidItemRef, SecKeychainItemCopyContent(item, NULL, NULL, &length, &data));
  release(reference);
  release(item);
}

static void has_a_default_of_its_own(void) {
  SecKeychainRef keychain = new_keychain("default");
  SecKeychainRef current = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainSetDefault(keychain));
  CHECK_STATUS(errSecSuccess, SecKeychainCopyDefault(&current));
  CHECK(CFEqual(current, keychain));
  release(current);
  CFArrayRef list = NULL;
  CHECK_STATUS(errSecSuccess, SecKeychainCopySearchList(&list));
  CHECK(CFArrayGetCount(list) == 1 && CFEqual(CFArrayGetValueAtIndex(list, 0), keychain));
  CHECK_STATUS(errSecSuccess, SecKeychainSetSearchList(list));
  release(list);

  CFDataRef store = made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -passout pass:word -out out");
  CFDictionaryRef options = dictionary(kSecImportExportPassphrase, CFSTR("word"), NULL);
  CFArrayRef items = NULL;
  SecIdentityRef identity = NULL;
  SecCertificateRef leaf = certificate_in("leaf.pem");
  CHECK_STATUS(errSecSuccess, SecPKCS12Import(store, options, &items));
  CHECK_STATUS(errSecSuccess, SecIdentityCreateWithCertificate(NULL, leaf, &identity));
  release(identity);
  release(leaf);
  release(items);
  release(options);
  release(store);

  SecKeychainSettings settings = {SEC_KEYCHAIN_SETTINGS_VERS1, true, true, 60};
  SecKeychainSettings kept = {SEC_KEYCHAIN_SETTINGS_VERS1, false, false, 0};
  CHECK_STATUS(errSecSuccess, SecKeychainSetSettings(keychain, &settings));
  CHECK_STATUS(errSecSuccess, SecKeychainCopySettings(keychain, &kept));
  CHECK(kept.lockOnSleep && kept.useLockInterval && kept.lockInterval == 60);
  Boolean is_allowed = false;
  CHECK_STATUS(errSecSuccess, SecKeychainSetUserInteractionAllowed(false));
  CHECK_STATUS(errSecSuccess, SecKeychainGetUserInteractionAllowed(&is_allowed));
  CHECK(!is_allowed);

  CHECK_STATUS(errSecSuccess, SecKeychainDelete(keychain));
  CHECK_STATUS(errSecSuccess, SecKeychainCopyDefault(&current));
  CHECK(!CFEqual(current, keychain));
  release(current);
  release(keychain);
}

static void refuses_impossible_arguments(void) {
  CFTypeRef wrong = CFSTR("nothing of that kind");
  SecKeychainRef keychain = NULL;
  SecIdentityRef identity = NULL;
  SecCertificateRef certificate = NULL;
  SecKeyRef key = NULL;
  CFTypeRef result = NULL;
  CHECK_STATUS(errSecParam, SecKeychainCreate(NULL, 0, NULL, false, NULL, &keychain));
  CHECK_STATUS(errSecParam, SecKeychainCreate("x", 3, NULL, false, NULL, &keychain));
  CHECK_STATUS(errSecParam, SecKeychainCreate("x", 0, NULL, false, NULL, NULL));
  CHECK_STATUS(errSecInteractionNotAllowed, SecKeychainCreate("x", 0, NULL, true, NULL, &keychain));
  CHECK_STATUS(errSecParam, SecKeychainOpen(NULL, &keychain));
  CHECK_STATUS(errSecParam, SecKeychainOpen("x", NULL));
  CHECK_STATUS(errSecParam, SecKeychainDelete(NULL));
  CHECK_STATUS(errSecParam, SecKeychainDelete((SecKeychainRef)wrong));
  CHECK_STATUS(errSecParam, SecKeychainUnlock((SecKeychainRef)wrong, 0, NULL, true));
  CHECK_STATUS(errSecParam, SecKeychainLock((SecKeychainRef)wrong));
  CHECK_STATUS(errSecParam, SecKeychainGetStatus(NULL, NULL));
  CHECK_STATUS(errSecParam, SecKeychainSetDefault((SecKeychainRef)wrong));
  CHECK_STATUS(errSecParam, SecKeychainSetSearchList(NULL));
  CHECK_STATUS(errSecParam, SecKeychainCopyDefault(NULL));
  CHECK_STATUS(errSecUnimplemented, SecKeychainAddCallback((SecKeychainCallback)1, kSecEveryEventMask, NULL));
  CHECK_STATUS(errSecParam, SecKeychainFindGenericPassword(wrong, 0, NULL, 0, NULL, NULL, NULL, NULL));
  CHECK_STATUS(errSecParam, SecKeychainFindGenericPassword(NULL, 4, NULL, 0, NULL, NULL, NULL, NULL));
  CHECK_STATUS(errSecParam, SecKeychainAddGenericPassword(NULL, 0, NULL, 0, NULL, 4, NULL, NULL));
  CHECK_STATUS(errSecParam, SecKeychainItemDelete(NULL));
  CHECK_STATUS(errSecParam, SecKeychainItemDelete((SecKeychainItemRef)wrong));
  CHECK_STATUS(errSecParam, SecIdentityCreateWithCertificate(NULL, NULL, &identity));
  CHECK_STATUS(errSecParam, SecIdentityCreateWithCertificate(NULL, (SecCertificateRef)wrong, &identity));
  CHECK_STATUS(errSecParam, SecIdentityCopyCertificate(NULL, &certificate));
  CHECK_STATUS(errSecParam, SecIdentityCopyCertificate((SecIdentityRef)wrong, &certificate));
  CHECK_STATUS(errSecParam, SecIdentityCopyPrivateKey((SecIdentityRef)wrong, &key));
  CHECK_STATUS(errSecParam, SecIdentitySearchCreate(wrong, 0, NULL));
  CHECK_STATUS(errSecParam, SecIdentitySearchCopyNext(NULL, &identity));
  CHECK(SecIdentityCreate(NULL, NULL, NULL) == NULL);
  CHECK(SecIdentityCreate(NULL, (SecCertificateRef)wrong, (SecKeyRef)wrong) == NULL);
  CFDictionaryRef empty = dictionary(NULL);
  CFDictionaryRef no_data = dictionary(kSecClass, kSecClassCertificate, NULL);
  CFDictionaryRef unknown = dictionary(kSecClass, CFSTR("unknown"), NULL);
  const CFDictionaryRef queries[] = {NULL, (CFDictionaryRef)wrong, empty, unknown};
  for (size_t i = 0; i < 4; ++i) {
    about("query %zu", i);
    CHECK_STATUS(errSecParam, SecItemCopyMatching(queries[i], &result));
    CHECK_STATUS(errSecParam, SecItemAdd(queries[i], &result));
    CHECK_STATUS(errSecParam, SecItemUpdate(queries[i], empty));
    CHECK_STATUS(errSecParam, SecItemDelete(queries[i]));
  }
  CHECK_STATUS(errSecParam, SecItemAdd(no_data, &result));
  release(unknown);
  release(no_data);
  release(empty);
}

int main(int argc, char** argv) {
  const Case cases[] = {
      {"a keychain lives in a file, is locked and unlocked, and goes without a trace", lives_in_a_file},
      {"identities are found by their certificate, one after the other, and by name", finds_identities},
      {"a search asks for what certificates say", searches_by_what_certificates_say},
      {"items are kept in memory, changed and deleted", keeps_items_in_memory},
      {"protocols have two names of one meaning", names_protocols_in_two_ways},
      {"passwords are read and changed by reference", has_passwords_by_reference},
      {"the default keychain is the program's choice", has_a_default_of_its_own},
      {"impossible arguments are refused", refuses_impossible_arguments},
  };
  return RUN_CASES(cases, argc, argv);
}
