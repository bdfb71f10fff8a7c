/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust: a chain of certificates, the policies it is judged by, and the judgement.
 *
 * A trust object is used by one thread at a time. Whatever changes the question (policies, anchors, date, staple,
 * exceptions, options) drops the judgement made before; the next function that needs one makes it. Judging never opens
 * a network connection.
 *
 * A NULL trust, or an object of another type in its place, is errSecParam, or NULL, false or 0 where a function does
 * not return a code.
 */
#ifndef _SECURITY_SECTRUST_H_
#define _SECURITY_SECTRUST_H_

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>

CF_EXTERN_C_BEGIN

typedef struct __SecTrust* SecTrustRef;

typedef CF_ENUM(uint32_t, SecTrustResultType) {
  kSecTrustResultInvalid = 0,                 /* not judged yet, or it could not be */
  kSecTrustResultProceed = 1,                 /* trusted, because the user or the program said so */
  kSecTrustResultConfirm = 2,                 /* no longer returned */
  kSecTrustResultDeny = 3,                    /* forbidden by the user */
  kSecTrustResultUnspecified = 4,             /* trusted, and nobody said anything: the usual good answer */
  kSecTrustResultRecoverableTrustFailure = 5, /* not trusted; the program may accept it nevertheless */
  kSecTrustResultFatalTrustFailure = 6,       /* not trusted, and nothing to be done about it: revoked, broken */
  kSecTrustResultOtherError = 7,
};

/* For SecTrustSetOptions. */
typedef CF_OPTIONS(uint32_t, SecTrustOptionFlags) {
  kSecTrustOptionAllowExpired = 0x00000001,       /* accept certificates outside their dates */
  kSecTrustOptionLeafIsCA = 0x00000002,           /* accept a leaf that is a CA; nothing here refuses one */
  kSecTrustOptionFetchIssuerFromNet = 0x00000004, /* accepted and without effect: nothing is fetched */
  kSecTrustOptionAllowExpiredRoot = 0x00000008,   /* accept a root outside its dates */
  kSecTrustOptionRequireRevPerCert = 0x00000010,  /* demand a revocation answer for every certificate */
  kSecTrustOptionUseTrustSettings = 0x00000020,   /* accepted and without effect: there are no trust settings */
  kSecTrustOptionImplicitAnchors = 0x00000040,    /* self-signed certificates that were given are anchors */
};

/* Keys of the dictionaries that SecTrustCopyProperties returns; their values under kSecPropertyTypeTitle/Error. */
CF_EXPORT const CFStringRef kSecPropertyTypeTitle; /* "title": summary of the certificate's subject */
CF_EXPORT const CFStringRef kSecPropertyTypeError; /* "error": what is wrong with it; not there if nothing is */

/* Keys of the dictionary that SecTrustCopyResult returns. */
CF_EXPORT const CFStringRef kSecTrustEvaluationDate;                   /* CFDate */
CF_EXPORT const CFStringRef kSecTrustExtendedValidation;               /* CFBoolean; never there */
CF_EXPORT const CFStringRef kSecTrustOrganizationName;                 /* CFString; never there, as no EV */
CF_EXPORT const CFStringRef kSecTrustResultValue;                      /* CFNumber: a SecTrustResultType */
CF_EXPORT const CFStringRef kSecTrustRevocationChecked;                /* CFBoolean true; only if checked */
CF_EXPORT const CFStringRef kSecTrustRevocationValidUntilDate;         /* CFDate; never there */
CF_EXPORT const CFStringRef kSecTrustCertificateTransparency;          /* CFBoolean true; only if demanded and kept */
CF_EXPORT const CFStringRef kSecTrustCertificateTransparencyWhiteList; /* CFBoolean; never there */

CF_EXPORT CFTypeID SecTrustGetTypeID(void);

/*
 * Makes a trust object. `certificates` is one SecCertificate or an array of them, the leaf first, the others in any
 * order; `policies` is one SecPolicy, an array of them, or NULL for basic X.509. errSecParam for anything else, empty
 * arrays included. A NULL `trust` is no error: nothing is handed out.
 */
CF_EXPORT OSStatus SecTrustCreateWithCertificates(CFTypeRef certificates, CFTypeRef policies, SecTrustRef* trust);

