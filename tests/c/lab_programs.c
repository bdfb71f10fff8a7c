/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* SOCK_NONBLOCK */
#include "lab_programs.h"

#include <Security/SecureTransportExtensions.h>
#include <Security/Security.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab_datagrams.h"
#include "lab_pair.h"
#include "lab_pem.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Each ends with the status that the scenario is about, or with that of the first call that should have succeeded. */
static OSStatus ended(LabPair* pair, OSStatus status) {
  lab_pair_free(pair);
  return status;
}

static OSStatus watch_client(LabPair* pair, OSStatus set_up) {
  return ended(pair, set_up != noErr ? set_up : lab_watch_client(pair));
}
static OSStatus watch_server(LabPair* pair, OSStatus set_up) {
  return ended(pair, set_up != noErr ? set_up : lab_watch_server(pair));
}

static OSStatus would_block(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return ended(pair, SSLHandshake(pair->client.context));
}

static OSStatus session_not_found(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  OSStatus status = SSLSetPeerID(pair->client.context, "nobody", 6);
  if (status == noErr) status = SSLSTSetDemand(pair->client.context, kSSLSTDemandResumption, true);
  return watch_client(pair, status);
}

static OSStatus module_missing(const LabMaterial* material) {
  (void)material;
  return SSLSTLoadCryptoModule(CFSTR("no-such-module"));
}

static OSStatus buffer_too_small(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  char name[256];
  size_t size = 0;
  OSStatus status = SSLGetPeerDomainNameLength(pair->client.context, &size);
  --size;
  if (status == noErr) status = SSLGetPeerDomainName(pair->client.context, name, &size);
  return ended(pair, status);
}

/* SSLSetEnabledCiphers refuses suites that nobody knows; known ones may still be none of the version. */
static OSStatus no_such_suite(const LabMaterial* material) {
  static const SSLCipherSuite kOfTls13[] = {TLS_AES_128_GCM_SHA256};
  static const SSLCipherSuite kUnknown[] = {SSL_RSA_WITH_RC4_128_MD5};
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  SSLContextRef client = pair->client.context;
  if (SSLSetEnabledCiphers(client, kUnknown, COUNT_OF(kUnknown)) != errSecParam) return ended(pair, errSSLInternal);
  OSStatus status = SSLSetEnabledCiphers(client, kOfTls13, COUNT_OF(kOfTls13));
  if (status == noErr) status = SSLSetProtocolVersionMax(client, kTLSProtocol12);
  return watch_client(pair, status);
}

static OSStatus break_server_auth(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return watch_client(pair, SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnServerAuth, true));
}

static OSStatus break_client_auth(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  CFArrayRef identity = lab_identity(material->client);
  OSStatus status = SSLSetCertificate(pair->client.context, identity);
  CFRelease(identity);
  if (status == noErr) status = SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate);
  if (status == noErr) status = SSLSetSessionOption(pair->server.context, kSSLSessionOptionBreakOnClientAuth, true);
  return watch_server(pair, status);
}

static OSStatus break_client_certificate(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  OSStatus status = SSLSetClientSideAuthenticate(pair->server.context, kTryAuthenticate);
  if (status == noErr) status = SSLSetSessionOption(pair->client.context, kSSLSessionOptionBreakOnCertRequested, true);
  return watch_client(pair, status);
}

static OSStatus break_client_hello(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return watch_server(pair, SSLSetSessionOption(pair->server.context, kSSLSessionOptionBreakOnClientHello, true));
}

static OSStatus no_identity(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return watch_server(pair, SSLSetCertificate(pair->server.context, NULL));
}

/* A minimum above the maximum takes it along; what contradicts itself is a range with nothing in it. */
static OSStatus versions_contradict(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return watch_client(pair, SSLSetProtocolVersionEnabled(pair->client.context, kSSLProtocolAll, false));
}

static OSStatus renegotiation_not_allowed(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  return ended(pair, SSLReHandshake(pair->server.context));
}

static OSStatus call_after_failure(const LabMaterial* material) {
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  char buffer[16];
  size_t size = 0;
  pair->client.has_ended = true;
  (void)SSLHandshake(pair->client.context);
  return ended(pair, SSLRead(pair->client.context, buffer, sizeof buffer, &size));
}

static OSStatus anonymous_with_client_auth(const LabMaterial* material) {
  static const SSLCipherSuite kSuites[] = {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                           TLS_DH_anon_WITH_AES_128_GCM_SHA256};
  LabPair* const pair = lab_pair(material, kSSLStreamType);
  OSStatus status = SSLSetClientSideAuthenticate(pair->server.context, kAlwaysAuthenticate);
  if (status == noErr) status = SSLSetEnabledCiphers(pair->server.context, kSuites, COUNT_OF(kSuites));
  return watch_server(pair, status);
}

/* The port is taken, so that nobody else can listen there. */
static OSStatus connect_to_nobody(int holder, int client) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(holder, (const struct sockaddr*)&address, size) != 0) return errSecIO;
  if (getsockname(holder, (struct sockaddr*)&address, &size) != 0) return errSecIO;
  const bool is_begun = connect(client, (const struct sockaddr*)&address, size) == 0 || errno == EINPROGRESS;
  return is_begun ? noErr : errSecIO;
}

static OSStatus nothing_listening(const LabMaterial* material) {
  enum { kPatience = 5000 };
  const int holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  LabEnding ending = {.status = connect_to_nobody(holder, client)};
  const LabVictim victim = {.side = kSSLClientSide,
                            .type = kSSLStreamType,
                            .root = material->root,
                            .peer_name = "127.0.0.1",
                            .patience = kPatience};
  if (ending.status == noErr) ending = lab_victim_talk(&victim, client);
  close(client);
  close(holder);
  return ending.status;
}

static const LabProgram kPrograms[] = {
    {"would-block", would_block},
    {"session-not-found", session_not_found},
    {"module-missing", module_missing},
    {"buffer-too-small", buffer_too_small},
    {"no-such-suite", no_such_suite},
    {"break-server-auth", break_server_auth},
    {"break-client-auth", break_client_auth},
    {"break-client-certificate", break_client_certificate},
    {"break-client-hello", break_client_hello},
    {"no-identity", no_identity},
    {"versions-contradict", versions_contradict},
    {"renegotiation-not-allowed", renegotiation_not_allowed},
    {"call-after-failure", call_after_failure},
    {"anonymous-with-client-auth", anonymous_with_client_auth},
    {"nothing-listening", nothing_listening},
    {"datagram-no-answer", lab_datagram_no_answer},
    {"datagram-lost", lab_datagram_lost},
    {"datagram-repeated", lab_datagram_repeated},
    {"datagram-reordered", lab_datagram_reordered},
    {"datagram-record-skipped", lab_datagram_record_skipped},
};

const LabProgram* lab_program(const char* name) {
  for (size_t i = 0; i < COUNT_OF(kPrograms); ++i) {
    if (strcmp(kPrograms[i].name, name) == 0) return &kPrograms[i];
  }
  return NULL;
}

bool lab_fits(LabPem pem) {
  CFArrayRef identity = lab_identity(pem);
  if (identity != NULL) CFRelease(identity);
  return identity != NULL;
}
