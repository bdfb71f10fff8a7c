/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that configure a context: what they take, what they refuse, what the getters say afterwards. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static SSLContextRef new_client(void) { return SSLCreateContext(NULL, kSSLClientSide, kSSLStreamType); }
static SSLContextRef new_server(void) { return SSLCreateContext(NULL, kSSLServerSide, kSSLStreamType); }
static SSLContextRef new_datagram(SSLProtocolSide side) { return SSLCreateContext(NULL, side, kSSLDatagramType); }

/* A context whose session has started, which refuses to be configured: its peer has said nothing yet. */
static Pair* started_pair(void) {
  Pair* const pair = make_pair((PairOptions){0});
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->server.context));
  return pair;
}

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

#define REFUSES_NO_CONTEXT(call_with)                       \
  do {                                                      \
    SSLContextRef context = NULL;                           \
    CHECK_STATUS(errSecParam, call_with);                   \
    context = (SSLContextRef)(uintptr_t)string_object();    \
    CHECK_STATUS(errSecParam, call_with);                   \
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
    CHECK_STATUS(kRows[i].is_readable ? noErr : errSecParam,
                 SSLGetSessionOption(context, kRows[i].option, &value));
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

/* Versions. */

static void check_range(SSLContextRef context, SSLProtocol min, SSLProtocol max) {
  SSLProtocol version = kSSLProtocolAll;
  CHECK_STATUS(noErr, SSLGetProtocolVersionMin(context, &version));
  CHECK_NUMBER(min, version);
  CHECK_STATUS(noErr, SSLGetProtocolVersionMax(context, &version));
  CHECK_NUMBER(max, version);
}

static void one_end_of_the_range_takes_the_other_along(void) {
  SSLContextRef context = new_client();
  check_range(context, kTLSProtocol12, kTLSProtocol13);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(context, kTLSProtocol1));
  check_range(context, kTLSProtocol1, kTLSProtocol1);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kTLSProtocol12));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(context, kTLSProtocolMaxSupported));
  check_range(context, kTLSProtocol12, kTLSProtocol13);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kSSLProtocol3));
  check_range(context, kSSLProtocol3, kTLSProtocol13);
  CFRelease(context);
}

static void versions_that_the_connection_lacks_are_illegal(void) {
  static const SSLProtocol kNotForStreams[] = {kSSLProtocol2,     kSSLProtocol3Only,   kTLSProtocol1Only, kSSLProtocolAll,
                                               kDTLSProtocol1,    kSSLProtocolUnknown, kDTLSProtocol12,   (SSLProtocol)77};
  static const SSLProtocol kNotForDatagrams[] = {kSSLProtocol3, kTLSProtocol1, kTLSProtocol12, kTLSProtocol13,
                                                 kSSLProtocolUnknown};
  SSLContextRef stream = new_client();
  SSLContextRef datagram = new_datagram(kSSLClientSide);
  for (size_t i = 0; i < sizeof kNotForStreams / sizeof kNotForStreams[0]; ++i) {
    about("version %d", (int)kNotForStreams[i]);
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMin(stream, kNotForStreams[i]));
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMax(stream, kNotForStreams[i]));
  }
  check_range(stream, kTLSProtocol12, kTLSProtocol13);
  for (size_t i = 0; i < sizeof kNotForDatagrams / sizeof kNotForDatagrams[0]; ++i) {
    about("datagrams, version %d", (int)kNotForDatagrams[i]);
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMin(datagram, kNotForDatagrams[i]));
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMax(datagram, kNotForDatagrams[i]));
  }
  check_range(datagram, kDTLSProtocol12, kDTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(datagram, kDTLSProtocol1));
  check_range(datagram, kDTLSProtocol1, kDTLSProtocol12);
  CFRelease(datagram);
  CFRelease(stream);
}