/* One policy or a non-empty array of them; the chain must keep all. */
CF_EXPORT OSStatus SecTrustSetPolicies(SecTrustRef trust, CFTypeRef policies);
/* Never empty; the caller releases it. */
CF_EXPORT OSStatus SecTrustCopyPolicies(SecTrustRef trust, CFArrayRef* policies);

/*
 * Certificates that the chain may end in. They replace the system's roots until SecTrustSetAnchorCertificatesOnly
 * (trust, false) brings those back; NULL takes the program's anchors away and brings the system's back.
 */
CF_EXPORT OSStatus SecTrustSetAnchorCertificates(SecTrustRef trust, CFArrayRef anchorCertificates);
CF_EXPORT OSStatus SecTrustSetAnchorCertificatesOnly(SecTrustRef trust, Boolean anchorCertificatesOnly);
/* NULL if the program set none. */
CF_EXPORT OSStatus SecTrustCopyCustomAnchorCertificates(SecTrustRef trust, CFArrayRef* anchors);
/* Every root of the system. */
CF_EXPORT OSStatus SecTrustCopyAnchorCertificates(CFArrayRef* anchors);

/* The moment at which the chain must be valid; NULL means when it is judged. */
CF_EXPORT OSStatus SecTrustSetVerifyDate(SecTrustRef trust, CFDateRef verifyDate);
/* Without a date set, asking fixes the present moment for this object. */
CF_EXPORT CFAbsoluteTime SecTrustGetVerifyTime(SecTrustRef trust);

/* Kept for SecTrustGetNetworkFetchAllowed; nothing is ever fetched. */
CF_EXPORT OSStatus SecTrustSetNetworkFetchAllowed(SecTrustRef trust, Boolean allowFetch);
CF_EXPORT OSStatus SecTrustGetNetworkFetchAllowed(SecTrustRef trust, Boolean* allowFetch);

/* Stapled OCSP responses in DER: a CFData or an array of them, of which the first counts. NULL takes them away. */
CF_EXPORT OSStatus SecTrustSetOCSPResponse(SecTrustRef trust, CFTypeRef responseData);
/* SignedCertificateTimestamps (RFC 6962), each a CFData. NULL takes them away. */
CF_EXPORT OSStatus SecTrustSetSignedCertificateTimestamps(SecTrustRef trust, CFArrayRef sctArray);

CF_EXPORT OSStatus SecTrustSetOptions(SecTrustRef trust, SecTrustOptionFlags options);
/* Accepted and without effect: no keychain is searched for certificates. */
CF_EXPORT OSStatus SecTrustSetKeychains(SecTrustRef trust, CFTypeRef keychainOrArray);

/*
 * Judges. Returns 0 whatever the judgement is, which goes to `result` (may be NULL). Deprecated by Apple, and the one
 * that most programs use.
 */
CF_EXPORT OSStatus SecTrustEvaluate(SecTrustRef trust, SecTrustResultType* result);
/*
 * Judges; true if trusted. If not, and `error` is not NULL, it is set to an error that the caller releases: domain
 * kCFErrorDomainOSStatus, the code of the most serious failure (errSecHostNameMismatch, errSecCertificateExpired ...),
 * a description that names the certificate, and all failures in full as its underlying error. NULL if trusted.
 */
CF_EXPORT bool SecTrustEvaluateWithError(SecTrustRef trust, CFErrorRef* error);
/* As SecTrustEvaluate. */
CF_EXPORT OSStatus SecTrustGetTrustResult(SecTrustRef trust, SecTrustResultType* result);

/* From 0, the leaf, to the anchor, or as far as a path could be built. */
CF_EXPORT CFIndex SecTrustGetCertificateCount(SecTrustRef trust);
/* Not retained; lives as long as the trust object keeps this judgement. NULL beyond the end. */
CF_EXPORT SecCertificateRef SecTrustGetCertificateAtIndex(SecTrustRef trust, CFIndex index);
CF_EXPORT CFArrayRef SecTrustCopyCertificateChain(SecTrustRef trust);
/* The public key of the leaf, without a judgement; NULL if it cannot be read. */
CF_EXPORT SecKeyRef SecTrustCopyKey(SecTrustRef trust);
CF_EXPORT SecKeyRef SecTrustCopyPublicKey(SecTrustRef trust); /* older name */

