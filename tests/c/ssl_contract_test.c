/* SPDX-License-Identifier: Apache-2.0 */
/* What existing programs rely on beyond what the functions are documented to do: how SSLRead, SSLWrite and SSLClose
 * behave around a program's event loop. */
#define _POSIX_C_SOURCE 200809L
#include <Security/SecureTransport.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static SSLSessionState state_of(const End* end) {
  SSLSessionState state = kSSLIdle;
  CHECK_STATUS(noErr, SSLGetSessionState(end->context, &state));
  return state;
}

static Pair* connected(SSLProtocol version) {
  Pair* const pair = make_pair((PairOptions){.version = version});
  connect_pair(pair);
  return pair;
}

/* A read function that says success and moves nothing, as some do at the end of the stream. */
static int empty_reads;
static OSStatus read_nothing(SSLConnectionRef connection, void* data, size_t* length) {
  (void)connection;
  (void)data;
  *length = 0;
  return ++empty_reads < 1000 ? noErr : errSecIO;
}

static void success_without_a_byte_ends_the_stream_and_does_not_spin(void) {
  Pair* const pair = make_pair((PairOptions){0});
  empty_reads = 0;
  CHECK_STATUS(noErr, SSLSetIOFuncs(pair->client.context, read_nothing, write_end));
  CHECK_STATUS(errSSLConnectionRefused, SSLHandshake(pair->client.context));
  CHECK_NUMBER(1, empty_reads);
  free_pair(pair);
}

/* A blocking read function would hang where this one is asked for more than there is. */
static void reads_hand_out_what_is_there_and_never_wait_for_more(void) {
  static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
  for (int version = 0; version < 2; ++version) {
    Pair* const pair = connected(kVersions[version]);
    char buffer[64];
    size_t got = 0;
    CHECK_STATUS(noErr, write_all(&pair->server, "hello", 5));
    CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, 2, &got));
    CHECK_NUMBER(2, got);
    const size_t calls = pair->client.read_calls;
    /* Three bytes are left over: they come without a call of the read function. */
    CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
    CHECK_NUMBER(3, got);
    CHECK(memcmp(buffer, "llo", 3) == 0);
    CHECK_NUMBER(calls, pair->client.read_calls);
    CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
    CHECK_NUMBER(0, got);
    free_pair(pair);
  }
}

static void writes_take_all_and_are_flushed_by_an_empty_one(void) {
  Pair* const pair = connected(kTLSProtocol12);
  char buffer[64];
  size_t processed = 0;
  size_t got = 0;
  pair->client.is_blocked = true;
  CHECK_STATUS(errSSLWouldBlock, SSLWrite(pair->client.context, "hello", 5, &processed));
  CHECK_NUMBER(5, processed); /* taken and queued */
  CHECK_STATUS(errSSLWouldBlock, SSLWrite(pair->client.context, "again", 5, &processed));
  CHECK_NUMBER(0, processed); /* not while something waits */
  CHECK_STATUS(errSSLWouldBlock, SSLWrite(pair->client.context, NULL, 0, &processed));
  pair->client.is_blocked = false;
  CHECK_STATUS(noErr, SSLWrite(pair->client.context, NULL, 0, &processed));
  CHECK_STATUS(noErr, SSLRead(pair->server.context, buffer, sizeof buffer, &got));
  CHECK_NUMBER(5, got);
  CHECK(memcmp(buffer, "hello", 5) == 0);
  CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->server.context, buffer, sizeof buffer, &got));
  free_pair(pair);
}

static void buffered_sizes_are_exact(void) {
  Pair* const pair = connected(kTLSProtocol12);
  uint8_t sent[3000] = {0};
  uint8_t buffer[3000];
  size_t buffered = 9;
  size_t got = 0;
  CHECK_STATUS(noErr, SSLGetBufferedReadSize(pair->client.context, &buffered));
  CHECK_NUMBER(0, buffered);
  CHECK_STATUS(noErr, write_all(&pair->server, sent, sizeof sent));
  CHECK_STATUS(noErr, SSLGetBufferedReadSize(pair->client.context, &buffered));
  CHECK_NUMBER(0, buffered); /* on the wire, not decrypted */
  for (size_t left = sizeof sent; left > 0;) {
    const size_t wanted = left < 1000 ? left : 999;
    CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, wanted, &got));
    CHECK_NUMBER(wanted, got);
    left -= got;
    CHECK_STATUS(noErr, SSLGetBufferedReadSize(pair->client.context, &buffered));
    CHECK_NUMBER(left, buffered);
  }
  free_pair(pair);
}