static void versions_can_be_enabled_one_by_one(void) {
  SSLContextRef context = new_client();
  Boolean enabled = true;
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocolAll, false));
  check_range(context, kSSLProtocolUnknown, kSSLProtocolUnknown);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol12, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol11, true));
  check_range(context, kTLSProtocol11, kTLSProtocol11);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol12, true));
  check_range(context, kTLSProtocol11, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol11, &enabled));
  CHECK(enabled);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol1, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol11, false));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocol2, false));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocolAll, true));
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocolAll, &enabled));
  CHECK(enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocol3, false));
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocolAll, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocol2, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kSSLProtocol2, true));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kDTLSProtocol1, true));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kSSLProtocolUnknown, false));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersionEnabled(context, kTLSProtocol1Only, &enabled));
  CFRelease(context);
}

static void older_words_for_a_range_are_understood(void) {
  static const struct {
    SSLProtocol word;
    SSLProtocol min;
    SSLProtocol max;
    SSLProtocol told;
  } kRows[] = {
      {kSSLProtocol3, kSSLProtocol3, kSSLProtocol3, kSSLProtocol3},
      {kSSLProtocol3Only, kSSLProtocol3, kSSLProtocol3, kSSLProtocol3},
      {kTLSProtocol1, kSSLProtocol3, kTLSProtocol1, kTLSProtocol1},
      {kTLSProtocol1Only, kTLSProtocol1, kTLSProtocol1, kTLSProtocol1Only},
      {kTLSProtocol11, kSSLProtocol3, kTLSProtocol11, kTLSProtocol11},
      {kTLSProtocol12, kTLSProtocol12, kTLSProtocol12, kTLSProtocol12},
      {kSSLProtocolAll, kSSLProtocol3, kTLSProtocol13, kSSLProtocolAll},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("word %d", (int)kRows[i].word);
    SSLContextRef context = new_client();
    SSLProtocol told = kSSLProtocolUnknown;
    CHECK_STATUS(noErr, SSLSetProtocolVersion(context, kRows[i].word));
    check_range(context, kRows[i].min, kRows[i].max);
    CHECK_STATUS(noErr, SSLGetProtocolVersion(context, &told));
    CHECK_NUMBER(kRows[i].told, told);
    CFRelease(context);
  }
  SSLContextRef context = new_client();
  SSLProtocol told = kSSLProtocolUnknown;
  CHECK_STATUS(errSecParam, SSLSetProtocolVersion(context, kSSLProtocol2));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersion(context, kDTLSProtocol1));
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kTLSProtocol11));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersion(context, &told));
  CFRelease(context);
}

static void older_version_functions_are_for_streams(void) {
  SSLContextRef context = new_datagram(kSSLServerSide);
  Boolean enabled = false;
  SSLProtocol version = kSSLProtocolUnknown;
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersionEnabled(context, kTLSProtocol12, true));
  CHECK_STATUS(errSecBadReq, SSLGetProtocolVersionEnabled(context, kTLSProtocol12, &enabled));
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersion(context, kTLSProtocol12));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersion(context, &version));
  CFRelease(context);
}

static void nothing_is_negotiated_before_the_handshake(void) {
  SSLContextRef context = new_client();
  SSLProtocol version = kSSLProtocolAll;
  SSLCipherSuite suite = 1;
  CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(context, &version));
  CHECK_NUMBER(kSSLProtocolUnknown, version);
  CHECK_STATUS(errSecBadReq, SSLGetNegotiatedCipher(context, &suite));
  CFRelease(context);
}

/* Configurations and suites. */

static size_t enabled_count(SSLContextRef context) {
  size_t count = 0;
  CHECK_STATUS(noErr, SSLGetNumberEnabledCiphers(context, &count));
  return count;
}

static bool enables(SSLContextRef context, SSLCipherSuite wanted) {
  SSLCipherSuite suites[512];
  size_t count = sizeof suites / sizeof suites[0];
  CHECK_STATUS(noErr, SSLGetEnabledCiphers(context, suites, &count));
  for (size_t i = 0; i < count; ++i) {
    if (suites[i] == wanted) return true;
  }
  return false;
}

