// SPDX-License-Identifier: Apache-2.0
// The functions whose names begin with an underscore: each is the one without.
#include <Security/SecureTransportPriv.h>

OSStatus _SSLNewContext(Boolean isServer, SSLContextRef* contextPtr) { return SSLNewContext(isServer, contextPtr); }
OSStatus _SSLNewDatagramContext(Boolean isServer, SSLContextRef* dtlsContextPtr) {
  return SSLNewDatagramContext(isServer, dtlsContextPtr);
}
OSStatus _SSLDisposeContext(SSLContextRef context) { return SSLDisposeContext(context); }
OSStatus _SSLSetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean enable) {
  return SSLSetProtocolVersionEnabled(context, protocol, enable);
}
OSStatus _SSLGetProtocolVersionEnabled(SSLContextRef context, SSLProtocol protocol, Boolean* enable) {
  return SSLGetProtocolVersionEnabled(context, protocol, enable);
}
OSStatus _SSLSetProtocolVersion(SSLContextRef context, SSLProtocol version) {
  return SSLSetProtocolVersion(context, version);
}
OSStatus _SSLGetProtocolVersion(SSLContextRef context, SSLProtocol* protocol) {
  return SSLGetProtocolVersion(context, protocol);
}
OSStatus _SSLSetEnableCertVerify(SSLContextRef context, Boolean enableVerify) {
  return SSLSetEnableCertVerify(context, enableVerify);
}
OSStatus _SSLGetEnableCertVerify(SSLContextRef context, Boolean* enableVerify) {
  return SSLGetEnableCertVerify(context, enableVerify);
}
OSStatus _SSLSetAllowsExpiredCerts(SSLContextRef context, Boolean allowsExpired) {
  return SSLSetAllowsExpiredCerts(context, allowsExpired);
}
OSStatus _SSLGetAllowsExpiredCerts(SSLContextRef context, Boolean* allowsExpired) {
  return SSLGetAllowsExpiredCerts(context, allowsExpired);
}
OSStatus _SSLSetAllowsExpiredRoots(SSLContextRef context, Boolean allowsExpired) {
  return SSLSetAllowsExpiredRoots(context, allowsExpired);
}
OSStatus _SSLGetAllowsExpiredRoots(SSLContextRef context, Boolean* allowsExpired) {
  return SSLGetAllowsExpiredRoots(context, allowsExpired);
}
OSStatus _SSLSetAllowsAnyRoot(SSLContextRef context, Boolean anyRoot) { return SSLSetAllowsAnyRoot(context, anyRoot); }
OSStatus _SSLGetAllowsAnyRoot(SSLContextRef context, Boolean* anyRoot) { return SSLGetAllowsAnyRoot(context, anyRoot); }
OSStatus _SSLSetTrustedRoots(SSLContextRef context, CFArrayRef trustedRoots, Boolean replaceExisting) {
  return SSLSetTrustedRoots(context, trustedRoots, replaceExisting);
}
OSStatus _SSLCopyTrustedRoots(SSLContextRef context, CFArrayRef* trustedRoots) {
  return SSLCopyTrustedRoots(context, trustedRoots);
}
OSStatus _SSLSetCertificateAuthorities(SSLContextRef context, CFTypeRef certificateOrArray, Boolean replaceExisting) {
  return SSLSetCertificateAuthorities(context, certificateOrArray, replaceExisting);
}
OSStatus _SSLCopyCertificateAuthorities(SSLContextRef context, CFArrayRef* certificates) {
  return SSLCopyCertificateAuthorities(context, certificates);
}
OSStatus _SSLCopyPeerCertificates(SSLContextRef context, CFArrayRef* certs) {
  return SSLCopyPeerCertificates(context, certs);
}
OSStatus _SSLSetDiffieHellmanParams(SSLContextRef context, const void* dhParams, size_t dhParamsLen) {
  return SSLSetDiffieHellmanParams(context, dhParams, dhParamsLen);
}
OSStatus _SSLGetDiffieHellmanParams(SSLContextRef context, const void** dhParams, size_t* dhParamsLen) {
  return SSLGetDiffieHellmanParams(context, dhParams, dhParamsLen);
}
OSStatus _SSLSetRsaBlinding(SSLContextRef context, Boolean blinding) { return SSLSetRsaBlinding(context, blinding); }
OSStatus _SSLGetRsaBlinding(SSLContextRef context, Boolean* blinding) { return SSLGetRsaBlinding(context, blinding); }
