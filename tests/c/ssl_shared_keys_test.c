/* SPDX-License-Identifier: Apache-2.0 */
/* Pre-shared keys: in the place of certificates, with and without identities, and with a server's hint. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static void shared_keys_take_the_place_of_certificates(void) {
  static const SSLCipherSuite kSuite = TLS_PSK_WITH_AES_128_CBC_SHA;
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
  const void* identity = "x";
  size_t size = 9;
  End* const ends[] = {&pair->client, &pair->server};
  CHECK_STATUS(noErr, SSLGetPSKIdentity(pair->client.context, &identity, &size));
  CHECK(identity == NULL && size == 0);
  for (int i = 0; i < 2; ++i) {
    CHECK_STATUS(noErr, SSLSetEnabledCiphers(ends[i]->context, &kSuite, 1));
    CHECK_STATUS(noErr, SSLSetPSKSharedSecret(ends[i]->context, "a secret of bytes", 17));
  }
  CHECK_STATUS(errSecParam, SSLSetPSKIdentity(pair->client.context, NULL, 1));
  CHECK_STATUS(errSecParam, SSLSetPSKIdentity(pair->client.context, "x", 0));
  CHECK_STATUS(noErr, SSLSetPSKIdentity(pair->client.context, "device 7", 8));
  CHECK_STATUS(noErr, SSLGetPSKIdentity(pair->client.context, &identity, &size));
  CHECK(size == 8 && memcmp(identity, "device 7", 8) == 0);
  connect_pair(pair);
  exchange_a_byte(pair);
  SecTrustRef trust = (SecTrustRef)(uintptr_t)1;
  CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
  CHECK(trust == NULL);
  free_pair(pair);

  Pair* const different = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
  OSStatus client = noErr;
  OSStatus server = noErr;
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(different->client.context, &kSuite, 1));
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(different->server.context, &kSuite, 1));
  CHECK_STATUS(noErr, SSLSetPSKSharedSecret(different->client.context, "one", 3));
  CHECK_STATUS(noErr, SSLSetPSKSharedSecret(different->server.context, "two", 3));
  drive(different, &client, &server);
  CHECK(client != noErr && server != noErr);
  free_pair(different);

  Pair* const without = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(without->client.context, &kSuite, 1));
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(without->server.context, &kSuite, 1));
  CHECK_STATUS(errSSLBadConfiguration, SSLHandshake(without->client.context));
  CHECK_STATUS(errSSLBadConfiguration, SSLHandshake(without->server.context));
  free_pair(without);
}

static void hints_tell_which_identity_to_use(void) {
  static const SSLCipherSuite kSuites[] = {TLS_PSK_WITH_AES_128_CBC_SHA, 0xC035 /* ECDHE_PSK, RFC 5489 */};
  static char too_long[129];
  memset(too_long, 'x', sizeof too_long);
  for (size_t i = 0; i < 2; ++i) {
    for (int has_hint = 0; has_hint <= 1; ++has_hint) {
      about("suite %zu, %s", i, has_hint ? "with a hint" : "without");
      Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
      End* const ends[] = {&pair->client, &pair->server};
      CFDataRef hint = (CFDataRef)(uintptr_t)1;
      for (int end = 0; end < 2; ++end) {
        CHECK_STATUS(noErr, SSLSetEnabledCiphers(ends[end]->context, &kSuites[i], 1));
        CHECK_STATUS(noErr, SSLSetPSKSharedSecret(ends[end]->context, "a secret of bytes", 17));
      }
      CHECK_STATUS(noErr, SSLSetPSKIdentity(pair->client.context, "device 7", 8));
      CHECK_STATUS(errSecBadReq, SSLSTSetPSKIdentityHint(pair->client.context, "devices", 7));
      CHECK_STATUS(errSecParam, SSLSTSetPSKIdentityHint(pair->server.context, NULL, 7));
      CHECK_STATUS(errSecParam, SSLSTSetPSKIdentityHint(pair->server.context, "devices", 0));
      CHECK_STATUS(errSecParam, SSLSTSetPSKIdentityHint(pair->server.context, "dev\0ces", 7));
      CHECK_STATUS(errSecParam, SSLSTSetPSKIdentityHint(pair->server.context, too_long, sizeof too_long));
      if (has_hint) CHECK_STATUS(noErr, SSLSTSetPSKIdentityHint(pair->server.context, "devices", 7));
      CHECK_STATUS(errSecParam, SSLSTCopyPSKIdentityHint(pair->client.context, NULL));
      CHECK_STATUS(errSecBadReq, SSLSTCopyPSKIdentityHint(pair->server.context, &hint));
      CHECK_STATUS(noErr, SSLSTCopyPSKIdentityHint(pair->client.context, &hint));
      CHECK(hint == NULL);
      connect_pair(pair);
      exchange_a_byte(pair);
      CHECK_STATUS(noErr, SSLSTCopyPSKIdentityHint(pair->client.context, &hint));
      CHECK((hint != NULL) == (has_hint != 0));
      if (hint != NULL) {
        CHECK(CFDataGetLength(hint) == 7 && memcmp(CFDataGetBytePtr(hint), "devices", 7) == 0);
        CFRelease(hint);
      }
      CHECK_STATUS(errSecBadReq, SSLSTSetPSKIdentityHint(pair->server.context, "devices", 7));
      free_pair(pair);
    }
  }
}

/* As Apple says: the identity is optional. In TLS 1.3 such a key cannot be offered, and does no harm. */
static void keys_need_no_identity(void) {
  static const SSLCipherSuite kSuites[] = {TLS_AES_128_GCM_SHA256, TLS_PSK_WITH_AES_128_CBC_SHA};
  for (int server_has_key = 0; server_has_key <= 1; ++server_has_key) {
    for (int is_tls12 = 0; is_tls12 <= 1; ++is_tls12) {
      about("%s, %s", is_tls12 ? "TLS 1.2" : "any version", server_has_key ? "shared" : "known to the client alone");
      if (is_tls12 && !server_has_key) continue;
      Pair* const pair = make_pair((PairOptions){.has_no_identity = is_tls12 != 0});
      CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->client.context, kSuites, 2));
      CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->server.context, &kSuites[is_tls12], 1));
      CHECK_STATUS(noErr, SSLSetPSKSharedSecret(pair->client.context, "a secret of bytes", 17));
      if (server_has_key) CHECK_STATUS(noErr, SSLSetPSKSharedSecret(pair->server.context, "a secret of bytes", 17));
      connect_pair(pair);
      exchange_a_byte(pair);
      SSLProtocol version = kSSLProtocolUnknown;
      CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(pair->client.context, &version));
      CHECK_NUMBER(is_tls12 ? kTLSProtocol12 : kTLSProtocol13, version);
      SecTrustRef trust = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
      CHECK((trust == NULL) == (is_tls12 != 0)); /* in TLS 1.3 the certificate is shown and judged */
      if (trust != NULL) CFRelease(trust);
      free_pair(pair);
    }
  }
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"shared keys take the place of certificates", shared_keys_take_the_place_of_certificates},
      {"hints tell which identity to use", hints_tell_which_identity_to_use},
      {"keys need no identity", keys_need_no_identity},
  };
  return RUN_CASES(kCases, argc, argv);
}