static void every_configuration_is_known(void) {
  const struct {
    CFStringRef name;
    bool has_tls13;
    bool has_ecdhe;
    bool has_dhe;
    bool has_rsa;
  } kRows[] = {
      {kSSLSessionConfig_default, true, true, false, true},
      {kSSLSessionConfig_standard, true, true, false, true},
      {kSSLSessionConfig_ATSv1, true, true, false, false},
      {kSSLSessionConfig_ATSv1_noPFS, true, true, false, true},
      {kSSLSessionConfig_legacy, false, true, false, true},
      {kSSLSessionConfig_legacy_DHE, false, true, true, true},
      {kSSLSessionConfig_RC4_fallback, false, true, false, true},
      {kSSLSessionConfig_3DES_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_RC4_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_3DES_fallback, false, true, false, true},
      {kSSLSessionConfig_anonymous, false, false, false, false},
  };
  SSLContextRef context = new_client();
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    CHECK_STATUS(noErr, SSLSetSessionConfig(context, kRows[i].name));
    CHECK_NUMBER(kRows[i].has_tls13, enables(context, TLS_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_ecdhe, enables(context, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_dhe, enables(context, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_rsa, enables(context, TLS_RSA_WITH_AES_128_CBC_SHA));
    check_range(context, kTLSProtocol12, kTLSProtocol13); /* not what the setters of versions report */
  }
  CHECK(enables(context, TLS_ECDH_anon_WITH_AES_128_CBC_SHA));
  CHECK_STATUS(errSecParam, SSLSetSessionConfig(context, CFSTR("no such thing")));
  CHECK_STATUS(errSecParam, SSLSetSessionConfig(context, (CFStringRef)(CFTypeRef)pki_roots()));
  CFRelease(context);
}

static void supported_suites_fill_a_buffer_that_is_large_enough(void) {
  SSLContextRef context = new_client();
  size_t count = 0;
  CHECK_STATUS(noErr, SSLGetNumberSupportedCiphers(context, &count));
  CHECK(count > 40);
  SSLCipherSuite* const suites = calloc(count + 1, sizeof *suites);
  size_t room = count - 1;
  CHECK_STATUS(errSSLBufferOverflow, SSLGetSupportedCiphers(context, suites, &room));
  CHECK_NUMBER(0, suites[0]);
  room = count + 1;
  CHECK_STATUS(noErr, SSLGetSupportedCiphers(context, suites, &room));
  CHECK_NUMBER(count, room);
  room = enabled_count(context) - 1;
  CHECK_STATUS(errSSLBufferOverflow, SSLGetEnabledCiphers(context, suites, &room));
  free(suites);
  CFRelease(context);
}

static void enabled_suites_keep_their_order_without_the_unknown_ones(void) {
  SSLContextRef context = new_client();
  const SSLCipherSuite wanted[] = {TLS_RSA_WITH_AES_128_CBC_SHA, SSL_RSA_WITH_RC4_128_MD5, 0x9999,
                                   TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_AES_128_CBC_SHA};
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(context, wanted, 5));
  SSLCipherSuite suites[8] = {0};
  size_t count = 8;
  CHECK_STATUS(noErr, SSLGetEnabledCiphers(context, suites, &count));
  CHECK_NUMBER(3, count);
  CHECK_NUMBER(TLS_RSA_WITH_AES_128_CBC_SHA, suites[0]);
  CHECK_NUMBER(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, suites[1]);
  CHECK_NUMBER(TLS_RSA_WITH_AES_128_CBC_SHA, suites[2]);
  /* A list that cannot be used changes nothing. */
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, wanted + 1, 2));
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, NULL, 2));
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, wanted, 0));
  CHECK_NUMBER(3, enabled_count(context));
  CFRelease(context);
}

/* Certificates and trust. */

static CFArrayRef array_of(CFTypeRef first, CFTypeRef second) {
  const void* values[] = {first, second};
  return CFArrayCreate(NULL, values, second != NULL ? 2 : 1, &kCFTypeArrayCallBacks);
}

