/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that set certificates, trust, keys and protocols; datagrams; and what a started session refuses. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static CFStringRef string_object(void) { return kSSLSessionConfig_default; }

static CFArrayRef array_of(CFTypeRef first, CFTypeRef second) {
  const void* values[] = {first, second};
  return CFArrayCreate(NULL, values, second != NULL ? 2 : 1, &kCFTypeArrayCallBacks);
}

/* A context whose session has started, which refuses to be configured: its peer has said nothing yet. */
static Pair* started_pair(void) {
  Pair* const pair = make_pair((PairOptions){0});
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->server.context));
  return pair;
}

/* Certificates and trust. */

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
