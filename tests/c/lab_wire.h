/* SPDX-License-Identifier: Apache-2.0 */
/* The two I/O functions of a program over a socket, as such programs have them: they wait, up to a deadline. */
#ifndef SECURETRANSPORT_TESTS_C_LAB_WIRE_H
#define SECURETRANSPORT_TESTS_C_LAB_WIRE_H

#include <Security/SecureTransport.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int socket; /* connected and non-blocking; borrowed */
  bool is_datagram;
  int64_t deadline; /* on the monotonic clock, in milliseconds */
  bool waits;       /* else what is not possible now would block */
  uint8_t* datagram;
  size_t size;
  size_t taken;
  bool is_in_record; /* its header has been read */
} LabWire;

/* Good until lab_wire_free, which leaves the socket open. */
LabWire lab_wire(int socket, bool is_datagram, int patience);
void lab_wire_free(LabWire* wire);

/* Waits for something to read; at most so many milliseconds, and not beyond the deadline. */
void lab_wire_wait(const LabWire* wire, int64_t milliseconds);
/* Until the deadline, in milliseconds; 0 once it has passed. */
int64_t lab_wire_time_left(const LabWire* wire);

/* For SSLSetIOFuncs; the connection is a LabWire. */
OSStatus lab_wire_read(SSLConnectionRef connection, void* data, size_t* length);
OSStatus lab_wire_write(SSLConnectionRef connection, const void* data, size_t* length);

#endif
