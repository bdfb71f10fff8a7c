/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of the record protocol, for callers of SecureTransportPriv.h. */
#ifndef SECURETRANSPORT_SECURITY_SSLTYPES_H
#define SECURETRANSPORT_SECURITY_SSLTYPES_H

#include <stddef.h>
#include <stdint.h>

/* Versions as on the wire. */
typedef enum {
  SSL_Version_Undetermined = 0,
  SSL_Version_2_0 = 0x0002,
  SSL_Version_3_0 = 0x0300,
  TLS_Version_1_0 = 0x0301,
  TLS_Version_1_1 = 0x0302,
  TLS_Version_1_2 = 0x0303,
  DTLS_Version_1_0 = 0xFEFF,
} SSLProtocolVersion;

enum {
  SSL_RecordTypeV2_0 = 0,
  SSL_RecordTypeChangeCipher = 20,
  SSL_RecordTypeAlert = 21,
  SSL_RecordTypeHandshake = 22,
  SSL_RecordTypeAppData = 23,
};

enum {
  kSSLRecordOptionSendOneByteRecord = 0,
};

/* Codes of a record layer of the program's own; this library takes none and returns none of them. */
enum {
  errSSLRecordInternal = -10000,
  errSSLRecordWouldBlock = -10001,
  errSSLRecordProtocol = -10002,
  errSSLRecordNegotiation = -10003,
  errSSLRecordClosedAbort = -10004,
  errSSLRecordConnectionRefused = -10005,
  errSSLRecordDecryptionFail = -10006,
  errSSLRecordBadRecordMac = -10007,
  errSSLRecordRecordOverflow = -10008,
  errSSLRecordUnexpectedRecord = -10009,
};

/* A run of bytes that belongs to somebody else. */
typedef struct {
  size_t length;
  uint8_t* data;
} SSLBuffer;

/* One record of the wire. */
typedef struct {
  uint8_t contentType;
  SSLProtocolVersion protocolVersion;
  SSLBuffer contents;
} SSLRecord;

#endif
