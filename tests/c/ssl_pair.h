/* SPDX-License-Identifier: Apache-2.0 */
/* Two contexts that talk through memory, by I/O functions of every kind that programs have been seen to use. */
#ifndef SECURETRANSPORT_TESTS_C_SSL_PAIR_H
#define SECURETRANSPORT_TESTS_C_SSL_PAIR_H

#include <Security/SecureTransport.h>
#include <stdbool.h>
#include <stdint.h>

/* How an I/O function behaves. All of them are allowed by the contract in SecureTransport.h. */
typedef enum {
  kPlain,           /* all there is; the rest would block */
  kOneByte,         /* one byte a call, then would block */
  kBlockFirst,      /* would block before every byte */
  kShortSuccess,    /* success with fewer bytes than were wanted */
  kLengthUntouched, /* success without a word about the length */
  kManners,
} Manner;
extern const char* const kMannerNames[kManners];

/* Bytes on their way in one direction, or datagrams if `is_datagram`. */
typedef struct {
  uint8_t* bytes;
  size_t size;
  size_t taken;
  size_t ends[4096]; /* of the datagrams */
  size_t datagrams;
  size_t datagrams_taken;
  bool is_datagram;
} Wire;

enum { kNever = -1 };

typedef struct {
  SSLContextRef context;
  Wire* in;
  Wire* out;
  Manner manner;
  bool block_next_read;
  bool block_next_write;

  /* After so many bytes read or written the function fails with that status; kNever: it does not. */
  long fail_read_at;
  OSStatus read_failure;
  long fail_write_at;
  OSStatus write_failure;
  bool is_blocked; /* writes would block, whatever the manner */

  size_t read_bytes;
  size_t written_bytes;
  size_t read_calls;
  size_t write_calls;
  size_t largest_read; /* the most that a read was asked for beyond a header */
  size_t wanted[64];   /* what the first reads were asked for */
} End;

typedef struct {
  Wire to_server;
  Wire to_client;
  End client;
  End server;
} Pair;

/* Contexts by themselves. */
SSLContextRef new_client(void);
SSLContextRef new_server(void);
SSLContextRef new_datagram(SSLProtocolSide side);

/* What a pair is made of. Zero: a client that trusts the test's root and wants www.example.com, a server with that
 * identity, TLS 1.3. */
typedef struct {
  SSLProtocol version; /* both ends, and only this one; 0: whatever they agree on */
  bool is_datagram;
  Manner manner;
  bool has_no_identity;
  int leaf;          /* a Leaf of ssl_pki.h */
  bool is_published; /* false: the dialect of the process */
} PairOptions;

/* Never NULL; both contexts are ready for SSLHandshake, and can still be configured. */
Pair* make_pair(PairOptions options);
void free_pair(Pair* pair);

/* Handshakes on both ends until neither would block; false if that takes for ever. The last statuses come out. */
bool drive(Pair* pair, OSStatus* client, OSStatus* server);
/* As drive, and checks that both ends are connected. */
void connect_pair(Pair* pair);
/* As SSLHandshake, SSLRead and SSLWrite, again and again while they would block; a read wants all `size` bytes. */
OSStatus write_all(End* end, const void* data, size_t size);
OSStatus read_all(Pair* pair, End* end, void* data, size_t size, size_t* got);

/* One byte in each direction, checked. */
void exchange_a_byte(Pair* pair);

OSStatus read_end(SSLConnectionRef end, void* data, size_t* length);
OSStatus write_end(SSLConnectionRef end, const void* data, size_t* length);

#endif
