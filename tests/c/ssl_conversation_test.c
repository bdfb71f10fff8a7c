/* SPDX-License-Identifier: Apache-2.0 */
/* Handshake, data and closure over I/O functions of every awkward kind. */
#include <Security/SecureTransport.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

enum { kMessage = 40000 }; /* three records */

static const SSLProtocol kVersions[] = {kTLSProtocol1, kTLSProtocol11, kTLSProtocol12, kTLSProtocol13};
enum { kVersionCount = sizeof kVersions / sizeof kVersions[0] };

static void fill(uint8_t* bytes, size_t size, unsigned seed) {
  for (size_t i = 0; i < size; ++i) bytes[i] = (uint8_t)(seed = seed * 1103515245U + 12345U, seed >> 16);
}

static SSLSessionState state_of(const End* end) {
  SSLSessionState state = kSSLIdle;
  CHECK_STATUS(noErr, SSLGetSessionState(end->context, &state));
  return state;
}

static void carry(Pair* pair, End* from, End* to, size_t size) {
  uint8_t* const sent = malloc(size + 1);
  uint8_t* const came = calloc(1, size + 1);
  size_t got = 0;
  fill(sent, size, (unsigned)size);
  CHECK_STATUS(noErr, write_all(from, sent, size));
  CHECK_STATUS(noErr, read_all(pair, to, came, size, &got));
  CHECK_NUMBER(size, got);
  CHECK(memcmp(sent, came, size) == 0);
  free(sent);
  free(came);
}

/* The peer's close comes as -9805 to a read, and again to whatever is asked then. */
static void close_both(Pair* pair) {
  uint8_t byte = 0;
  size_t got = 0;
  OSStatus status = SSLClose(pair->client.context);
  for (int i = 0; i < 200 && status == errSSLWouldBlock; ++i) status = SSLClose(pair->client.context);
  CHECK_STATUS(noErr, status);
  CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
  CHECK_STATUS(errSSLClosedGraceful, read_all(pair, &pair->server, &byte, 1, &got));
  CHECK_NUMBER(kSSLClosed, state_of(&pair->server));
  CHECK_STATUS(errSSLClosedGraceful, SSLRead(pair->server.context, &byte, 1, &got));
  CHECK_STATUS(errSSLClosedGraceful, SSLWrite(pair->server.context, "x", 1, &got));
  CHECK_STATUS(errSSLClosedGraceful, SSLHandshake(pair->server.context));
  CHECK_STATUS(errSSLClosedGraceful, SSLReHandshake(pair->server.context));
}

static void every_manner_carries_the_same_bytes(void) {
  static const size_t kSizes[] = {1, 2, 16385, kMessage};
  for (int version = 0; version < kVersionCount; ++version) {
    for (int manner = 0; manner < kManners; ++manner) {
      about("version %d, %s", (int)kVersions[version], kMannerNames[manner]);
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .manner = (Manner)manner});
      connect_pair(pair);
      SSLProtocol negotiated = kSSLProtocolUnknown;
      CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(pair->client.context, &negotiated));
      CHECK_NUMBER(kVersions[version], negotiated);
      const size_t sizes =
          manner == kOneByte || manner == kBlockFirst ? 3 : 4; /* bytes that come one by one take long */
      for (size_t i = 0; i < sizes; ++i) {
        carry(pair, &pair->client, &pair->server, kSizes[i]);
        carry(pair, &pair->server, &pair->client, kSizes[i]);
      }
      close_both(pair);
      free_pair(pair);
    }
  }
}

static void reads_ask_for_a_header_and_then_its_record(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    connect_pair(pair);
    carry(pair, &pair->server, &pair->client, 100);
    /* Of what the server sent, each header tells how much may be asked for next. */
    size_t at = 0;
    for (size_t call = 0; call < pair->client.read_calls && call < 60; ++call) {
      const size_t wanted = pair->client.wanted[call];
      if (at + 5 > pair->to_client.size) break;
      const uint8_t* const header = pair->to_client.bytes + at;
      const size_t body = (size_t)(header[3] << 8 | header[4]);
      if (wanted == 5) {
        /* A header that was not there is asked for again. */
        if (call + 1 < 60 && call + 1 < pair->client.read_calls && pair->client.wanted[call + 1] == 5) continue;
        continue;
      }
      CHECK_NUMBER(body, wanted);
      at += 5 + body;
    }
    CHECK(at > 0);
    free_pair(pair);
  }
}

/* Datagrams. */

static void datagrams_carry_the_same_bytes(void) {
  static const SSLProtocol kBoth[] = {kDTLSProtocol1, kDTLSProtocol12};
  for (int i = 0; i < 2; ++i) {
    about("version %d", (int)kBoth[i]);
    Pair* const pair = make_pair((PairOptions){.version = kBoth[i], .is_datagram = true});
    connect_pair(pair);
    SSLProtocol negotiated = kSSLProtocolUnknown;
    CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(pair->server.context, &negotiated));
    CHECK_NUMBER(kBoth[i], negotiated);
    carry(pair, &pair->client, &pair->server, 1);
    carry(pair, &pair->server, &pair->client, 1327);
    carry(pair, &pair->client, &pair->server, 16384);
    CHECK_NUMBER(13, pair->client.wanted[0]);
    size_t processed = 9;
    uint8_t* const too_much = calloc(1, 16385);
    CHECK_STATUS(errSSLIllegalParam, SSLWrite(pair->client.context, too_much, 16385, &processed));
    CHECK_NUMBER(0, processed);
    free(too_much);
    close_both(pair);
    free_pair(pair);
  }
}

static void datagrams_stay_below_the_size_that_was_set(void) {
  Pair* const pair = make_pair((PairOptions){.is_datagram = true});
  CHECK_STATUS(noErr, SSLSetMaxDatagramRecordSize(pair->server.context, 400));
  connect_pair(pair);
  size_t begin = 0;
  for (size_t i = 0; i < pair->to_client.datagrams; ++i) {
    CHECK(pair->to_client.ends[i] - begin <= 400);
    begin = pair->to_client.ends[i];
  }
  CHECK(pair->to_client.datagrams > 3);
  free_pair(pair);
}

static void clients_must_send_the_cookie_back(void) {
  static const uint8_t kCookie[32] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  Pair* const pair = make_pair((PairOptions){.is_datagram = true});
  CHECK_STATUS(noErr, SSLSetDatagramHelloCookie(pair->server.context, kCookie, sizeof kCookie));
  connect_pair(pair);
  /* RFC 6347 section 4.2.1: the first datagram of the server is a HelloVerifyRequest (3) with the cookie. */
  CHECK_NUMBER(3, pair->to_client.bytes[13]);
  CHECK(memcmp(pair->to_client.bytes + 13 + 12 + 2 + 1, kCookie, sizeof kCookie) == 0);
  carry(pair, &pair->client, &pair->server, 1000);
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"every manner carries the same bytes", every_manner_carries_the_same_bytes},
      {"reads ask for a header and then its record", reads_ask_for_a_header_and_then_its_record},
      {"datagrams carry the same bytes", datagrams_carry_the_same_bytes},
      {"datagrams stay below the size that was set", datagrams_stay_below_the_size_that_was_set},
      {"clients must send the cookie back", clients_must_send_the_cookie_back},
  };
  return RUN_CASES(kCases, argc, argv);
}
