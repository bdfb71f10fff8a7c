/* SPDX-License-Identifier: Apache-2.0 */
/* Resumption, application protocols, server names, Diffie-Hellman, curves and signatures. */
#define _POSIX_C_SOURCE 200809L
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
enum { kVersionCount = 2 };

/* Resumption. */

typedef struct {
  SSLProtocol version;
  const char* client_id;
  const char* server_id;
  bool tickets;
  bool client_asks_any_root;
  const char* name;
  bool server_asks; /* for a certificate, which the client has */
} Visit;

static void make_client_show_itself(Pair* pair) {
  CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate));
  CHECK_STATUS(noErr, SSLSetTrustedRoots(pair->server.context, pki_roots(), true));
  CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kClientLeaf)));
}

/* Also of a session that was resumed. */
static void check_peer(SSLContextRef context, Leaf leaf) {
  SecTrustRef trust = NULL;
  CHECK_STATUS(noErr, SSLCopyPeerTrust(context, &trust));
  CHECK(trust != NULL && CFEqual(SecTrustGetCertificateAtIndex(trust, 0), pki_certificate(leaf)));
  if (trust != NULL) CFRelease(trust);
}

static bool is_resumed(const Visit* visit) {
  Pair* const pair = make_pair((PairOptions){.version = visit->version, .leaf = kServerLeaf});
  const char* const name = visit->name != NULL ? visit->name : "www.example.com";
  CHECK_STATUS(noErr, SSLSetPeerDomainName(pair->client.context, name, strlen(name)));
  if (visit->client_id) {
    CHECK_STATUS(noErr, SSLSetPeerID(pair->client.context, visit->client_id, strlen(visit->client_id)));
  }
  if (visit->server_id) CHECK_STATUS(noErr, SSLSetPeerID(pair->server.context, visit->server_id, 1));
  CHECK_STATUS(noErr, SSLSetSessionTicketsEnabled(pair->client.context, visit->tickets));
  CHECK_STATUS(noErr, SSLSetSessionTicketsEnabled(pair->server.context, visit->tickets));
  CHECK_STATUS(noErr, SSLSetAllowsAnyRoot(pair->client.context, visit->client_asks_any_root));
  if (visit->server_asks) make_client_show_itself(pair);
  connect_pair(pair);
  exchange_a_byte(pair); /* brings the tickets of TLS 1.3 along */
  Boolean resumed = 42;
  uint8_t id[32];
  size_t size = sizeof id;
  CHECK_STATUS(noErr, SSLGetResumableSessionInfo(pair->client.context, &resumed, id, &size));
  CHECK(resumed || size == 0);
  CHECK(!resumed || visit->version == kTLSProtocol13 || size > 0);
  check_peer(pair->client.context, kServerLeaf);
  if (visit->server_asks) check_peer(pair->server.context, kClientLeaf);
  CHECK_STATUS(noErr, SSLClose(pair->client.context));
  free_pair(pair);
  return resumed != 0;
}

static void sessions_are_resumed_by_peer_id(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int tickets = 0; tickets <= 1; ++tickets) {
      about("version %d, %s", (int)kVersions[version], tickets ? "tickets" : "ids");
      char id[32];
      snprintf(id, sizeof id, "by id %d %d", version, tickets);
      Visit visit = {.version = kVersions[version], .client_id = id, .server_id = "s", .tickets = tickets != 0};
      CHECK(!is_resumed(&visit));
      CHECK(is_resumed(&visit));
      CHECK(is_resumed(&visit));
      /* Whoever would judge otherwise makes a new session. */
      visit.client_asks_any_root = true;
      CHECK(!is_resumed(&visit));
      visit.client_asks_any_root = false;
      snprintf(id, sizeof id, "somebody else %d %d", version, tickets);
      CHECK(!is_resumed(&visit));
      visit.client_id = NULL;
      CHECK(!is_resumed(&visit));
    }
  }
}