/*
 * Failures that a program has accepted, as opaque data that fits only this leaf. With it set, a later judgement that
 * finds nothing else gives kSecTrustResultProceed. Setting data of another leaf, NULL or no such data takes all
 * exceptions away and returns false.
 */
CF_EXPORT CFDataRef SecTrustCopyExceptions(SecTrustRef trust);
CF_EXPORT bool SecTrustSetExceptions(SecTrustRef trust, CFDataRef exceptions);

/* An array of dictionaries, one for each certificate of the path. Judges if that was not done. */
CF_EXPORT CFArrayRef SecTrustCopyProperties(SecTrustRef trust);
/* Facts about the judgement. NULL before the first one. */
CF_EXPORT CFDictionaryRef SecTrustCopyResult(SecTrustRef trust);

/*
 * Of Apple's first edition: how far each certificate of the path is good. The array of structures belongs to the trust
 * object. Every pointer but `trust` may be NULL.
 */
typedef uint32_t CSSM_TP_APPLE_CERT_STATUS;
enum {
  CSSM_CERT_STATUS_EXPIRED = 0x00000001,
  CSSM_CERT_STATUS_NOT_VALID_YET = 0x00000002,
  CSSM_CERT_STATUS_IS_IN_INPUT_CERTS = 0x00000004,
  CSSM_CERT_STATUS_IS_IN_ANCHORS = 0x00000008,
  CSSM_CERT_STATUS_IS_ROOT = 0x00000010,
  CSSM_CERT_STATUS_IS_FROM_NET = 0x00000020,
};
typedef struct {
  CSSM_TP_APPLE_CERT_STATUS StatusBits;
  uint32_t NumStatusCodes;
  int32_t* StatusCodes; /* CSSMERR_ codes */
  uint32_t Index;       /* position among the certificates given; only if IS_IN_INPUT_CERTS */
  void* DlDbHandle;     /* NULL */
  void* UniqueRecord;   /* NULL */
} CSSM_TP_APPLE_EVIDENCE_INFO;

CF_EXPORT OSStatus SecTrustGetResult(SecTrustRef trust, SecTrustResultType* result, CFArrayRef* certChain,
                                     CSSM_TP_APPLE_EVIDENCE_INFO** statusChain);
/*
 * The CSSMERR_ code (cssmerr.h, cssmapple.h) of the most serious failure, 0 if there is none. errSecTrustNotAvailable
 * before the first judgement.
 */
CF_EXPORT OSStatus SecTrustGetCssmResultCode(SecTrustRef trust, OSStatus* resultCode);
CF_EXPORT OSStatus SecTrustGetCssmResult(SecTrustRef trust, void** result); /* errSecUnimplemented */

/* Only for compilers with blocks. The queue is not used: the block runs before the function returns. */
#ifdef __BLOCKS__
struct dispatch_queue_s;
typedef void (^SecTrustCallback)(SecTrustRef trust, SecTrustResultType result);
typedef void (^SecTrustWithErrorCallback)(SecTrustRef trust, bool result, CFErrorRef error);
CF_INLINE OSStatus SecTrustEvaluateAsync(SecTrustRef trust, void* queue, SecTrustCallback result) {
  SecTrustResultType type = kSecTrustResultInvalid;
  const OSStatus status = SecTrustEvaluate(trust, &type);
  (void)queue;
  if (status == errSecSuccess) result(trust, type);
  return status;
}
CF_INLINE OSStatus SecTrustEvaluateAsyncWithError(SecTrustRef trust, void* queue, SecTrustWithErrorCallback result) {
  CFErrorRef error = NULL;
  SecTrustResultType type = kSecTrustResultInvalid;
  const OSStatus status = SecTrustEvaluate(trust, &type);
  (void)queue;
  if (status != errSecSuccess) return status;
  result(trust, SecTrustEvaluateWithError(trust, &error), error);
  if (error != NULL) CFRelease(error);
  return errSecSuccess;
}
#endif

CF_EXTERN_C_END

#endif
