/* SPDX-License-Identifier: Apache-2.0 */
/* Types that all headers of the Security API share, and its result codes: names and values are Apple's. */
#ifndef _SECURITY_SECBASE_H_
#define _SECURITY_SECBASE_H_

#include <CoreFoundation/CFBase.h>
#include <Security/SecBaseErrors.h>

/* Objects of CoreFoundation: CFRetain, CFRelease, CFEqual, CFHash and CFGetTypeID work on all of them. */
typedef struct __SecCertificate* SecCertificateRef;
typedef struct __SecIdentity* SecIdentityRef;
typedef struct __SecKey* SecKeyRef;
typedef struct __SecPolicy* SecPolicyRef;
typedef struct __SecAccessControl* SecAccessControlRef;
typedef struct __SecKeychain* SecKeychainRef;
typedef struct __SecKeychainItem* SecKeychainItemRef;
typedef struct __SecKeychainSearch* SecKeychainSearchRef;
typedef struct __SecTrustedApplication* SecTrustedApplicationRef;
typedef struct __SecAccess* SecAccessRef;
typedef struct __SecACL* SecACLRef;
typedef struct __SecPassword* SecPasswordRef;

/* What is known of an item in a keychain: a list of tagged values. */
typedef OSType SecKeychainAttrType;
typedef struct SecKeychainAttribute {
  SecKeychainAttrType tag;
  UInt32 length;
  void* data;
} SecKeychainAttribute;
typedef SecKeychainAttribute* SecKeychainAttributePtr;
typedef struct SecKeychainAttributeList {
  UInt32 count;
  SecKeychainAttribute* attr;
} SecKeychainAttributeList;
typedef struct SecKeychainAttributeInfo {
  UInt32 count;
  UInt32* tag;
  UInt32* format;
} SecKeychainAttributeInfo;
typedef UInt32 SecKeychainStatus;

CF_EXTERN_C_BEGIN

/*
 * Text for people: what a result code of this header means; "OSStatus N" for a number that nobody knows. Never NULL.
 * The caller releases it. `reserved` is not looked at; pass NULL. May be called from any thread.
 */
CF_EXPORT CFStringRef SecCopyErrorMessageString(OSStatus status, void* reserved);

CF_EXTERN_C_END

/*
 * What the functions of Secure Transport return. `securetransport error CODE` explains each at length.
 * "The peer answered" marks a TLS alert that the other side sent about us.
 */
enum {
  /* Negotiation and the state of the session. */
  errSSLProtocol = -9800,        /* the peer broke the TLS protocol */
  errSSLNegotiation = -9801,     /* no protocol version or cipher suite in common */
  errSSLFatalAlert = -9802,      /* the peer sent a fatal alert that has no code of its own */
  errSSLWouldBlock = -9803,      /* not an error: nothing to read or no room to write; call again */
  errSSLSessionNotFound = -9804, /* the session to be resumed is not in the cache */
  errSSLClosedGraceful = -9805,  /* the peer closed the connection with close_notify */
  errSSLClosedAbort = -9806,     /* the connection ended inside a handshake or a record */

  /* Certificates, as judged by us. */
  errSSLXCertChainInvalid = -9807, /* the chain is not valid */
  errSSLBadCert = -9808,           /* a certificate or its key cannot be read */

  errSSLCrypto = -9809,       /* a signature or key of the handshake does not verify */
  errSSLInternal = -9810,     /* a fault of this library */
  errSSLModuleAttach = -9811, /* a cryptographic module cannot be loaded */

  errSSLUnknownRootCert = -9812, /* the chain ends in a root that is not trusted */
  errSSLNoRootCert = -9813,      /* the chain does not lead to a root */
  errSSLCertExpired = -9814,     /* a certificate has expired */
  errSSLCertNotYetValid = -9815, /* a certificate is not valid yet */

  errSSLClosedNoNotify = -9816, /* the connection ended at a record boundary without close_notify */
  errSSLBufferOverflow = -9817, /* the caller's buffer is too small */
  errSSLBadCipherSuite = -9818, /* none of the cipher suites is supported */

