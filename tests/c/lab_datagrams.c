/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "lab_datagrams.h"

#include <Security/SecureTransportExtensions.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab_pair.h"

/* Small datagrams: more of them, so that there is more to lose. */
enum { kTimer = 2, kSmallDatagrams = 256, kRounds = 5000 };

static void sleep_for(uint32_t milliseconds) {
  const struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000};
  nanosleep(&time, NULL);
}

static OSStatus set_up(SSLContextRef context, uint32_t timer) {
  const OSStatus status = SSLSetMaxDatagramRecordSize(context, kSmallDatagrams);
  return status != noErr ? status : SSLSTSetRetransmissionTimeout(context, timer);
}

static bool has_failed(OSStatus status) { return status != noErr && status != errSSLWouldBlock; }

/* Until both are connected; SSLHandshake sends again what its timer says. */
static OSStatus shake_hands(LabPair* pair, LabNetwork network, void* state) {
  OSStatus client = errSSLWouldBlock;
  for (int i = 0; i < kRounds; ++i) {
    client = SSLHandshake(pair->client.context);
    lab_carry(&pair->client, &pair->server, network, state);
    const OSStatus server = SSLHandshake(pair->server.context);
    lab_carry(&pair->server, &pair->client, network, state);
    if (has_failed(client)) return client;
    if (has_failed(server)) return server;
    if (client == noErr && server == noErr) return noErr;
    if (pair->client.in.count == 0 && pair->server.in.count == 0) sleep_for(1);
  }
  return client;
}

/* A byte from one to the other: the proof that they understand each other. */
static OSStatus exchange_a_byte(LabPair* pair, LabNetwork network, void* state) {
  char buffer[16];
  size_t size = 0;
  OSStatus status = SSLWrite(pair->client.context, "*", 1, &size);
  lab_carry(&pair->client, &pair->server, network, state);
  if (status == noErr) status = SSLRead(pair->server.context, buffer, sizeof buffer, &size);
  return status != noErr || (size == 1 && buffer[0] == '*') ? status : errSSLInternal;
}

static OSStatus talk_over(const LabMaterial* material, LabNetwork network, void* state) {
  LabPair* const pair = lab_pair(material, kSSLDatagramType);
  OSStatus status = set_up(pair->client.context, kTimer);
  if (status == noErr) status = set_up(pair->server.context, kTimer);
  if (status == noErr) status = shake_hands(pair, network, state);
  if (status == noErr) status = exchange_a_byte(pair, network, state);
  lab_pair_free(pair);
  return status;
}

OSStatus lab_datagram_no_answer(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLDatagramType);
  OSStatus status = set_up(pair->client.context, 1);
  if (status == noErr) status = SSLHandshake(pair->client.context);
  while (status == errSSLWouldBlock) {
    uint32_t milliseconds = kTimer;
    if (SSLSTGetNextTimeout(pair->client.context, &milliseconds) == noErr) sleep_for(milliseconds);
    status = SSLHandshake(pair->client.context);
  }
  lab_pair_free(pair);
  return status;
}

/* Networks. */

typedef struct {
  int count;
  int lost;
} Losses;

/* The handshake loses some; in the end the network is good. */
static void lose_every_third(LabQueue* sent, void* state) {
  enum { kEvery = 3, kMost = 4 };
  Losses* const losses = state;
  size_t kept = 0;
  for (size_t i = 0; i < sent->count; ++i) {
    if (++losses->count % kEvery == 0 && losses->lost < kMost) {
      ++losses->lost;
      free(sent->packets[i].bytes);
    } else {
      sent->packets[kept++] = sent->packets[i];
    }
  }
  sent->count = kept;
}

static void repeat_all(LabQueue* sent, void* state) {
  (void)state;
  const size_t count = sent->count;
  for (size_t i = 0; i < count; ++i) lab_queue_add(sent, sent->packets[i].bytes, sent->packets[i].size);
}

static void reverse_all(LabQueue* sent, void* state) {
  (void)state;
  for (size_t i = 0; i < sent->count / 2; ++i) {
    const LabPacket other = sent->packets[i];
    sent->packets[i] = sent->packets[sent->count - 1 - i];
    sent->packets[sent->count - 1 - i] = other;
  }
}

/* A foreign datagram before each good one: what is added at the end goes to its place. */
static void mix_foreign_in(LabQueue* sent, void* state) {
  (void)state;
  uint8_t foreign[20];
  memset(foreign, 0x91, sizeof foreign);
  const size_t count = sent->count;
  for (size_t i = 0; i < count; ++i) lab_queue_add(sent, foreign, sizeof foreign);
  LabPacket mixed[kLabMostPackets];
  for (size_t i = 0; i < count; ++i) {
    mixed[2 * i] = sent->packets[count + i];
    mixed[2 * i + 1] = sent->packets[i];
  }
  memcpy(sent->packets, mixed, sent->count * sizeof mixed[0]);
}

OSStatus lab_datagram_lost(const LabMaterial* material) {
  Losses losses = {0};
  const OSStatus status = talk_over(material, lose_every_third, &losses);
  return status != noErr || losses.lost > 0 ? status : errSSLInternal;
}

OSStatus lab_datagram_repeated(const LabMaterial* material) { return talk_over(material, repeat_all, NULL); }
OSStatus lab_datagram_reordered(const LabMaterial* material) { return talk_over(material, reverse_all, NULL); }
OSStatus lab_datagram_record_skipped(const LabMaterial* material) { return talk_over(material, mix_foreign_in, NULL); }
