/* SPDX-License-Identifier: Apache-2.0 */
/* The dialect that SECURETRANSPORT_DIALECT sets for a process. Usage: c_ssl_dialect published|documented. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static bool is_published;

static OSStatus code_for_an_expired_server(const SSLSTDialect* chosen) {
  Pair* const pair = make_pair((PairOptions){.leaf = kExpiredLeaf});
  OSStatus client = noErr;
  OSStatus server = noErr;
  if (chosen != NULL) CHECK_STATUS(noErr, SSLSTSetDialect(pair->client.context, *chosen));
  drive(pair, &client, &server);
  free_pair(pair);
  return client;
}

static void new_contexts_speak_the_dialect_of_the_process(void) {
  SSLContextRef contexts[] = {new_client(), new_server(), new_datagram(kSSLClientSide)};
  for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; ++i) {
    SSLSTDialect dialect = (SSLSTDialect)42;
    CHECK_STATUS(noErr, SSLSTGetDialect(contexts[i], &dialect));
    CHECK_NUMBER(is_published ? kSSLSTDialectPublished : kSSLSTDialectDocumented, dialect);
    CFRelease(contexts[i]);
  }
  CHECK_STATUS(is_published ? errSSLXCertChainInvalid : errSSLCertExpired, code_for_an_expired_server(NULL));
}

static void contexts_may_speak_another_one(void) {
  static const SSLSTDialect kDocumented = kSSLSTDialectDocumented;
  static const SSLSTDialect kPublished = kSSLSTDialectPublished;
  CHECK_STATUS(errSSLCertExpired, code_for_an_expired_server(&kDocumented));
  CHECK_STATUS(errSSLXCertChainInvalid, code_for_an_expired_server(&kPublished));
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"new contexts speak the dialect of the process", new_contexts_speak_the_dialect_of_the_process},
      {"contexts may speak another one", contexts_may_speak_another_one},
  };
  if (argc != 2) {
    fputs("usage: c_ssl_dialect published|documented\n", stderr);
    return 2;
  }
  is_published = strcmp(argv[1], "published") == 0;
  return RUN_CASES(kCases, 1, argv);
}