  /* The peer answered with the alert of this name. */
  errSSLPeerUnexpectedMsg = -9819,
  errSSLPeerBadRecordMac = -9820,
  errSSLPeerDecryptionFail = -9821,
  errSSLPeerRecordOverflow = -9822,
  errSSLPeerDecompressFail = -9823,
  errSSLPeerHandshakeFail = -9824,   /* nothing we offered is acceptable */
  errSSLPeerBadCert = -9825,         /* our certificate is bad */
  errSSLPeerUnsupportedCert = -9826, /* our certificate is of an unsupported kind */
  errSSLPeerCertRevoked = -9827,     /* our certificate is revoked */
  errSSLPeerCertExpired = -9828,     /* our certificate has expired */
  errSSLPeerCertUnknown = -9829,     /* our certificate is refused for another reason */
  errSSLIllegalParam = -9830,        /* or, from a setter: an impossible value */
  errSSLPeerUnknownCA = -9831,       /* our certificate's authority is not trusted there */
  errSSLPeerAccessDenied = -9832,
  errSSLPeerDecodeError = -9833,
  errSSLPeerDecryptError = -9834,
  errSSLPeerExportRestriction = -9835,
  errSSLPeerProtocolVersion = -9836,
  errSSLPeerInsufficientSecurity = -9837,
  errSSLPeerInternalError = -9838,
  errSSLPeerUserCancelled = -9839,
  errSSLPeerNoRenegotiation = -9840,

  /* Not errors: the handshake stopped where the program asked for it. Call SSLHandshake again to go on. */
  errSSLPeerAuthCompleted = -9841,   /* judge the peer's certificates now */
  errSSLClientCertRequested = -9842, /* the server asks for a certificate of ours */

  errSSLHostNameMismatch = -9843,  /* the certificate does not name this host */
  errSSLConnectionRefused = -9844, /* the peer closed the connection before its first byte */
  errSSLDecryptionFail = -9845,    /* an encrypted record does not authenticate */
  errSSLBadRecordMac = -9846,      /* a record has a wrong MAC or padding */
  errSSLRecordOverflow = -9847,    /* a record is too long, or the peer does not speak TLS */
  errSSLBadConfiguration = -9848,  /* this side is not set up for what it is asked to do */
  errSSLUnexpectedRecord = -9849,  /* a record of an unexpected type; DTLS skips it */

  errSSLWeakPeerEphemeralDHKey = -9850, /* the server's Diffie-Hellman group is too small */
  errSSLClientHelloReceived = -9851,    /* not an error: a stop of the server once it has read the ClientHello */

  /* The transport and the settings. */
  errSSLTransportReset = -9852,
  errSSLNetworkTimeout = -9853,
  errSSLConfigurationFailed = -9854, /* the settings contradict each other */

  /* Faults of the handshake that older systems reported as errSSLProtocol or errSSLNegotiation. */
  errSSLUnsupportedExtension = -9855,
  errSSLUnexpectedMessage = -9856,
  errSSLDecompressFail = -9857,
  errSSLHandshakeFail = -9858,
  errSSLDecodeError = -9859,
  errSSLInappropriateFallback = -9860,
  errSSLMissingExtension = -9861,
  errSSLBadCertificateStatusResponse = -9862, /* the stapled OCSP response */
  errSSLCertificateRequired = -9863,          /* the client sent no certificate */
  errSSLUnknownPSKIdentity = -9864,
  errSSLUnrecognizedName = -9865, /* the server does not know the requested name */

  /* App Transport Security. */
  errSSLATSViolation = -9880,
  errSSLATSMinimumVersionViolation = -9881,
  errSSLATSCiphersuiteViolation = -9882,
  errSSLATSMinimumKeySizeViolation = -9883,
  errSSLATSLeafCertificateHashAlgorithmViolation = -9884,
  errSSLATSCertificateHashAlgorithmViolation = -9885,
  errSSLATSCertificateTrustViolation = -9886,

  errSSLEarlyDataRejected = -9890, /* early data has to be sent again; this library never returns it */
};

/* Older spellings. Macros, because programs test for them with #ifdef. */
#define errSSLServerAuthCompleted errSSLPeerAuthCompleted
#define errSSLClientAuthCompleted errSSLPeerAuthCompleted
#define errSSLLast errSSLUnexpectedRecord /* the last code of the first edition, not of this list */

#endif
