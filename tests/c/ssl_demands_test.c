/* SPDX-License-Identifier: Apache-2.0 */
/* What a session may be told to insist on: what the functions take and refuse. What comes of the demands is tried
 * against the lab's peers by tests/lab/c_api_test.cpp. */
#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <string.h>

#include "check.h"
#include "ssl_pair.h"
#include "ssl_pki.h"

static CFArrayRef array_of(CFTypeRef value) {
  return CFArrayCreate(NULL, (const void**)&value, 1, &kCFTypeArrayCallBacks);
}

static CFDictionaryRef rule(CFStringRef key, CFTypeRef value) {
  return CFDictionaryCreate(NULL, (const void**)&key, (const void**)&value, 1, &kCFTypeDictionaryKeyCallBacks,
                            &kCFTypeDictionaryValueCallBacks);
}

static CFNumberRef number(int value) { return CFNumberCreate(NULL, kCFNumberIntType, &value); }

static CFDataRef zeros(CFIndex size) {
  static const UInt8 kZeros[64];
  return CFDataCreate(NULL, kZeros, size);
}

/* As SSLSTSetATSRules with one rule; releases the value. */
static OSStatus set_rule(SSLContextRef context, CFStringRef key, CFTypeRef value) {
  CFDictionaryRef rules = rule(key, value);
  const OSStatus status = SSLSTSetATSRules(context, rules);
  CFRelease(rules);
  CFRelease(value);
  return status;
}

static CFArrayRef pins_of(CFIndex size) {
  CFDataRef pin = zeros(size);
  CFArrayRef pins = array_of(pin);
  CFRelease(pin);
  return pins;
}

static void demands_belong_to_their_side(void) {
  static const SSLSTDemand kOfClients[] = {kSSLSTDemandExtendedMasterSecret, kSSLSTDemandSecureRenegotiation,
                                           kSSLSTDemandResumption};
  Pair* const pair = make_pair((PairOptions){0});
  for (size_t i = 0; i < sizeof kOfClients / sizeof kOfClients[0]; ++i) {
    CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kOfClients[i], true));
    CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kOfClients[i], false));
    CHECK_STATUS(errSecBadReq, SSLSTSetDemand(pair->server.context, kOfClients[i], true));
  }
  CHECK_STATUS(errSecBadReq, SSLSTSetDemand(pair->client.context, kSSLSTDemandPSKIdentity, true));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->server.context, kSSLSTDemandPSKIdentity, true));
  CHECK_STATUS(errSecParam, SSLSTSetDemand(pair->client.context, (SSLSTDemand)99, true));
  CHECK_STATUS(errSecParam, SSLSTSetDemand(pair->server.context, (SSLSTDemand)99, true));
  CHECK_STATUS(errSecParam, SSLSTSetDemand(NULL, kSSLSTDemandResumption, true));
  free_pair(pair);
}

static void demands_that_are_met_or_taken_back_change_nothing(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12});
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kSSLSTDemandExtendedMasterSecret, true));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kSSLSTDemandSecureRenegotiation, true));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kSSLSTDemandResumption, true));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->client.context, kSSLSTDemandResumption, false));
  connect_pair(pair);
  CHECK_STATUS(errSecBadReq, SSLSTSetDemand(pair->client.context, kSSLSTDemandResumption, true));
  free_pair(pair);
}

/* What both ends come to when the client names this identity, and the server demands that one. */
static void with_psk(const char* own, const char* demanded, OSStatus expected) {
  static const SSLCipherSuite kSuites[] = {TLS_PSK_WITH_AES_128_GCM_SHA256};
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
  End* const ends[] = {&pair->client, &pair->server};
  for (int i = 0; i < 2; ++i) {
    CHECK_STATUS(noErr, SSLSetEnabledCiphers(ends[i]->context, kSuites, 1));
    CHECK_STATUS(noErr, SSLSetPSKSharedSecret(ends[i]->context, "sixteen bytes ok", 16));
  }
  CHECK_STATUS(noErr, SSLSetPSKIdentity(pair->client.context, own, strlen(own)));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->server.context, kSSLSTDemandPSKIdentity, true));
  CHECK_STATUS(noErr, SSLSetPSKIdentity(pair->server.context, demanded, strlen(demanded)));
  OSStatus of_client = noErr;
  OSStatus of_server = noErr;
  about("%s where %s is demanded", own, demanded);
  CHECK(drive(pair, &of_client, &of_server));
  CHECK_STATUS(expected, of_client);
  CHECK_STATUS(expected, of_server);
  free_pair(pair);
}

