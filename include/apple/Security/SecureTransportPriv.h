/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The private part of Secure Transport that programs were built on: sizes and secrets of a session, PSK, curves, what
 * the peer said about signatures, raw ALPN, lists of cipher suites. SecureTransport.h says what holds for all of it.
 */
#ifndef SECURETRANSPORT_SECURITY_SECURETRANSPORTPRIV_H
#define SECURETRANSPORT_SECURITY_SECURETRANSPORTPRIV_H

#include <Security/SecureTransport.h>
#include <Security/sslTypes.h>
#include <stdbool.h>

CF_EXTERN_C_BEGIN

#define SSL_CLIENT_SRVR_RAND_SIZE 32
#define SSL_RSA_PREMASTER_SECRET_SIZE 48
#define SSL_MASTER_SECRET_SIZE 48
#define MAX_SESSION_ID_LENGTH 32
#define SECURITY_HAS_TLS_VERSION_TRANSLATOR 1

typedef CF_ENUM(int, SSLConnectionStrength){
    SSLConnectionStrengthStrong = 0,
    SSLConnectionStrengthWeak = 1,
    SSLConnectionStrengthNonsecure = 2,
};

typedef CF_ENUM(uint16_t, SSLKeyExchangeGroup){
    SSLKeyExchangeGroupSecp256r1 = 0x0017, SSLKeyExchangeGroupSecp384r1 = 0x0018,
    SSLKeyExchangeGroupSecp521r1 = 0x0019, SSLKeyExchangeGroupX25519 = 0x001D,
    SSLKeyExchangeGroupX448 = 0x001E,      SSLKeyExchangeGroupFFDHE2048 = 0x0100,
    SSLKeyExchangeGroupFFDHE3072 = 0x0101, SSLKeyExchangeGroupFFDHE4096 = 0x0102,
    SSLKeyExchangeGroupFFDHE6144 = 0x0103, SSLKeyExchangeGroupFFDHE8192 = 0x0104,
};

typedef CF_ENUM(int, SSLKeyExchangeGroupSet){
    kSSLKeyExchangeGroupSetDefault = 0,
    kSSLKeyExchangeGroupSetCompatibility = 1,
    kSSLKeyExchangeGroupSetLegacy = 2,
};

typedef CF_ENUM(int, SSLClientAuthenticationType){
    SSLClientAuthNone = -1,          SSLClientAuth_RSASign = 1,         SSLClientAuth_DSSSign = 2,
    SSLClientAuth_RSAFixedDH = 3,    SSLClientAuth_DSS_FixedDH = 4,     SSLClientAuth_ECDSASign = 64,
    SSLClientAuth_RSAFixedECDH = 65, SSLClientAuth_ECDSAFixedECDH = 66,
};

/* RFC 5246 section 7.4.1.4.1. */
typedef CF_ENUM(int, SSL_HashAlgorithm){
    SSL_HashAlgorithmNone = 0,   SSL_HashAlgorithmMD5 = 1,    SSL_HashAlgorithmSHA1 = 2,   SSL_HashAlgorithmSHA224 = 3,
    SSL_HashAlgorithmSHA256 = 4, SSL_HashAlgorithmSHA384 = 5, SSL_HashAlgorithmSHA512 = 6,
};
typedef CF_ENUM(int, SSL_SignatureAlgorithm){
    SSL_SignatureAlgorithmAnonymous = 0,
    SSL_SignatureAlgorithmRSA = 1,
    SSL_SignatureAlgorithmDSA = 2,
    SSL_SignatureAlgorithmECDSA = 3,
};
typedef struct {
  SSL_HashAlgorithm hash;
  SSL_SignatureAlgorithm signature;
} SSLSignatureAndHashAlgorithm;

/* Numbers of RFC 8422 section 5.1.1. The last two are not in Apple's list. */
typedef CF_ENUM(int, SSL_ECDSA_NamedCurve){
    SSL_Curve_None = -1,
    SSL_Curve_sect163k1 = 1,
    SSL_Curve_sect163r1 = 2,
    SSL_Curve_sect163r2 = 3,
    SSL_Curve_sect193r1 = 4,
    SSL_Curve_sect193r2 = 5,
    SSL_Curve_sect233k1 = 6,
    SSL_Curve_sect233r1 = 7,
    SSL_Curve_sect239k1 = 8,
    SSL_Curve_sect283k1 = 9,
    SSL_Curve_sect283r1 = 10,
    SSL_Curve_sect409k1 = 11,
    SSL_Curve_sect409r1 = 12,
    SSL_Curve_sect571k1 = 13,
    SSL_Curve_sect571r1 = 14,
    SSL_Curve_secp160k1 = 15,
    SSL_Curve_secp160r1 = 16,
    SSL_Curve_secp160r2 = 17,
    SSL_Curve_secp192k1 = 18,
    SSL_Curve_secp192r1 = 19,
    SSL_Curve_secp224k1 = 20,
    SSL_Curve_secp224r1 = 21,
    SSL_Curve_secp256k1 = 22,
    SSL_Curve_secp256r1 = 23,
    SSL_Curve_secp384r1 = 24,
    SSL_Curve_secp521r1 = 25,
    SSL_Curve_x25519 = 29,
    SSL_Curve_x448 = 30,
};