static void certificates_are_checked_and_kept(void) {
  SSLContextRef context = new_server();
  CFArrayRef kept = NULL;
  CFArrayRef empty = CFArrayCreate(NULL, NULL, 0, &kCFTypeArrayCallBacks);
  CFArrayRef certificate_first = array_of(pki_root(), NULL);
  CFArrayRef identity_later = array_of(pki_identity(kServerLeaf), pki_identity(kServerLeaf));
  CHECK_STATUS(errSSLBadCert, SSLSetCertificate(context, empty));
  CHECK_STATUS(errSecParam, SSLSetCertificate(context, certificate_first));
  CHECK_STATUS(errSecParam, SSLSetCertificate(context, identity_later));
  CHECK_STATUS(errSecParam, SSLSetCertificate(context, (CFArrayRef)(CFTypeRef)string_object()));
  CHECK_STATUS(noErr, SSLGetCertificate(context, &kept));
  CHECK(kept == NULL);

  CFArrayRef good = array_of(pki_identity(kServerLeaf), pki_intermediate());
  const CFIndex owners = CFGetRetainCount(good);
  const CFIndex identity_owners = CFGetRetainCount(pki_identity(kServerLeaf));
  CHECK_STATUS(noErr, SSLSetCertificate(context, good));
  CHECK_STATUS(noErr, SSLGetCertificate(context, &kept));
  CHECK(kept == good);
  CHECK_NUMBER(owners + 1, CFGetRetainCount(good));
  /* What fails takes away what was there. */
  CHECK_STATUS(errSSLBadCert, SSLSetCertificate(context, empty));
  CHECK_STATUS(noErr, SSLGetCertificate(context, &kept));
  CHECK(kept == NULL);
  CHECK_STATUS(noErr, SSLSetCertificate(context, good));
  CHECK_STATUS(noErr, SSLSetCertificate(context, NULL));
  CHECK_STATUS(noErr, SSLSetCertificate(context, good));
  CFRelease(context);
  CHECK_NUMBER(owners, CFGetRetainCount(good));
  CHECK_NUMBER(identity_owners, CFGetRetainCount(pki_identity(kServerLeaf)));
  CFRelease(good);
  CFRelease(identity_later);
  CFRelease(certificate_first);
  CFRelease(empty);
}

static void encryption_certificates_are_only_kept(void) {
  SSLContextRef context = new_server();
  CFArrayRef kept = NULL;
  CHECK_STATUS(errSecParam, SSLSetEncryptionCertificate(context, NULL));
  CHECK_STATUS(noErr, SSLSetEncryptionCertificate(context, pki_chain(kRsaLeaf)));
  CHECK_STATUS(noErr, SSLGetEncryptionCertificate(context, &kept));
  CHECK(kept == pki_chain(kRsaLeaf));
  CFRelease(context);
}

static void names_of_authorities_come_back_last_one_first(void) {
  SSLContextRef context = new_server();
  CFArrayRef names = NULL;
  CHECK_STATUS(noErr, SSLCopyDistinguishedNames(context, &names));
  CHECK(names == NULL);
  CHECK_STATUS(errSecParam, SSLAddDistinguishedName(context, NULL, 1));
  CHECK_STATUS(noErr, SSLAddDistinguishedName(context, "\x30\x00", 2));
  CHECK_STATUS(noErr, SSLAddDistinguishedName(context, "\x30\x01", 2));
  CHECK_STATUS(noErr, SSLCopyDistinguishedNames(context, &names));
  CHECK_NUMBER(2, CFArrayGetCount(names));
  CHECK_NUMBER(1, CFDataGetBytePtr((CFDataRef)CFArrayGetValueAtIndex(names, 0))[1]);
  CFRelease(names);
  CFRelease(context);
}

