/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secure Transport: TLS and DTLS over two functions of the program that move the bytes. The names and the behaviour
 * are Apple's; where this library has more, or can do better without harm to programs written for Apple's, it says so.
 *
 * A context is a CF object. It is used by one thread at a time; different contexts are independent. A null context, or
 * an object of another type, is errSecParam everywhere, as is a null pointer for a result. The functions that
 * configure a session answer errSecBadReq (-909) once it has started, unless said otherwise.
 *
 * A session starts with the first SSLHandshake. Every failure is final: SSLHandshake repeats its code, SSLRead and
 * SSLWrite answer errSSLClosedAbort. An alert for the peer has been given to the write function by then.
 */
#ifndef SECURETRANSPORT_SECURITY_SECURETRANSPORT_H
#define SECURETRANSPORT_SECURITY_SECURETRANSPORT_H

#include <CoreFoundation/CFArray.h>
#include <CoreFoundation/CFBase.h>
#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFString.h>
#include <Security/CipherSuite.h>
#include <Security/SecBase.h>
#include <Security/SecProtocolOptions.h>
#include <Security/SecProtocolTypes.h>
#include <Security/SecTrust.h>

CF_EXTERN_C_BEGIN

typedef struct SSLContext* SSLContextRef;
typedef const void* SSLConnectionRef; /* the program's own: passed to the I/O functions and never looked at */

/*
 * Moves bytes. *length is the number wanted, and on return the number moved.
 *
 * Return noErr when all were moved. errSSLWouldBlock with the number moved, perhaps 0, when less were: the rest is
 * asked for later. Anything else ends the session. At the end of a stream return errSSLClosedGraceful, for a reset
 * errSSLTransportReset, after a deadline errSSLNetworkTimeout. noErr with less than was wanted is taken for what it
 * says: the rest is asked for at once, and when nothing at all comes the stream has ended.
 *
 * A stream is asked for 5 bytes, then for the rest of that record, and never for more: the function may block. For
 * datagrams it is 13 bytes, then the rest of the record, out of the datagram at hand; each write is one datagram.
 */
typedef OSStatus (*SSLReadFunc)(SSLConnectionRef connection, void* data, size_t* dataLength);
typedef OSStatus (*SSLWriteFunc)(SSLConnectionRef connection, const void* data, size_t* dataLength);

typedef CF_ENUM(int, SSLSessionOption) {
  /* Client: SSLHandshake returns errSSLPeerAuthCompleted for the program to judge the server; it is not judged here
   * (until SSLSetEnableCertVerify says so again). Call SSLHandshake to accept, SSLClose to refuse. */
  kSSLSessionOptionBreakOnServerAuth = 0,
  /* Client: errSSLClientCertRequested when the server asks for a certificate and none is set. */
  kSSLSessionOptionBreakOnCertRequested = 1,
  /* Server: as BreakOnServerAuth, for the client. */
  kSSLSessionOptionBreakOnClientAuth = 2,
  kSSLSessionOptionFalseStart = 3,        /* kept, without effect: the engine never sends data early */
  kSSLSessionOptionSendOneByteRecord = 4, /* TLS 1.0 with CBC: splits what is written, against BEAST; on at first */
  kSSLSessionOptionAllowServerIdentityChange = 5, /* in a renegotiation; else errSSLProtocol */
  kSSLSessionOptionFallback = 6,                  /* client: sends TLS_FALLBACK_SCSV (RFC 7507) */
  kSSLSessionOptionBreakOnClientHello = 7,        /* server: errSSLClientHelloReceived before anything is chosen */
  kSSLSessionOptionAllowRenegotiation = 8,        /* server: lets clients renegotiate */
  kSSLSessionOptionEnableSessionTickets = 9,      /* as SSLSetSessionTicketsEnabled */
};

typedef CF_ENUM(int, SSLSessionState) {
  kSSLIdle = 0,
  kSSLHandshake = 1, /* also after a handshake that failed, until the next SSLRead or SSLWrite */
  kSSLConnected = 2,
  kSSLClosed = 3,
  kSSLAborted = 4,
};

