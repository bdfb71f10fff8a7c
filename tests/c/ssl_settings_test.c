/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts, options and names: what the functions take and refuse, and what the getters say afterwards. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static CFStringRef string_object(void) { return kSSLSessionConfig_default; }

/* Life cycle. */

static void contexts_are_objects(void) {
  SSLContextRef context = new_client();
  CHECK(CFGetTypeID(context) == SSLContextGetTypeID());
  CHECK_NUMBER(1, CFGetRetainCount(context));
  CFRetain(context);
  CHECK_NUMBER(2, CFGetRetainCount(context));
  CFRelease(context);
  CHECK(CFEqual(context, context));
  SSLContextRef other = new_client();
  CHECK(!CFEqual(context, other));
  CFStringRef text = CFCopyDescription(context);
  CHECK(CFStringHasPrefix(text, CFSTR("<SSLContext(0x")));
  CFRelease(text);
  CFRelease(other);
  CFRelease(context);
}

static void old_contexts_are_made_and_disposed_of(void) {
  SSLContextRef context = NULL;
  CHECK_STATUS(noErr, SSLNewContext(true, &context));
  CHECK(context != NULL);
  CHECK_STATUS(noErr, SSLDisposeContext(context));
  CHECK_STATUS(noErr, SSLNewContext(false, &context));
  CHECK_STATUS(noErr, SSLDisposeContext(context));
  CHECK_STATUS(errSecParam, SSLNewContext(true, NULL));
  CHECK_STATUS(errSecParam, SSLDisposeContext(NULL));
  CHECK_STATUS(noErr, SSLNewDatagramContext(false, &context));
  size_t size = 0;
  CHECK_STATUS(noErr, SSLGetMaxDatagramRecordSize(context, &size));
  CHECK_STATUS(noErr, SSLDisposeContext(context));
  CHECK_STATUS(errSecParam, SSLNewDatagramContext(false, NULL));
  CHECK(SSLCreateContextWithRecordFuncs(NULL, kSSLClientSide, kSSLStreamType, NULL) == NULL);
}

static void any_other_side_is_a_client(void) {
  SSLContextRef context = SSLCreateContext(NULL, (SSLProtocolSide)7, kSSLStreamType);
  CHECK_STATUS(noErr, SSLSetPeerDomainName(context, "a.example", 9));
  size_t size = 0;
  CHECK_STATUS(noErr, SSLGetPeerDomainNameLength(context, &size));
  CHECK_NUMBER(9, size);
  CFRelease(context);
}

static void new_contexts_are_idle(void) {
  SSLContextRef context = new_client();
  SSLSessionState state = kSSLAborted;
  CHECK_STATUS(noErr, SSLGetSessionState(context, &state));
  CHECK_NUMBER(kSSLIdle, state);
  CHECK_STATUS(errSecParam, SSLGetSessionState(NULL, &state));
  CHECK_STATUS(errSecParam, SSLGetSessionState(context, NULL));
  CFRelease(context);
}

/* Null and foreign objects. Each function is called with either; what else it is given is good. */

#define REFUSES_NO_CONTEXT(call_with)                    \
  do {                                                   \
    SSLContextRef context = NULL;                        \
    CHECK_STATUS(errSecParam, call_with);                \
    context = (SSLContextRef)(uintptr_t)string_object(); \
    CHECK_STATUS(errSecParam, call_with);                \
  } while (0)

