/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* SOCK_NONBLOCK */
#include "lab_wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lab_victim.h"

enum { kLargestDatagram = 65535, kDatagramHeader = 13 };

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

LabWire lab_wire(int socket, bool is_datagram, int patience) {
  LabWire wire = {.socket = socket, .is_datagram = is_datagram, .deadline = now() + patience, .waits = !is_datagram};
  if (is_datagram) wire.datagram = malloc(kLargestDatagram);
  return wire;
}

void lab_wire_free(LabWire* wire) { free(wire->datagram); }

int64_t lab_wire_time_left(const LabWire* wire) {
  const int64_t left = wire->deadline - now();
  return left > 0 ? left : 0;
}

static bool wait_for(const LabWire* wire, short events, int64_t milliseconds) {
  struct pollfd one = {.fd = wire->socket, .events = events};
  int ready;
  do ready = poll(&one, 1, (int)milliseconds);
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

void lab_wire_wait(const LabWire* wire, int64_t milliseconds) {
  const int64_t left = lab_wire_time_left(wire);
  wait_for(wire, POLLIN, milliseconds < left ? milliseconds : left);
}

/* What a failed call of the system means here; noErr: it is possible by now. */
static OSStatus after_failure(const LabWire* wire, short events) {
  switch (errno) {
    case EINTR: return noErr;
    case EAGAIN:
      if (!wire->waits) return errSSLWouldBlock;
      return wait_for(wire, events, lab_wire_time_left(wire)) ? noErr : errSSLNetworkTimeout;
    case ECONNRESET:
    case EPIPE: return errSSLTransportReset;
    case ECONNREFUSED: return errSSLConnectionRefused;
    default: return errSSLClosedAbort;
  }
}

static OSStatus read_stream(const LabWire* wire, uint8_t* data, size_t* length) {
  const size_t wanted = *length;
  for (*length = 0; *length < wanted;) {
    const ssize_t got = recv(wire->socket, data + *length, wanted - *length, 0);
    if (got == 0) return errSSLClosedGraceful;
    const OSStatus status = got < 0 ? after_failure(wire, POLLIN) : noErr;
    if (status != noErr) return status;
    if (got > 0) *length += (size_t)got;
  }
  return noErr;
}

static OSStatus receive_datagram(LabWire* wire) {
  for (;;) {
    const ssize_t got = recv(wire->socket, wire->datagram, kLargestDatagram, 0);
    if (got > 0) {
      wire->size = (size_t)got;
      wire->taken = 0;
      return noErr;
    }
    if (got == 0) continue; /* an empty datagram ends nothing */
    const OSStatus status = after_failure(wire, POLLIN);
    if (status == errSSLWouldBlock && lab_wire_time_left(wire) == 0) return errSSLNetworkTimeout;
    if (status != noErr) return status;
  }
}

/* A header, or the body of its record, which never comes out of the next datagram. */
static OSStatus read_datagram(LabWire* wire, uint8_t* data, size_t* length) {
  const size_t wanted = *length;
  const bool is_body = wire->is_in_record;
  wire->is_in_record = false;
  *length = 0;
  if (!is_body && wire->taken == wire->size) {
    const OSStatus status = receive_datagram(wire);
    if (status != noErr) return status;
  }
  const size_t left = wire->size - wire->taken;
  *length = wanted < left ? wanted : left;
  memcpy(data, wire->datagram + wire->taken, *length);
  wire->taken += *length;
  if (*length < wanted) {
    wire->taken = wire->size;
    return errSSLWouldBlock;
  }
  wire->is_in_record = !is_body && wanted == kDatagramHeader && (data[11] != 0 || data[12] != 0);
  return noErr;
}

OSStatus lab_wire_read(SSLConnectionRef connection, void* data, size_t* length) {
  LabWire* const wire = (LabWire*)connection;
  return wire->is_datagram ? read_datagram(wire, data, length) : read_stream(wire, data, length);
}

OSStatus lab_wire_write(SSLConnectionRef connection, const void* data, size_t* length) {
  const LabWire* const wire = (const LabWire*)connection;
  if (wire->is_datagram) {
    /* Whether it arrives nobody knows. */
    (void)!send(wire->socket, data, *length, MSG_NOSIGNAL);
    return noErr;
  }
  const size_t wanted = *length;
  for (*length = 0; *length < wanted;) {
    const ssize_t sent = send(wire->socket, (const uint8_t*)data + *length, wanted - *length, MSG_NOSIGNAL);
    const OSStatus status = sent < 0 ? after_failure(wire, POLLOUT) : noErr;
    if (status != noErr) return status;
    if (sent > 0) *length += (size_t)sent;
  }
  return noErr;
}

int lab_bind_datagrams(uint16_t* port) {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (fd < 0) return -1;
  if (bind(fd, (const struct sockaddr*)&address, size) == 0 &&
      getsockname(fd, (struct sockaddr*)&address, &size) == 0) {
    *port = ntohs(address.sin_port);
    return fd;
  }
  close(fd);
  return -1;
}

bool lab_meet(int socket, int patience) {
  const LabWire wire = {.socket = socket};
  struct sockaddr_in peer;
  socklen_t size = sizeof peer;
  char byte;
  return wait_for(&wire, POLLIN, patience) &&
         recvfrom(socket, &byte, sizeof byte, MSG_PEEK, (struct sockaddr*)&peer, &size) >= 0 &&
         connect(socket, (const struct sockaddr*)&peer, size) == 0;
}
