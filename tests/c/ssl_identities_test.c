/* SPDX-License-Identifier: Apache-2.0 */
/* Identities whose keys are neither RSA nor on a NIST curve: what they sign, and what the other side has to accept. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
enum { kVersionCount = 2 };

/* SignatureScheme of RFC 8446 section 4.2.3. */
enum { kEcdsaP256 = 0x0403, kEd25519 = 0x0807, kEd448 = 0x0808, kRsaPssPssSha256 = 0x0809 };

static void accept(Pair* pair, bool is_server, const uint16_t* schemes, size_t count) {
  SSLContextRef const context = is_server ? pair->server.context : pair->client.context;
  CHECK_STATUS(noErr, SSLSTSetSignatureAlgorithms(context, schemes, count));
}

static void servers_sign_with_keys_of_other_kinds(void) {
  static const struct {
    Leaf leaf;
    uint16_t scheme;
  } kRows[] = {{kEd25519Leaf, kEd25519}, {kEd448Leaf, kEd448}, {kRsaPssLeaf, kRsaPssPssSha256}};
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    for (int version = 0; version < kVersionCount; ++version) {
      about("row %zu, version %d", i, (int)kVersions[version]);
      const uint16_t schemes[] = {kEcdsaP256, kRows[i].scheme};
      uint16_t used = 0;
      OSStatus client = noErr;
      OSStatus server = noErr;
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kRows[i].leaf});
      accept(pair, false, schemes, 2);
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnServerAuth, true));
      drive(pair, &client, &server);
      CHECK_STATUS(errSSLPeerAuthCompleted, client);
      connect_pair(pair);
      CHECK_STATUS(noErr, SSLSTGetPeerSignatureAlgorithm(pair->client.context, &used));
      CHECK_NUMBER(kRows[i].scheme, used);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

/* Nobody offers these algorithms unasked, so that no server chooses a certificate that Apple's rules refuse. */
static void clients_do_not_offer_them_by_themselves(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    OSStatus client = noErr;
    OSStatus server = noErr;
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kEd25519Leaf});
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLPeerHandshakeFail, client);
    CHECK_STATUS(errSSLHandshakeFail, server);
    free_pair(pair);
  }
}

static void apple_judges_a_server_with_such_a_key_as_weak(void) {
  static const uint16_t kSchemes[] = {kEd25519};
  OSStatus client = noErr;
  OSStatus server = noErr;
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol13, .leaf = kEd25519Leaf});
  accept(pair, false, kSchemes, 1);
  drive(pair, &client, &server);
  CHECK_STATUS(errSSLXCertChainInvalid, client);
  free_pair(pair);
}

static void clients_sign_if_the_server_accepts_it(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int late = 0; late <= 1; ++late) {
      about("version %d, identity %s", (int)kVersions[version], late ? "given at the break" : "set before");
      static const uint16_t kSchemes[] = {kEcdsaP256, kEd25519};
      uint16_t used = 0;
      OSStatus client = noErr;
      OSStatus server = noErr;
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      accept(pair, true, kSchemes, 2);
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate));
      CHECK_STATUS(noErr, SSLSetTrustedRoots(pair->server.context, pki_roots(), true));
      CHECK_STATUS(noErr, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnCertRequested, true));
      if (!late) CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kEd25519Client)));
      drive(pair, &client, &server);
      if (late) {
        CHECK_STATUS(errSSLClientCertRequested, client);
        CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kEd25519Client)));
      }
      connect_pair(pair);
      CHECK_STATUS(noErr, SSLSTGetPeerSignatureAlgorithm(pair->server.context, &used));
      CHECK_NUMBER(kEd25519, used);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

/* A list of the program's counts for both directions. */
static void a_list_without_them_rules_them_out(void) {
  static const uint16_t kOwn[] = {kEcdsaP256};
  static const uint16_t kOffered[] = {kEcdsaP256, kEd25519};
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    OSStatus client = noErr;
    OSStatus server = noErr;
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kEd25519Leaf});
    accept(pair, true, kOwn, 1);
    accept(pair, false, kOffered, 2);
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLPeerHandshakeFail, client);
    free_pair(pair);
  }
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"servers sign with keys of other kinds", servers_sign_with_keys_of_other_kinds},
      {"clients do not offer them by themselves", clients_do_not_offer_them_by_themselves},
      {"Apple judges a server with such a key as weak", apple_judges_a_server_with_such_a_key_as_weak},
      {"clients sign if the server accepts it", clients_sign_if_the_server_accepts_it},
      {"a list without them rules them out", a_list_without_them_rules_them_out},
  };
  return RUN_CASES(kCases, argc, argv);
}
