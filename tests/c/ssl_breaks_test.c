/* SPDX-License-Identifier: Apache-2.0 */
/* Break points, trust, client certificates, and the rules of App Transport Security. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static const SSLProtocol kVersions[] = {kTLSProtocol12, kTLSProtocol13};
enum { kVersionCount = 2 };

static SSLSessionState state_of(const End* end) {
  SSLSessionState state = kSSLIdle;
  CHECK_STATUS(noErr, SSLGetSessionState(end->context, &state));
  return state;
}

static void set(const End* end, SSLSessionOption option) {
  CHECK_STATUS(noErr, SSLSetSessionOption(end->context, option, true));
}

/* Goes on from a break at one end. */
static void drive_on(Pair* pair, OSStatus* client, OSStatus* server) {
  OSStatus again_client = noErr;
  OSStatus again_server = noErr;
  drive(pair, &again_client, &again_server);
  *client = again_client;
  *server = again_server;
}

/* Automatic verification. */

static void refused_servers_have_the_code_of_what_is_wrong(void) {
  static const struct {
    Leaf leaf;
    OSStatus client;
    OSStatus server; /* the alert as the server sees it */
  } kRows[] = {
      {kExpiredLeaf, errSSLCertExpired, errSSLPeerCertExpired},
      {kFutureLeaf, errSSLCertNotYetValid, errSSLPeerCertExpired},
      {kOtherNameLeaf, errSSLHostNameMismatch, errSSLPeerCertUnknown},
      {kStrangerLeaf, errSSLUnknownRootCert, errSSLPeerUnknownCA},
      {kClientLeaf, errSSLXCertChainInvalid, errSSLPeerUnsupportedCert},
  };
  for (int version = 0; version < kVersionCount; ++version) {
    for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
      for (int published = 0; published <= 1; ++published) {
        about("version %d, leaf %d, %s", (int)kVersions[version], (int)kRows[i].leaf,
              published ? "published" : "documented");
        Pair* const pair = make_pair(
            (PairOptions){.version = kVersions[version], .leaf = (int)kRows[i].leaf, .is_published = published != 0});
        OSStatus client = noErr;
        OSStatus server = noErr;
        drive(pair, &client, &server);
        CHECK_STATUS(published ? errSSLXCertChainInvalid : kRows[i].client, client);
        CHECK(server == kRows[i].server || server == errSSLPeerCertUnknown || server == errSSLPeerBadCert);
        CHECK_NUMBER(kSSLHandshake, state_of(&pair->client));
        /* The trust object can be asked for the reason. */
        SecTrustRef trust = NULL;
        CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
        CHECK(trust != NULL);
        if (trust != NULL) {
          CHECK(!SecTrustEvaluateWithError(trust, NULL));
          CFRelease(trust);
        }
        free_pair(pair);
      }
    }
  }
}