static void reading_nothing_is_no_error(void) {
  Pair* const pair = connected(kTLSProtocol12);
  char buffer[1];
  size_t got = 9;
  const size_t calls = pair->client.read_calls;
  CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, 0, &got));
  CHECK_NUMBER(0, got);
  CHECK_NUMBER(calls, pair->client.read_calls);
  free_pair(pair);
}

static void releasing_a_context_calls_nothing(void) {
  for (int stage = 0; stage < 3; ++stage) {
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
    if (stage == 1) CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
    if (stage == 2) connect_pair(pair);
    pair->client.is_blocked = stage == 2;
    size_t processed = 0;
    if (stage == 2) CHECK_STATUS(errSSLWouldBlock, SSLWrite(pair->client.context, "queued", 6, &processed));
    const size_t reads = pair->client.read_calls;
    const size_t writes = pair->client.write_calls;
    CHECK_STATUS(noErr, SSLDisposeContext(pair->client.context));
    pair->client.context = NULL;
    CHECK_NUMBER(reads, pair->client.read_calls);
    CHECK_NUMBER(writes, pair->client.write_calls);
    free_pair(pair);
  }
}

static void close_notify_is_sent_once(void) {
  static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
  for (int version = 0; version < 2; ++version) {
    Pair* const pair = connected(kVersions[version]);
    CHECK_STATUS(noErr, SSLClose(pair->client.context));
    const size_t written = pair->client.written_bytes;
    CHECK_STATUS(noErr, SSLClose(pair->client.context));
    CHECK_NUMBER(written, pair->client.written_bytes);
    CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
    free_pair(pair);
  }
}

static void closing_that_would_block_can_be_finished(void) {
  Pair* const pair = connected(kTLSProtocol12);
  char byte = 0;
  size_t got = 0;
  pair->client.is_blocked = true;
  CHECK_STATUS(errSSLWouldBlock, SSLClose(pair->client.context));
  CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
  pair->client.is_blocked = false;
  CHECK_STATUS(noErr, SSLClose(pair->client.context));
  CHECK_STATUS(errSSLClosedGraceful, SSLRead(pair->server.context, &byte, 1, &got));
  free_pair(pair);
}

static void closing_a_broken_connection_ends_it(void) {
  static const struct {
    OSStatus callback;
    OSStatus close;
  } kRows[] = {{errSecIO, noErr}, {-12345, -12345}};
  for (int i = 0; i < 2; ++i) {
    Pair* const pair = connected(kTLSProtocol12);
    pair->client.fail_write_at = (long)pair->client.written_bytes;
    pair->client.write_failure = kRows[i].callback;
    CHECK_STATUS(kRows[i].close, SSLClose(pair->client.context));
    CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
    free_pair(pair);
  }
  Pair* const idle = make_pair((PairOptions){0});
  CHECK_STATUS(noErr, SSLClose(idle->client.context));
  CHECK_NUMBER(kSSLClosed, state_of(&idle->client));
  CHECK_STATUS(errSSLClosedGraceful, SSLHandshake(idle->client.context));
  CHECK_NUMBER(0, idle->client.write_calls);
  free_pair(idle);
}

static void states_follow_the_session(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  char byte = 0;
  size_t got = 0;
  CHECK_NUMBER(kSSLIdle, state_of(&pair->client));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_NUMBER(kSSLHandshake, state_of(&pair->client));
  connect_pair(pair);
  CHECK_NUMBER(kSSLConnected, state_of(&pair->client));
  CHECK_STATUS(noErr, SSLHandshake(pair->client.context));
  CHECK_STATUS(noErr, SSLClose(pair->server.context));
  CHECK_STATUS(errSSLClosedGraceful, SSLRead(pair->client.context, &byte, 1, &got));
  CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
  free_pair(pair);

  Pair* const broken = connected(kTLSProtocol12);
  broken->client.fail_read_at = (long)broken->client.read_bytes;
  broken->client.read_failure = errSSLClosedAbort;
  CHECK_STATUS(errSSLClosedNoNotify, SSLRead(broken->client.context, &byte, 1, &got));
  free_pair(broken);
}