typedef CF_ENUM(int, SSLClientCertificateState) {
  kSSLClientCertNone = 0,      /* the server has not asked */
  kSSLClientCertRequested = 1, /* it has, and there is none */
  kSSLClientCertSent = 2,
  kSSLClientCertRejected = 3,
};

typedef CF_ENUM(int, SSLAuthenticate) {
  kNeverAuthenticate = 0,
  kAlwaysAuthenticate = 1, /* a client without certificate is refused */
  kTryAuthenticate = 2,    /* it is served */
};

typedef CF_ENUM(int, SSLProtocolSide) {
  kSSLServerSide = 0,
  kSSLClientSide = 1,
};

typedef CF_ENUM(int, SSLConnectionType) {
  kSSLStreamType = 0,
  kSSLDatagramType = 1,
};

/*
 * Sets of versions and suites for SSLSetSessionConfig. The suites are those that the engine has. Without a word to
 * the contrary a session speaks TLS 1.2 and 1.3; the configurations named legacy or fallback ask for more.
 */
CF_EXPORT const CFStringRef kSSLSessionConfig_default;
CF_EXPORT const CFStringRef kSSLSessionConfig_ATSv1;       /* and the rules of App Transport Security: -9880 ... */
CF_EXPORT const CFStringRef kSSLSessionConfig_ATSv1_noPFS; /* as ATSv1, with plain RSA key exchange */
CF_EXPORT const CFStringRef kSSLSessionConfig_standard;
CF_EXPORT const CFStringRef kSSLSessionConfig_RC4_fallback;
CF_EXPORT const CFStringRef kSSLSessionConfig_TLSv1_fallback;
CF_EXPORT const CFStringRef kSSLSessionConfig_TLSv1_RC4_fallback;
CF_EXPORT const CFStringRef kSSLSessionConfig_legacy;
CF_EXPORT const CFStringRef kSSLSessionConfig_legacy_DHE;
CF_EXPORT const CFStringRef kSSLSessionConfig_anonymous;
CF_EXPORT const CFStringRef kSSLSessionConfig_3DES_fallback;
CF_EXPORT const CFStringRef kSSLSessionConfig_TLSv1_3DES_fallback;

/* Life cycle. */

CF_EXPORT CFTypeID SSLContextGetTypeID(void);

/* A new context, to be given back with CFRelease. NULL if out of memory. */
CF_EXPORT SSLContextRef SSLCreateContext(CFAllocatorRef alloc, SSLProtocolSide protocolSide,
                                         SSLConnectionType connectionType);
/* Older spelling, for streams. */
CF_EXPORT OSStatus SSLNewContext(Boolean isServer, SSLContextRef* contextPtr);
/* As CFRelease. Neither calls the I/O functions. */
CF_EXPORT OSStatus SSLDisposeContext(SSLContextRef context);

CF_EXPORT OSStatus SSLGetSessionState(SSLContextRef context, SSLSessionState* state);

/* Options and identification. */

CF_EXPORT OSStatus SSLSetSessionOption(SSLContextRef context, SSLSessionOption option, Boolean value);
/* errSecParam for Fallback, AllowRenegotiation and EnableSessionTickets, which Apple's cannot tell either. */
CF_EXPORT OSStatus SSLGetSessionOption(SSLContextRef context, SSLSessionOption option, Boolean* value);

/* Without both functions SSLHandshake answers errSSLBadConfiguration. */
CF_EXPORT OSStatus SSLSetIOFuncs(SSLContextRef context, SSLReadFunc readFunc, SSLWriteFunc writeFunc);
CF_EXPORT OSStatus SSLSetConnection(SSLContextRef context, SSLConnectionRef connection);
CF_EXPORT OSStatus SSLGetConnection(SSLContextRef context, SSLConnectionRef* connection);

/* errSecParam for a name that is not known. Takes effect at any time before the session starts. */
CF_EXPORT OSStatus SSLSetSessionConfig(SSLContextRef context, CFStringRef config);