static void verification_can_be_turned_off(void) {
  for (int by_any_root = 0; by_any_root <= 1; ++by_any_root) {
    for (int version = 0; version < kVersionCount; ++version) {
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kExpiredLeaf});
      CHECK_STATUS(noErr, by_any_root ? SSLSetAllowsAnyRoot(pair->client.context, true)
                                      : SSLSetEnableCertVerify(pair->client.context, false));
      connect_pair(pair);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

static void a_trusted_leaf_rescues_a_refused_chain(void) {
  const void* leaves[] = {pki_certificate(kExpiredLeaf)};
  CFArrayRef trusted = CFArrayCreate(NULL, leaves, 1, &kCFTypeArrayCallBacks);
  CFArrayRef kept = NULL;
  Pair* const pair = make_pair((PairOptions){.leaf = kExpiredLeaf});
  CHECK_STATUS(noErr, SSLSetTrustedLeafCertificates(pair->client.context, trusted));
  CHECK_STATUS(noErr, SSLCopyTrustedLeafCertificates(pair->client.context, &kept));
  CHECK(kept == trusted);
  CFRelease(kept);
  connect_pair(pair);
  free_pair(pair);
  CFRelease(trusted);
}

/* The break for the server's certificate. */

static void programs_that_judge_see_the_chain_and_go_on(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int resume = 0; resume < 3; ++resume) {
      about("version %d, resumed by %s", (int)kVersions[version],
            resume == 0   ? "SSLHandshake"
            : resume == 1 ? "SSLRead"
                          : "SSLWrite");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kStrangerLeaf});
      OSStatus client = noErr;
      OSStatus server = noErr;
      uint8_t byte = 0;
      size_t got = 0;
      set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
      drive(pair, &client, &server);
      CHECK_STATUS(errSSLPeerAuthCompleted, client);
      CHECK_NUMBER(kSSLHandshake, state_of(&pair->client));
      SSLCipherSuite suite = 0;
      CHECK_STATUS(noErr, SSLGetNegotiatedCipher(pair->client.context, &suite));
      CHECK(suite != 0);
      SecTrustRef trust = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
      CHECK(trust != NULL && CFEqual(SecTrustGetCertificateAtIndex(trust, 0), pki_certificate(kStrangerLeaf)));
      CFRelease(trust);
      CFArrayRef chain = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerCertificates(pair->client.context, &chain));
      CHECK(chain != NULL && CFArrayGetCount(chain) == 2);
      CFRelease(chain);
      if (resume == 1) CHECK_STATUS(errSSLWouldBlock, SSLRead(pair->client.context, &byte, 1, &got));
      if (resume == 2) SSLWrite(pair->client.context, NULL, 0, &got);
      drive_on(pair, &client, &server);
      CHECK_STATUS(noErr, client);
      CHECK_STATUS(noErr, server);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

static void closing_at_the_break_refuses_the_server(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
    OSStatus client = noErr;
    OSStatus server = noErr;
    set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLPeerAuthCompleted, client);
    CHECK_STATUS(noErr, SSLClose(pair->client.context));
    CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
    CHECK_STATUS(errSSLPeerCertUnknown, SSLHandshake(pair->server.context));
    free_pair(pair);
  }
}

static void errors_set_from_outside_name_the_alert(void) {
  static const struct {
    OSStatus set;
    OSStatus seen;
  } kRows[] = {{errSecCertificateExpired, errSSLPeerCertExpired}, {errSecCertificateRevoked, errSSLPeerCertRevoked}};
  for (int version = 0; version < kVersionCount; ++version) {
    for (int i = 0; i < 2; ++i) {
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      OSStatus client = noErr;
      OSStatus server = noErr;
      size_t got = 0;
      set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
      drive(pair, &client, &server);
      CHECK_STATUS(noErr, SSLSetError(pair->client.context, kRows[i].set));
      CHECK_NUMBER(kSSLAborted, state_of(&pair->client));
      CHECK_STATUS(errSSLClosedAbort, SSLWrite(pair->client.context, "x", 1, &got));
      CHECK_STATUS(errSSLClosedAbort, SSLReHandshake(pair->client.context));
      CHECK_STATUS(noErr, SSLHandshake(pair->client.context));
      CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
      CHECK_STATUS(kRows[i].seen, SSLHandshake(pair->server.context));
      free_pair(pair);
    }
  }
  Pair* const pair = make_pair((PairOptions){0});
  CHECK_STATUS(noErr, SSLSetError(pair->client.context, errSecCertificateRevoked));
  CHECK_STATUS(noErr, SSLHandshake(pair->client.context));
  CHECK_NUMBER(kSSLClosed, state_of(&pair->client));
  CHECK_NUMBER(0, pair->client.write_calls);
  free_pair(pair);
}

static void verification_turned_on_again_judges_after_the_break(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .leaf = kExpiredLeaf});
    OSStatus client = noErr;
    OSStatus server = noErr;
    set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
    CHECK_STATUS(noErr, SSLSetEnableCertVerify(pair->client.context, true));
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLPeerAuthCompleted, client);
    drive_on(pair, &client, &server);
    CHECK_STATUS(errSSLCertExpired, client);
    free_pair(pair);
  }
}

/* The server's flight in one record, or in many: the breaks are the same. */

