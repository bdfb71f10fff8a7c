/* SPDX-License-Identifier: Apache-2.0 */
#include "lab_victim.h"

#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>
#include <Security/Security.h>
#include <string.h>

#include "lab_pem.h"
#include "lab_wire.h"

enum { kMostSuites = 32, kLabMinimumDhBits = 2048, kPinSize = 32 };

static const char kRequest[] = "GET / HTTP/1.0\r\n\r\n";

/* Setting up. Each function leaves alone what the scenario says nothing about. */

static OSStatus set_versions(SSLContextRef context, const LabVictim* victim) {
  if (victim->min_version == kSSLProtocolUnknown) return noErr;
  const OSStatus status = SSLSetProtocolVersionMin(context, victim->min_version);
  return status != noErr ? status : SSLSetProtocolVersionMax(context, victim->max_version);
}

static OSStatus set_trust(SSLContextRef context, const LabVictim* victim) {
  CFArrayRef roots = lab_imported(victim->root);
  if (roots == NULL) return errSecDecode;
  const OSStatus status = SSLSetTrustedRoots(context, roots, true);
  CFRelease(roots);
  return status;
}

static OSStatus set_own(SSLContextRef context, const LabVictim* victim) {
  if (victim->own.chain == NULL) return noErr;
  CFArrayRef identity = lab_identity(victim->own);
  if (identity == NULL) return errSecDecode;
  const OSStatus status = SSLSetCertificate(context, identity);
  CFRelease(identity);
  return status;
}

/* A configuration brings suites of its own. Without one it is those with forward secrecy, of which Apple's default has
 * more. */
static OSStatus set_suites(SSLContextRef context, const LabVictim* victim) {
  static const SSLCipherSuite kForwardSecret[] = {
      TLS_AES_128_GCM_SHA256,
      TLS_AES_256_GCM_SHA384,
      TLS_CHACHA20_POLY1305_SHA256,
      TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
      TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
      TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
      TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
      TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
  };
  SSLCipherSuite suites[kMostSuites];
  size_t count = sizeof kForwardSecret / sizeof kForwardSecret[0];
  if (victim->configuration != NULL) return noErr;
  memcpy(suites, kForwardSecret, sizeof kForwardSecret);
  for (size_t i = 0; i < victim->more_suite_count && count < kMostSuites; ++i) suites[count++] = victim->more_suites[i];
  return SSLSetEnabledCiphers(context, suites, count);
}

static OSStatus set_psk(SSLContextRef context, const LabVictim* victim) {
  if (victim->psk == NULL) return noErr;
  OSStatus status = SSLSetPSKSharedSecret(context, victim->psk, strlen(victim->psk));
  if (status == noErr) status = SSLSetPSKIdentity(context, victim->psk_identity, strlen(victim->psk_identity));
  if (status != noErr || victim->side == kSSLClientSide) return status;
  return SSLSTSetDemand(context, kSSLSTDemandPSKIdentity, true);
}

static OSStatus set_common(SSLContextRef context, const LabVictim* victim) {
  OSStatus status = set_versions(context, victim);
  if (status == noErr) status = set_trust(context, victim);
  if (status == noErr) status = set_own(context, victim);
  if (status == noErr) status = set_suites(context, victim);
  if (status == noErr) status = set_psk(context, victim);
  if (status != noErr || victim->retransmission == 0) return status;
  return SSLSTSetRetransmissionTimeout(context, (uint32_t)victim->retransmission);
}

/* Pins that no certificate has: a hash of zeros. */
static CFArrayRef wrong_pins(void) {
  static const UInt8 kZeros[kPinSize];
  CFDataRef pin = CFDataCreate(NULL, kZeros, sizeof kZeros);
  CFArrayRef pins = CFArrayCreate(NULL, (const void**)&pin, 1, &kCFTypeArrayCallBacks);
  CFRelease(pin);
  return pins;
}

