/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DTLS over UDP, both sides: the server sends every datagram of one client back until the client closes.
 *
 *   datagram_echo server FILE.p12 PASSPHRASE PORT     port 0: any; it is printed
 *   datagram_echo client PORT NAME WORD...            NAME is what the certificate must be for
 */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Secure Transport asks for a record's header, then for its body; the socket gives whole datagrams. */
struct connection {
  int fd;
  size_t size, taken; /* of the datagram at hand */
  char datagram[65536];
};

static OSStatus read_datagram(SSLConnectionRef reference, void* data, size_t* length) {
  struct connection* connection = (struct connection*)reference;
  if (connection->taken == connection->size) {
    ssize_t count = recv(connection->fd, connection->datagram, sizeof connection->datagram, MSG_DONTWAIT);
    connection->taken = 0;
    connection->size = count > 0 ? (size_t)count : 0;
  }
  if (*length > connection->size - connection->taken) *length = connection->size - connection->taken;
  memcpy(data, connection->datagram + connection->taken, *length);
  connection->taken += *length;
  return *length > 0 ? noErr : errSSLWouldBlock;
}

static OSStatus write_datagram(SSLConnectionRef reference, const void* data, size_t* length) {
  /* What the network loses, the handshake repeats. */
  (void)send(((const struct connection*)reference)->fd, data, *length, 0);
  return noErr;
}

/* False after a second without a datagram: then SSLHandshake repeats what may have been lost. */
static int wait_for(const struct connection* connection) {
  struct pollfd entry = {.fd = connection->fd, .events = POLLIN};
  return poll(&entry, 1, 1000) > 0;
}

static OSStatus handshake(SSLContextRef context, const struct connection* connection) {
  OSStatus status;
  int waits = 0;
  while ((status = SSLHandshake(context)) == errSSLWouldBlock && waits < 30) waits += !wait_for(connection);
  return status;
}

/* One datagram; waits up to ten seconds. */
static OSStatus receive(SSLContextRef context, const struct connection* connection, char* buffer, size_t* size) {
  size_t room = *size;
  OSStatus status;
  int waits = 0;
  while ((status = SSLRead(context, buffer, room, size)) == errSSLWouldBlock && *size == 0 && waits < 10)
    waits += !wait_for(connection);
  return *size > 0 ? noErr : status;
}

static OSStatus use_identity(SSLContextRef context, const char* path, const char* passphrase) {
  static UInt8 bytes[1 << 16];
  FILE* file = fopen(path, "rb");
  CFDataRef data = CFDataCreate(NULL, bytes, file ? (CFIndex)fread(bytes, 1, sizeof bytes, file) : 0);
  CFStringRef word = CFStringCreateWithCString(NULL, passphrase, kCFStringEncodingUTF8);
  CFDictionaryRef options = CFDictionaryCreate(NULL, (const void**)&kSecImportExportPassphrase, (const void**)&word, 1,
                                               &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
  CFArrayRef items = NULL;
  OSStatus status = SecPKCS12Import(data, options, &items);
  if (status == noErr && CFArrayGetCount(items) > 0) {
    const void* identity = CFDictionaryGetValue(CFArrayGetValueAtIndex(items, 0), kSecImportItemIdentity);
    CFArrayRef certificates = CFArrayCreate(NULL, &identity, 1, &kCFTypeArrayCallBacks);
    status = SSLSetCertificate(context, certificates);
    CFRelease(certificates);
  }
  if (file) fclose(file);
  if (items) CFRelease(items);
  CFRelease(options);
  CFRelease(word);
  CFRelease(data);
  return status;
}

static OSStatus serve(struct connection* connection, SSLContextRef context, struct sockaddr_in* address) {
  socklen_t size = sizeof *address;
  char buffer[16384];
  OSStatus status;
  if (bind(connection->fd, (struct sockaddr*)address, size) < 0) return errSecIO;
  getsockname(connection->fd, (struct sockaddr*)address, &size);
  printf("listening on %d\n", ntohs(address->sin_port));
  fflush(stdout);
  /* Whoever sends first is the client of this run. */
  if (recvfrom(connection->fd, buffer, 1, MSG_PEEK, (struct sockaddr*)address, &size) < 0 ||
      connect(connection->fd, (struct sockaddr*)address, size) < 0)
    return errSecIO;
  status = handshake(context, connection);
  while (status == noErr) {
    size_t count = sizeof buffer;
    status = receive(context, connection, buffer, &count);
    if (status == noErr) status = SSLWrite(context, buffer, count, &count);
  }
  return status == errSSLClosedGraceful ? noErr : status;
}

static OSStatus ask(struct connection* connection, SSLContextRef context, char** words) {
  OSStatus status = handshake(context, connection);
  for (; status == noErr && *words; ++words) {
    char buffer[16384];
    size_t count = 0, size = sizeof buffer;
    status = SSLWrite(context, *words, strlen(*words), &count);
    if (status == noErr) status = receive(context, connection, buffer, &size);
    if (status == noErr) printf("%.*s\n", (int)size, buffer);
  }
  return status;
}

int main(int argc, char** argv) {
  static struct connection connection;
  struct sockaddr_in address = {.sin_family = AF_INET};
  int is_server = argc == 5 && strcmp(argv[1], "server") == 0;
  SSLContextRef context;
  OSStatus status;
  if (!is_server && argc < 5) return 2;
  connection.fd = socket(AF_INET, SOCK_DGRAM, 0);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons((in_port_t)atoi(argv[is_server ? 4 : 2]));
  context = SSLCreateContext(NULL, is_server ? kSSLServerSide : kSSLClientSide, kSSLDatagramType);
  SSLSetIOFuncs(context, read_datagram, write_datagram);
  SSLSetConnection(context, &connection);
  if (is_server) {
    status = use_identity(context, argv[2], argv[3]);
    if (status == noErr) status = serve(&connection, context, &address);
  } else {
    SSLSetPeerDomainName(context, argv[3], strlen(argv[3]));
    status = connect(connection.fd, (struct sockaddr*)&address, sizeof address) < 0 ? errSecIO : noErr;
    if (status == noErr) status = ask(&connection, context, argv + 4);
  }
  if (status != noErr) fprintf(stderr, "datagram_echo: %d\n", (int)status);
  SSLClose(context);
  CFRelease(context);
  return status == noErr ? 0 : 1;
}
