/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this library has beyond Apple's: the dialect of the result codes, the reason for a failure, SNI by itself, the
 * stapled OCSP response, hints for pre-shared keys, and key logging. Each name begins with SSLST, which Apple uses
 * nowhere.
 *
 * Two variables of the environment act on the whole process, and are read when the first context is made:
 * SECURETRANSPORT_DIALECT=published sets the dialect of new contexts, and SECURETRANSPORT_DEBUG=1 writes the diagnosis
 * of each failure to standard error; it holds no secrets.
 *
 * The last part is what a session may insist on although no standard demands it.
 */
#ifndef SECURETRANSPORT_SECURITY_SECURETRANSPORTEXTENSIONS_H
#define SECURETRANSPORT_SECURITY_SECURETRANSPORTEXTENSIONS_H

#include <CoreFoundation/CFData.h>
#include <CoreFoundation/CFDictionary.h>
#include <Security/SecureTransport.h>

CF_EXTERN_C_BEGIN

/* Which codes a context returns. Changes codes, never what is accepted. */
typedef CF_ENUM(int, SSLSTDialect) {
  kSSLSTDialectDocumented = 0, /* as the codes are documented: the narrowest that fits */
  kSSLSTDialectPublished = 1,  /* as Apple's last published Secure Transport */
};
CF_EXPORT OSStatus SSLSTSetDialect(SSLContextRef context, SSLSTDialect dialect);
CF_EXPORT OSStatus SSLSTGetDialect(SSLContextRef context, SSLSTDialect* dialect);

/* Why the session failed, as a text for people, to be released. NULL with success while it has not failed. */
CF_EXPORT OSStatus SSLSTCopyDiagnosisText(SSLContextRef context, CFStringRef* text);

/* The same as a dictionary for programs, to be released: the keys below, those that do not apply left out. */
CF_EXPORT OSStatus SSLSTCopyDiagnosis(SSLContextRef context, CFDictionaryRef* diagnosis);
CF_EXPORT const CFStringRef kSSLSTDiagnosisCode;          /* CFNumber: the documented code */
CF_EXPORT const CFStringRef kSSLSTDiagnosisPublishedCode; /* CFNumber */
CF_EXPORT const CFStringRef kSSLSTDiagnosisSymbol;        /* CFString: "errSSLCertExpired" */
CF_EXPORT const CFStringRef kSSLSTDiagnosisDetectedBy;    /* CFString: "local", "peer", "trust" ... */
CF_EXPORT const CFStringRef kSSLSTDiagnosisPhase;         /* CFString: how far the connection had come */
CF_EXPORT const CFStringRef kSSLSTDiagnosisDetail;        /* CFString: one sentence */
CF_EXPORT const CFStringRef kSSLSTDiagnosisEngineReason;  /* CFString: the engine's own words */
CF_EXPORT const CFStringRef kSSLSTDiagnosisAlertSent;     /* CFNumber: AlertDescription of RFC 8446 section 6 */
CF_EXPORT const CFStringRef kSSLSTDiagnosisAlertReceived; /* CFNumber */
CF_EXPORT const CFStringRef kSSLSTDiagnosisViolations;    /* CFArray of CFString: every rule that the chain breaks */
CF_EXPORT const CFStringRef kSSLSTDiagnosisOffered;       /* CFArray of CFString: what this side offered */
CF_EXPORT const CFStringRef kSSLSTDiagnosisReceived;      /* CFArray of CFString: what came back */
CF_EXPORT const CFStringRef kSSLSTDiagnosisNotes;         /* CFArray of CFString */

/* Client: the name sent as SNI, whatever SSLSetPeerDomainName says; the certificate is not compared with it. An empty
 * name sends none. errSecBadReq once the session has started, or on a server. */
CF_EXPORT OSStatus SSLSTSetServerNameIndication(SSLContextRef context, const char* name, size_t nameLength);

/* Which signature algorithms are offered, and used by this side, in order of preference: SignatureScheme of RFC
 * 8446 section 4.2.3, such as 0x0403. Those that the engine lacks are left out; errSecParam if none is left. */
CF_EXPORT OSStatus SSLSTSetSignatureAlgorithms(SSLContextRef context, const uint16_t* algorithms, size_t count);
/* With which the peer signed the handshake. errSecBadReq before that, and if it did not sign. */
CF_EXPORT OSStatus SSLSTGetPeerSignatureAlgorithm(SSLContextRef context, uint16_t* algorithm);