static void authorities_are_certificates_of_a_server(void) {
  SSLContextRef server = new_server();
  SSLContextRef client = new_client();
  CFArrayRef kept = NULL;
  CHECK_STATUS(noErr, SSLCopyCertificateAuthorities(server, &kept));
  CHECK(kept == NULL);
  CHECK_STATUS(errSecParam, SSLSetCertificateAuthorities(client, pki_root(), true));
  CHECK_STATUS(errSecParam, SSLSetCertificateAuthorities(server, NULL, true));
  CHECK_STATUS(errSecParam, SSLSetCertificateAuthorities(server, string_object(), true));
  CFArrayRef mixed = array_of(pki_root(), string_object());
  CHECK_STATUS(errSecParam, SSLSetCertificateAuthorities(server, mixed, true));
  CHECK_STATUS(noErr, SSLSetCertificateAuthorities(server, pki_root(), true));
  CHECK_STATUS(noErr, SSLSetCertificateAuthorities(server, pki_roots(), false));
  CHECK_STATUS(noErr, SSLCopyCertificateAuthorities(server, &kept));
  CHECK_NUMBER(2, CFArrayGetCount(kept));
  CFRelease(kept);
  CHECK_STATUS(noErr, SSLSetCertificateAuthorities(server, pki_intermediate(), true));
  CHECK_STATUS(noErr, SSLCopyCertificateAuthorities(server, &kept));
  CHECK_NUMBER(1, CFArrayGetCount(kept));
  CHECK(CFEqual(CFArrayGetValueAtIndex(kept, 0), pki_intermediate()));
  CFRelease(kept);
  CFRelease(mixed);
  CFRelease(client);
  CFRelease(server);
}

static void trusted_roots_are_added_or_replaced(void) {
  SSLContextRef context = new_client();
  CFArrayRef roots = NULL;
  CHECK_STATUS(noErr, SSLCopyTrustedRoots(context, &roots)); /* those of the system */
  if (roots != NULL) CFRelease(roots);
  CHECK_STATUS(errSecParam, SSLSetTrustedRoots(context, NULL, false));
  CFArrayRef mixed = array_of(pki_root(), string_object());
  CHECK_STATUS(errSecParam, SSLSetTrustedRoots(context, mixed, false));
  CHECK_STATUS(noErr, SSLSetTrustedRoots(context, pki_roots(), false));
  CHECK_STATUS(noErr, SSLSetTrustedRoots(context, pki_roots(), false));
  CHECK_STATUS(noErr, SSLCopyTrustedRoots(context, &roots));
  CHECK_NUMBER(2, CFArrayGetCount(roots));
  CFRelease(roots);
  CHECK_STATUS(noErr, SSLSetTrustedRoots(context, pki_roots(), true));
  CHECK_STATUS(noErr, SSLCopyTrustedRoots(context, &roots));
  CHECK_NUMBER(1, CFArrayGetCount(roots));
  CFRelease(roots);
  CFRelease(mixed);
  CFRelease(context);
}

static void there_is_no_peer_before_the_handshake(void) {
  SSLContextRef context = new_client();
  SecTrustRef trust = (SecTrustRef)(uintptr_t)1;
  CFArrayRef certificates = (CFArrayRef)(uintptr_t)1;
  SSLClientCertificateState state = kSSLClientCertSent;
  CHECK_STATUS(noErr, SSLCopyPeerTrust(context, &trust));
  CHECK(trust == NULL);
  CHECK_STATUS(errSecBadReq, SSLCopyPeerCertificates(context, &certificates));
  CHECK(certificates == NULL);
  CHECK_STATUS(noErr, SSLGetClientCertificateState(context, &state));
  CHECK_NUMBER(kSSLClientCertNone, state);
  certificates = (CFArrayRef)(uintptr_t)1;
  CHECK_STATUS(errSecParam, SSLCopyALPNProtocols(context, &certificates));
  CHECK(certificates == NULL);
  CFRelease(context);
}

