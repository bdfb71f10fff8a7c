/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts of different threads share caches of sessions, of engine contexts and of certificates, and nothing else. */
#include <Security/SecureTransport.h>
#include <pthread.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

enum { kThreads = 2, kVisits = 8 };

/* Checks are counted without a lock, so a thread only says whether all went well. */
static bool visit(SSLProtocol version) {
  OSStatus client = noErr;
  OSStatus server = noErr;
  uint8_t byte = 0;
  size_t got = 0;
  Pair* const pair = make_pair((PairOptions){.version = version});
  bool went_well = SSLSetPeerID(pair->client.context, "threads", 7) == noErr &&
                   SSLSetPeerID(pair->server.context, "threads", 7) == noErr && drive(pair, &client, &server) &&
                   client == noErr && server == noErr;
  went_well = went_well && SSLWrite(pair->server.context, "!", 1, &got) == noErr &&
              SSLRead(pair->client.context, &byte, 1, &got) == noErr && byte == '!';
  SecTrustRef trust = NULL;
  went_well = went_well && SSLCopyPeerTrust(pair->client.context, &trust) == noErr && trust != NULL;
  if (trust != NULL) CFRelease(trust);
  SSLClose(pair->client.context);
  free_pair(pair);
  return went_well;
}

static void* visit_again_and_again(void* went_well) {
  bool all = true;
  for (int i = 0; i < kVisits; ++i) all = visit(i % 2 == 0 ? kTLSProtocol12 : kTLSProtocol13) && all;
  *(bool*)went_well = all;
  return NULL;
}

static void threads_share_caches(void) {
  pthread_t threads[kThreads];
  bool went_well[kThreads] = {false};
  /* The certificates of the test are made by one thread. */
  CHECK(pki_chain(kServerLeaf) != NULL && pki_roots() != NULL);
  for (int i = 0; i < kThreads; ++i) {
    CHECK(pthread_create(&threads[i], NULL, visit_again_and_again, &went_well[i]) == 0);
  }
  for (int i = 0; i < kThreads; ++i) {
    CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(went_well[i]);
  }
}

int main(int argc, char** argv) {
  static const Case kCases[] = {{"threads share caches", threads_share_caches}};
  return RUN_CASES(kCases, argc, argv);
}