/* Client: the OCSPResponse in DER that the server sent along with its certificate, to be released. NULL with success
 * if there is none, as in a resumed session. errSecBadReq on a server. */
CF_EXPORT OSStatus SSLSTCopyOCSPResponse(SSLContextRef context, CFDataRef* response);

/* Server, TLS 1.2 with a PSK suite: tells the client which identity to use (RFC 4279 section 5.2): at most 128 bytes,
 * none of them zero. Apple's clients refuse a server that sends one. errSecBadReq on a client. */
CF_EXPORT OSStatus SSLSTSetPSKIdentityHint(SSLContextRef context, const void* hint, size_t hintLength);
/* Client: the hint that the server sent, to be released. NULL with success if there is none. errSecBadReq on a
 * server. */
CF_EXPORT OSStatus SSLSTCopyPSKIdentityHint(SSLContextRef context, CFDataRef* hint);

/* Lets the session write its keys to the file that SSLKEYLOGFILE names, if there is one. Whoever has them can read
 * all that was said. Off at first, and never turned on by the environment alone. */
CF_EXPORT OSStatus SSLSTSetKeyLogging(SSLContextRef context, Boolean enabled);

/* Loads a cryptographic module of the engine (an OpenSSL provider, such as "fips") for the life of the process, by
 * name, or by path if there is a slash in it. errSSLModuleAttach if there is none, or if it does not start. */
CF_EXPORT OSStatus SSLSTLoadCryptoModule(CFStringRef name);

/* Datagrams: how many milliseconds until SSLHandshake should be called again, for it to repeat what may have been
 * lost. errSecBadReq while nothing waits for an answer. */
CF_EXPORT OSStatus SSLSTGetNextTimeout(SSLContextRef dtlsContext, uint32_t* milliseconds);
/* Datagrams: how long to wait for an answer before a flight is sent again, 1000 at first; doubles each time, and after
 * the tenth the handshake fails with errSSLConnectionRefused. errSecParam for a stream, or for 0. */
CF_EXPORT OSStatus SSLSTSetRetransmissionTimeout(SSLContextRef dtlsContext, uint32_t milliseconds);

/* What a session may insist on, although the protocol does not. All are off at first. */
typedef CF_ENUM(int, SSLSTDemand) {
  kSSLSTDemandExtendedMasterSecret = 0, /* client, before TLS 1.3: RFC 7627, else errSSLHandshakeFail */
  kSSLSTDemandSecureRenegotiation = 1,  /* client, before TLS 1.3: RFC 5746, else errSSLHandshakeFail */
  kSSLSTDemandResumption = 2,           /* client: errSSLSessionNotFound where no session is there to be resumed */
  kSSLSTDemandPSKIdentity = 3,          /* server: the identity of SSLSetPSKIdentity, else errSSLUnknownPSKIdentity */
};
/* errSecParam for a demand that nobody knows, errSecBadReq for one of the other side. */
CF_EXPORT OSStatus SSLSTSetDemand(SSLContextRef context, SSLSTDemand demand, Boolean value);

/* Server: CFStrings, the names that it serves. A client that asks for any other gets errSSLUnrecognizedName, one that
 * asks for none is served. NULL or empty: every name. errSecBadReq on a client. */
CF_EXPORT OSStatus SSLSTSetKnownNames(SSLContextRef context, CFArrayRef names);

/* Client: changes the rules of App Transport Security which kSSLSessionConfig_ATSv1 or _noPFS has brought along;
 * without one of them it is errSecBadReq. errSecParam for another key or a value of another type; then nothing is
 * changed. */
CF_EXPORT OSStatus SSLSTSetATSRules(SSLContextRef context, CFDictionaryRef rules);
CF_EXPORT const CFStringRef kSSLSTATSMinimumVersion; /* CFNumber: an SSLProtocol */
CF_EXPORT const CFStringRef kSSLSTATSLeafPins;       /* CFArray of CFData: SHA-256 of keys, one of which the leaf has */
CF_EXPORT const CFStringRef kSSLSTATSExtendedMasterSecret; /* CFBoolean: whether RFC 7627 must be used before TLS 1.3 */

CF_EXTERN_C_END

#endif
