/* SPDX-License-Identifier: Apache-2.0 */
/* OCSP responses that a server staples: how they reach the client, what becomes of them, and how a program gets one. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
enum { kVersionCount = 2 };

/* What the client got; NULL expects nothing. */
static void check_response(SSLContextRef client, CFDataRef expected) {
  CFDataRef response = NULL;
  CHECK_STATUS(noErr, SSLSTCopyOCSPResponse(client, &response));
  CHECK((response != NULL) == (expected != NULL));
  if (response == NULL) return;
  CHECK(CFEqual(response, expected));
  CFRelease(response);
}

static void good_staples_are_accepted_and_handed_out(void) {
  CFDataRef good = pki_staple(kServerLeaf, false);
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    check_response(pair->client.context, NULL);
    CHECK_STATUS(noErr, SSLSetOCSPResponse(pair->server.context, good));
    connect_pair(pair);
    check_response(pair->client.context, good);
    exchange_a_byte(pair);
    check_response(pair->client.context, good);
    free_pair(pair);
  }
  CFRelease(good);
}

static void revoked_servers_are_refused(void) {
  CFDataRef revoked = pki_staple(kServerLeaf, true);
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    OSStatus client = noErr;
    OSStatus server = noErr;
    CHECK_STATUS(noErr, SSLSetOCSPResponse(pair->server.context, revoked));
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLXCertChainInvalid, client);
    check_response(pair->client.context, revoked); /* so that a program can show why */
    free_pair(pair);
  }
  CFRelease(revoked);
}

/* A program that judges by itself has the response when it is asked. */
static void staples_are_there_at_the_break(void) {
  CFDataRef good = pki_staple(kServerLeaf, false);
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    OSStatus client = noErr;
    OSStatus server = noErr;
    CHECK_STATUS(noErr, SSLSetOCSPResponse(pair->server.context, good));
    CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnServerAuth, true));
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLPeerAuthCompleted, client);
    check_response(pair->client.context, good);
    connect_pair(pair);
    free_pair(pair);
  }
  CFRelease(good);
}

static void servers_without_a_response_send_none(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    connect_pair(pair);
    check_response(pair->client.context, NULL);
    free_pair(pair);
  }
}

static void resumed_sessions_have_none(void) {
  CFDataRef good = pki_staple(kServerLeaf, false);
  for (int version = 0; version < kVersionCount; ++version) {
    for (int visit = 0; visit < 2; ++visit) {
      about("version %d, visit %d", (int)kVersions[version], visit);
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      Boolean resumed = 42;
      uint8_t id[32];
      size_t size = sizeof id;
      const char peer_id = (char)('a' + version);
      CHECK_STATUS(noErr, SSLSetPeerID(pair->client.context, &peer_id, 1));
      CHECK_STATUS(noErr, SSLSetPeerID(pair->server.context, &peer_id, 1));
      CHECK_STATUS(noErr, SSLSetOCSPResponse(pair->server.context, good));
      connect_pair(pair);
      exchange_a_byte(pair);
      CHECK_STATUS(noErr, SSLGetResumableSessionInfo(pair->client.context, &resumed, id, &size));
      CHECK_NUMBER(visit, resumed);
      check_response(pair->client.context, visit == 0 ? good : NULL);
      CHECK_STATUS(noErr, SSLClose(pair->client.context));
      free_pair(pair);
    }
  }
  CFRelease(good);
}

static void arguments_are_checked(void) {
  Pair* const pair = make_pair((PairOptions){0});
  CFDataRef response = pki_staple(kServerLeaf, false);
  CFDataRef const untouched = response;
  CHECK_STATUS(errSecParam, SSLSTCopyOCSPResponse(pair->client.context, NULL));
  CHECK_STATUS(errSecParam, SSLSTCopyOCSPResponse(NULL, &response));
  CHECK(response == NULL);
  CHECK_STATUS(errSecBadReq, SSLSTCopyOCSPResponse(pair->server.context, &response));
  CFRelease(untouched);
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"good staples are accepted and handed out", good_staples_are_accepted_and_handed_out},
      {"revoked servers are refused", revoked_servers_are_refused},
      {"staples are there at the break", staples_are_there_at_the_break},
      {"servers without a response send none", servers_without_a_response_send_none},
      {"resumed sessions have none", resumed_sessions_have_none},
      {"arguments are checked", arguments_are_checked},
  };
  return RUN_CASES(kCases, argc, argv);
}
