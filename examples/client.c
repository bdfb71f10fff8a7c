/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A blocking client as programs for macOS have it: Secure Transport judges the server itself, against the system's
 * roots, and the code of SSLHandshake says what is wrong.
 *
 *   client HOST PORT < request > answer
 */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The connection is a pointer to the socket. Both functions block until everything was moved. */
static OSStatus read_socket(SSLConnectionRef connection, void* data, size_t* length) {
  int fd = *(const int*)connection;
  size_t wanted = *length, moved = 0;
  OSStatus status = noErr;

  while (moved < wanted) {
    ssize_t count = read(fd, (char*)data + moved, wanted - moved);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      status = count == 0 ? errSSLClosedGraceful : errno == ECONNRESET ? errSSLClosedAbort : errSecIO;
      break;
    }
    moved += (size_t)count;
  }
  *length = moved;
  return status;
}

static OSStatus write_socket(SSLConnectionRef connection, const void* data, size_t* length) {
  int fd = *(const int*)connection;
  size_t wanted = *length, moved = 0;

  while (moved < wanted) {
    ssize_t count = write(fd, (const char*)data + moved, wanted - moved);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    moved += (size_t)count;
  }
  *length = moved;
  return moved == wanted ? noErr : errSSLClosedAbort;
}

static int connect_to(const char* host, const char* port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
  struct addrinfo *list = NULL, *entry;
  int fd = -1;

  if (getaddrinfo(host, port, &hints, &list) != 0) return -1;
  for (entry = list; entry; entry = entry->ai_next) {
    fd = socket(entry->ai_family, entry->ai_socktype, entry->ai_protocol);
    if (fd >= 0 && connect(fd, entry->ai_addr, entry->ai_addrlen) == 0) break;
    if (fd >= 0) close(fd);
    fd = -1;
  }
  freeaddrinfo(list);
  return fd;
}

static int complain(const char* what, OSStatus status) {
  char words[256] = "unknown error";
  CFStringRef text = SecCopyErrorMessageString(status, NULL);
  if (text) {
    CFStringGetCString(text, words, sizeof words, kCFStringEncodingUTF8);
    CFRelease(text);
  }
  fprintf(stderr, "%s: %d: %s\n", what, (int)status, words);
  return 1;
}

/* Everything from standard input to the server. */
static OSStatus send_request(SSLContextRef context) {
  char buffer[4096];
  size_t count;
  while ((count = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
    size_t processed = 0;
    OSStatus status = SSLWrite(context, buffer, count, &processed);
    if (status != noErr) return status;
  }
  return noErr;
}

/* Everything from the server to standard output, until it closes. */
static OSStatus print_answer(SSLContextRef context) {
  OSStatus status = noErr;
  while (status == noErr) {
    char buffer[4096];
    size_t processed = 0;
    status = SSLRead(context, buffer, sizeof buffer, &processed);
    fwrite(buffer, 1, processed, stdout);
  }
  return status == errSSLClosedGraceful ? noErr : status;
}

int main(int argc, char** argv) {
  SSLContextRef context;
  OSStatus status;
  const char* step = "handshake";
  int fd;

  if (argc != 3) {
    fprintf(stderr, "usage: client HOST PORT < request\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  fd = connect_to(argv[1], argv[2]);
  if (fd < 0) {
    fprintf(stderr, "client: cannot connect to %s port %s\n", argv[1], argv[2]);
    return 3;
  }

  context = SSLCreateContext(kCFAllocatorDefault, kSSLClientSide, kSSLStreamType);
  SSLSetIOFuncs(context, read_socket, write_socket);
  SSLSetConnection(context, &fd);
  SSLSetPeerDomainName(context, argv[1], strlen(argv[1]));
  SSLSetProtocolVersionMin(context, kTLSProtocol12);

  status = SSLHandshake(context);
  if (status == noErr) {
    step = "request";
    status = send_request(context);
  }
  if (status == noErr) {
    step = "answer";
    status = print_answer(context);
  }
  SSLClose(context);
  CFRelease(context);
  close(fd);
  return status == noErr ? 0 : complain(step, status);
}