/* As on the wire; 0 where there is none. */
typedef uint16_t tls_protocol_version;

/* Contexts. */

/* A record layer of the program's own. The engine has no place for one: always NULL. */
struct SSLRecordFuncs;
typedef void* SSLRecordContextRef;
CF_EXPORT SSLContextRef SSLCreateContextWithRecordFuncs(CFAllocatorRef alloc, SSLProtocolSide protocolSide,
                                                        SSLConnectionType connectionType,
                                                        const struct SSLRecordFuncs* recordFuncs);
/* Always errSecUnimplemented for a context, since none has such a record layer. */
CF_EXPORT OSStatus SSLSetRecordContext(SSLContextRef ctx, SSLRecordContextRef recCtx);

CF_EXPORT OSStatus SSLNewDatagramContext(Boolean isServer, SSLContextRef* dtlsContextPtr);

/* What was negotiated. */

/* Secrets of TLS 1.2 and below: 48 bytes. errSecBadReq before there is one. Zeros never come out. */
CF_EXPORT OSStatus SSLInternalMasterSecret(SSLContextRef context, void* secret, size_t* secretSize);
/* 32 bytes each. errSecBadReq before the hellos. */
CF_EXPORT OSStatus SSLInternalServerRandom(SSLContextRef context, void* randBuf, size_t* randSize);
CF_EXPORT OSStatus SSLInternalClientRandom(SSLContextRef context, void* randBuf, size_t* randSize);
/* Bytes of the negotiated suite; zeros before. */
CF_EXPORT OSStatus SSLGetCipherSizes(SSLContextRef context, size_t* digestSize, size_t* symmetricKeySize,
                                     size_t* ivSize);
/* The PRF of the negotiated version, up to TLS 1.2. errSecBadReq before, and in TLS 1.3, which has none. */
CF_EXPORT OSStatus SSLInternal_PRF(SSLContextRef context, const void* secret, size_t secretLen, const void* label,
                                   size_t labelLen, const void* seed, size_t seedLen, void* out, size_t outLen);
/* *sessionIDLength: in, room of at least 32; out, length; 0 if no session was resumed. */
CF_EXPORT OSStatus SSLGetResumableSessionInfo(SSLContextRef context, Boolean* sessionWasResumed, void* sessionID,
                                              size_t* sessionIDLength);
CF_EXPORT OSStatus SSLSetSessionCacheTimeout(SSLContextRef context, uint32_t timeoutInSeconds);
/* Always false: a group that is not safe ends the handshake. */
CF_EXPORT bool SSLIsSessionNegotiatedWithUnsafeDH(SSLContextRef context);

/* EAP-FAST (RFC 4851) makes the master secret and the ticket itself. Not supported: errSecUnimplemented. */
typedef void (*SSLInternalMasterSecretFunction)(SSLContextRef ctx, const void* arg, void* secret, size_t* secretLength);
CF_EXPORT OSStatus SSLInternalSetMasterSecretFunction(SSLContextRef ctx, SSLInternalMasterSecretFunction mFunc,
                                                      const void* arg);
CF_EXPORT OSStatus SSLInternalSetSessionTicket(SSLContextRef ctx, const void* ticket, size_t ticketLength);

/* Certificates. */

/* As SSLCopyPeerTrust, but the context stays the owner. */
CF_EXPORT OSStatus SSLGetPeerSecTrust(SSLContextRef context, SecTrustRef* secTrust);
/* What was set, owned by the context; NULL if nothing was. */
CF_EXPORT OSStatus SSLGetCertificate(SSLContextRef context, CFArrayRef* certRefs);
CF_EXPORT OSStatus SSLGetEncryptionCertificate(SSLContextRef context, CFArrayRef* certRefs);
CF_EXPORT OSStatus SSLGetClientSideAuthenticate(SSLContextRef context, SSLAuthenticate* auth);
/* A leaf that is one of these is accepted whatever its chain is. NULL: none. */
CF_EXPORT OSStatus SSLSetTrustedLeafCertificates(SSLContextRef context, CFArrayRef certRefs);
CF_EXPORT OSStatus SSLCopyTrustedLeafCertificates(SSLContextRef context, CFArrayRef* certRefs);
/* Declared by no header of Apple's, but exported: always errSecUnimplemented. */
CF_EXPORT OSStatus SSLGetPeerCertificates(SSLContextRef context, CFArrayRef* certs);