static void reframe(Wire* wire, size_t size) {
  uint8_t* const messages = malloc(wire->size);
  size_t length = 0;
  for (size_t at = wire->taken; at < wire->size;) {
    const size_t body = (size_t)(wire->bytes[at + 3] << 8 | wire->bytes[at + 4]);
    CHECK_NUMBER(22, wire->bytes[at]); /* nothing but handshake messages, all in the clear */
    memcpy(messages + length, wire->bytes + at + 5, body);
    length += body;
    at += 5 + body;
  }
  wire->size = wire->taken;
  for (size_t at = 0; at < length;) {
    const size_t body = length - at < size ? length - at : size;
    const uint8_t header[] = {22, 3, 3, (uint8_t)(body >> 8), (uint8_t)body};
    memcpy(wire->bytes + wire->size, header, sizeof header);
    memcpy(wire->bytes + wire->size + sizeof header, messages + at, body);
    wire->size += sizeof header + body;
    at += body;
  }
  free(messages);
}

static void framing_of_the_servers_flight_changes_no_break(void) {
  static const size_t kSizes[] = {16384, 100, 7, 1};
  for (size_t i = 0; i < sizeof kSizes / sizeof kSizes[0]; ++i) {
    for (int breaks = 0; breaks <= 1; ++breaks) {
      about("records of %zu bytes, %s", kSizes[i], breaks ? "with breaks" : "without");
      Pair* const pair =
          make_pair((PairOptions){.version = kTLSProtocol12, .leaf = breaks ? kServerLeaf : kExpiredLeaf});
      OSStatus client = noErr;
      OSStatus server = noErr;
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kTryAuthenticate));
      if (breaks) {
        set(&pair->client, kSSLSessionOptionBreakOnCertRequested);
        set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
      }
      CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
      CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->server.context));
      reframe(&pair->to_client, kSizes[i]);
      const size_t written = pair->client.written_bytes;
      client = SSLHandshake(pair->client.context);
      if (!breaks) {
        CHECK_STATUS(errSSLCertExpired, client);
        free_pair(pair);
        continue;
      }
      CHECK_STATUS(errSSLClientCertRequested, client);
      CHECK_STATUS(errSSLPeerAuthCompleted, SSLHandshake(pair->client.context));
      CHECK_NUMBER(written, pair->client.written_bytes); /* nothing of ours has left before the judgement */
      drive_on(pair, &client, &server);
      CHECK_STATUS(noErr, client);
      CHECK_STATUS(noErr, server);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

/* Client certificates. */

static void asked_clients_may_choose_a_certificate(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int gives = 0; gives <= 1; ++gives) {
      about("version %d, %s", (int)kVersions[version], gives ? "with a certificate" : "without");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      OSStatus client = noErr;
      OSStatus server = noErr;
      SSLClientCertificateState state = kSSLClientCertRejected;
      CFArrayRef names = NULL;
      set(&pair->client, kSSLSessionOptionBreakOnCertRequested);
      set(&pair->client, kSSLSessionOptionBreakOnServerAuth);
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kTryAuthenticate));
      CHECK_STATUS(noErr, SSLSetCertificateAuthorities(pair->server.context, pki_root(), true));
      drive(pair, &client, &server);
      /* First the request, then the server's certificate. */
      CHECK_STATUS(errSSLClientCertRequested, client);
      CHECK_STATUS(noErr, SSLGetClientCertificateState(pair->client.context, &state));
      CHECK_NUMBER(kSSLClientCertRequested, state);
      CHECK_STATUS(noErr, SSLCopyDistinguishedNames(pair->client.context, &names));
      CHECK(names != NULL && CFArrayGetCount(names) == 1);
      if (names != NULL) CFRelease(names);
      unsigned count = 0;
      CHECK_STATUS(noErr, SSLGetNumberOfSignatureAlgorithms(pair->client.context, &count));
      CHECK(count > 0);
      CHECK_STATUS(noErr, SSLGetNumberOfClientAuthTypes(pair->client.context, &count));
      CHECK(kVersions[version] == kTLSProtocol13 || count > 0);
      if (gives) {
        CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kClientLeaf)));
        CHECK_STATUS(noErr, SSLGetClientCertificateState(pair->client.context, &state));
        CHECK_NUMBER(kSSLClientCertSent, state);
      }
      drive_on(pair, &client, &server);
      CHECK_STATUS(errSSLPeerAuthCompleted, client);
      drive_on(pair, &client, &server);
      CHECK_STATUS(noErr, client);
      CHECK_STATUS(noErr, server);
      SecTrustRef trust = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->server.context, &trust));
      CHECK((trust != NULL) == (gives != 0));
      if (trust != NULL) CFRelease(trust);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

