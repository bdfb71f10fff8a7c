/* SPDX-License-Identifier: Apache-2.0 */
#include "ssl_pair.h"

#include <Security/SecureTransportExtensions.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pki.h"

const char* const kMannerNames[kManners] = {"plain", "one byte a call", "blocks before every byte",
                                            "success with a short count", "length left untouched"};

enum { kWireSize = 1 << 20, kShortCount = 3, kMostRounds = 1 << 20, kMostIdleRounds = 8 };

/* Reading. */

static size_t available(const Wire* wire) {
  const size_t end = !wire->is_datagram                         ? wire->size
                     : wire->datagrams_taken == wire->datagrams ? wire->taken
                                                                : wire->ends[wire->datagrams_taken];
  return end - wire->taken;
}

static void take(End* end, void* data, size_t count) {
  Wire* const wire = end->in;
  memcpy(data, wire->bytes + wire->taken, count);
  wire->taken += count;
  end->read_bytes += count;
  if (wire->is_datagram && wire->datagrams_taken < wire->datagrams &&
      wire->taken == wire->ends[wire->datagrams_taken]) {
    ++wire->datagrams_taken;
  }
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

OSStatus read_end(SSLConnectionRef connection, void* data, size_t* length) {
  End* const end = (End*)connection;
  const size_t wanted = *length;
  if (end->read_calls < sizeof end->wanted / sizeof end->wanted[0]) end->wanted[end->read_calls] = wanted;
  ++end->read_calls;
  if (wanted > end->largest_read) end->largest_read = wanted;

  size_t there = least(available(end->in), wanted);
  bool fails = false;
  if (end->fail_read_at != kNever) {
    const size_t left = (size_t)end->fail_read_at - end->read_bytes;
    fails = left <= there && left < wanted;
    there = least(there, left);
  }
  switch (end->manner) {
    case kOneByte: there = least(there, 1); break;
    case kBlockFirst:
      end->block_next_read = !end->block_next_read;
      there = end->block_next_read ? 0 : least(there, 1);
      if (end->block_next_read) {
        *length = 0;
        return errSSLWouldBlock;
      }
      break;
    case kShortSuccess: there = least(there, kShortCount); break;
    case kLengthUntouched:
      if (there == wanted) {
        take(end, data, there);
        return noErr;
      }
      if (!fails) there = 0; /* nothing is consumed that is not told */
      break;
    default: break;
  }
  take(end, data, there);
  *length = there;
  if (there == wanted) return noErr;
  if (fails && (size_t)end->fail_read_at == end->read_bytes) return end->read_failure;
  if (end->manner == kShortSuccess && there > 0) return noErr;
  return errSSLWouldBlock;
}

/* Writing. */

static void put(End* end, const void* data, size_t count) {
  Wire* const wire = end->out;
  if (wire->size + count > kWireSize) abort();
  memcpy(wire->bytes + wire->size, data, count);
  wire->size += count;
  end->written_bytes += count;
  if (wire->is_datagram) wire->ends[wire->datagrams++] = wire->size;
}

OSStatus write_end(SSLConnectionRef connection, const void* data, size_t* length) {
  End* const end = (End*)connection;
  const size_t wanted = *length;
  ++end->write_calls;
  if (end->is_blocked) {
    *length = 0;
    return errSSLWouldBlock;
  }
  if (end->out->is_datagram) {
    put(end, data, wanted);
    return noErr;
  }
  size_t count = wanted;
  bool fails = false;
  if (end->fail_write_at != kNever) {
    const size_t left = (size_t)end->fail_write_at - end->written_bytes;
    fails = left < count;
    count = least(count, left);
  }
  switch (end->manner) {
    case kOneByte: count = least(count, 1); break;
    case kBlockFirst:
      end->block_next_write = !end->block_next_write;
      count = end->block_next_write ? 0 : least(count, 1);
      if (end->block_next_write) {
        *length = 0;
        return errSSLWouldBlock;
      }
      break;
    case kShortSuccess: count = least(count, kShortCount); break;
    case kLengthUntouched:
      put(end, data, count);
      if (count == wanted) return noErr;
      *length = count;
      return end->write_failure;
    default: break;
  }
  put(end, data, count);
  *length = count;
  if (count == wanted) return noErr;
  if (fails && (size_t)end->fail_write_at == end->written_bytes) return end->write_failure;
  return end->manner == kShortSuccess && count > 0 ? noErr : errSSLWouldBlock;
}

/* Contexts. */

SSLContextRef new_client(void) { return SSLCreateContext(NULL, kSSLClientSide, kSSLStreamType); }
SSLContextRef new_server(void) { return SSLCreateContext(NULL, kSSLServerSide, kSSLStreamType); }
SSLContextRef new_datagram(SSLProtocolSide side) { return SSLCreateContext(NULL, side, kSSLDatagramType); }

/* Pairs. */

static void set_up_end(End* end, Wire* in, Wire* out, SSLProtocolSide side, PairOptions options) {
  end->in = in;
  end->out = out;
  end->manner = options.manner;
  end->fail_read_at = end->fail_write_at = kNever;
  in->is_datagram = options.is_datagram;
  end->context = SSLCreateContext(NULL, side, options.is_datagram ? kSSLDatagramType : kSSLStreamType);
  CHECK(end->context != NULL);
  CHECK_STATUS(noErr, SSLSetIOFuncs(end->context, read_end, write_end));
  CHECK_STATUS(noErr, SSLSetConnection(end->context, end));
  if (options.version != kSSLProtocolUnknown) {
    CHECK_STATUS(noErr, SSLSetProtocolVersionMin(end->context, options.version));
    CHECK_STATUS(noErr, SSLSetProtocolVersionMax(end->context, options.version));
  }
  if (options.is_published) CHECK_STATUS(noErr, SSLSTSetDialect(end->context, kSSLSTDialectPublished));
  CHECK_STATUS(noErr, SSLSetTrustedRoots(end->context, pki_roots(), true));
}

Pair* make_pair(PairOptions options) {
  Pair* const pair = calloc(1, sizeof *pair);
  if (pair == NULL) abort();
  pair->to_server.bytes = malloc(kWireSize);
  pair->to_client.bytes = malloc(kWireSize);
  if (pair->to_server.bytes == NULL || pair->to_client.bytes == NULL) abort();
  set_up_end(&pair->client, &pair->to_client, &pair->to_server, kSSLClientSide, options);
  set_up_end(&pair->server, &pair->to_server, &pair->to_client, kSSLServerSide, options);
  CHECK_STATUS(noErr, SSLSetPeerDomainName(pair->client.context, "www.example.com", strlen("www.example.com")));
  if (!options.has_no_identity) {
    CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, pki_chain((Leaf)options.leaf)));
  }
  return pair;
}

