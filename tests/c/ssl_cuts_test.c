/* SPDX-License-Identifier: Apache-2.0 */
/* An end or an error at every single byte: the code must tell where it was, in both dialects. */
#include <Security/SecureTransport.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"

static void fill(uint8_t* bytes, size_t size, unsigned seed) {
  for (size_t i = 0; i < size; ++i) bytes[i] = (uint8_t)(seed = seed * 1103515245U + 12345U, seed >> 16);
}

static SSLSessionState state_of(const End* end) {
  SSLSessionState state = kSSLIdle;
  CHECK_STATUS(noErr, SSLGetSessionState(end->context, &state));
  return state;
}

/* An error or an end after so many bytes of what the server sends. Which code is right depends on where it is. */

typedef struct {
  OSStatus callback;
  bool is_end; /* what a program says at the end of a stream */
} Failure;
static const Failure kFailures[] = {
    {errSSLClosedGraceful, true},  {errSSLClosedAbort, true},     {errSSLClosedNoNotify, true}, {errSecIO, false},
    {errSSLTransportReset, false}, {errSSLNetworkTimeout, false},
};

static OSStatus expected_at(const uint8_t* stream, size_t offset, bool is_data, Failure failure, bool published) {
  /* Where in its record is the byte that did not come? */
  size_t record = 0;
  while (record + 5 + (size_t)(stream[record + 3] << 8 | stream[record + 4]) <= offset) {
    record += 5 + (size_t)(stream[record + 3] << 8 | stream[record + 4]);
  }
  const size_t inside = offset - record;
  const bool in_header = inside < 5;
  if (published) return in_header ? errSSLClosedAbort : failure.callback;
  if (failure.callback == errSSLTransportReset || failure.callback == errSSLNetworkTimeout) return failure.callback;
  if (!failure.is_end) return in_header ? errSSLClosedAbort : failure.callback;
  if (offset == 0) return errSSLConnectionRefused;
  return inside == 0 && is_data ? errSSLClosedNoNotify : errSSLClosedAbort;
}

static void cut_handshake(SSLProtocol version, Failure failure, bool published, size_t step) {
  Pair* const whole = make_pair((PairOptions){.version = version});
  connect_pair(whole);
  const size_t size = whole->to_client.size;
  free_pair(whole);
  for (size_t offset = 0; offset < size; offset += step) {
    about("version %d, status %d, %s, after %zu of %zu bytes", (int)version, (int)failure.callback,
          published ? "published" : "documented", offset, size);
    Pair* const pair = make_pair((PairOptions){.version = version, .is_published = published});
    OSStatus client = noErr;
    OSStatus server = noErr;
    pair->client.fail_read_at = (long)offset;
    pair->client.read_failure = failure.callback;
    drive(pair, &client, &server);
    /* Signatures differ in length from run to run; the end may have been reached. */
    if (client != noErr) {
      CHECK_STATUS(expected_at(pair->to_client.bytes, offset, false, failure, published), client);
      CHECK_NUMBER(kSSLHandshake, state_of(&pair->client));
      CHECK_STATUS(client, SSLHandshake(pair->client.context)); /* the first code stays */
      uint8_t byte = 0;
      size_t got = 9;
      CHECK_STATUS(errSSLClosedAbort, SSLRead(pair->client.context, &byte, 1, &got));
      CHECK_NUMBER(0, got);
      CHECK_NUMBER(kSSLAborted, state_of(&pair->client));
      CHECK_STATUS(errSSLClosedAbort, SSLWrite(pair->client.context, "x", 1, &got));
      CHECK_STATUS(errSSLClosedAbort, SSLReHandshake(pair->client.context));
      CHECK_STATUS(noErr, SSLClose(pair->client.context));
      CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
    }
    free_pair(pair);
  }
}

static void failures_anywhere_in_the_handshake_have_the_right_code(void) {
  static const SSLProtocol kBoth[] = {kTLSProtocol12, kTLSProtocol13};
  for (int version = 0; version < 2; ++version) {
    for (size_t i = 0; i < sizeof kFailures / sizeof kFailures[0]; ++i) {
      /* Every byte for the usual end; for the others a prime step is enough to meet each kind of place. */
      const size_t step = i == 0 ? 1 : 31;
      cut_handshake(kBoth[version], kFailures[i], false, step);
      cut_handshake(kBoth[version], kFailures[i], true, i == 0 ? 7 : 61);
    }
  }
}

static void failures_anywhere_in_data_have_the_right_code(void) {
  enum { kSize = 60 };
  for (int published = 0; published <= 1; ++published) {
    for (size_t i = 0; i < sizeof kFailures / sizeof kFailures[0]; ++i) {
      for (size_t offset = 0;; ++offset) {
        about("status %d, %s, after %zu bytes of data", (int)kFailures[i].callback,
              published ? "published" : "documented", offset);
        Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .is_published = published != 0});
        connect_pair(pair);
        const size_t start = pair->to_client.size;
        uint8_t message[kSize];
        uint8_t buffer[2 * kSize];
        size_t got = 0;
        fill(message, kSize, 1);
        CHECK_STATUS(noErr, write_all(&pair->server, message, kSize));
        const size_t record = pair->to_client.size - start;
        CHECK_STATUS(noErr, write_all(&pair->server, message, kSize));
        pair->client.fail_read_at = (long)(start + offset);
        pair->client.read_failure = kFailures[i].callback;
        const bool is_past_first = offset >= record;
        /* Data that came before is handed out first. */
        if (is_past_first) {
          CHECK_STATUS(noErr, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
          CHECK_NUMBER(kSize, got);
          CHECK(memcmp(buffer, message, kSize) == 0);
        }
        const OSStatus expected =
            expected_at(pair->to_client.bytes, start + offset, true, kFailures[i], published != 0);
        CHECK_STATUS(expected, SSLRead(pair->client.context, buffer, sizeof buffer, &got));
        CHECK_NUMBER(0, got);
        const bool is_done = offset > record + 8;
        free_pair(pair);
        if (is_done) break;
      }
    }
  }
}

static void failed_writes_come_out_of_the_call_that_writes(void) {
  for (long offset = 0; offset < 400; offset += 13) {
    about("after %ld bytes", offset);
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
    OSStatus client = noErr;
    OSStatus server = noErr;
    pair->client.fail_write_at = offset;
    pair->client.write_failure = -12345;
    drive(pair, &client, &server);
    if (pair->client.written_bytes == (size_t)offset && client != noErr) CHECK_STATUS(-12345, client);
    free_pair(pair);
  }
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  size_t got = 0;
  connect_pair(pair);
  pair->client.fail_write_at = (long)pair->client.written_bytes;
  pair->client.write_failure = -12345;
  CHECK_STATUS(-12345, SSLWrite(pair->client.context, "hello", 5, &got));
  CHECK_NUMBER(kSSLAborted, state_of(&pair->client));
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"failures anywhere in the handshake have the right code",
       failures_anywhere_in_the_handshake_have_the_right_code},
      {"failures anywhere in data have the right code", failures_anywhere_in_data_have_the_right_code},
      {"failed writes come out of the call that writes", failed_writes_come_out_of_the_call_that_writes},
  };
  return RUN_CASES(kCases, argc, argv);
}