static void clients_with_a_certificate_are_not_asked_for_one(void) {
  Pair* const pair = make_pair((PairOptions){0});
  set(&pair->client, kSSLSessionOptionBreakOnCertRequested);
  CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kClientLeaf)));
  CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate));
  connect_pair(pair);
  free_pair(pair);
}

static void servers_refuse_clients_without_or_with_a_bad_certificate(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int sends = 0; sends <= 1; ++sends) {
      about("version %d, %s", (int)kVersions[version], sends ? "a bad one" : "none");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      OSStatus client = noErr;
      OSStatus server = noErr;
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate));
      if (sends) CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kExpiredLeaf)));
      drive(pair, &client, &server);
      CHECK(server == (sends ? errSSLXCertChainInvalid : errSSLCertificateRequired) || server == errSSLCertExpired);
      free_pair(pair);
    }
  }
}

static void servers_that_judge_see_the_client(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    for (int sends = 0; sends <= 1; ++sends) {
      about("version %d, the client sends %s", (int)kVersions[version], sends ? "a certificate" : "none");
      Pair* const pair = make_pair((PairOptions){.version = kVersions[version]});
      OSStatus client = noErr;
      OSStatus server = noErr;
      set(&pair->server, kSSLSessionOptionBreakOnClientAuth);
      CHECK_STATUS(noErr, SSLSetClientSideAuthenticate(pair->server.context, kTryAuthenticate));
      if (sends) CHECK_STATUS(noErr, SSLSetCertificate(pair->client.context, pki_chain(kStrangerLeaf)));
      drive(pair, &client, &server);
      CHECK_STATUS(errSSLPeerAuthCompleted, server);
      SecTrustRef trust = NULL;
      CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->server.context, &trust));
      CHECK((trust != NULL) == (sends != 0));
      if (trust != NULL) CFRelease(trust);
      drive_on(pair, &client, &server);
      CHECK_STATUS(noErr, client);
      CHECK_STATUS(noErr, server);
      exchange_a_byte(pair);
      free_pair(pair);
    }
  }
}

/* The ClientHello. */

static void servers_may_choose_by_the_name(void) {
  for (int version = 0; version < kVersionCount; ++version) {
    about("version %d", (int)kVersions[version]);
    Pair* const pair = make_pair((PairOptions){.version = kVersions[version], .has_no_identity = true});
    OSStatus client = noErr;
    OSStatus server = noErr;
    char name[64];
    size_t size = 0;
    set(&pair->server, kSSLSessionOptionBreakOnClientHello);
    drive(pair, &client, &server);
    CHECK_STATUS(errSSLClientHelloReceived, server);
    CHECK_STATUS(noErr, SSLCopyRequestedPeerNameLength(pair->server.context, &size));
    CHECK_NUMBER(16, size); /* the NUL counts */
    size = 15;
    CHECK_STATUS(errSSLBufferOverflow, SSLCopyRequestedPeerName(pair->server.context, name, &size));
    size = sizeof name;
    CHECK_STATUS(noErr, SSLCopyRequestedPeerName(pair->server.context, name, &size));
    CHECK(strcmp(name, "www.example.com") == 0);
    SSLProtocol agreed = kSSLProtocolUnknown;
    CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(pair->server.context, &agreed));
    CHECK_NUMBER(kVersions[version], agreed);
    CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, pki_chain(kServerLeaf)));
    drive_on(pair, &client, &server);
    CHECK_STATUS(noErr, client);
    CHECK_STATUS(noErr, server);
    free_pair(pair);
  }
}

static void another_identity_takes_the_place_of_the_first(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .leaf = kExpiredLeaf});
  OSStatus client = noErr;
  OSStatus server = noErr;
  set(&pair->server, kSSLSessionOptionBreakOnClientHello);
  drive(pair, &client, &server);
  CHECK_STATUS(errSSLClientHelloReceived, server);
  CHECK_STATUS(noErr, SSLSetCertificate(pair->server.context, pki_chain(kRsaLeaf)));
  drive_on(pair, &client, &server);
  CHECK_STATUS(noErr, client);
  SecTrustRef trust = NULL;
  CHECK_STATUS(noErr, SSLCopyPeerTrust(pair->client.context, &trust));
  CHECK(trust != NULL && CFEqual(SecTrustGetCertificateAtIndex(trust, 0), pki_certificate(kRsaLeaf)));
  CFRelease(trust);
  free_pair(pair);
}