static void servers_without_a_peer_id_keep_no_sessions(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    char id[32];
    snprintf(id, sizeof id, "no server %d", version);
    const Visit visit = {.version = kVersions[version], .client_id = id};
    CHECK(!is_resumed(&visit));
    CHECK(!is_resumed(&visit));
  }
}

static void clients_that_were_judged_are_resumed_where_they_would_be_judged_alike(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    char id[32];
    snprintf(id, sizeof id, "judged %d", version);
    Visit visit = {.version = kVersions[version], .client_id = id, .server_id = "s", .server_asks = true};
    CHECK(!is_resumed(&visit));
    CHECK(is_resumed(&visit));
    CHECK(is_resumed(&visit));
    visit.server_id = "t";
    CHECK(!is_resumed(&visit));
  }
}

static void resumption_info_checks_its_arguments(void) {
  Pair* const pair = make_pair((PairOptions){0});
  Boolean resumed = true;
  uint8_t id[32];
  size_t size = 31;
  CHECK_STATUS(errSecParam, SSLGetResumableSessionInfo(pair->client.context, &resumed, id, &size));
  size = 32;
  CHECK_STATUS(errSecParam, SSLGetResumableSessionInfo(pair->client.context, NULL, id, &size));
  CHECK_STATUS(errSecParam, SSLGetResumableSessionInfo(pair->client.context, &resumed, NULL, &size));
  CHECK_STATUS(errSecParam, SSLGetResumableSessionInfo(pair->client.context, &resumed, id, NULL));
  CHECK_STATUS(noErr, SSLSetSessionCacheTimeout(pair->client.context, 0));
  CHECK_STATUS(errSecParam, SSLSetSessionCacheTimeout(NULL, 1));
  free_pair(pair);
}

/* Application protocols and names. */

static CFArrayRef protocols(CFStringRef first, CFStringRef second) {
  const void* values[] = {first, second};
  return CFArrayCreate(NULL, values, second != NULL ? 2 : 1, &kCFTypeArrayCallBacks);
}

static void check_protocol(End* end, CFStringRef expected) {
  CFArrayRef chosen = NULL;
  CHECK_STATUS(expected != NULL ? noErr : errSecParam, SSLCopyALPNProtocols(end->context, &chosen));
  CHECK((chosen != NULL) == (expected != NULL));
  if (chosen == NULL) return;
  CHECK_NUMBER(1, CFArrayGetCount(chosen));
  CHECK(CFEqual(CFArrayGetValueAtIndex(chosen, 0), expected));
  CFRelease(chosen);
}

static void application_protocols_are_agreed_on(void) {
  CFArrayRef of_client = protocols(CFSTR("http/1.1"), CFSTR("h2"));
  CFArrayRef of_server = protocols(CFSTR("h2"), CFSTR("http/1.1"));
  CFArrayRef others = protocols(CFSTR("imap"), NULL);
  for (int version = 0; version < kVersionCount; ++version) {
    for (int late = 0; late <= 1; ++late) {
      about("version %d, %s", (int)kVersions[version], late ? "chosen at the break" : "set before");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      OSStatus client = noErr;
      OSStatus server = noErr;
      CHECK_STATUS(noErr, SSLSetALPNProtocols(pair->client.context, of_client));
      if (!late) CHECK_STATUS(noErr, SSLSetALPNProtocols(pair->server.context, of_server));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionBreakOnClientHello, true));
      drive(pair, &client, &server);
      CHECK_STATUS(errSSLClientHelloReceived, server);
      CFArrayRef offered = NULL;
      CHECK_STATUS(noErr, SSLCopyALPNProtocols(pair->server.context, &offered));
      CHECK(offered != NULL && CFEqual(offered, of_client));
      CFRelease(offered);
      if (late) CHECK_STATUS(noErr, SSLSetALPNProtocols(pair->server.context, of_server));
      connect_pair(pair);
      check_protocol(&pair->client, CFSTR("h2"));
      check_protocol(&pair->server, CFSTR("h2"));
      free_pair(pair);
    }
  }
  Pair* const pair = make_pair((PairOptions){0});
  CHECK_STATUS(noErr, SSLSetALPNProtocols(pair->client.context, of_client));
  CHECK_STATUS(noErr, SSLSetALPNProtocols(pair->server.context, others));
  connect_pair(pair);
  check_protocol(&pair->client, NULL);
  check_protocol(&pair->server, NULL);
  free_pair(pair);
  CFRelease(others);
  CFRelease(of_server);
  CFRelease(of_client);
}

