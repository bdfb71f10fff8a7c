/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that choose versions and cipher suites. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportPriv.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

/* Versions. */

static void check_range(SSLContextRef context, SSLProtocol min, SSLProtocol max) {
  SSLProtocol version = kSSLProtocolAll;
  CHECK_STATUS(noErr, SSLGetProtocolVersionMin(context, &version));
  CHECK_NUMBER(min, version);
  CHECK_STATUS(noErr, SSLGetProtocolVersionMax(context, &version));
  CHECK_NUMBER(max, version);
}

static void one_end_of_the_range_takes_the_other_along(void) {
  SSLContextRef context = new_client();
  check_range(context, kTLSProtocol12, kTLSProtocol13);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(context, kTLSProtocol1));
  check_range(context, kTLSProtocol1, kTLSProtocol1);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kTLSProtocol12));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMax(context, kTLSProtocolMaxSupported));
  check_range(context, kTLSProtocol12, kTLSProtocol13);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kSSLProtocol3));
  check_range(context, kSSLProtocol3, kTLSProtocol13);
  CFRelease(context);
}

static void versions_that_the_connection_lacks_are_illegal(void) {
  static const SSLProtocol kNotForStreams[] = {kSSLProtocol2,  kSSLProtocol3Only,   kTLSProtocol1Only, kSSLProtocolAll,
                                               kDTLSProtocol1, kSSLProtocolUnknown, kDTLSProtocol12,   (SSLProtocol)77};
  static const SSLProtocol kNotForDatagrams[] = {kSSLProtocol3, kTLSProtocol1, kTLSProtocol12, kTLSProtocol13,
                                                 kSSLProtocolUnknown};
  SSLContextRef stream = new_client();
  SSLContextRef datagram = new_datagram(kSSLClientSide);
  for (size_t i = 0; i < sizeof kNotForStreams / sizeof kNotForStreams[0]; ++i) {
    about("version %d", (int)kNotForStreams[i]);
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMin(stream, kNotForStreams[i]));
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMax(stream, kNotForStreams[i]));
  }
  check_range(stream, kTLSProtocol12, kTLSProtocol13);
  for (size_t i = 0; i < sizeof kNotForDatagrams / sizeof kNotForDatagrams[0]; ++i) {
    about("datagrams, version %d", (int)kNotForDatagrams[i]);
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMin(datagram, kNotForDatagrams[i]));
    CHECK_STATUS(errSSLIllegalParam, SSLSetProtocolVersionMax(datagram, kNotForDatagrams[i]));
  }
  check_range(datagram, kDTLSProtocol12, kDTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(datagram, kDTLSProtocol1));
  check_range(datagram, kDTLSProtocol1, kDTLSProtocol12);
  CFRelease(datagram);
  CFRelease(stream);
}

static void versions_can_be_enabled_one_by_one(void) {
  SSLContextRef context = new_client();
  Boolean enabled = true;
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocolAll, false));
  check_range(context, kSSLProtocolUnknown, kSSLProtocolUnknown);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol12, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol11, true));
  check_range(context, kTLSProtocol11, kTLSProtocol11);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol12, true));
  check_range(context, kTLSProtocol11, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol11, &enabled));
  CHECK(enabled);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kTLSProtocol1, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kTLSProtocol11, false));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocol2, false));
  check_range(context, kTLSProtocol12, kTLSProtocol12);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocolAll, true));
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocolAll, &enabled));
  CHECK(enabled);
  CHECK_STATUS(noErr, SSLSetProtocolVersionEnabled(context, kSSLProtocol3, false));
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocolAll, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(noErr, SSLGetProtocolVersionEnabled(context, kSSLProtocol2, &enabled));
  CHECK(!enabled);
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kSSLProtocol2, true));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kDTLSProtocol1, true));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersionEnabled(context, kSSLProtocolUnknown, false));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersionEnabled(context, kTLSProtocol1Only, &enabled));
  CFRelease(context);
}