static void null_and_foreign_contexts_are_refused(void) {
  SSLSessionState state;
  Boolean flag;
  SSLConnectionRef connection;
  size_t size = 64;
  char name[64];
  const void* pointer;
  SSLProtocol protocol;
  SSLCipherSuite suite;
  SSLCipherSuite suites[256];
  CFArrayRef array;
  SSLClientCertificateState certificate_state;
  SecTrustRef trust;
  CFDataRef data = CFDataCreate(NULL, (const UInt8*)"x", 1);
  const SSLCipherSuite one = TLS_RSA_WITH_AES_128_CBC_SHA;
  REFUSES_NO_CONTEXT(SSLDisposeContext(context));
  REFUSES_NO_CONTEXT(SSLGetSessionState(context, &state));
  REFUSES_NO_CONTEXT(SSLSetSessionOption(context, kSSLSessionOptionFalseStart, true));
  REFUSES_NO_CONTEXT(SSLGetSessionOption(context, kSSLSessionOptionFalseStart, &flag));
  REFUSES_NO_CONTEXT(SSLSetIOFuncs(context, read_end, write_end));
  REFUSES_NO_CONTEXT(SSLSetConnection(context, NULL));
  REFUSES_NO_CONTEXT(SSLGetConnection(context, &connection));
  REFUSES_NO_CONTEXT(SSLSetSessionConfig(context, kSSLSessionConfig_default));
  REFUSES_NO_CONTEXT(SSLSetPeerDomainName(context, "a", 1));
  REFUSES_NO_CONTEXT(SSLGetPeerDomainNameLength(context, &size));
  REFUSES_NO_CONTEXT(SSLGetPeerDomainName(context, name, &size));
  REFUSES_NO_CONTEXT(SSLCopyRequestedPeerNameLength(context, &size));
  REFUSES_NO_CONTEXT(SSLCopyRequestedPeerName(context, name, &size));
  REFUSES_NO_CONTEXT(SSLSetPeerID(context, "id", 2));
  REFUSES_NO_CONTEXT(SSLGetPeerID(context, &pointer, &size));
  REFUSES_NO_CONTEXT(SSLSetSessionTicketsEnabled(context, true));
  REFUSES_NO_CONTEXT(SSLSetProtocolVersionMin(context, kTLSProtocol12));
  REFUSES_NO_CONTEXT(SSLGetProtocolVersionMin(context, &protocol));
  REFUSES_NO_CONTEXT(SSLSetProtocolVersionMax(context, kTLSProtocol12));
  REFUSES_NO_CONTEXT(SSLGetProtocolVersionMax(context, &protocol));
  REFUSES_NO_CONTEXT(SSLSetProtocolVersionEnabled(context, kTLSProtocol12, true));
  REFUSES_NO_CONTEXT(SSLGetProtocolVersionEnabled(context, kTLSProtocol12, &flag));
  REFUSES_NO_CONTEXT(SSLSetProtocolVersion(context, kTLSProtocol12));
  REFUSES_NO_CONTEXT(SSLGetProtocolVersion(context, &protocol));
  REFUSES_NO_CONTEXT(SSLGetNegotiatedProtocolVersion(context, &protocol));
  REFUSES_NO_CONTEXT(SSLGetNumberSupportedCiphers(context, &size));
  size = 256;
  REFUSES_NO_CONTEXT(SSLGetSupportedCiphers(context, suites, &size));
  REFUSES_NO_CONTEXT(SSLGetNumberEnabledCiphers(context, &size));
  size = 256;
  REFUSES_NO_CONTEXT(SSLGetEnabledCiphers(context, suites, &size));
  REFUSES_NO_CONTEXT(SSLSetEnabledCiphers(context, &one, 1));
  REFUSES_NO_CONTEXT(SSLGetNegotiatedCipher(context, &suite));
  REFUSES_NO_CONTEXT(SSLSetCertificate(context, pki_chain(kServerLeaf)));
  REFUSES_NO_CONTEXT(SSLSetEncryptionCertificate(context, pki_chain(kServerLeaf)));
  REFUSES_NO_CONTEXT(SSLSetClientSideAuthenticate(context, kTryAuthenticate));
  REFUSES_NO_CONTEXT(SSLAddDistinguishedName(context, "x", 1));
  REFUSES_NO_CONTEXT(SSLSetCertificateAuthorities(context, pki_root(), true));
  REFUSES_NO_CONTEXT(SSLCopyCertificateAuthorities(context, &array));
  REFUSES_NO_CONTEXT(SSLCopyDistinguishedNames(context, &array));
  REFUSES_NO_CONTEXT(SSLGetClientCertificateState(context, &certificate_state));
  REFUSES_NO_CONTEXT(SSLSetEnableCertVerify(context, true));
  REFUSES_NO_CONTEXT(SSLGetEnableCertVerify(context, &flag));
  REFUSES_NO_CONTEXT(SSLSetAllowsExpiredCerts(context, true));
  REFUSES_NO_CONTEXT(SSLGetAllowsExpiredCerts(context, &flag));
  REFUSES_NO_CONTEXT(SSLSetAllowsExpiredRoots(context, true));
  REFUSES_NO_CONTEXT(SSLGetAllowsExpiredRoots(context, &flag));
  REFUSES_NO_CONTEXT(SSLSetAllowsAnyRoot(context, true));
  REFUSES_NO_CONTEXT(SSLGetAllowsAnyRoot(context, &flag));
  REFUSES_NO_CONTEXT(SSLSetTrustedRoots(context, pki_roots(), true));
  REFUSES_NO_CONTEXT(SSLCopyTrustedRoots(context, &array));
  REFUSES_NO_CONTEXT(SSLCopyPeerCertificates(context, &array));
  REFUSES_NO_CONTEXT(SSLCopyPeerTrust(context, &trust));
  REFUSES_NO_CONTEXT(SSLSetOCSPResponse(context, data));
  REFUSES_NO_CONTEXT(SSLSetDiffieHellmanParams(context, pki_dh_parameters(&size), size));
  REFUSES_NO_CONTEXT(SSLGetDiffieHellmanParams(context, &pointer, &size));
  REFUSES_NO_CONTEXT(SSLSetRsaBlinding(context, true));
  REFUSES_NO_CONTEXT(SSLGetRsaBlinding(context, &flag));
  REFUSES_NO_CONTEXT(SSLSetALPNProtocols(context, pki_roots()));
  REFUSES_NO_CONTEXT(SSLCopyALPNProtocols(context, &array));
  REFUSES_NO_CONTEXT(SSLSetError(context, errSecCertificateExpired));
  REFUSES_NO_CONTEXT(SSLHandshake(context));
  REFUSES_NO_CONTEXT(SSLReHandshake(context));
  REFUSES_NO_CONTEXT(SSLWrite(context, "x", 1, &size));
  REFUSES_NO_CONTEXT(SSLRead(context, name, 1, &size));
  REFUSES_NO_CONTEXT(SSLGetBufferedReadSize(context, &size));
  REFUSES_NO_CONTEXT(SSLClose(context));
  REFUSES_NO_CONTEXT(SSLSetDatagramHelloCookie(context, "x", 1));
  REFUSES_NO_CONTEXT(SSLSetMaxDatagramRecordSize(context, 1000));
  REFUSES_NO_CONTEXT(SSLGetMaxDatagramRecordSize(context, &size));
  REFUSES_NO_CONTEXT(SSLGetDatagramWriteSize(context, &size));
  CFRelease(data);
}