static void servers_may_demand_one_psk_identity(void) {
  with_psk("me", "me", noErr);
  with_psk("me", "you", errSSLUnknownPSKIdentity);
}

/* Nobody is let in by a demand that names nobody. */
static void a_demand_without_an_identity_leaves_no_key(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol12, .has_no_identity = true});
  static const SSLCipherSuite kSuites[] = {TLS_PSK_WITH_AES_128_GCM_SHA256};
  CHECK_STATUS(noErr, SSLSetEnabledCiphers(pair->server.context, kSuites, 1));
  CHECK_STATUS(noErr, SSLSetPSKSharedSecret(pair->server.context, "sixteen bytes ok", 16));
  CHECK_STATUS(noErr, SSLSTSetDemand(pair->server.context, kSSLSTDemandPSKIdentity, true));
  CHECK_STATUS(errSSLBadConfiguration, SSLHandshake(pair->server.context));
  free_pair(pair);
}

static void known_names_are_strings_of_servers(void) {
  Pair* const pair = make_pair((PairOptions){0});
  CFArrayRef names = array_of(CFSTR("www.example.com"));
  CFArrayRef others = array_of(kCFBooleanTrue);
  CHECK_STATUS(errSecBadReq, SSLSTSetKnownNames(pair->client.context, names));
  CHECK_STATUS(errSecParam, SSLSTSetKnownNames(pair->server.context, others));
  CHECK_STATUS(errSecParam, SSLSTSetKnownNames(pair->server.context, (CFArrayRef)(CFTypeRef)CFSTR("www")));
  CHECK_STATUS(errSecParam, SSLSTSetKnownNames(NULL, names));
  CHECK_STATUS(noErr, SSLSTSetKnownNames(pair->server.context, NULL));
  CHECK_STATUS(noErr, SSLSTSetKnownNames(pair->server.context, names));
  connect_pair(pair);
  CHECK_STATUS(errSecBadReq, SSLSTSetKnownNames(pair->server.context, names));
  CFRelease(others);
  CFRelease(names);
  free_pair(pair);
}

static void rules_need_a_configuration_with_ats(void) {
  SSLContextRef client = new_client();
  SSLContextRef server = new_server();
  CHECK_STATUS(errSecBadReq, set_rule(client, kSSLSTATSMinimumVersion, number(kTLSProtocol13)));
  CHECK_STATUS(noErr, SSLSetSessionConfig(client, kSSLSessionConfig_ATSv1));
  CHECK_STATUS(noErr, SSLSetSessionConfig(server, kSSLSessionConfig_ATSv1));
  CHECK_STATUS(errSecBadReq, set_rule(server, kSSLSTATSMinimumVersion, number(kTLSProtocol13)));
  CHECK_STATUS(errSecParam, SSLSTSetATSRules(client, NULL));
  CHECK_STATUS(errSecParam, SSLSTSetATSRules(client, (CFDictionaryRef)(CFTypeRef)CFSTR("rules")));
  CHECK_STATUS(errSecParam, set_rule(client, CFSTR("another"), number(1)));
  CHECK_STATUS(errSecParam, set_rule(client, kSSLSTATSMinimumVersion, number(kSSLProtocol3)));
  CHECK_STATUS(errSecParam, set_rule(client, kSSLSTATSMinimumVersion, CFRetain(CFSTR("TLSv1.3"))));
  CHECK_STATUS(errSecParam, set_rule(client, kSSLSTATSExtendedMasterSecret, number(1)));
  CHECK_STATUS(errSecParam, set_rule(client, kSSLSTATSLeafPins, zeros(32)));
  CHECK_STATUS(errSecParam, set_rule(client, kSSLSTATSLeafPins, pins_of(31)));
  CHECK_STATUS(noErr, set_rule(client, kSSLSTATSMinimumVersion, number(kTLSProtocol13)));
  CHECK_STATUS(noErr, set_rule(client, kSSLSTATSExtendedMasterSecret, CFRetain(kCFBooleanTrue)));
  CHECK_STATUS(noErr, set_rule(client, kSSLSTATSLeafPins, pins_of(32)));
  CFRelease(server);
  CFRelease(client);
}