static void raw_protocol_lists_are_the_same_thing(void) {
  static const char kList[] = "\x02h2\x08http/1.1";
  Pair* const pair = make_pair((PairOptions){0});
  size_t size = 0;
  CHECK_STATUS(errSecParam, SSLSetALPNData(pair->client.context, NULL, 3));
  CHECK_STATUS(errSecParam, SSLSetALPNData(pair->client.context, kList, 0));
  CHECK(SSLGetALPNData(NULL, &size) == NULL);
  CHECK(SSLGetALPNData(pair->client.context, &size) == NULL);
  CHECK_STATUS(noErr, SSLSetALPNData(pair->client.context, kList, sizeof kList - 1));
  CHECK_STATUS(noErr, SSLSetALPNData(pair->server.context, kList, sizeof kList - 1));
  connect_pair(pair);
  const void* const chosen = SSLGetALPNData(pair->client.context, &size);
  CHECK_NUMBER(3, size);
  CHECK(chosen != NULL && memcmp(chosen, kList, 3) == 0);
  free_pair(pair);
}

typedef struct {
  SSLContextRef context;
  uint8_t list[32];
  size_t size;
  int calls;
} Announcement;

static void note_protocols(SSLContextRef context, void* info, const void* list, size_t size) {
  Announcement* const note = info;
  note->context = context;
  note->size = size;
  note->calls += 1;
  if (size <= sizeof note->list) memcpy(note->list, list, size);
}

static void protocols_are_announced_once(void) {
  static const char kOffered[] = "\x02h2\x08http/1.1";
  static const char kChosen[] = "\x02h2";
  for (int version = 0; version < kVersionCount; ++version) {
    for (int breaks = 0; breaks <= 1; ++breaks) {
      about("version %d, %s", (int)kVersions[version], breaks ? "with a break" : "without");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      Announcement to_client = {0};
      Announcement to_server = {0};
      OSStatus client = noErr;
      OSStatus server = noErr;
      SSLSetALPNFunc(NULL, note_protocols, &to_client); /* nothing to crash on */
      SSLSetALPNFunc(pair->client.context, note_protocols, &to_client);
      SSLSetALPNFunc(pair->server.context, note_protocols, &to_server);
      CHECK_STATUS(noErr, SSLSetALPNData(pair->client.context, kOffered, sizeof kOffered - 1));
      CHECK_STATUS(noErr, SSLSetALPNData(pair->server.context, kChosen, sizeof kChosen - 1));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionBreakOnClientHello, breaks != 0));
      if (breaks) {
        drive(pair, &client, &server);
        CHECK_STATUS(errSSLClientHelloReceived, server);
        CHECK_NUMBER(1, to_server.calls); /* in time to choose */
        CHECK(to_server.size == sizeof kOffered - 1 && memcmp(to_server.list, kOffered, to_server.size) == 0);
        CHECK_NUMBER(0, to_client.calls);
        SSLSetALPNFunc(pair->server.context, NULL, NULL); /* too late to change anything */
      }
      connect_pair(pair);
      exchange_a_byte(pair);
      CHECK_NUMBER(1, to_server.calls);
      CHECK(to_server.context == pair->server.context);
      CHECK_NUMBER(1, to_client.calls);
      CHECK(to_client.context == pair->client.context);
      CHECK(to_client.size == sizeof kChosen - 1 && memcmp(to_client.list, kChosen, to_client.size) == 0);
      free_pair(pair);
    }
  }
}

static void nothing_is_announced_without_protocols(void) {
  Pair* const pair = make_pair((PairOptions){0});
  Announcement to_client = {0};
  SSLSetALPNFunc(pair->client.context, note_protocols, &to_client);
  connect_pair(pair);
  CHECK_NUMBER(0, to_client.calls);
  free_pair(pair);
}

