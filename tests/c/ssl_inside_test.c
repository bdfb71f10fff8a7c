/* SPDX-License-Identifier: Apache-2.0 */
/* The private functions about the inside of a session, and our own extensions. */
#define _POSIX_C_SOURCE 200809L
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

/* The inside of a session. */

static void secrets_of_both_ends_agree(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  uint8_t of_client[48] = {0};
  uint8_t of_server[48] = {0};
  size_t size = 48;
  CHECK_STATUS(errSecBadReq, SSLInternalMasterSecret(pair->client.context, of_client, &size));
  size = 32;
  CHECK_STATUS(errSecBadReq, SSLInternalClientRandom(pair->client.context, of_client, &size));
  connect_pair(pair);
  size = 47;
  CHECK_STATUS(errSecParam, SSLInternalMasterSecret(pair->client.context, of_client, &size));
  CHECK_STATUS(errSecParam, SSLInternalMasterSecret(pair->client.context, NULL, &size));
  CHECK_STATUS(errSecParam, SSLInternalMasterSecret(pair->client.context, of_client, NULL));
  size = 48;
  CHECK_STATUS(noErr, SSLInternalMasterSecret(pair->client.context, of_client, &size));
  CHECK_STATUS(noErr, SSLInternalMasterSecret(pair->server.context, of_server, &size));
  CHECK_NUMBER(48, size);
  CHECK(memcmp(of_client, of_server, 48) == 0);
  size = 31;
  CHECK_STATUS(errSecParam, SSLInternalServerRandom(pair->client.context, of_client, &size));
  size = 32;
  CHECK_STATUS(noErr, SSLInternalServerRandom(pair->client.context, of_client, &size));
  CHECK_STATUS(noErr, SSLInternalServerRandom(pair->server.context, of_server, &size));
  CHECK(memcmp(of_client, of_server, 32) == 0);
  CHECK_STATUS(noErr, SSLInternalClientRandom(pair->server.context, of_server, &size));
  CHECK(memcmp(of_client, of_server, 32) != 0);
  /* The ClientHello carries it in the clear: header, message header, version. */
  CHECK(memcmp(pair->to_server.bytes + 5 + 4 + 2, of_server, 32) == 0);
  uint8_t first[20];
  uint8_t second[20];
  CHECK_STATUS(noErr, SSLInternal_PRF(pair->client.context, "s", 1, "label", 5, "seed", 4, first, sizeof first));
  CHECK_STATUS(noErr, SSLInternal_PRF(pair->server.context, "s", 1, "label", 5, "seed", 4, second, sizeof second));
  CHECK(memcmp(first, second, sizeof first) == 0);
  free_pair(pair);
}

static void sizes_are_those_of_the_suite(void) {
  static const struct {
    SSLCipherSuite suite;
    size_t digest;
    size_t key;
    size_t iv;
  } kRows[] = {
      {TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, 20, 16, 16},
      {TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, 48, 32, 16},
      {TLS_RSA_WITH_AES_256_CBC_SHA256, 32, 32, 16},
      {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 0, 32, 12},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("suite %04X", kRows[i].suite);
    Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .leaf = kRsaLeaf});
    size_t digest = 9;
    size_t key = 9;
    size_t iv = 9;
    CHECK_STATUS(noErr, SSLGetCipherSizes(pair->client.context, &digest, &key, &iv));
    CHECK(digest == 0 && key == 0 && iv == 0);
    CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->client.context, &kRows[i].suite, 1));
    connect_pair(pair);
    CHECK_STATUS(noErr, SSLGetCipherSizes(pair->client.context, &digest, &key, &iv));
    CHECK_NUMBER(kRows[i].digest, digest);
    CHECK_NUMBER(kRows[i].key, key);
    CHECK_NUMBER(kRows[i].iv, iv);
    free_pair(pair);
  }
}