static void older_words_for_a_range_are_understood(void) {
  static const struct {
    SSLProtocol word;
    SSLProtocol min;
    SSLProtocol max;
    SSLProtocol told;
  } kRows[] = {
      {kSSLProtocol3, kSSLProtocol3, kSSLProtocol3, kSSLProtocol3},
      {kSSLProtocol3Only, kSSLProtocol3, kSSLProtocol3, kSSLProtocol3},
      {kTLSProtocol1, kSSLProtocol3, kTLSProtocol1, kTLSProtocol1},
      {kTLSProtocol1Only, kTLSProtocol1, kTLSProtocol1, kTLSProtocol1Only},
      {kTLSProtocol11, kSSLProtocol3, kTLSProtocol11, kTLSProtocol11},
      {kTLSProtocol12, kTLSProtocol12, kTLSProtocol12, kTLSProtocol12},
      {kSSLProtocolAll, kSSLProtocol3, kTLSProtocol13, kSSLProtocolAll},
  };
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("word %d", (int)kRows[i].word);
    SSLContextRef context = new_client();
    SSLProtocol told = kSSLProtocolUnknown;
    CHECK_STATUS(noErr, SSLSetProtocolVersion(context, kRows[i].word));
    check_range(context, kRows[i].min, kRows[i].max);
    CHECK_STATUS(noErr, SSLGetProtocolVersion(context, &told));
    CHECK_NUMBER(kRows[i].told, told);
    CFRelease(context);
  }
  SSLContextRef context = new_client();
  SSLProtocol told = kSSLProtocolUnknown;
  CHECK_STATUS(errSecParam, SSLSetProtocolVersion(context, kSSLProtocol2));
  CHECK_STATUS(errSecParam, SSLSetProtocolVersion(context, kDTLSProtocol1));
  CHECK_STATUS(noErr, SSLSetProtocolVersionMin(context, kTLSProtocol11));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersion(context, &told));
  CFRelease(context);
}

static void older_version_functions_are_for_streams(void) {
  SSLContextRef context = new_datagram(kSSLServerSide);
  Boolean enabled = false;
  SSLProtocol version = kSSLProtocolUnknown;
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersionEnabled(context, kTLSProtocol12, true));
  CHECK_STATUS(errSecBadReq, SSLGetProtocolVersionEnabled(context, kTLSProtocol12, &enabled));
  CHECK_STATUS(errSecBadReq, SSLSetProtocolVersion(context, kTLSProtocol12));
  CHECK_STATUS(errSecParam, SSLGetProtocolVersion(context, &version));
  CFRelease(context);
}

static void nothing_is_negotiated_before_the_handshake(void) {
  SSLContextRef context = new_client();
  SSLProtocol version = kSSLProtocolAll;
  SSLCipherSuite suite = 1;
  CHECK_STATUS(noErr, SSLGetNegotiatedProtocolVersion(context, &version));
  CHECK_NUMBER(kSSLProtocolUnknown, version);
  CHECK_STATUS(errSecBadReq, SSLGetNegotiatedCipher(context, &suite));
  CFRelease(context);
}

/* Configurations and suites. */

static size_t enabled_count(SSLContextRef context) {
  size_t count = 0;
  CHECK_STATUS(noErr, SSLGetNumberEnabledCiphers(context, &count));
  return count;
}

static bool enables(SSLContextRef context, SSLCipherSuite wanted) {
  SSLCipherSuite suites[512];
  size_t count = sizeof suites / sizeof suites[0];
  CHECK_STATUS(noErr, SSLGetEnabledCiphers(context, suites, &count));
  for (size_t i = 0; i < count; ++i) {
    if (suites[i] == wanted) return true;
  }
  return false;
}

