/* SPDX-License-Identifier: Apache-2.0 */
/* The types and numbers of the first edition (CDSA) that programs still name. Nothing here does anything. */
#ifndef _CSSMTYPE_H_
#define _CSSMTYPE_H_

#include <Security/cssmconfig.h>

typedef struct cssm_data {
  CSSM_SIZE Length; /* in bytes */
  uint8* Data;
} CSSM_DATA, *CSSM_DATA_PTR, SecAsn1Item, SecAsn1Oid;

/* An object identifier: the content of its DER form. */
typedef CSSM_DATA CSSM_OID;
typedef CSSM_OID* CSSM_OID_PTR;

typedef uint64_t CSSM_CC_HANDLE; /* of a cryptographic context; there are none here */

typedef sint32 CSSM_RETURN;
typedef sint32 CSSM_BOOL;
enum { CSSM_FALSE = 0, CSSM_TRUE = !CSSM_FALSE };
enum { CSSM_OK = 0 };

typedef uint32 CSSM_CERT_TYPE;
enum {
  CSSM_CERT_UNKNOWN = 0x00,
  CSSM_CERT_X_509v1 = 0x01,
  CSSM_CERT_X_509v2 = 0x02,
  CSSM_CERT_X_509v3 = 0x03,
};
typedef uint32 CSSM_CERT_ENCODING;
enum {
  CSSM_CERT_ENCODING_UNKNOWN = 0x00,
  CSSM_CERT_ENCODING_CUSTOM = 0x01,
  CSSM_CERT_ENCODING_BER = 0x02,
  CSSM_CERT_ENCODING_DER = 0x03,
};

typedef uint32 CSSM_ALGORITHMS;
enum {
  CSSM_ALGID_NONE = 0,
  CSSM_ALGID_DH = 2,
  CSSM_ALGID_RSA = 42,
  CSSM_ALGID_DSA = 43,
  CSSM_ALGID_ECDSA = 73,
};

typedef uint32 CSSM_KEYATTR_FLAGS;
enum {
  CSSM_KEYATTR_RETURN_DEFAULT = 0x00000000,
  CSSM_KEYATTR_PERMANENT = 0x00000001,
  CSSM_KEYATTR_PRIVATE = 0x00000002,
  CSSM_KEYATTR_MODIFIABLE = 0x00000004,
  CSSM_KEYATTR_SENSITIVE = 0x00000008,
  CSSM_KEYATTR_EXTRACTABLE = 0x00000020,
};

typedef uint32 CSSM_KEYUSE;
enum {
  CSSM_KEYUSE_ENCRYPT = 0x00000001,
  CSSM_KEYUSE_DECRYPT = 0x00000002,
  CSSM_KEYUSE_SIGN = 0x00000004,
  CSSM_KEYUSE_VERIFY = 0x00000008,
  CSSM_KEYUSE_SIGN_RECOVER = 0x00000010,
  CSSM_KEYUSE_VERIFY_RECOVER = 0x00000020,
  CSSM_KEYUSE_WRAP = 0x00000040,
  CSSM_KEYUSE_UNWRAP = 0x00000080,
  CSSM_KEYUSE_DERIVE = 0x00000100,
};
#define CSSM_KEYUSE_ANY 0x80000000u

#endif