/* Without effect: anonymous suites are enabled like all others. */
CF_EXPORT OSStatus SSLSetAllowAnonymousCiphers(SSLContextRef context, Boolean enable);
CF_EXPORT OSStatus SSLGetAllowAnonymousCiphers(SSLContextRef context, Boolean* enable);

/* Curves, signatures, groups. */

/* errSecParam while none was negotiated. A group that is not a curve of the list is SSL_Curve_None. */
CF_EXPORT OSStatus SSLGetNegotiatedCurve(SSLContextRef ctx, SSL_ECDSA_NamedCurve* namedCurve);
/* Those that were set; 0 until then. */
CF_EXPORT OSStatus SSLGetNumberOfECDSACurves(SSLContextRef ctx, unsigned* numCurves);
CF_EXPORT OSStatus SSLGetECDSACurves(SSLContextRef ctx, SSL_ECDSA_NamedCurve* namedCurves, unsigned* numCurves);
CF_EXPORT OSStatus SSLSetECDSACurves(SSLContextRef ctx, const SSL_ECDSA_NamedCurve* namedCurves, unsigned numCurves);

/* Client: what the CertificateRequest asks for. errSecParam before it. *numTypes: in, room; out, count. */
CF_EXPORT OSStatus SSLGetNumberOfClientAuthTypes(SSLContextRef ctx, unsigned* numTypes);
CF_EXPORT OSStatus SSLGetClientAuthTypes(SSLContextRef ctx, SSLClientAuthenticationType* authTypes, unsigned* numTypes);
CF_EXPORT OSStatus SSLGetNegotiatedClientAuthType(SSLContextRef ctx, SSLClientAuthenticationType* authType);
/* What the peer accepts: of a client in its ClientHello, of a server in its CertificateRequest. Schemes of TLS 1.3 that
 * are not a pair of hash and signature are left out. */
CF_EXPORT OSStatus SSLGetNumberOfSignatureAlgorithms(SSLContextRef ctx, unsigned* numSigAlgs);
CF_EXPORT OSStatus SSLGetSignatureAlgorithms(SSLContextRef ctx, SSLSignatureAndHashAlgorithm* sigAlgs,
                                             unsigned* numSigAlgs);

/* Bits of the smallest DH group that a client accepts: 512 to 2048, 1024 at first. */
CF_EXPORT OSStatus SSLSetMinimumDHGroupSize(SSLContextRef ctx, unsigned nbits);
CF_EXPORT OSStatus SSLGetMinimumDHGroupSize(SSLContextRef ctx, unsigned* nbits);
/* The suites of legacy_DHE, or of legacy; replaces what was enabled. */
CF_EXPORT OSStatus SSLSetDHEEnabled(SSLContextRef ctx, bool enabled);
CF_EXPORT OSStatus SSLGetDHEEnabled(SSLContextRef ctx, bool* enabled);

/* Pre-shared keys. A PSK suite must be enabled too. A server takes any identity. */

CF_EXPORT OSStatus SSLSetPSKSharedSecret(SSLContextRef ctx, const void* secret, size_t secretLen);
CF_EXPORT OSStatus SSLSetPSKIdentity(SSLContextRef ctx, const void* pskIdentity, size_t pskIdentityLen);
/* What was set here, owned by the context. */
CF_EXPORT OSStatus SSLGetPSKIdentity(SSLContextRef ctx, const void** pskIdentity, size_t* pskIdentityLen);

/* Application protocols as they stand on the wire: each name after its length. */

typedef void (*SSLNPNFunc)(SSLContextRef ctx, void* info, const void* data, size_t length);
typedef void (*SSLALPNFunc)(SSLContextRef ctx, void* info, const void* data, size_t length);
/* Called with the peer's list from within SSLHandshake, once. */
CF_EXPORT void SSLSetALPNFunc(SSLContextRef context, SSLALPNFunc alpnFunc, void* info);
CF_EXPORT OSStatus SSLSetALPNData(SSLContextRef context, const void* data, size_t length);
CF_EXPORT const void* SSLGetALPNData(SSLContextRef context, size_t* length);
/* The predecessor of ALPN, which no peer speaks any more: kept, without effect. */
CF_EXPORT void SSLSetNPNFunc(SSLContextRef context, SSLNPNFunc npnFunc, void* info);
CF_EXPORT OSStatus SSLSetNPNData(SSLContextRef context, const void* data, size_t length);
CF_EXPORT const void* SSLGetNPNData(SSLContextRef context, size_t* length);