static void every_configuration_is_known(void) {
  const struct {
    CFStringRef name;
    bool has_tls13;
    bool has_ecdhe;
    bool has_dhe;
    bool has_rsa;
  } kRows[] = {
      {kSSLSessionConfig_default, true, true, false, true},
      {kSSLSessionConfig_standard, true, true, false, true},
      {kSSLSessionConfig_ATSv1, true, true, false, false},
      {kSSLSessionConfig_ATSv1_noPFS, true, true, false, true},
      {kSSLSessionConfig_legacy, false, true, false, true},
      {kSSLSessionConfig_legacy_DHE, false, true, true, true},
      {kSSLSessionConfig_RC4_fallback, false, true, false, true},
      {kSSLSessionConfig_3DES_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_RC4_fallback, false, true, false, true},
      {kSSLSessionConfig_TLSv1_3DES_fallback, false, true, false, true},
      {kSSLSessionConfig_anonymous, false, false, false, false},
  };
  SSLContextRef context = new_client();
  for (size_t i = 0; i < sizeof kRows / sizeof kRows[0]; ++i) {
    about("row %zu", i);
    CHECK_STATUS(noErr, SSLSetSessionConfig(context, kRows[i].name));
    CHECK_NUMBER(kRows[i].has_tls13, enables(context, TLS_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_ecdhe, enables(context, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_dhe, enables(context, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256));
    CHECK_NUMBER(kRows[i].has_rsa, enables(context, TLS_RSA_WITH_AES_128_CBC_SHA));
    check_range(context, kTLSProtocol12, kTLSProtocol13); /* not what the setters of versions report */
  }
  CHECK(enables(context, TLS_ECDH_anon_WITH_AES_128_CBC_SHA));
  CHECK_STATUS(errSecParam, SSLSetSessionConfig(context, CFSTR("no such thing")));
  CHECK_STATUS(errSecParam, SSLSetSessionConfig(context, (CFStringRef)(CFTypeRef)pki_roots()));
  CFRelease(context);
}

static void supported_suites_fill_a_buffer_that_is_large_enough(void) {
  SSLContextRef context = new_client();
  size_t count = 0;
  CHECK_STATUS(noErr, SSLGetNumberSupportedCiphers(context, &count));
  CHECK(count > 40);
  SSLCipherSuite* const suites = calloc(count + 1, sizeof *suites);
  size_t room = count - 1;
  CHECK_STATUS(errSSLBufferOverflow, SSLGetSupportedCiphers(context, suites, &room));
  CHECK_NUMBER(0, suites[0]);
  room = count + 1;
  CHECK_STATUS(noErr, SSLGetSupportedCiphers(context, suites, &room));
  CHECK_NUMBER(count, room);
  room = enabled_count(context) - 1;
  CHECK_STATUS(errSSLBufferOverflow, SSLGetEnabledCiphers(context, suites, &room));
  free(suites);
  CFRelease(context);
}

static void enabled_suites_keep_their_order_without_the_unknown_ones(void) {
  SSLContextRef context = new_client();
  const SSLCipherSuite wanted[] = {TLS_RSA_WITH_AES_128_CBC_SHA, SSL_RSA_WITH_RC4_128_MD5, 0x9999,
                                   TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_AES_128_CBC_SHA};
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(context, wanted, 5));
  SSLCipherSuite suites[8] = {0};
  size_t count = 8;
  CHECK_STATUS(noErr, SSLGetEnabledCiphers(context, suites, &count));
  CHECK_NUMBER(3, count);
  CHECK_NUMBER(TLS_RSA_WITH_AES_128_CBC_SHA, suites[0]);
  CHECK_NUMBER(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, suites[1]);
  CHECK_NUMBER(TLS_RSA_WITH_AES_128_CBC_SHA, suites[2]);
  /* A list that cannot be used changes nothing. */
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, wanted + 1, 2));
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, NULL, 2));
  CHECK_STATUS(errSecParam, SSLSetEnabledCiphers(context, wanted, 0));
  CHECK_NUMBER(3, enabled_count(context));
  CFRelease(context);
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"one end of the range takes the other along", one_end_of_the_range_takes_the_other_along},
      {"versions that the connection lacks are illegal", versions_that_the_connection_lacks_are_illegal},
      {"versions can be enabled one by one", versions_can_be_enabled_one_by_one},
      {"older words for a range are understood", older_words_for_a_range_are_understood},
      {"older version functions are for streams", older_version_functions_are_for_streams},
      {"nothing is negotiated before the handshake", nothing_is_negotiated_before_the_handshake},
      {"every configuration is known", every_configuration_is_known},
      {"supported suites fill a buffer that is large enough", supported_suites_fill_a_buffer_that_is_large_enough},
      {"enabled suites keep their order without the unknown ones",
       enabled_suites_keep_their_order_without_the_unknown_ones},
  };
  return RUN_CASES(kCases, argc, argv);
}
