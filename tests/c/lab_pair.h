/* SPDX-License-Identifier: Apache-2.0 */
/* Two contexts that talk through memory, as streams or datagrams, and a network between them that may be bad. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_PAIR_H
#define SECURETRANSPORT_TESTS_C_LAB_PAIR_H

#include "lab_programs.h"

typedef struct {
  uint8_t* bytes;
  size_t size;
} LabPacket;

enum { kLabMostPackets = 256 };

typedef struct {
  LabPacket packets[kLabMostPackets];
  size_t count;
  size_t taken; /* of the first */
  bool is_in_record;
} LabQueue;

typedef struct {
  SSLContextRef context;
  bool is_datagram;
  bool has_ended; /* nothing more comes than what is there */
  LabQueue in;
  LabQueue out;
} LabEnd;

typedef struct {
  LabEnd client;
  LabEnd server;
} LabPair;

/* A client that trusts the lab's root and a good server; both can still be configured. To be freed. */
LabPair* lab_pair(const LabMaterial* material, SSLConnectionType type);
void lab_pair_free(LabPair* pair);

/* What arrives of what was sent in one go: changes the queue. */
typedef void (*LabNetwork)(LabQueue* sent, void* state);

void lab_queue_add(LabQueue* queue, const void* bytes, size_t size);
/* All that `from` has sent to `to`; a NULL network is a good one. */
void lab_carry(LabEnd* from, LabEnd* to, LabNetwork network, void* state);

/* SSLHandshake on both, until the one who is watched has something else to say than errSSLWouldBlock. */
OSStatus lab_watch_client(LabPair* pair);
OSStatus lab_watch_server(LabPair* pair);

#endif