/* Tables. */

CF_EXPORT bool SSLCiphersuiteGroupContainsCiphersuite(SSLCiphersuiteGroup group, SSLCipherSuite suite);
CF_EXPORT const SSLCipherSuite* SSLCiphersuiteGroupToCiphersuiteList(SSLCiphersuiteGroup group, size_t* listSize);
CF_EXPORT SSLProtocol SSLCiphersuiteMinimumTLSVersion(SSLCipherSuite ciphersuite);
CF_EXPORT SSLProtocol SSLCiphersuiteMaximumTLSVersion(SSLCipherSuite ciphersuite);
CF_EXPORT const char* SSLCiphersuiteGetName(SSLCipherSuite ciphersuite);
CF_EXPORT uint16_t SSLProtocolGetVersionCodepoint(SSLProtocol protocolVersion);
CF_EXPORT SSLProtocol SSLProtocolFromVersionCodepoint(uint16_t protocolVersion);
CF_EXPORT tls_protocol_version _SSLProtocolVersionToWireFormatValue(SSLProtocol protocol);

/* Other spellings, each the same as the function without the underscore. */

CF_EXPORT OSStatus _SSLNewContext(Boolean isServer, SSLContextRef* contextPtr);
CF_EXPORT OSStatus _SSLNewDatagramContext(Boolean isServer, SSLContextRef* dtlsContextPtr);
CF_EXPORT OSStatus _SSLDisposeContext(SSLContextRef context);
CF_EXPORT OSStatus _SSLSetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean enable);
CF_EXPORT OSStatus _SSLGetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean* enable);
CF_EXPORT OSStatus _SSLSetProtocolVersion(SSLContextRef context, SSLProtocol version);
CF_EXPORT OSStatus _SSLGetProtocolVersion(SSLContextRef context, SSLProtocol* protocol);
CF_EXPORT OSStatus _SSLSetEnableCertVerify(SSLContextRef context, Boolean enableVerify);
CF_EXPORT OSStatus _SSLGetEnableCertVerify(SSLContextRef context, Boolean* enableVerify);
CF_EXPORT OSStatus _SSLSetAllowsExpiredCerts(SSLContextRef context, Boolean allowsExpired);
CF_EXPORT OSStatus _SSLGetAllowsExpiredCerts(SSLContextRef context, Boolean* allowsExpired);
CF_EXPORT OSStatus _SSLSetAllowsExpiredRoots(SSLContextRef context, Boolean allowsExpired);
CF_EXPORT OSStatus _SSLGetAllowsExpiredRoots(SSLContextRef context, Boolean* allowsExpired);
CF_EXPORT OSStatus _SSLSetAllowsAnyRoot(SSLContextRef context, Boolean anyRoot);
CF_EXPORT OSStatus _SSLGetAllowsAnyRoot(SSLContextRef context, Boolean* anyRoot);
CF_EXPORT OSStatus _SSLSetTrustedRoots(SSLContextRef context, CFArrayRef trustedRoots, Boolean replaceExisting);
CF_EXPORT OSStatus _SSLCopyTrustedRoots(SSLContextRef context, CFArrayRef* trustedRoots);
CF_EXPORT OSStatus _SSLSetCertificateAuthorities(SSLContextRef context, CFTypeRef certificateOrArray,
                                                 Boolean replaceExisting);
CF_EXPORT OSStatus _SSLCopyCertificateAuthorities(SSLContextRef context, CFArrayRef* certificates);
CF_EXPORT OSStatus _SSLCopyPeerCertificates(SSLContextRef context, CFArrayRef* certs);
CF_EXPORT OSStatus _SSLSetDiffieHellmanParams(SSLContextRef context, const void* dhParams, size_t dhParamsLen);
CF_EXPORT OSStatus _SSLGetDiffieHellmanParams(SSLContextRef context, const void** dhParams, size_t* dhParamsLen);
CF_EXPORT OSStatus _SSLSetRsaBlinding(SSLContextRef context, Boolean blinding);
CF_EXPORT OSStatus _SSLGetRsaBlinding(SSLContextRef context, Boolean* blinding);

CF_EXTERN_C_END

#endif
