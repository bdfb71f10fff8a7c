/* SPDX-License-Identifier: Apache-2.0 */
/* Renegotiation: who may start one, and what becomes of the server's certificate. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>

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

/* Lets both ends work on a renegotiation that one of them has asked for: the last status of the client's calls. */
static OSStatus renegotiate(Pair* pair, bool by_server) {
  uint8_t byte = 0;
  size_t got = 0;
  OSStatus client = errSSLWouldBlock;
  CHECK_STATUS(noErr, SSLReHandshake((by_server ? pair->server : pair->client).context));
  for (int round = 0; round < 6 && client == errSSLWouldBlock; ++round) {
    client = by_server ? SSLRead(pair->client.context, &byte, 1, &got) : SSLHandshake(pair->client.context);
    SSLRead(pair->server.context, &byte, 1, &got);
  }
  return client;
}

/* A pair of TLS 1.2 that has done its first handshake with a break, and whose server allows another one. */
static Pair* connected_with_break(SSLSessionOption option, OSStatus code) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  OSStatus client = noErr;
  OSStatus server = noErr;
  CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionAllowRenegotiation, true));
  CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, option, true));
  drive(pair, &client, &server);
  CHECK_STATUS(code, client);
  if (client != noErr) drive(pair, &client, &server);
  CHECK_STATUS(noErr, client);
  return pair;
}

static void programs_judge_the_server_in_every_full_handshake(void) {
  for (int by_server = 0; by_server <= 1; ++by_server) {
    for (int resume = 0; resume < 3; ++resume) {
      about("started by the %s, resumed by %s", by_server ? "server" : "client",
            resume == 0   ? "SSLHandshake"
            : resume == 1 ? "SSLRead"
                          : "SSLWrite");
      Pair* const pair = connected_with_break(kSSLSessionOptionBreakOnServerAuth, errSSLPeerAuthCompleted);
      SecTrustRef before = NULL;
      SecTrustRef trust = NULL;
      SSLSessionState state = kSSLIdle;
      uint8_t byte = 'x';
      size_t done = 0;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &before));
      for (int time = 0; time < 2; ++time) {
        CHECK_STATUS(errSSLPeerAuthCompleted, renegotiate(pair, by_server != 0));
        CHECK_STATUS(noErr, SSLGetSessionState(pair->client.context, &state));
        CHECK_NUMBER(kSSLHandshake, state);
        CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
        CHECK(trust != NULL && trust != before);
        CHECK(trust != NULL && CFEqual(SecTrustGetCertificateAtIndex(trust, 0), pki_certificate(kServerLeaf)));
        if (trust != NULL) CFRelease(trust);
        OSStatus client = errSSLWouldBlock;
        for (int round = 0; round < 4 && client == errSSLWouldBlock; ++round) {
          if (resume == 0) client = SSLHandshake(pair->client.context);
          if (resume == 1) client = SSLRead(pair->client.context, &byte, 1, &done);
          if (resume == 2) client = SSLWrite(pair->client.context, NULL, 0, &done);
          SSLRead(pair->server.context, &byte, 1, &done);
        }
        CHECK_STATUS(resume == 1 ? errSSLWouldBlock : noErr, client); /* no data have come */
        CHECK_STATUS(noErr, SSLGetSessionState(pair->client.context, &state));
        CHECK_NUMBER(kSSLConnected, state);
        exchange_a_byte(pair);
      }
      CFRelease(before);
      free_pair(pair);
    }
  }
}

static void programs_can_refuse_the_server_then(void) {
  for (int by_server = 0; by_server <= 1; ++by_server) {
    about("started by the %s", by_server ? "server" : "client");
    Pair* const pair = connected_with_break(kSSLSessionOptionBreakOnServerAuth, errSSLPeerAuthCompleted);
    uint8_t byte = 0;
    size_t got = 0;
    CHECK_STATUS(errSSLPeerAuthCompleted, renegotiate(pair, by_server != 0));
    CHECK_STATUS(noErr, SSLClose(pair->client.context));
    CHECK_STATUS(errSSLPeerCertUnknown, SSLRead(pair->server.context, &byte, 1, &got));
    free_pair(pair);
  }
}