static void check_name(End* server, const char* expected) {
  char name[64] = "";
  size_t size = sizeof name;
  CHECK_STATUS(noErr, SSLCopyRequestedPeerName(server->context, name, &size));
  CHECK(strcmp(name, expected) == 0);
}

static void names_go_out_only_if_they_are_names(void) {
  static const struct {
    const char* peer;
    const char* indication; /* NULL: not set */
    const char* seen;
    bool verifies;
  } kRows[] = {
      {"www.example.com", NULL, "www.example.com", true},
      {"", NULL, "", true}, /* no name: nothing sent, nothing compared */
      {"192.0.2.1", NULL, "", false},
      {"", "www.example.com", "www.example.com", true},
      {"", "anything.example", "anything.example", true}, /* SNI without a comparison */
      {"www.example.com", "front.example", "front.example", true},
      {"www.example.com", "", "", true},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    Pair* const pair = make_pair((PairOptions){0});
    CHECK_STATUS(noErr, SSLSetPeerDomainName(pair->client.context, kRows[i].peer, strlen(kRows[i].peer)));
    CHECK_STATUS(noErr, SSLSetEnableCertVerify(pair->client.context, kRows[i].verifies));
    if (kRows[i].indication != NULL) {
      CHECK_STATUS(
          noErr, SSLSTSetServerNameIndication(pair->client.context, kRows[i].indication, strlen(kRows[i].indication)));
    }
    connect_pair(pair);
    check_name(&pair->server, kRows[i].seen);
    free_pair(pair);
  }
}

/* Diffie-Hellman, curves, signatures. */

static void groups_of_the_program_are_used(void) {
  static const SSLCipherSuite kSuite = TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .leaf = kRsaLeaf});
  OSStatus client = noErr;
  OSStatus server = noErr;
  size_t size = 0;
  const void* const parameters = pki_dh_parameters(&size);
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->client.context, &kSuite, 1));
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->server.context, &kSuite, 1));
  CHECK_STATUS(noErr, SSLSetDiffieHellmanParams(pair->server.context, parameters, size));
  drive(pair, &client, &server);
  CHECK_STATUS(noErr, client);
  SSL_ECDSA_NamedCurve curve = SSL_Curve_secp256r1;
  CHECK_STATUS(noErr, SSLGetNegotiatedCurve(pair->client.context, &curve));
  CHECK_NUMBER(SSL_Curve_None, curve);
  CHECK(!SSLIsSessionNegotiatedWithUnsafeDH(pair->client.context));
  free_pair(pair);
}

/* RFC 2409 section 6.2: the group of 1024 bits, as a DHParameter. */
static const char kSmallGroup[] =
    "\x30\x81\x87\x02\x81\x81\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xC9\x0F\xDA\xA2\x21\x68\xC2\x34\xC4\xC6\x62\x8B"
    "\x80\xDC\x1C\xD1\x29\x02\x4E\x08\x8A\x67\xCC\x74\x02\x0B\xBE\xA6\x3B\x13\x9B\x22\x51\x4A\x08\x79\x8E\x34\x04"
    "\xDD\xEF\x95\x19\xB3\xCD\x3A\x43\x1B\x30\x2B\x0A\x6D\xF2\x5F\x14\x37\x4F\xE1\x35\x6D\x6D\x51\xC2\x45\xE4\x85"
    "\xB5\x76\x62\x5E\x7E\xC6\xF4\x4C\x42\xE9\xA6\x37\xED\x6B\x0B\xFF\x5C\xB6\xF4\x06\xB7\xED\xEE\x38\x6B\xFB\x5A"
    "\x89\x9F\xA5\xAE\x9F\x24\x11\x7C\x4B\x1F\xE6\x49\x28\x66\x51\xEC\xE6\x53\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
    "\x02\x01\x02";