static OSStatus set_ats(SSLContextRef context, const LabVictim* victim) {
  if (victim->configuration == NULL) return noErr;
  OSStatus status = SSLSetSessionConfig(context, victim->configuration);
  if (status != noErr) return status;
  CFMutableDictionaryRef rules =
      CFDictionaryCreateMutable(NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  if (victim->ats_min_version != kSSLProtocolUnknown) {
    const int version = victim->ats_min_version;
    CFNumberRef number = CFNumberCreate(NULL, kCFNumberIntType, &version);
    CFDictionarySetValue(rules, kSSLSTATSMinimumVersion, number);
    CFRelease(number);
  }
  if (victim->ats_wrong_pins) {
    CFArrayRef pins = wrong_pins();
    CFDictionarySetValue(rules, kSSLSTATSLeafPins, pins);
    CFRelease(pins);
  }
  if (victim->ats_extended_master_secret) {
    CFDictionarySetValue(rules, kSSLSTATSExtendedMasterSecret, kCFBooleanTrue);
  }
  if (CFDictionaryGetCount(rules) > 0) status = SSLSTSetATSRules(context, rules);
  CFRelease(rules);
  return status;
}

static OSStatus set_client(SSLContextRef context, const LabVictim* victim) {
  OSStatus status = SSLSetPeerDomainName(context, victim->peer_name, strlen(victim->peer_name));
  /* Apple's own minimum is lower. */
  if (status == noErr) status = SSLSetMinimumDHGroupSize(context, kLabMinimumDhBits);
  if (status == noErr && victim->accepts_anybody) {
    status = SSLSetSessionOption(context, kSSLSessionOptionBreakOnServerAuth, true);
  }
  if (status == noErr) {
    status = SSLSTSetDemand(context, kSSLSTDemandExtendedMasterSecret, victim->demands_extended_master_secret);
  }
  if (status != noErr) return status;
  return SSLSTSetDemand(context, kSSLSTDemandSecureRenegotiation, victim->demands_secure_renegotiation);
}

static OSStatus set_server(SSLContextRef context, const LabVictim* victim) {
  OSStatus status = noErr;
  if (victim->demands_certificate) status = SSLSetClientSideAuthenticate(context, kAlwaysAuthenticate);
  if (status == noErr && victim->renegotiates) {
    status = SSLSetSessionOption(context, kSSLSessionOptionAllowRenegotiation, true);
  }
  if (status != noErr || victim->known_name == NULL) return status;
  CFStringRef name = CFStringCreateWithCString(NULL, victim->known_name, kCFStringEncodingUTF8);
  CFArrayRef names = CFArrayCreate(NULL, (const void**)&name, 1, &kCFTypeArrayCallBacks);
  status = SSLSTSetKnownNames(context, names);
  CFRelease(names);
  CFRelease(name);
  return status;
}

static OSStatus set_up(SSLContextRef context, const LabVictim* victim, LabWire* wire) {
  OSStatus status = SSLSetIOFuncs(context, lab_wire_read, lab_wire_write);
  if (status == noErr) status = SSLSetConnection(context, wire);
  if (status == noErr) status = set_ats(context, victim); /* first: it replaces suites and versions */
  if (status == noErr) status = set_common(context, victim);
  if (status != noErr) return status;
  return victim->side == kSSLClientSide ? set_client(context, victim) : set_server(context, victim);
}

/* Talking. */

/* Over datagrams SSLHandshake is called again whenever its timer runs out: that is what sends a flight again. */
static OSStatus shake_hands(SSLContextRef context, const LabWire* wire) {
  for (;;) {
    const OSStatus status = SSLHandshake(context);
    if (status == errSSLPeerAuthCompleted) continue; /* the program accepts everybody */
    if (status != errSSLWouldBlock) return status;
    uint32_t milliseconds = 0;
    const bool has_timer = wire->is_datagram && SSLSTGetNextTimeout(context, &milliseconds) == noErr;
    lab_wire_wait(wire, has_timer ? milliseconds : lab_wire_time_left(wire));
  }
}

/* Reads to the end of the session. An orderly end after data is what a good connection comes to. */
static OSStatus read_to_end(SSLContextRef context, const char* answer) {
  char buffer[4096];
  bool has_data = false;
  for (;;) {
    size_t size = 0;
    const OSStatus status = SSLRead(context, buffer, sizeof buffer, &size);
    /* A write that fails shows at the next read. */
    if (size > 0 && !has_data && answer != NULL) (void)SSLWrite(context, answer, strlen(answer), &size);
    has_data = has_data || size > 0;
    if (status == errSSLClosedGraceful && has_data) return noErr;
    if (status != noErr && status != errSSLWouldBlock) return status;
  }
}

static OSStatus converse(SSLContextRef context, const LabVictim* victim, LabWire* wire) {
  OSStatus status = shake_hands(context, wire);
  if (status != noErr) return status;
  wire->waits = true;
  const bool is_client = victim->side == kSSLClientSide;
  if (is_client && victim->renegotiates) {
    status = SSLReHandshake(context);
    if (status == noErr) status = shake_hands(context, wire);
    if (status != noErr) return status;
  }
  size_t size = 0;
  if (is_client && !victim->listens_first) (void)SSLWrite(context, kRequest, strlen(kRequest), &size);
  return read_to_end(context, victim->answer);
}

static void tell(SSLContextRef context, LabEnding* ending) {
  CFStringRef text = NULL;
  if (SSLSTCopyDiagnosisText(context, &text) != noErr || text == NULL) return;
  if (!CFStringGetCString(text, ending->text, sizeof ending->text, kCFStringEncodingUTF8)) ending->text[0] = '\0';
  CFRelease(text);
}

LabEnding lab_victim_talk(const LabVictim* victim, int socket) {
  LabWire wire = lab_wire(socket, victim->type == kSSLDatagramType, victim->patience);
  SSLContextRef context = SSLCreateContext(NULL, victim->side, victim->type);
  LabEnding ending = {.status = set_up(context, victim, &wire)};
  if (ending.status != noErr) {
    strcpy(ending.text, "the victim could not be set up");
  } else {
    ending.status = converse(context, victim, &wire);
    tell(context, &ending);
    wire.waits = false;
    (void)SSLClose(context);
  }
  CFRelease(context);
  lab_wire_free(&wire);
  return ending;
}