/* Client: the name that the server must prove, and what is sent as SNI unless it is an IP address. Without one,
 * neither happens. Up to peerNameLen bytes or the first NUL, whichever comes first. Without effect on a server. */
CF_EXPORT OSStatus SSLSetPeerDomainName(SSLContextRef context, const char* peerName, size_t peerNameLen);
CF_EXPORT OSStatus SSLGetPeerDomainNameLength(SSLContextRef context, size_t* peerNameLen);
/* The bytes without a NUL. *peerNameLen: in, room; out, length. errSSLBufferOverflow if it does not fit. */
CF_EXPORT OSStatus SSLGetPeerDomainName(SSLContextRef context, char* peerName, size_t* peerNameLen);

/* Server: the name that the client asked for, NUL included; length 0 if it asked for none. */
CF_EXPORT OSStatus SSLCopyRequestedPeerNameLength(SSLContextRef ctx, size_t* peerNameLen);
CF_EXPORT OSStatus SSLCopyRequestedPeerName(SSLContextRef context, char* peerName, size_t* peerNameLen);

/* Turns resumption on. Sessions are found again by contexts with the same id, name, trust settings and offer; on a
 * server the value does not matter. Also allowed at errSSLClientCertRequested. */
CF_EXPORT OSStatus SSLSetPeerID(SSLContextRef context, const void* peerID, size_t peerIDLen);
/* The context's own copy; NULL and 0 if there is none. */
CF_EXPORT OSStatus SSLGetPeerID(SSLContextRef context, const void** peerID, size_t* peerIDLen);
/* TLS 1.2: a client offers and accepts tickets (RFC 5077) besides session ids; a server gives them out. Off at
 * first. At any time before the session starts. */
CF_EXPORT OSStatus SSLSetSessionTicketsEnabled(SSLContextRef context, Boolean enabled);

/* Versions. TLS 1.2 to 1.3 at first, for datagrams DTLS 1.2. */

/* A minimum above the maximum takes the maximum along, and the reverse. errSSLIllegalParam for a version that the
 * connection type or the engine lacks. kTLSProtocolMaxSupported is the newest. At any time before the session starts.
 */
CF_EXPORT OSStatus SSLSetProtocolVersionMin(SSLContextRef context, SSLProtocol minVersion);
CF_EXPORT OSStatus SSLGetProtocolVersionMin(SSLContextRef context, SSLProtocol* minVersion);
CF_EXPORT OSStatus SSLSetProtocolVersionMax(SSLContextRef context, SSLProtocol maxVersion);
CF_EXPORT OSStatus SSLGetProtocolVersionMax(SSLContextRef context, SSLProtocol* maxVersion);

/* The older ways to say it, for streams. SSL 2 and 3 are accepted and never spoken. */
CF_EXPORT OSStatus SSLSetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean enable);
CF_EXPORT OSStatus SSLGetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean* enable);
CF_EXPORT OSStatus SSLSetProtocolVersion(SSLContextRef context, SSLProtocol version);
CF_EXPORT OSStatus SSLGetProtocolVersion(SSLContextRef context, SSLProtocol* protocol);

/* kSSLProtocolUnknown until it is known; stays afterwards. */
CF_EXPORT OSStatus SSLGetNegotiatedProtocolVersion(SSLContextRef context, SSLProtocol* protocol);

/* Cipher suites, in order of preference. */

CF_EXPORT OSStatus SSLGetNumberSupportedCiphers(SSLContextRef context, size_t* numCiphers);
/* *numCiphers: in, room; out, count. errSSLBufferOverflow if they do not fit. */
CF_EXPORT OSStatus SSLGetSupportedCiphers(SSLContextRef context, SSLCipherSuite* ciphers, size_t* numCiphers);
CF_EXPORT OSStatus SSLGetNumberEnabledCiphers(SSLContextRef context, size_t* numCiphers);
CF_EXPORT OSStatus SSLGetEnabledCiphers(SSLContextRef context, SSLCipherSuite* ciphers, size_t* numCiphers);
/* Suites that the engine lacks are left out; errSecParam if none is left. */
CF_EXPORT OSStatus SSLSetEnabledCiphers(SSLContextRef context, const SSLCipherSuite* ciphers, size_t numCiphers);
/* errSecBadReq before the session starts and after it ended. */
CF_EXPORT OSStatus SSLGetNegotiatedCipher(SSLContextRef context, SSLCipherSuite* cipherSuite);

