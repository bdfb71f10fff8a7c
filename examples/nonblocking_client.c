/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client around poll: the I/O functions never wait, and errSSLWouldBlock means "ask the socket, then call again".
 *
 *   nonblocking_client HOST PORT < request > answer
 */
#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
  int fd;
  short waits_for; /* what the last errSSLWouldBlock was about */
};

static OSStatus read_socket(SSLConnectionRef reference, void* data, size_t* length) {
  struct connection* connection = (struct connection*)reference;
  size_t wanted = *length, moved = 0;

  while (moved < wanted) {
    ssize_t count = read(connection->fd, (char*)data + moved, wanted - moved);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      *length = moved;
      if (count == 0) return errSSLClosedGraceful;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return errSSLClosedAbort;
      connection->waits_for = POLLIN;
      return errSSLWouldBlock;
    }
    moved += (size_t)count;
  }
  return noErr;
}

static OSStatus write_socket(SSLConnectionRef reference, const void* data, size_t* length) {
  struct connection* connection = (struct connection*)reference;
  size_t wanted = *length, moved = 0;

  while (moved < wanted) {
    ssize_t count = write(connection->fd, (const char*)data + moved, wanted - moved);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      *length = moved;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return errSSLClosedAbort;
      connection->waits_for = POLLOUT;
      return errSSLWouldBlock;
    }
    moved += (size_t)count;
  }
  return noErr;
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

/* Waits for the socket; ten seconds without any progress are an error. */
static OSStatus wait_for(const struct connection* connection) {
  struct pollfd entry = {.fd = connection->fd, .events = connection->waits_for};
  return poll(&entry, 1, 10000) > 0 ? noErr : errSSLNetworkTimeout;
}

static OSStatus handshake(SSLContextRef context, const struct connection* connection) {
  OSStatus status;
  while ((status = SSLHandshake(context)) == errSSLWouldBlock) {
    status = wait_for(connection);
    if (status != noErr) return status;
  }
  return status;
}

/* errSSLWouldBlock from SSLWrite means "taken, not yet sent": a write of nothing sends it. */
static OSStatus send_request(SSLContextRef context, const struct connection* connection) {
  char buffer[4096];
  size_t count;
  while ((count = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
    size_t processed = 0;
    OSStatus status = SSLWrite(context, buffer, count, &processed);
    while (status == errSSLWouldBlock) {
      status = wait_for(connection);
      if (status == noErr) status = SSLWrite(context, NULL, 0, &processed);
    }
    if (status != noErr) return status;
  }
  return noErr;
}

/* Data may come together with errSSLWouldBlock: look at `processed` first. */
static OSStatus print_answer(SSLContextRef context, const struct connection* connection) {
  OSStatus status = noErr;
  while (status == noErr) {
    char buffer[4096];
    size_t processed = 0;
    status = SSLRead(context, buffer, sizeof buffer, &processed);
    fwrite(buffer, 1, processed, stdout);
    if (status == errSSLWouldBlock) status = processed > 0 ? noErr : wait_for(connection);
  }
  return status == errSSLClosedGraceful ? noErr : status;
}

int main(int argc, char** argv) {
  struct connection connection = {-1, POLLIN};
  SSLContextRef context;
  OSStatus status;

  if (argc != 3) {
    fprintf(stderr, "usage: nonblocking_client HOST PORT < request\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  connection.fd = connect_to(argv[1], argv[2]);
  if (connection.fd < 0) return 3;
  fcntl(connection.fd, F_SETFL, fcntl(connection.fd, F_GETFL) | O_NONBLOCK);

  context = SSLCreateContext(kCFAllocatorDefault, kSSLClientSide, kSSLStreamType);
  SSLSetIOFuncs(context, read_socket, write_socket);
  SSLSetConnection(context, &connection);
  SSLSetPeerDomainName(context, argv[1], strlen(argv[1]));

  status = handshake(context, &connection);
  if (status == noErr) status = send_request(context, &connection);
  if (status == noErr) status = print_answer(context, &connection);
  if (status != noErr) fprintf(stderr, "nonblocking_client: %d\n", (int)status);
  SSLClose(context);
  CFRelease(context);
  close(connection.fd);
  return status == noErr ? 0 : 1;
}