/* One bad rule among good ones: none of them holds. */
static void bad_rules_change_nothing(void) {
  Pair* const pair = make_pair((PairOptions){.version = kTLSProtocol13});
  CHECK_STATUS(noErr, SSLSetSessionConfig(pair->client.context, kSSLSessionConfig_ATSv1));
  CFArrayRef pins = pins_of(32);
  const void* keys[] = {kSSLSTATSLeafPins, CFSTR("another")};
  const void* values[] = {pins, kCFBooleanTrue};
  CFDictionaryRef rules =
      CFDictionaryCreate(NULL, keys, values, 2, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CHECK_STATUS(errSecParam, SSLSTSetATSRules(pair->client.context, rules));
  connect_pair(pair);
  CFRelease(rules);
  CFRelease(pins);
  free_pair(pair);
}

static void the_timer_is_of_datagrams(void) {
  SSLContextRef stream = new_client();
  SSLContextRef datagrams = new_datagram(kSSLClientSide);
  CHECK_STATUS(errSecParam, SSLSTSetRetransmissionTimeout(stream, 100));
  CHECK_STATUS(errSecParam, SSLSTSetRetransmissionTimeout(datagrams, 0));
  CHECK_STATUS(errSecParam, SSLSTSetRetransmissionTimeout(NULL, 100));
  CHECK_STATUS(noErr, SSLSTSetRetransmissionTimeout(datagrams, 100));
  CFRelease(stream);
  CFRelease(datagrams);
}

static void the_first_wait_is_what_was_set(void) {
  enum { kWanted = 40, kAtMost = 60 };
  Pair* const pair = make_pair((PairOptions){.is_datagram = true});
  uint32_t wait = 0;
  CHECK_STATUS(noErr, SSLSTSetRetransmissionTimeout(pair->client.context, kWanted));
  CHECK_STATUS(errSSLWouldBlock, SSLHandshake(pair->client.context));
  CHECK_STATUS(noErr, SSLSTGetNextTimeout(pair->client.context, &wait));
  CHECK(wait <= kAtMost);
  CHECK_STATUS(errSecBadReq, SSLSTSetRetransmissionTimeout(pair->client.context, kWanted));
  free_pair(pair);
}

static void modules_are_loaded_by_name(void) {
  CHECK_STATUS(errSecParam, SSLSTLoadCryptoModule(NULL));
  CHECK_STATUS(errSecParam, SSLSTLoadCryptoModule((CFStringRef)(CFTypeRef)kCFBooleanTrue));
  CHECK_STATUS(errSSLModuleAttach, SSLSTLoadCryptoModule(CFSTR("no-such-module")));
  CHECK_STATUS(noErr, SSLSTLoadCryptoModule(CFSTR("default")));
}

int main(int argc, char** argv) {
  static const Case kCases[] = {
      {"demands belong to their side", demands_belong_to_their_side},
      {"demands that are met or taken back change nothing", demands_that_are_met_or_taken_back_change_nothing},
      {"servers may demand one PSK identity", servers_may_demand_one_psk_identity},
      {"a demand without an identity leaves no key", a_demand_without_an_identity_leaves_no_key},
      {"known names are strings of servers", known_names_are_strings_of_servers},
      {"rules need a configuration with ATS", rules_need_a_configuration_with_ats},
      {"bad rules change nothing", bad_rules_change_nothing},
      {"the timer is of datagrams", the_timer_is_of_datagrams},
      {"the first wait is what was set", the_first_wait_is_what_was_set},
      {"modules are loaded by name", modules_are_loaded_by_name},
  };
  return RUN_CASES(kCases, argc, argv);
}