static void groups_below_the_minimum_are_weak(void) {
  static const SSLCipherSuite kSuite = TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
  for (int strict = 0; strict <= 1; ++strict) {
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .leaf = kRsaLeaf});
    OSStatus client = noErr;
    OSStatus server = noErr;
    CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->client.context, &kSuite, 1));
    CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->server.context, &kSuite, 1));
    CHECK_STATUS(noErr, SSLSetDiffieHellmanParams(pair->server.context, kSmallGroup, sizeof kSmallGroup - 1));
    if (strict) CHECK_STATUS(noErr, SSLSetMinimumDHGroupSize(pair->client.context, 1025));
    drive(pair, &client, &server);
    CHECK_STATUS(strict ? errSSLWeakPeerEphemeralDHKey : noErr, client);
    free_pair(pair);
  }
}

static void staples_reach_the_client_which_judges_them(void) {
  CFDataRef nonsense = CFDataCreate(NULL, (const UInt8*)"nonsense", 8);
  for (int version = 0; version < kVersionCount; ++version) {
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    OSStatus client = noErr;
    OSStatus server = noErr;
    CHECK_STATUS(noErr, SSLSetOCSPResponse(pair->server.context, nonsense));
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLBadCertificateStatusResponse, client);
    free_pair(pair);
  }
  CFRelease(nonsense);
}

static void minimum_group_sizes_are_clamped(void) {
  Pair* const pair = make_pair((PairOptions){0});
  unsigned bits = 0;
  CHECK_STATUS(noErr, SSLGetMinimumDHGroupSize(pair->client.context, &bits));
  CHECK_NUMBER(1024, bits);
  CHECK_STATUS(noErr, SSLSetMinimumDHGroupSize(pair->client.context, 1));
  CHECK_STATUS(noErr, SSLGetMinimumDHGroupSize(pair->client.context, &bits));
  CHECK_NUMBER(512, bits);
  CHECK_STATUS(noErr, SSLSetMinimumDHGroupSize(pair->client.context, 9999));
  CHECK_STATUS(noErr, SSLGetMinimumDHGroupSize(pair->client.context, &bits));
  CHECK_NUMBER(2048, bits);
  CHECK_STATUS(noErr, SSLSetSessionConfig(pair->client.context, kSSLSessionConfig_default));
  CHECK_STATUS(noErr, SSLGetMinimumDHGroupSize(pair->client.context, &bits));
  CHECK_NUMBER(1024, bits);
  bool has_dhe = true;
  CHECK_STATUS(noErr, SSLGetDHEEnabled(pair->client.context, &has_dhe));
  CHECK(!has_dhe);
  CHECK_STATUS(noErr, SSLSetDHEEnabled(pair->client.context, true));
  CHECK_STATUS(noErr, SSLGetDHEEnabled(pair->client.context, &has_dhe));
  CHECK(has_dhe);
  free_pair(pair);
}

static void curves_are_counted_and_used(void) {
  static const SSL_ECDSA_NamedCurve kCurves[] = {SSL_Curve_sect163k1, SSL_Curve_secp384r1};
  /* An elliptic key would have to be on one of the curves. */
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .leaf = kRsaLeaf});
  unsigned count = 9;
  SSL_ECDSA_NamedCurve curves[2];
  SSL_ECDSA_NamedCurve agreed = SSL_Curve_None;
  CHECK_STATUS(noErr, SSLGetNumberOfECDSACurves(pair->client.context, &count));
  CHECK_NUMBER(0, count);
  CHECK_STATUS(errSecParam, SSLGetNegotiatedCurve(pair->client.context, &agreed));
  CHECK_STATUS(errSecParam, SSLSetECDSACurves(pair->client.context, NULL, 1));
  CHECK_STATUS(errSecParam, SSLSetECDSACurves(pair->client.context, kCurves, 0));
  CHECK_STATUS(noErr, SSLSetECDSACurves(pair->client.context, kCurves, 2));
  CHECK_STATUS(noErr, SSLGetNumberOfECDSACurves(pair->client.context, &count));
  CHECK_NUMBER(2, count);
  count = 1;
  CHECK_STATUS(errSecParam, SSLGetECDSACurves(pair->client.context, curves, &count));
  count = 2;
  CHECK_STATUS(noErr, SSLGetECDSACurves(pair->client.context, curves, &count));
  CHECK_NUMBER(SSL_Curve_sect163k1, curves[0]);
  connect_pair(pair);
  CHECK_STATUS(noErr, SSLGetNegotiatedCurve(pair->client.context, &agreed));
  CHECK_NUMBER(SSL_Curve_secp384r1, agreed);
  CHECK_STATUS(errSecBadReq, SSLSetECDSACurves(pair->client.context, kCurves, 2));
  free_pair(pair);
}