/* Certificates and trust. */

/* [SecIdentity, SecCertificate, ...]: the leaf with its key, then what is sent after it. NULL takes the identity away.
 * errSSLBadCert: the array is empty. At any time. */
CF_EXPORT OSStatus SSLSetCertificate(SSLContextRef context, CFArrayRef certRefs);
/* Kept, without effect: no cipher suite of today uses a second certificate. */
CF_EXPORT OSStatus SSLSetEncryptionCertificate(SSLContextRef context, CFArrayRef certRefs);

/* Server: whether clients are asked for a certificate. */
CF_EXPORT OSStatus SSLSetClientSideAuthenticate(SSLContextRef context, SSLAuthenticate auth);
/* Server: names, in DER, of authorities that are named in the request. They are not trusted by this. */
CF_EXPORT OSStatus SSLAddDistinguishedName(SSLContextRef context, const void* derDN, size_t derDNLen);
CF_EXPORT OSStatus SSLSetCertificateAuthorities(SSLContextRef context, CFTypeRef certificateOrArray,
                                                Boolean replaceExisting);
CF_EXPORT OSStatus SSLCopyCertificateAuthorities(SSLContextRef context, CFArrayRef* certificates);
/* Server: its own names. Client: those that the server sent. CFData in DER, the last one first; NULL if none. */
CF_EXPORT OSStatus SSLCopyDistinguishedNames(SSLContextRef context, CFArrayRef* names);
CF_EXPORT OSStatus SSLGetClientCertificateState(SSLContextRef context, SSLClientCertificateState* clientState);

CF_EXPORT OSStatus SSLSetEnableCertVerify(SSLContextRef context, Boolean enableVerify);
CF_EXPORT OSStatus SSLGetEnableCertVerify(SSLContextRef context, Boolean* enableVerify);
/* Without effect; the getters answer errSecUnimplemented. */
CF_EXPORT OSStatus SSLSetAllowsExpiredCerts(SSLContextRef context, Boolean allowsExpired);
CF_EXPORT OSStatus SSLGetAllowsExpiredCerts(SSLContextRef context, Boolean* allowsExpired);
CF_EXPORT OSStatus SSLSetAllowsExpiredRoots(SSLContextRef context, Boolean allowsExpired);
CF_EXPORT OSStatus SSLGetAllowsExpiredRoots(SSLContextRef context, Boolean* allowsExpired);
/* Accepts any chain, whatever is wrong with it: nothing is authenticated. At any time. */
CF_EXPORT OSStatus SSLSetAllowsAnyRoot(SSLContextRef context, Boolean anyRoot);
CF_EXPORT OSStatus SSLGetAllowsAnyRoot(SSLContextRef context, Boolean* anyRoot);
/* Anchors besides the system's; with replaceExisting, instead of them from now on. */
CF_EXPORT OSStatus SSLSetTrustedRoots(SSLContextRef context, CFArrayRef trustedRoots, Boolean replaceExisting);
CF_EXPORT OSStatus SSLCopyTrustedRoots(SSLContextRef context, CFArrayRef* trustedRoots);

/* The peer's chain, leaf first, completed as far as could be. errSecBadReq while there is none. */
CF_EXPORT OSStatus SSLCopyPeerCertificates(SSLContextRef context, CFArrayRef* certs);
/* For SecTrustEvaluateWithError and its kin. NULL with success while there is no chain. */
CF_EXPORT OSStatus SSLCopyPeerTrust(SSLContextRef context, SecTrustRef* trust);

/* Server: the OCSPResponse in DER that clients get who ask for one. */
CF_EXPORT OSStatus SSLSetOCSPResponse(SSLContextRef context, CFDataRef response);

