// SPDX-License-Identifier: Apache-2.0
// Everything that is known when a session fails. The record BIO and the message watch fill it as the bytes
// pass; classify() alone turns it into a result code. OpenSSL's error queue is one field of many, since one of
// its reasons can stand for up to four different causes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/transport.hpp"

namespace securetransport::ossl {

enum class Role : std::uint8_t { Client, Server };

/// ContentType of RFC 8446 section 5.1 and its predecessors. The wire may carry any other byte.
enum class ContentType : std::uint8_t {
  ChangeCipherSpec = 20,
  Alert = 21,
  Handshake = 22,
  ApplicationData = 23,
  Heartbeat = 24,
};

/// HandshakeType of RFC 8446 section 4 and RFC 5246 section 7.4. The wire may carry any other byte.
enum class HandshakeType : std::uint8_t {
  HelloRequest = 0,
  ClientHello = 1,
  ServerHello = 2,
  HelloVerifyRequest = 3,  ///< DTLS only (RFC 6347 section 4.2.1).
  NewSessionTicket = 4,
  EncryptedExtensions = 8,
  Certificate = 11,
  ServerKeyExchange = 12,
  CertificateRequest = 13,
  ServerHelloDone = 14,
  CertificateVerify = 15,
  ClientKeyExchange = 16,
  Finished = 20,
  CertificateStatus = 22,
};

/// What we found ourselves, where OpenSSL is silent or too coarse. A finding always decides the code.
enum class Finding : std::uint8_t {
  None,
  PlainTextPeer,         ///< The first five bytes are text: another protocol.
  NotTls,                ///< The first five bytes are neither a TLS header nor text.
  EmptyRecord,           ///< A handshake, alert or CCS record without content.
  UnsolicitedExtension,  ///< An extension that we did not offer.
  RepeatedExtension,     ///< The same extension twice in one message.
  MisplacedExtension,    ///< A known extension in a message where it must not stand.
  MalformedExtensions,   ///< Extensions whose lengths do not add up, or another length of a hello that is impossible.
  MissingExtension,      ///< An extension without which the message means nothing.
  UnofferedVersion,      ///< A ServerHello with a version that nobody offered.
  UnofferedScheme,       ///< A signature scheme that was not offered.
  EndingWarning,         ///< A warning alert that ends the session (see alert_received).
  NoIdentity,            ///< Server: no certificate to answer with.
  TrustRejected,         ///< The peer's chain was judged and refused; the code is finding_code.
  PeerIdentityChanged,   ///< Another certificate in a renegotiation.
  ProtectionMissing,     ///< The server lacks extended master secret or RFC 5746, which the program requires.
  SessionNotFound,       ///< Resumption is required and the cache holds nothing for this peer.
  UnknownPskIdentity,    ///< Server: a PSK identity that is not known, and nothing else to fall back to.
  UnknownServerName,     ///< Server: told to insist on known names, and the requested one is not among them.
  NoAnswer,              ///< Datagrams: a flight was sent again and again without an answer.
  Unjudged,              ///< The handshake completed although nobody judged the peer: a bug of ours.
};

enum class CipherKind : std::uint8_t { None, Aead, MacAndEncrypt };

/// One entry of OpenSSL's error queue.
struct EngineError {
  int library;
  int reason;
  std::string text;  ///< "lib:reason" in OpenSSL's words.
};

/// What an ATS policy lets a session offer. A server that answers outside of it breaks ATS, not just the offer.
struct AtsLimits {
  std::uint16_t minimum_version;
  std::vector<std::uint16_t> cipher_suites;
};

struct RecordHeader {
  std::uint8_t type = 0;
  std::uint16_t version = 0;
  std::uint16_t length = 0;
};

/// DTLS numbers versions downwards from 0xFEFF, so raw numbers say nothing about age. This is the TLS version that a
/// version of either family is derived from (RFC 6347 section 4.1: DTLS 1.2 from TLS 1.2; RFC 4347: 1.0 from TLS 1.1).
[[nodiscard]] constexpr std::uint16_t tls_equivalent(std::uint16_t version) noexcept {
  constexpr std::uint16_t kDtls10 = 0xFEFF;
  constexpr std::uint16_t kDtls12 = 0xFEFD;
  if (version == kDtls10) return 0x0302;
  // A peer may say any number. There is no DTLS that looks like TLS 1.3: RFC 9147 has 0xFEFD in its hellos too.
  return version >> 8 == kDtls12 >> 8 ? 0x0303 : version;
}

[[nodiscard]] constexpr bool is_tls13(std::uint16_t version) noexcept { return tls_equivalent(version) >= 0x0304; }

struct Failure {
  Role role = Role::Client;
  bool datagram = false;           ///< The session speaks DTLS.
  bool connected = false;          ///< The handshake had completed.
  std::uint16_t version = 0;       ///< As the ServerHello says; 0 before it.
  std::uint16_t cipher_suite = 0;  ///< As the ServerHello says; 0 before it.

  std::optional<RecordHeader> last_record;      ///< Last complete header received.
  std::optional<std::uint8_t> last_inner_type;  ///< TLS 1.3: content type inside the last protected record.
  std::vector<std::uint8_t> first_bytes;        ///< First bytes ever received, up to 69.
  std::size_t skipped = 0;                      ///< Datagrams: records that could not be used.
  std::size_t missing = 0;                      ///< Bytes of the current record, header included, still to come.
  std::optional<HandshakeType> last_received;   ///< Last complete handshake message of the peer.
  bool flight_sent = false;                     ///< Server: the ServerHello is out.
  CipherKind read_cipher = CipherKind::None;    ///< What protects the records we read now.

  std::optional<AlertMessage> alert_sent;
  std::optional<AlertMessage> alert_received;   ///< The last one that was not ignored.
  std::optional<AlertMessage> warning_ignored;  ///< The last one that was.
  std::vector<EngineError> errors;              ///< Oldest first.

  IoStatus transport = IoStatus::Ok;        ///< How the transport failed, if it did.
  std::int32_t transport_code = 0;          ///< With IoStatus::Failed: the transport's own code.
  bool transport_failed_in_header = false;  ///< The failing read asked for a record header.
  bool transport_failed_on_write = false;

  std::optional<AtsLimits> ats;        ///< Client: the session is under an ATS policy.
  bool offered_enabled_suite = false;  ///< Server: the client offers a suite that is enabled here.

  Finding finding = Finding::None;
  ResultCode finding_code = ResultCode::Success;  ///< With TrustRejected.
  std::string finding_detail;

  [[nodiscard]] bool is_tls13() const noexcept { return ossl::is_tls13(version); }
  /// Whether signatures name their algorithm, as they do from TLS 1.2 on (RFC 5246 section 4.7).
  [[nodiscard]] bool names_signature_algorithms() const noexcept { return tls_equivalent(version) >= 0x0303; }

  /// Notes the first finding; later ones are consequences of it.
  void find(Finding what, std::string detail = {}) {
    if (finding != Finding::None) return;
    finding = what;
    finding_detail = std::move(detail);
  }
};

}  // namespace securetransport::ossl
