/* SPDX-License-Identifier: Apache-2.0 */
/* A TLS client or server on Apple's API alone, set up as a scenario of the lab wants its victim. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_VICTIM_H
#define SECURETRANSPORT_TESTS_C_LAB_VICTIM_H

#include <Security/SecureTransport.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Certificates and a key in PEM; NULL: none. */
typedef struct {
  const char* chain;
  const char* key;
} LabPem;

/* Everything that a scenario may ask for. Zeros ask for nothing: a stream server that has and trusts nobody. Texts are
 * borrowed. */
typedef struct {
  SSLProtocolSide side;
  SSLConnectionType type;
  SSLProtocol min_version; /* kSSLProtocolUnknown: as it comes */
  SSLProtocol max_version;
  int patience;       /* milliseconds for all of it */
  int retransmission; /* datagrams: milliseconds; 0: as it comes */
  const char* root;   /* PEM of the only authority that is trusted */
  LabPem own;
  const SSLCipherSuite* more_suites; /* beside those with forward secrecy; not with a configuration */
  size_t more_suite_count;
  const char* psk; /* NULL: none */
  const char* psk_identity;
  bool renegotiates;

  const char* peer_name;       /* client */
  CFStringRef configuration;   /* client: of SSLSetSessionConfig; NULL: as it comes */
  SSLProtocol ats_min_version; /* client, under ATS: kSSLProtocolUnknown: as it comes */
  bool ats_extended_master_secret;
  bool ats_wrong_pins;
  bool accepts_anybody; /* the program judges, and accepts whatever certificate comes */
  bool demands_extended_master_secret;
  bool demands_secure_renegotiation;
  bool listens_first; /* writes nothing unless it has read something */

  bool demands_certificate; /* server */
  const char* known_name;   /* server: the only name it serves; NULL: every one */
  const char* answer;       /* server: to whatever comes */
} LabVictim;

enum { kLabTextSize = 1024 };

typedef struct {
  OSStatus status;         /* noErr: connected, data, and an orderly end */
  char text[kLabTextSize]; /* why, for people; empty if there is nothing to tell */
} LabEnding;

/* Handshake, data and close over a connected, non-blocking socket, which stays open. */
LabEnding lab_victim_talk(const LabVictim* victim, int socket);

/* A UDP socket on a free port of 127.0.0.1, to be closed; -1 if there is none. */
int lab_bind_datagrams(uint16_t* port);
/* Waits for the first datagram, and from then on talks only to whoever has sent it. The datagram is still to be read.
 */
bool lab_meet(int socket, int patience);

#ifdef __cplusplus
}
#endif

#endif
