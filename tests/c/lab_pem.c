/* SPDX-License-Identifier: Apache-2.0 */
#include "lab_pem.h"

#include <string.h>

CFArrayRef lab_imported(const char* pem) {
  CFDataRef data = CFDataCreate(NULL, (const UInt8*)pem, (CFIndex)strlen(pem));
  CFArrayRef items = NULL;
  const OSStatus status = SecItemImport(data, NULL, NULL, NULL, 0, NULL, NULL, &items);
  CFRelease(data);
  return status == errSecSuccess ? items : NULL;
}

static CFArrayRef with_chain(SecIdentityRef identity, CFArrayRef chain) {
  CFMutableArrayRef all = CFArrayCreateMutableCopy(NULL, 0, chain);
  CFArraySetValueAtIndex(all, 0, identity);
  return all;
}

CFArrayRef lab_identity(LabPem pem) {
  CFArrayRef chain = lab_imported(pem.chain);
  CFArrayRef keys = lab_imported(pem.key);
  CFArrayRef all = NULL;
  if (chain != NULL && keys != NULL) {
    SecCertificateRef leaf = (SecCertificateRef)CFArrayGetValueAtIndex(chain, 0);
    SecIdentityRef identity = SecIdentityCreate(NULL, leaf, (SecKeyRef)CFArrayGetValueAtIndex(keys, 0));
    if (identity != NULL) {
      all = with_chain(identity, chain);
      CFRelease(identity);
    }
  }
  if (chain != NULL) CFRelease(chain);
  if (keys != NULL) CFRelease(keys);
  return all;
}