static void null_results_are_refused(void) {
  SSLContextRef client = new_client();
  SSLContextRef datagram = new_datagram(kSSLClientSide);
  size_t size = 64;
  char buffer[64];
  CHECK_STATUS(errSecParam, SSLGetSessionOption(client, kSSLSessionOptionFalseStart, NULL));
  CHECK_STATUS(errSecParam, SSLGetConnection(client, NULL));
  CHECK_STATUS(errSecParam, SSLSetSessionConfig(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetPeerDomainNameLength(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetPeerDomainName(client, buffer, NULL));
  CHECK_STATUS(errSecParam, SSLCopyRequestedPeerNameLength(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyRequestedPeerName(client, buffer, NULL));
  CHECK_STATUS(errSecParam, SSLGetPeerID(client, NULL, &size));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersionMin(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersionMax(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersionEnabled(client, kTLSProtocol12, NULL));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersion(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetNegotiatedProtocolVersion(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetNumberSupportedCiphers(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetSupportedCiphers(client, NULL, &size));
  CHECK_STATUS(errSecParam, SSLGetNumberEnabledCiphers(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetEnabledCiphers(client, NULL, &size));
  CHECK_STATUS(errSecParam, SSLGetNegotiatedCipher(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyCertificateAuthorities(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyDistinguishedNames(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetClientCertificateState(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetEnableCertVerify(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetAllowsAnyRoot(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyTrustedRoots(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyPeerCertificates(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyPeerTrust(client, NULL));
  CHECK_STATUS(errSecParam, SSLSetOCSPResponse(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetDiffieHellmanParams(client, NULL, &size));
  CHECK_STATUS(errSecParam, SSLGetRsaBlinding(client, NULL));
  CHECK_STATUS(errSecParam, SSLCopyALPNProtocols(client, NULL));
  CHECK_STATUS(errSecParam, SSLWrite(client, "x", 1, NULL));
  CHECK_STATUS(errSecParam, SSLRead(client, buffer, 1, NULL));
  CHECK_STATUS(errSecParam, SSLRead(client, NULL, 0, &size));
  CHECK_STATUS(errSecParam, SSLWrite(client, NULL, 1, &size));
  CHECK_STATUS(errSecParam, SSLGetBufferedReadSize(client, NULL));
  CHECK_STATUS(errSecParam, SSLGetMaxDatagramRecordSize(datagram, NULL));
  CHECK_STATUS(errSecParam, SSLGetDatagramWriteSize(datagram, NULL));
  CFRelease(datagram);
  CFRelease(client);
}

/* Options. */

static void options_are_kept_where_they_can_be_told(void) {
  static const struct {
    SSLSessionOption option;
    bool is_readable;
    bool first;
  } kRows[] = {
      {kSSLSessionOptionBreakOnServerAuth, true, false},   {kSSLSessionOptionBreakOnCertRequested, true, false},
      {kSSLSessionOptionBreakOnClientAuth, true, false},   {kSSLSessionOptionFalseStart, true, false},
      {kSSLSessionOptionSendOneByteRecord, true, true},    {kSSLSessionOptionAllowServerIdentityChange, true, false},
      {kSSLSessionOptionFallback, false, false},           {kSSLSessionOptionBreakOnClientHello, true, false},
      {kSSLSessionOptionAllowRenegotiation, false, false}, {kSSLSessionOptionEnableSessionTickets, false, false},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("option %d", (int)kRows[i].option);
    SSLContextRef context = new_client();
    Boolean value = !kRows[i].first;
    CHECK_STATUS(kRows[i].is_readable ? noErr : errSecParam, SSLGetSessionOption(context, kRows[i].option, &value));
    if (kRows[i].is_readable) CHECK_NUMBER(kRows[i].first, value);
    for (int set = 1; set >= 0; --set) {
      CHECK_STATUS(noErr, SSLSetSessionOption(context, kRows[i].option, (Boolean)set));
      if (!kRows[i].is_readable) continue;
      CHECK_STATUS(noErr, SSLGetSessionOption(context, kRows[i].option, &value));
      CHECK_NUMBER(set, value);
    }
    CFRelease(context);
  }
  SSLContextRef context = new_client();
  Boolean value = false;
  CHECK_STATUS(errSecParam, SSLSetSessionOption(context, (SSLSessionOption)10, true));
  CHECK_STATUS(errSecParam, SSLSetSessionOption(context, (SSLSessionOption)-1, true));
  CHECK_STATUS(errSecParam, SSLGetSessionOption(context, (SSLSessionOption)10, &value));
  CFRelease(context);
}

static void breaks_for_trust_turn_verification_off_and_on(void) {
  static const SSLSessionOption kBreaks[] = {kSSLSessionOptionBreakOnServerAuth, kSSLSessionOptionBreakOnClientAuth};
  for (size_t i = 0; i < 2; ++i) {
    SSLContextRef context = new_client();
    Boolean verifies = false;
    CHECK_STATUS(noErr, SSLGetEnableCertVerify(context, &verifies));
    CHECK(verifies);
    CHECK_STATUS(noErr, SSLSetSessionOption(context, kBreaks[i], true));
    CHECK_STATUS(noErr, SSLGetEnableCertVerify(context, &verifies));
    CHECK(!verifies);
    CHECK_STATUS(noErr, SSLSetSessionOption(context, kBreaks[i], false));
    CHECK_STATUS(noErr, SSLGetEnableCertVerify(context, &verifies));
    CHECK(verifies);
    CFRelease(context);
  }
}

static void connections_are_kept(void) {
  SSLContextRef context = new_client();
  SSLConnectionRef connection = "not null";
  CHECK_STATUS(noErr, SSLGetConnection(context, &connection));
  CHECK(connection == NULL);
  int mine = 0;
  CHECK_STATUS(noErr, SSLSetConnection(context, &mine));
  CHECK_STATUS(noErr, SSLGetConnection(context, &connection));
  CHECK(connection == &mine);
  CFRelease(context);
}

/* Names. */

static void peer_names_are_copied_without_a_nul(void) {
  SSLContextRef context = new_client();
  size_t size = 99;
  char buffer[64] = "unchanged";
  CHECK_STATUS(noErr, SSLGetPeerDomainNameLength(context, &size));
  CHECK_NUMBER(0, size);
  size = sizeof buffer;
  CHECK_STATUS(noErr, SSLGetPeerDomainName(context, buffer, &size));
  CHECK_NUMBER(0, size);

  CHECK_STATUS(noErr, SSLSetPeerDomainName(context, "www.example.com", 15));
  CHECK_STATUS(noErr, SSLGetPeerDomainNameLength(context, &size));
  CHECK_NUMBER(15, size);
  size = 14;
  CHECK_STATUS(errSSLBufferOverflow, SSLGetPeerDomainName(context, buffer, &size));
  size = 15;
  memset(buffer, '#', sizeof buffer);
  CHECK_STATUS(noErr, SSLGetPeerDomainName(context, buffer, &size));
  CHECK_NUMBER(15, size);
  CHECK(memcmp(buffer, "www.example.com#", 16) == 0);

  /* Up to the first NUL, and the last call counts. */
  CHECK_STATUS(noErr, SSLSetPeerDomainName(context, "short\0rest", 10));
  CHECK_STATUS(noErr, SSLGetPeerDomainNameLength(context, &size));
  CHECK_NUMBER(5, size);
  CHECK_STATUS(noErr, SSLSetPeerDomainName(context, NULL, 0));
  CHECK_STATUS(noErr, SSLGetPeerDomainNameLength(context, &size));
  CHECK_NUMBER(0, size);
  CFRelease(context);
}

static void servers_ignore_peer_names(void) {
  SSLContextRef context = new_server();
  size_t size = 99;
  CHECK_STATUS(noErr, SSLSetPeerDomainName(context, "www.example.com", 15));
  CHECK_STATUS(noErr, SSLCopyRequestedPeerNameLength(context, &size));
  CHECK_NUMBER(0, size);
  CHECK_STATUS(noErr, SSLCopyRequestedPeerName(context, NULL, &size));
  CHECK_NUMBER(0, size);
  CFRelease(context);
}

static void peer_ids_are_lent(void) {
  SSLContextRef context = new_client();
  const void* id = "x";
  size_t size = 9;
  CHECK_STATUS(noErr, SSLGetPeerID(context, &id, &size));
  CHECK(id == NULL && size == 0);
  CHECK_STATUS(errSecParam, SSLSetPeerID(context, NULL, 4));
  CHECK_STATUS(errSecParam, SSLSetPeerID(context, "abcd", 0));
  CHECK_STATUS(noErr, SSLSetPeerID(context, "a\0cd", 4));
  CHECK_STATUS(noErr, SSLGetPeerID(context, &id, &size));
  CHECK_NUMBER(4, size);
  CHECK(memcmp(id, "a\0cd", 4) == 0);
  CFRelease(context);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"contexts are objects", contexts_are_objects},
      {"old contexts are made and disposed of", old_contexts_are_made_and_disposed_of},
      {"any other side is a client", any_other_side_is_a_client},
      {"new contexts are idle", new_contexts_are_idle},
      {"null and foreign contexts are refused", null_and_foreign_contexts_are_refused},
      {"null results are refused", null_results_are_refused},
      {"options are kept where they can be told", options_are_kept_where_they_can_be_told},
      {"breaks for trust turn verification off and on", breaks_for_trust_turn_verification_off_and_on},
      {"connections are kept", connections_are_kept},
      {"peer names are copied without a NUL", peer_names_are_copied_without_a_nul},
      {"servers ignore peer names", servers_ignore_peer_names},
      {"peer ids are lent", peer_ids_are_lent},
  };
  return RUN_CASES(kCases, argc, argv);
}