static void newer_curves_have_the_numbers_of_the_rfc(void) {
  static const SSL_ECDSA_NamedCurve kCurves[] = {SSL_Curve_x25519};
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol13});
  SSL_ECDSA_NamedCurve agreed = SSL_Curve_None;
  CHECK_STATUS(noErr, SSLSetECDSACurves(pair->client.context, kCurves, 1));
  connect_pair(pair);
  CHECK_STATUS(noErr, SSLGetNegotiatedCurve(pair->client.context, &agreed));
  CHECK_NUMBER(29, agreed); /* RFC 8422 section 5.1.1 */
  free_pair(pair);
}

static void signature_algorithms_are_chosen(void) {
  static const uint16_t kUnknown[] = {0x0303, 0x9999};
  static const uint16_t kSchemes[] = {0x9999, 0x0805}; /* rsa_pss_rsae_sha384 (RFC 8446 section 4.2.3) */
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol13, .leaf = kRsaLeaf});
  uint16_t used = 0;
  CHECK_STATUS(errSecParam, SSLSTSetSignatureAlgorithms(pair->client.context, NULL, 1));
  CHECK_STATUS(errSecParam, SSLSTSetSignatureAlgorithms(pair->client.context, kUnknown, 2));
  CHECK_STATUS(noErr, SSLSTSetSignatureAlgorithms(pair->client.context, kSchemes, 2));
  CHECK_STATUS(errSecParam, SSLSTGetPeerSignatureAlgorithm(pair->client.context, NULL));
  CHECK_STATUS(errSecBadReq, SSLSTGetPeerSignatureAlgorithm(pair->client.context, &used));
  connect_pair(pair);
  CHECK_STATUS(noErr, SSLSTGetPeerSignatureAlgorithm(pair->client.context, &used));
  CHECK_NUMBER(0x0805, used);
  CHECK_STATUS(errSecBadReq, SSLSTGetPeerSignatureAlgorithm(pair->server.context, &used)); /* no client certificate */
  CHECK_STATUS(errSecBadReq, SSLSTSetSignatureAlgorithms(pair->client.context, kSchemes, 2));
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"sessions are resumed by peer id", sessions_are_resumed_by_peer_id},
      {"servers without a peer id keep no sessions", servers_without_a_peer_id_keep_no_sessions},
      {"clients that were judged are resumed where they would be judged alike",
       clients_that_were_judged_are_resumed_where_they_would_be_judged_alike},
      {"resumption info checks its arguments", resumption_info_checks_its_arguments},
      {"application protocols are agreed on", application_protocols_are_agreed_on},
      {"raw protocol lists are the same thing", raw_protocol_lists_are_the_same_thing},
      {"protocols are announced once", protocols_are_announced_once},
      {"nothing is announced without protocols", nothing_is_announced_without_protocols},
      {"names go out only if they are names", names_go_out_only_if_they_are_names},
      {"groups of the program are used", groups_of_the_program_are_used},
      {"groups below the minimum are weak", groups_below_the_minimum_are_weak},
      {"staples reach the client, which judges them", staples_reach_the_client_which_judges_them},
      {"minimum group sizes are clamped", minimum_group_sizes_are_clamped},
      {"curves are counted and used", curves_are_counted_and_used},
      {"newer curves have the numbers of the RFC", newer_curves_have_the_numbers_of_the_rfc},
      {"signature algorithms are chosen", signature_algorithms_are_chosen},
  };
  return RUN_CASES(kCases, argc, argv);
}