/* Key exchange and the rest. */

/* Server: the group of DHE suites, a DHParameter of PKCS #3 in DER. errSecParam if it is not one. */
CF_EXPORT OSStatus SSLSetDiffieHellmanParams(SSLContextRef context, const void* dhParams, size_t dhParamsLen);
/* The context's own copy; NULL and 0 if there is none. */
CF_EXPORT OSStatus SSLGetDiffieHellmanParams(SSLContextRef context, const void** dhParams, size_t* dhParamsLen);
/* Kept, without effect: the engine always blinds. */
CF_EXPORT OSStatus SSLSetRsaBlinding(SSLContextRef context, Boolean blinding);
CF_EXPORT OSStatus SSLGetRsaBlinding(SSLContextRef context, Boolean* blinding);

/* CFStrings of 1 to 255 bytes in order of preference. At any time before they are needed: on a server until
 * errSSLClientHelloReceived has been answered. */
CF_EXPORT OSStatus SSLSetALPNProtocols(SSLContextRef context, CFArrayRef protocols);
/* The one agreed on; on a server, before that, what the client offers. errSecParam and NULL if there is none. */
CF_EXPORT OSStatus SSLCopyALPNProtocols(SSLContextRef context, CFArrayRef* protocols);

/* Ends the session from outside. errSecCertificateExpired and errSecCertificateRevoked send that alert with the next
 * SSLHandshake, which closes the session. */
CF_EXPORT OSStatus SSLSetError(SSLContextRef context, OSStatus status);

/* Handshake and data. */

/* noErr once connected. errSSLWouldBlock, errSSLPeerAuthCompleted, errSSLClientCertRequested and
 * errSSLClientHelloReceived: call again. errSSLConfigurationFailed, errSSLBadConfiguration: the settings do not work.
 */
CF_EXPORT OSStatus SSLHandshake(SSLContextRef context);

/* TLS 1.2 and below. Client: starts another handshake, to be driven by SSLHandshake. Server: asks the client for one.
 * errSSLIllegalParam where that cannot be. */
CF_EXPORT OSStatus SSLReHandshake(SSLContextRef context);

/* Takes all of the data or none of it: with *processed == dataLength it is sent or queued, also when the answer is
 * errSSLWouldBlock. A call with length 0 sends what is queued. */
CF_EXPORT OSStatus SSLWrite(SSLContextRef context, const void* data, size_t dataLength, size_t* processed);

/* What is there, at once: never waits while it has data. Look at *processed before the code. */
CF_EXPORT OSStatus SSLRead(SSLContextRef context, void* data, size_t dataLength, size_t* processed);
/* How many bytes SSLRead would give without calling the read function. */
CF_EXPORT OSStatus SSLGetBufferedReadSize(SSLContextRef context, size_t* bufferSize);

/* Sends close_notify once, and ends the session whatever the write function says. At a break for trust it refuses the
 * peer. errSSLWouldBlock: call again to send the rest. */
CF_EXPORT OSStatus SSLClose(SSLContextRef context);

/* Datagrams. errSecParam for a stream. */

/* Server: every client must first send these bytes back (RFC 6347 section 4.2.1); at most 32, none: no cookie. */
CF_EXPORT OSStatus SSLSetDatagramHelloCookie(SSLContextRef dtlsContext, const void* cookie, size_t cookieLen);
/* The handshake is cut into datagrams of at most this many bytes. Less than 256 is ignored. */
CF_EXPORT OSStatus SSLSetMaxDatagramRecordSize(SSLContextRef dtlsContext, size_t maxSize);
CF_EXPORT OSStatus SSLGetMaxDatagramRecordSize(SSLContextRef dtlsContext, size_t* maxSize);
/* The most that SSLWrite should be given for the datagram to be within that size. */
CF_EXPORT OSStatus SSLGetDatagramWriteSize(SSLContextRef dtlsContext, size_t* bufSize);

CF_EXTERN_C_END

#endif