static void switches_without_effect_say_what_apples_say(void) {
  SSLContextRef context = new_client();
  Boolean value = 42;
  CHECK_STATUS(noErr, SSLSetAllowsExpiredCerts(context, true));
  CHECK_STATUS(noErr, SSLSetAllowsExpiredRoots(context, true));
  CHECK_STATUS(errSecUnimplemented, SSLGetAllowsExpiredCerts(context, &value));
  CHECK_STATUS(errSecUnimplemented, SSLGetAllowsExpiredRoots(context, &value));
  CHECK_STATUS(noErr, SSLSetAllowAnonymousCiphers(context, true));
  CHECK_STATUS(noErr, SSLGetAllowAnonymousCiphers(context, &value));
  CHECK_NUMBER(42, value);
  CHECK_STATUS(noErr, SSLGetRsaBlinding(context, &value));
  CHECK_NUMBER(true, value);
  CHECK_STATUS(noErr, SSLSetRsaBlinding(context, false));
  CHECK_STATUS(noErr, SSLGetRsaBlinding(context, &value));
  CHECK_NUMBER(false, value);
  CHECK_STATUS(noErr, SSLGetAllowsAnyRoot(context, &value));
  CHECK_NUMBER(false, value);
  CHECK_STATUS(noErr, SSLSetAllowsAnyRoot(context, true));
  CHECK_STATUS(noErr, SSLGetAllowsAnyRoot(context, &value));
  CHECK_NUMBER(true, value);
  CFRelease(context);
}

/* Key exchange. */

static void diffie_hellman_parameters_must_parse(void) {
  SSLContextRef context = new_server();
  const void* kept = "x";
  size_t size = 9;
  CHECK_STATUS(noErr, SSLGetDiffieHellmanParams(context, &kept, &size));
  CHECK(kept == NULL && size == 0);
  CHECK_STATUS(errSecParam, SSLSetDiffieHellmanParams(context, "nonsense", 8));
  CHECK_STATUS(errSecParam, SSLSetDiffieHellmanParams(context, NULL, 0));
  size_t given = 0;
  const void* const parameters = pki_dh_parameters(&given);
  CHECK_STATUS(noErr, SSLSetDiffieHellmanParams(context, parameters, given));
  CHECK_STATUS(noErr, SSLGetDiffieHellmanParams(context, &kept, &size));
  CHECK_NUMBER(given, size);
  CHECK(memcmp(kept, parameters, given) == 0);
  CHECK_STATUS(errSecParam, SSLSetDiffieHellmanParams(context, parameters, given - 1));
  CFRelease(context);
}

static void application_protocols_are_strings_that_fit(void) {
  SSLContextRef context = new_client();
  CFArrayRef empty = CFArrayCreate(NULL, NULL, 0, &kCFTypeArrayCallBacks);
  CFArrayRef names = array_of(CFSTR("h2"), CFSTR("http/1.1"));
  CFArrayRef mixed = array_of(CFSTR("h2"), pki_root());
  char long_name[201];
  memset(long_name, 'a', 200);
  long_name[200] = '\0';
  CFStringRef long_string = CFStringCreateWithCString(NULL, long_name, kCFStringEncodingUTF8);
  CFArrayRef too_long = array_of(long_string, long_string);
  CHECK_STATUS(errSecParam, SSLSetALPNProtocols(context, NULL));
  CHECK_STATUS(errSecParam, SSLSetALPNProtocols(context, empty));
  CHECK_STATUS(errSecParam, SSLSetALPNProtocols(context, mixed));
  CHECK_STATUS(errSecParam, SSLSetALPNProtocols(context, too_long));
  CHECK_STATUS(noErr, SSLSetALPNProtocols(context, names));
  CFRelease(too_long);
  CFRelease(long_string);
  CFRelease(mixed);
  CFRelease(names);
  CFRelease(empty);
  CFRelease(context);
}

/* Datagrams. */

static void datagram_functions_refuse_streams(void) {
  SSLContextRef stream = new_server();
  size_t size = 0;
  CHECK_STATUS(errSecParam, SSLSetDatagramHelloCookie(stream, "x", 1));
  CHECK_STATUS(errSecParam, SSLSetMaxDatagramRecordSize(stream, 1000));
  CHECK_STATUS(errSecParam, SSLGetMaxDatagramRecordSize(stream, &size));
  CHECK_STATUS(errSecParam, SSLGetDatagramWriteSize(stream, &size));
  CFRelease(stream);
}

