/* SPDX-License-Identifier: Apache-2.0 */
#include "lab_pair.h"

#include <stdlib.h>
#include <string.h>

#include "lab_pem.h"

enum { kDatagramHeader = 13, kRounds = 12 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

void lab_queue_add(LabQueue* queue, const void* bytes, size_t size) {
  if (queue->count == kLabMostPackets) abort();
  LabPacket* const packet = &queue->packets[queue->count++];
  packet->bytes = malloc(size);
  packet->size = size;
  memcpy(packet->bytes, bytes, size);
}

static void drop_first(LabQueue* queue) {
  free(queue->packets[0].bytes);
  --queue->count;
  memmove(queue->packets, queue->packets + 1, queue->count * sizeof queue->packets[0]);
  queue->taken = 0;
}

static size_t take(LabQueue* queue, uint8_t* data, size_t wanted) {
  const LabPacket* const first = &queue->packets[0];
  const size_t count = least(wanted, first->size - queue->taken);
  memcpy(data, first->bytes + queue->taken, count);
  queue->taken += count;
  return count;
}

/* The I/O functions. */

static OSStatus read_stream(LabEnd* end, uint8_t* data, size_t* length) {
  const size_t wanted = *length;
  for (*length = 0; *length < wanted && end->in.count > 0;) {
    *length += take(&end->in, data + *length, wanted - *length);
    if (end->in.taken == end->in.packets[0].size) drop_first(&end->in);
  }
  if (*length == wanted) return noErr;
  return end->has_ended ? errSSLClosedGraceful : errSSLWouldBlock;
}

/* A header, or the body of its record, which never comes out of the next datagram. */
static OSStatus read_datagram(LabEnd* end, uint8_t* data, size_t* length) {
  const size_t wanted = *length;
  const bool is_body = end->in.is_in_record;
  end->in.is_in_record = false;
  *length = 0;
  if (end->in.count == 0) return errSSLWouldBlock;
  *length = take(&end->in, data, wanted);
  const bool is_complete = *length == wanted;
  end->in.is_in_record = !is_body && is_complete && wanted == kDatagramHeader && (data[11] != 0 || data[12] != 0);
  const bool is_empty = end->in.taken == end->in.packets[0].size && !end->in.is_in_record;
  if (!is_complete || is_empty) drop_first(&end->in);
  return is_complete ? noErr : errSSLWouldBlock;
}

static OSStatus read_end(SSLConnectionRef connection, void* data, size_t* length) {
  LabEnd* const end = (LabEnd*)connection;
  return end->is_datagram ? read_datagram(end, data, length) : read_stream(end, data, length);
}

static OSStatus write_end(SSLConnectionRef connection, const void* data, size_t* length) {
  lab_queue_add(&((LabEnd*)connection)->out, data, *length);
  return noErr;
}

/* The pair. */

static void set_up(LabEnd* end, SSLProtocolSide side, SSLConnectionType type, const LabMaterial* material) {
  end->context = SSLCreateContext(NULL, side, type);
  end->is_datagram = type == kSSLDatagramType;
  CFArrayRef roots = lab_imported(material->root);
  SSLSetTrustedRoots(end->context, roots, true);
  CFRelease(roots);
  SSLSetIOFuncs(end->context, read_end, write_end);
  SSLSetConnection(end->context, end);
}

LabPair* lab_pair(const LabMaterial* material, SSLConnectionType type) {
  static const char kName[] = "break.lab.test";
  LabPair* const pair = calloc(1, sizeof *pair);
  set_up(&pair->client, kSSLClientSide, type, material);
  set_up(&pair->server, kSSLServerSide, type, material);
  SSLSetPeerDomainName(pair->client.context, kName, strlen(kName));
  CFArrayRef identity = lab_identity(material->server);
  SSLSetCertificate(pair->server.context, identity);
  CFRelease(identity);
  return pair;
}

static void clear(LabQueue* queue) {
  while (queue->count > 0) drop_first(queue);
}

static void free_end(LabEnd* end) {
  CFRelease(end->context);
  clear(&end->in);
  clear(&end->out);
}

void lab_pair_free(LabPair* pair) {
  free_end(&pair->client);
  free_end(&pair->server);
  free(pair);
}

void lab_carry(LabEnd* from, LabEnd* to, LabNetwork network, void* state) {
  if (network != NULL) network(&from->out, state);
  for (size_t i = 0; i < from->out.count; ++i) {
    lab_queue_add(&to->in, from->out.packets[i].bytes, from->out.packets[i].size);
  }
  clear(&from->out);
}

static OSStatus watch(LabPair* pair, const LabEnd* watched) {
  for (int i = 0; i < kRounds; ++i) {
    const OSStatus client = SSLHandshake(pair->client.context);
    lab_carry(&pair->client, &pair->server, NULL, NULL);
    if (watched == &pair->client && client != errSSLWouldBlock) return client;
    const OSStatus server = SSLHandshake(pair->server.context);
    lab_carry(&pair->server, &pair->client, NULL, NULL);
    if (watched == &pair->server && server != errSSLWouldBlock) return server;
  }
  return errSSLWouldBlock;
}

OSStatus lab_watch_client(LabPair* pair) { return watch(pair, &pair->client); }
OSStatus lab_watch_server(LabPair* pair) { return watch(pair, &pair->server); }