static void tables_are_apples(void) {
  size_t size = 0;
  const SSLCipherSuite* list = SSLCiphersuiteGroupToCiphersuiteList(kSSLCiphersuiteGroupDefault, &size);
  CHECK_NUMBER(13, size);
  CHECK_NUMBER(TLS_AES_128_GCM_SHA256, list[0]);
  list = SSLCiphersuiteGroupToCiphersuiteList(kSSLCiphersuiteGroupATSCompatibility, &size);
  CHECK_NUMBER(4, size);
  CHECK(SSLCiphersuiteGroupToCiphersuiteList(kSSLCiphersuiteGroupDefault, NULL) == NULL);
  CHECK(SSLCiphersuiteGroupContainsCiphersuite(kSSLCiphersuiteGroupLegacy, TLS_DHE_RSA_WITH_AES_128_CBC_SHA));
  CHECK(!SSLCiphersuiteGroupContainsCiphersuite(kSSLCiphersuiteGroupATS, TLS_RSA_WITH_AES_128_CBC_SHA));
  CHECK_NUMBER(kTLSProtocol13, SSLCiphersuiteMinimumTLSVersion(TLS_AES_128_GCM_SHA256));
  CHECK_NUMBER(kTLSProtocol1, SSLCiphersuiteMinimumTLSVersion(TLS_RSA_WITH_AES_128_CBC_SHA));
  CHECK_NUMBER(kTLSProtocol11, SSLCiphersuiteMaximumTLSVersion(TLS_RSA_WITH_AES_128_CBC_SHA));
  CHECK_NUMBER(kTLSProtocol12, SSLCiphersuiteMaximumTLSVersion(SSL_RSA_WITH_3DES_EDE_CBC_SHA));
  CHECK_NUMBER(kSSLProtocol2, SSLCiphersuiteMinimumTLSVersion(TLS_PSK_WITH_AES_128_CBC_SHA));
  CHECK(strcmp(SSLCiphersuiteGetName(SSL_RSA_WITH_3DES_EDE_CBC_SHA), "SSL_RSA_WITH_3DES_EDE_CBC_SHA") == 0);
  CHECK(SSLCiphersuiteGetName(TLS_PSK_WITH_AES_128_CBC_SHA) == NULL);
  CHECK_NUMBER(0x0304, SSLProtocolGetVersionCodepoint(kTLSProtocol13));
  CHECK_NUMBER(0, SSLProtocolGetVersionCodepoint(kTLSProtocolMaxSupported));
  CHECK_NUMBER(0x0304, _SSLProtocolVersionToWireFormatValue(kTLSProtocolMaxSupported));
  CHECK_NUMBER(kDTLSProtocol12, SSLProtocolFromVersionCodepoint(0xFEFD));
  CHECK_NUMBER(kSSLProtocol2, SSLProtocolFromVersionCodepoint(0));
  CHECK_NUMBER(kSSLProtocolUnknown, SSLProtocolFromVersionCodepoint(0x0999));
}

/* Our own extensions. */

static void failures_explain_themselves(void) {
  Pair* const pair = make_pair((PairOptions){.leaf = kExpiredLeaf});
  OSStatus client = noErr;
  OSStatus server = noErr;
  CFStringRef text = CFSTR("not null");
  CFDictionaryRef fields = NULL;
  CHECK_STATUS(errSecParam, SSLSTCopyDiagnosisText(pair->client.context, NULL));
  CHECK_STATUS(errSecParam, SSLSTCopyDiagnosis(NULL, &fields));
  CHECK_STATUS(noErr, SSLSTCopyDiagnosisText(pair->client.context, &text));
  CHECK(text == NULL);
  CHECK_STATUS(noErr, SSLSTCopyDiagnosis(pair->client.context, &fields));
  CHECK(fields == NULL);
  drive(pair, &client, &server);
  CHECK_STATUS(noErr, SSLSTCopyDiagnosisText(pair->client.context, &text));
  CHECK(text != NULL && CFStringHasPrefix(text, CFSTR("errSSLCertExpired (-9814): ")));
  CFRelease(text);
  CHECK_STATUS(noErr, SSLSTCopyDiagnosis(pair->client.context, &fields));
  int code = 0;
  CHECK(CFNumberGetValue(CFDictionaryGetValue(fields, kSSLSTDiagnosisCode), kCFNumberIntType, &code));
  CHECK_NUMBER(errSSLCertExpired, code);
  CHECK(CFNumberGetValue(CFDictionaryGetValue(fields, kSSLSTDiagnosisPublishedCode), kCFNumberIntType, &code));
  CHECK_NUMBER(errSSLXCertChainInvalid, code);
  CHECK(CFNumberGetValue(CFDictionaryGetValue(fields, kSSLSTDiagnosisAlertSent), kCFNumberIntType, &code));
  CHECK_NUMBER(45, code);
  CHECK(CFEqual(CFDictionaryGetValue(fields, kSSLSTDiagnosisSymbol), CFSTR("errSSLCertExpired")));
  CHECK(CFEqual(CFDictionaryGetValue(fields, kSSLSTDiagnosisDetectedBy), CFSTR("trust")));
  CHECK(CFArrayGetCount(CFDictionaryGetValue(fields, kSSLSTDiagnosisViolations)) > 0);
  CFRelease(fields);
  free_pair(pair);
}

