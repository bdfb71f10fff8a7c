/* SPDX-License-Identifier: Apache-2.0 */
/* Renegotiation: who may start one, and what becomes of the server's certificate. */
#include <Security/SecureTransport.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static void both_sides_may_renegotiate(void) {
  for (int by_server = 0; by_server <= 1; ++by_server) {
    about("started by the %s", by_server ? "server" : "client");
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
    OSStatus client = noErr;
    uint8_t byte = 0;
    size_t got = 0;
    CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionAllowRenegotiation, true));
    connect_pair(pair);
    End* const first = by_server ? &pair->server : &pair->client;
    CHECK_STATUS(noErr, SSLReHandshake(first->context));
    if (by_server) {
      CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->client.context, &byte, 1, &got));
      for (int i = 0; i < 4; ++i) {
        CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->server.context, &byte, 1, &got));
        CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->client.context, &byte, 1, &got));
      }
    } else {
      SSLSessionState state = kSSLIdle;
      CHECK_STATUS(noErr, SSLGetSessionState(first->context, &state));
      CHECK_NUMBER(kSSLHandshake, state);
      client = SSLHandshake(pair->client.context);
      for (int i = 0; i < 4 && client == errSSLWouldBlock; ++i) {
        CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->server.context, &byte, 1, &got));
        client = SSLHandshake(pair->client.context);
      }
      CHECK_STATUS(noErr, client);
    }
    exchange_a_byte(pair);
    free_pair(pair);
  }
}

static void servers_refuse_renegotiation_without_the_option(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  uint8_t byte = 0;
  size_t got = 0;
  connect_pair(pair);
  CHECK_STATUS(noErr, SSLReHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->server.context, &byte, 1, &got));
  CHECK_STATUS(errSSLPeerNoRenegotiation, SSLHandshake(pair->client.context));
  free_pair(pair);
}

static void another_certificate_needs_permission_and_is_judged(void) {
  static const struct {
    Leaf leaf;
    bool is_allowed;
    bool breaks;
    OSStatus client;
  } kRows[] = {
      {kServerLeaf, false, false, noErr},
      {kOtherServer, false, false, errSSLProtocol},
      {kOtherServer, true, false, noErr},
      {kExpiredLeaf, true, false, errSSLCertExpired},
      {kExpiredLeaf, true, true, errSSLPeerAuthCompleted},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
    uint8_t byte = 0;
    size_t got = 0;
    CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionAllowRenegotiation, true));
    CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionAllowServerIdentityChange,
                                            kRows[i].is_allowed));
    CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnServerAuth, kRows[i].breaks));
    OSStatus client = noErr;
    OSStatus server = noErr;
    drive(pair, &client, &server);
    if (client == errSSLPeerAuthCompleted) drive(pair, &client, &server);
    CHECK_STATUS(noErr, client);
    CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, pki_chain(kRows[i].leaf)));
    CHECK_STATUS(noErr, SSLReHandshake(pair->client.context));
    client = SSLHandshake(pair->client.context);
    for (int round = 0; round < 4 && client == errSSLWouldBlock; ++round) {
      SSLRead(pair->server.context, &byte, 1, &got);
      client = SSLHandshake(pair->client.context);
    }
    CHECK_STATUS(kRows[i].client, client);
    if (client == noErr) {
      exchange_a_byte(pair);
      SecTrustRef trust = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
      CHECK(trust != NULL && CFEqual(SecTrustGetCertificateAtIndex(trust, 0), pki_certificate(kRows[i].leaf)));
      if (trust != NULL) CFRelease(trust);
    }
    free_pair(pair);
  }
}

static void newer_versions_know_no_renegotiation(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol13});
  connect_pair(pair);
  CHECK_STATUS(errSSLIllegalParam, SSLReHandshake(pair->client.context));
  exchange_a_byte(pair); /* and the session goes on */
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"both sides may renegotiate", both_sides_may_renegotiate},
      {"servers refuse renegotiation without the option", servers_refuse_renegotiation_without_the_option},
      {"another certificate needs permission and is judged", another_certificate_needs_permission_and_is_judged},
      {"newer versions know no renegotiation", newer_versions_know_no_renegotiation},
  };
  return RUN_CASES(kCases, argc, argv);
}