/* A server that asks for a certificate in every handshake; the program gives one at the second, which is judged. */
static void certificates_can_be_given_then(void) {
  for (int stranger = 0; stranger <= 1; ++stranger) {
    for (int by_server = 0; by_server <= 1; ++by_server) {
      about("started by the %s, %s", by_server ? "server" : "client", stranger ? "a stranger" : "trusted");
      Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
      const Leaf leaf = stranger ? kStrangerLeaf : kClientLeaf;
      OSStatus client = noErr;
      OSStatus server = noErr;
      uint8_t byte = 0;
      size_t got = 0;
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionAllowRenegotiation, true));
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kTryAuthenticate));
      CHECK_STATUS(noErr, SSLSetTrustedRoots(pair->server.context, pki_roots(), true));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnCertRequested, true));
      drive(pair, &client, &server);
      CHECK_STATUS(errSSLClientCertRequested, client);
      connect_pair(pair);
      CHECK_STATUS(errSSLClientCertRequested, renegotiate(pair, by_server != 0));
      CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(leaf)));
      client = SSLHandshake(pair->client.context);
      CHECK_STATUS(errSSLWouldBlock, client);
      server = SSLRead(pair->server.context, &byte, 1, &got);
      CHECK_STATUS(stranger ? errSSLUnknownRootCert : errSSLWouldBlock, server);
      client = SSLHandshake(pair->client.context);
      CHECK_STATUS(stranger ? errSSLPeerUnknownCA : noErr, client);
      if (!stranger) {
        CFArrayRef chain = NULL;
        exchange_a_byte(pair);
        CHECK_STATUS(noErr, SSLCopyPeerCertificates(pair->server.context, &chain));
        CHECK(chain != NULL && CFEqual(CFArrayGetValueAtIndex(chain, 0), pki_certificate(leaf)));
        if (chain != NULL) CFRelease(chain);
      }
      free_pair(pair);
    }
  }
}

/* The attack of triple handshakes: a session is resumed, which shows no certificate, and then another server steps in.
 */
static void servers_stay_who_they_were_after_a_resumption(void) {
  static const struct {
    Leaf leaf;
    bool is_allowed;
    OSStatus client;
  } kRows[] = {
      {kServerLeaf, false, noErr},
      {kOtherServer, false, errSSLProtocol},
      {kOtherServer, true, noErr},
      {kExpiredLeaf, true, errSSLCertExpired},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    for (int visit = 0; visit < 2; ++visit) {
      about("row %zu, visit %d", i, visit);
      Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
      const char peer_id = (char)('a' + (int)i);
      Boolean resumed = 42;
      uint8_t id[32];
      size_t size = sizeof id;
      CHECK_STATUS(noErr, SSLSetPeerID(pair->client.context, &peer_id, 1));
      CHECK_STATUS(noErr, SSLSetSessionTicketsEnabled(pair->client.context, true));
      CHECK_STATUS(noErr, SSLSetSessionTicketsEnabled(pair->server.context, true));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->server.context, kSSLSessionOptionAllowRenegotiation, true));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionAllowServerIdentityChange,
                                              kRows[i].is_allowed));
      connect_pair(pair);
      CHECK_STATUS(noErr, SSLGetResumableSessionInfo(pair->client.context, &resumed, id, &size));
      CHECK_NUMBER(visit, resumed);
      if (visit == 1) {
        CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, pki_chain(kRows[i].leaf)));
        CHECK_STATUS(kRows[i].client, renegotiate(pair, false));
      }
      SSLClose(pair->client.context);
      free_pair(pair);
    }
  }
}

/* What a program writes meanwhile waits until the handshake is over. */
static void data_wait_for_the_handshake(void) {
  Pair* const pair = connected_with_break(kSSLSessionOptionBreakOnClientAuth, noErr);
  uint8_t byte = 0;
  size_t done = 42;
  CHECK_STATUS(noErr, SSLReHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->server.context, &byte, 1, &done));
  CHECK_STATUS(errSSLWouldBlock, SSLWrite(pair->server.context, "x", 1, &done));
  CHECK_NUMBER(0, done);
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(noErr, SSLWrite(pair->server.context, "x", 1, &done));
  CHECK_NUMBER(1, done);
  CHECK_STATUS(noErr, SSLHandshake(pair->client.context));
  CHECK_STATUS(noErr, SSLRead(pair->client.context, &byte, 1, &done));
  CHECK_NUMBER('x', byte);
  free_pair(pair);
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
      {"programs judge the server in every full handshake", programs_judge_the_server_in_every_full_handshake},
      {"programs can refuse the server then", programs_can_refuse_the_server_then},
      {"certificates can be given then", certificates_can_be_given_then},
      {"servers stay who they were after a resumption", servers_stay_who_they_were_after_a_resumption},
      {"data wait for the handshake", data_wait_for_the_handshake},
      {"newer versions know no renegotiation", newer_versions_know_no_renegotiation},
  };
  return RUN_CASES(kCases, argc, argv);
}