static void dialects_are_kept_and_change_only_before_the_start(void) {
  Pair* const pair = make_pair((PairOptions){0});
  SSLSTDialect dialect = kSSLSTDialectPublished;
  CHECK_STATUS(noErr, SSLSTGetDialect(pair->client.context, &dialect));
  CHECK_NUMBER(kSSLSTDialectDocumented, dialect);
  CHECK_STATUS(errSecParam, SSLSTSetDialect(pair->client.context, (SSLSTDialect)2));
  CHECK_STATUS(noErr, SSLSTSetDialect(pair->client.context, kSSLSTDialectPublished));
  CHECK_STATUS(noErr, SSLSTGetDialect(pair->client.context, &dialect));
  CHECK_NUMBER(kSSLSTDialectPublished, dialect);
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(errSecBadReq, SSLSTSetDialect(pair->client.context, kSSLSTDialectDocumented));
  free_pair(pair);
}

static void keys_are_logged_only_when_both_ask(void) {
  char path[] = "/tmp/ssl_features_XXXXXX";
  const int file = mkstemp(path);
  CHECK(file >= 0);
  CHECK(setenv("SSLKEYLOGFILE", path, 1) == 0);
  for (int enabled = 0; enabled <= 1; ++enabled) {
    Pair* const pair = make_pair((PairOptions){0});
    CHECK_STATUS(noErr, SSLSTSetKeyLogging(pair->client.context, (Boolean)enabled));
    connect_pair(pair);
    free_pair(pair);
    const long size = (long)lseek(file, 0, SEEK_END);
    CHECK((size > 0) == (enabled != 0));
  }
  unsetenv("SSLKEYLOGFILE");
  close(file);
  unlink(path);
}

static void datagram_handshakes_tell_when_to_call_again(void) {
  Pair* const pair = make_pair((PairOptions){.is_datagram = true});
  uint32_t wait = 0;
  CHECK_STATUS(errSecBadReq, SSLSTGetNextTimeout(pair->client.context, &wait));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(noErr, SSLSTGetNextTimeout(pair->client.context, &wait));
  CHECK(wait > 0 && wait <= 1000);
  connect_pair(pair);
  CHECK_STATUS(errSecBadReq, SSLSTGetNextTimeout(pair->client.context, &wait));
  free_pair(pair);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"secrets of both ends agree", secrets_of_both_ends_agree},
      {"sizes are those of the suite", sizes_are_those_of_the_suite},
      {"tables are Apple's", tables_are_apples},
      {"failures explain themselves", failures_explain_themselves},
      {"dialects are kept and change only before the start", dialects_are_kept_and_change_only_before_the_start},
      {"keys are logged only when both ask", keys_are_logged_only_when_both_ask},
      {"datagram handshakes tell when to call again", datagram_handshakes_tell_when_to_call_again},
  };
  return RUN_CASES(kCases, argc, argv);
}