static void datagram_sizes_are_kept(void) {
  SSLContextRef context = new_datagram(kSSLServerSide);
  size_t size = 0;
  CHECK_STATUS(noErr, SSLGetMaxDatagramRecordSize(context, &size));
  CHECK_NUMBER(1400, size);
  CHECK_STATUS(noErr, SSLGetDatagramWriteSize(context, &size));
  CHECK_NUMBER(1327, size);
  CHECK_STATUS(noErr, SSLSetMaxDatagramRecordSize(context, 1200));
  CHECK_STATUS(noErr, SSLGetMaxDatagramRecordSize(context, &size));
  CHECK_NUMBER(1200, size);
  CHECK_STATUS(noErr, SSLSetMaxDatagramRecordSize(context, 63));
  CHECK_STATUS(noErr, SSLGetMaxDatagramRecordSize(context, &size));
  CHECK_NUMBER(1200, size);
  char cookie[33] = {0};
  CHECK_STATUS(noErr, SSLSetDatagramHelloCookie(context, cookie, 32));
  CHECK_STATUS(errSecParam, SSLSetDatagramHelloCookie(context, cookie, 33));
  CHECK_STATUS(errSecParam, SSLSetDatagramHelloCookie(context, NULL, 1));
  CFRelease(context);
}

/* Once the session has started. */

static void started_sessions_refuse_to_be_configured(void) {
  Pair* const pair = started_pair();
  SSLContextRef client = pair->client.context;
  SSLContextRef server = pair->server.context;
  const SSLCipherSuite suite = TLS_RSA_WITH_AES_128_CBC_SHA;
  size_t size = 0;
  const void* const dh = pki_dh_parameters(&size);
  CHECK_STATUS(errSecBadReq, SSLSetSessionOption(client, kSSLSessionOptionFalseStart, true));
  CHECK_STATUS(errSecBadReq, SSLSetIOFuncs(client, read_end, write_end));
  CHECK_STATUS(errSecBadReq, SSLSetConnection(client, NULL));
  CHECK_STATUS(errSecBadReq, SSLSetPeerDomainName(client, "a", 1));
  CHECK_STATUS(errSecBadReq, SSLSetPeerID(client, "a", 1));
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersionEnabled(client, kTLSProtocol12, true));
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersion(client, kTLSProtocol12));
  CHECK_STATUS(errSecBadReq, SSLSetEnabledCiphers(client, &suite, 1));
  CHECK_STATUS(errSecBadReq, SSLSetEncryptionCertificate(client, pki_chain(kServerLeaf)));
  CHECK_STATUS(errSecBadReq, SSLSetClientSideAuthenticate(server, kTryAuthenticate));
  CHECK_STATUS(errSecBadReq, SSLAddDistinguishedName(server, "x", 1));
  CHECK_STATUS(errSecParam, SSLSetCertificateAuthorities(server, pki_root(), true));
  CHECK_STATUS(errSecBadReq, SSLSetEnableCertVerify(client, true));
  CHECK_STATUS(errSecBadReq, SSLSetTrustedRoots(client, pki_roots(), true));
  CHECK_STATUS(errSecBadReq, SSLSetDiffieHellmanParams(server, dh, size));
  CHECK_STATUS(errSecBadReq, SSLReHandshake(client));
  /* These may be set at any time. */
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(client, kTLSProtocol12));
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(client, kTLSProtocol13));
  CHECK_STATUS(noErr, SSLSetSessionConfig(client, kSSLSessionConfig_default));
  CHECK_STATUS(noErr, SSLSetCertificate(client, pki_chain(kClientLeaf)));
  CHECK_STATUS(noErr, SSLSetAllowsAnyRoot(client, false));
  CHECK_STATUS(noErr, SSLSetSessionTicketsEnabled(client, true));
  free_pair(pair);
}