static void servers_without_an_identity_are_badly_configured(void) {
  for (int published = 0; published <= 1; ++published) {
    Pair* const pair = make_pair((PairOptions){.has_no_identity = true, .is_published = published != 0});
    OSStatus client = noErr;
    OSStatus server = noErr;
    drive(pair, &client, &server);
    CHECK_STATUS(published ? errSSLNegotiation : errSSLBadConfiguration, server);
    free_pair(pair);
  }
}

/* App Transport Security. */

static void ats_configurations_have_the_codes_of_ats(void) {
  static const struct {
    Leaf leaf;
    SSLProtocol server_max;
    SSLCipherSuite suite; /* the server's only one; 0: its usual ones */
    bool without_pfs;
    OSStatus client;
  } kRows[] = {
      {kServerLeaf, kTLSProtocol13, 0, false, noErr},
      {kRsaLeaf, kTLSProtocol12, TLS_RSA_WITH_AES_128_GCM_SHA256, true, noErr},
      {kWeakHashLeaf, kTLSProtocol13, 0, false, errSSLATSLeafCertificateHashAlgorithmViolation},
      {kWeakKeyLeaf, kTLSProtocol13, 0, false, errSSLATSMinimumKeySizeViolation},
      {kWeakHashLeaf, kTLSProtocol13, 0, true, errSSLATSLeafCertificateHashAlgorithmViolation},
      {kOtherNameLeaf, kTLSProtocol13, 0, false, errSSLATSCertificateTrustViolation},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    Pair* const pair = make_pair((PairOptions){.leaf = (int)kRows[i].leaf});
    OSStatus client = noErr;
    OSStatus server = noErr;
    CHECK_STATUS(noErr, SSLSetSessionConfig(pair->client.context, kRows[i].without_pfs ? kSSLSessionConfig_ATSv1_noPFS
                                                                                       : kSSLSessionConfig_ATSv1));
    CHECK_STATUS(noErr, SSLSetProtocolVersionMax(pair->server.context, kRows[i].server_max));
    if (kRows[i].suite != 0) CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->server.context, &kRows[i].suite, 1));
    /* The program overrides ordinary trust; that does not override App Transport Security. */
    if (kRows[i].client != noErr) CHECK_STATUS(noErr, SSLSetAllowsAnyRoot(pair->client.context, true));
    drive(pair, &client, &server);
    CHECK_STATUS(kRows[i].client, client);
    free_pair(pair);
  }
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"refused servers have the code of what is wrong", refused_servers_have_the_code_of_what_is_wrong},
      {"verification can be turned off", verification_can_be_turned_off},
      {"a trusted leaf rescues a refused chain", a_trusted_leaf_rescues_a_refused_chain},
      {"programs that judge see the chain and go on", programs_that_judge_see_the_chain_and_go_on},
      {"closing at the break refuses the server", closing_at_the_break_refuses_the_server},
      {"errors set from outside name the alert", errors_set_from_outside_name_the_alert},
      {"verification turned on again judges after the break", verification_turned_on_again_judges_after_the_break},
      {"framing of the server's flight changes no break", framing_of_the_servers_flight_changes_no_break},
      {"asked clients may choose a certificate", asked_clients_may_choose_a_certificate},
      {"clients with a certificate are not asked for one", clients_with_a_certificate_are_not_asked_for_one},
      {"servers refuse clients without or with a bad certificate",
       servers_refuse_clients_without_or_with_a_bad_certificate},
      {"servers that judge see the client", servers_that_judge_see_the_client},
      {"servers may choose by the name", servers_may_choose_by_the_name},
      {"another identity takes the place of the first", another_identity_takes_the_place_of_the_first},
      {"servers without an identity are badly configured", servers_without_an_identity_are_badly_configured},
      {"ATS configurations have the codes of ATS", ats_configurations_have_the_codes_of_ats},
  };
  return RUN_CASES(kCases, argc, argv);
}