void free_pair(Pair* pair) {
  if (pair->client.context != NULL) CFRelease(pair->client.context);
  if (pair->server.context != NULL) CFRelease(pair->server.context);
  free(pair->to_server.bytes);
  free(pair->to_client.bytes);
  free(pair);
}

bool drive(Pair* pair, OSStatus* client, OSStatus* server) {
  *client = *server = errSSLWouldBlock;
  size_t idle_rounds = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    const size_t before =
        pair->client.read_bytes + pair->client.written_bytes + pair->server.read_bytes + pair->server.written_bytes;
    if (*client == errSSLWouldBlock) *client = SSLHandshake(pair->client.context);
    if (*server == errSSLWouldBlock) *server = SSLHandshake(pair->server.context);
    if (*client != errSSLWouldBlock && *server != errSSLWouldBlock) return true;
    const size_t after =
        pair->client.read_bytes + pair->client.written_bytes + pair->server.read_bytes + pair->server.written_bytes;
    idle_rounds = after == before ? idle_rounds + 1 : 0;
    if (idle_rounds > kMostIdleRounds) return false; /* one end waits for what the other will not send */
  }
  return false;
}

void connect_pair(Pair* pair) {
  OSStatus client = noErr;
  OSStatus server = noErr;
  CHECK(drive(pair, &client, &server));
  CHECK_STATUS(noErr, client);
  CHECK_STATUS(noErr, server);
}

OSStatus write_all(End* end, const void* data, size_t size) {
  size_t processed = 0;
  OSStatus status = SSLWrite(end->context, data, size, &processed);
  CHECK(processed == size || (processed == 0 && status != noErr));
  size_t idle_rounds = 0;
  while (status == errSSLWouldBlock && idle_rounds <= kMostIdleRounds) {
    const size_t before = end->written_bytes;
    status = SSLWrite(end->context, NULL, 0, &processed);
    idle_rounds = end->written_bytes == before ? idle_rounds + 1 : 0;
  }
  return status;
}

OSStatus read_all(Pair* pair, End* end, void* data, size_t size, size_t* got) {
  (void)pair;
  *got = 0;
  size_t idle_rounds = 0;
  while (*got < size) {
    size_t processed = 0;
    const size_t before = end->read_bytes;
    const OSStatus status = SSLRead(end->context, (uint8_t*)data + *got, size - *got, &processed);
    *got += processed;
    if (status != noErr && status != errSSLWouldBlock) return status;
    idle_rounds = processed == 0 && end->read_bytes == before ? idle_rounds + 1 : 0;
    if (idle_rounds > kMostIdleRounds) return errSSLWouldBlock;
  }
  return noErr;
}

void exchange_a_byte(Pair* pair) {
  uint8_t byte = 0;
  size_t got = 0;
  CHECK_STATUS(noErr, write_all(&pair->server, "!", 1));
  CHECK_STATUS(noErr, read_all(pair, &pair->client, &byte, 1, &got));
  CHECK_NUMBER('!', byte);
  CHECK_STATUS(noErr, write_all(&pair->client, "?", 1));
  CHECK_STATUS(noErr, read_all(pair, &pair->server, &byte, 1, &got));
  CHECK_NUMBER('?', byte);
}