static void datagram_cookies_are_set_before_the_session_starts(void) {
  Pair* const pair = make_pair((PairOptions){.is_datagram = true});
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->server.context));
  CHECK_STATUS(errSecBadReq, SSLSetDatagramHelloCookie(pair->server.context, "x", 1));
  free_pair(pair);
}

static void idle_sessions_neither_write_nor_start_over(void) {
  Pair* const pair = make_pair((PairOptions){0});
  size_t processed = 9;
  size_t buffered = 9;
  CHECK_STATUS(errSecBadReq, SSLWrite(pair->client.context, "x", 1, &processed));
  CHECK_NUMBER(0, processed);
  CHECK_STATUS(noErr, SSLGetBufferedReadSize(pair->client.context, &buffered));
  CHECK_NUMBER(0, buffered);
  CHECK_STATUS(errSSLIllegalParam, SSLReHandshake(pair->server.context));
  free_pair(pair);
}

static void sessions_that_cannot_start_say_why(void) {
  SSLContextRef no_functions = new_client();
  SSLSessionState state = kSSLClosed;
  CHECK_STATUS(errSSLBadConfiguration, SSLHandshake(no_functions));
  CHECK_STATUS(noErr, SSLGetSessionState(no_functions, &state));
  CHECK_NUMBER(kSSLIdle, state);
  CFRelease(no_functions);

  for (int published = 0; published <= 1; ++published) {
    Pair* const pair = make_pair((PairOptions){.is_published = published != 0});
    CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(pair->client.context, kSSLProtocolAll, false));
    CHECK_STATUS(published ? errSecParam : errSSLConfigurationFailed, SSLHandshake(pair->client.context));
    CHECK_STATUS(noErr, SSLSetProtocolVersion(pair->client.context, kSSLProtocol3Only));
    CHECK_STATUS(published ? errSecParam : errSSLConfigurationFailed, SSLHandshake(pair->client.context));
    free_pair(pair);
  }
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
      {"one end of the range takes the other along", one_end_of_the_range_takes_the_other_along},
      {"versions that the connection lacks are illegal", versions_that_the_connection_lacks_are_illegal},
      {"versions can be enabled one by one", versions_can_be_enabled_one_by_one},
      {"older words for a range are understood", older_words_for_a_range_are_understood},
      {"older version functions are for streams", older_version_functions_are_for_streams},
      {"nothing is negotiated before the handshake", nothing_is_negotiated_before_the_handshake},
      {"every configuration is known", every_configuration_is_known},
      {"supported suites fill a buffer that is large enough", supported_suites_fill_a_buffer_that_is_large_enough},
      {"enabled suites keep their order without the unknown ones",
       enabled_suites_keep_their_order_without_the_unknown_ones},
      {"certificates are checked and kept", certificates_are_checked_and_kept},
      {"encryption certificates are only kept", encryption_certificates_are_only_kept},
      {"names of authorities come back last one first", names_of_authorities_come_back_last_one_first},
      {"authorities are certificates of a server", authorities_are_certificates_of_a_server},
      {"trusted roots are added or replaced", trusted_roots_are_added_or_replaced},
      {"there is no peer before the handshake", there_is_no_peer_before_the_handshake},
      {"switches without effect say what Apple's say", switches_without_effect_say_what_apples_say},
      {"Diffie-Hellman parameters must parse", diffie_hellman_parameters_must_parse},
      {"application protocols are strings that fit", application_protocols_are_strings_that_fit},
      {"datagram functions refuse streams", datagram_functions_refuse_streams},
      {"datagram sizes are kept", datagram_sizes_are_kept},
      {"started sessions refuse to be configured", started_sessions_refuse_to_be_configured},
      {"datagram cookies are set before the session starts", datagram_cookies_are_set_before_the_session_starts},
      {"idle sessions neither write nor start over", idle_sessions_neither_write_nor_start_over},
      {"sessions that cannot start say why", sessions_that_cannot_start_say_why},
  };
  return RUN_CASES(kCases, argc, argv);
}