static void data_comes_before_the_news_of_the_end(void) {
  Pair* const pair = connected(kTLSProtocol12);
  char buffer[16];
  size_t got = 0;
  CHECK_STATUS(noErr, write_all(&pair->server, "last", 4));
  CHECK_STATUS(noErr, SSLClose(pair->server.context));
  CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
  CHECK_NUMBER(4, got);
  CHECK_STATUS(errSSLClosedGraceful, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
  CHECK_NUMBER(0, got);
  free_pair(pair);
}

static void sessions_negotiate_the_newest_that_both_allow(void) {
  static const struct {
    SSLProtocol client_max;
    SSLProtocol agreed;
  } kRows[] = {{kTLSProtocol13, kTLSProtocol13}, {kTLSProtocol12, kTLSProtocol12}};
  for (int i = 0; i < 2; ++i) {
    Pair* const pair = make_pair((PairOptions){0});
    SSLProtocol agreed = kSSLProtocolUnknown;
    CHECK_STATUS(noErr, SSLSetProtocolVersionMax(pair->client.context, kRows[i].client_max));
    connect_pair(pair);
    CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(pair->client.context, &agreed));
    CHECK_NUMBER(kRows[i].agreed, agreed);
    free_pair(pair);
  }
  /* Nobody speaks TLS 1.1 who was not told to. */
  Pair* const pair = make_pair((PairOptions){0});
  OSStatus client = noErr;
  OSStatus server = noErr;
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(pair->client.context, kTLSProtocol11));
  drive(pair, &client, &server);
  CHECK_STATUS(errSSLNegotiation, server);
  CHECK_STATUS(errSSLPeerProtocolVersion, client);
  free_pair(pair);
}

static void servers_are_judged_against_the_systems_roots_unless_told_otherwise(void) {
  Pair* const pair = make_pair((PairOptions){0});
  SSLContextRef client = SSLCreateContext(NULL, kSSLClientSide, kSSLStreamType);
  CHECK_STATUS(noErr, SSLSetIOFuncs(client, read_end, write_end));
  CHECK_STATUS(noErr, SSLSetConnection(client, &pair->client));
  CHECK_STATUS(noErr, SSLSetPeerDomainName(client, "www.example.com", 15));
  CFRelease(pair->client.context);
  pair->client.context = client;
  OSStatus of_client = noErr;
  OSStatus of_server = noErr;
  drive(pair, &of_client, &of_server);
  CHECK_STATUS(errSSLNoRootCert, of_client);
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"success without a byte ends the stream and does not spin",
       success_without_a_byte_ends_the_stream_and_does_not_spin},
      {"reads hand out what is there and never wait for more", reads_hand_out_what_is_there_and_never_wait_for_more},
      {"writes take all and are flushed by an empty one", writes_take_all_and_are_flushed_by_an_empty_one},
      {"buffered sizes are exact", buffered_sizes_are_exact},
      {"reading nothing is no error", reading_nothing_is_no_error},
      {"releasing a context calls nothing", releasing_a_context_calls_nothing},
      {"close_notify is sent once", close_notify_is_sent_once},
      {"closing that would block can be finished", closing_that_would_block_can_be_finished},
      {"closing a broken connection ends it", closing_a_broken_connection_ends_it},
      {"states follow the session", states_follow_the_session},
      {"data comes before the news of the end", data_comes_before_the_news_of_the_end},
      {"sessions negotiate the newest that both allow", sessions_negotiate_the_newest_that_both_allow},
      {"servers are judged against the system's roots unless told otherwise",
       servers_are_judged_against_the_systems_roots_unless_told_otherwise},
  };
  return RUN_CASES(kCases, argc, argv);
}
