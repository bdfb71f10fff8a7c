// SPDX-License-Identifier: Apache-2.0
// What the BIOs for streams and for datagrams share: OpenSSL on one side, a Transport on the other, hold points, and
// the alerts that OpenSSL cannot be made to send.
#pragma once

#include <openssl/bio.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "ossl/failure.hpp"
#include "ossl/handles.hpp"

namespace securetransport::ossl {

/// Where a BIO stops delivering plaintext handshake messages until release(), so that the session can act at a
/// moment for which OpenSSL has no callback.
enum class HoldPoint : std::uint8_t { None, BeforeServerHelloDone, AfterClientCertificate };

/// Feeds one SSL object from a transport. See RecordBio and DatagramBio.
class TransportBio {
 public:
  /// Both are borrowed and must outlive this object, which must outlive the BIO and must not move.
  TransportBio(Transport& transport, Failure& failure) noexcept : transport_(transport), failure_(failure) {}
  TransportBio(const TransportBio&) = delete;
  TransportBio& operator=(const TransportBio&) = delete;
  virtual ~TransportBio() = default;

  /// Makes the BIO to give to SSL_set_bio, which takes ownership of it. Null if out of memory.
  [[nodiscard]] BioPtr make_bio();

  void hold_at(HoldPoint point) noexcept { hold_point_ = point; }
  [[nodiscard]] bool is_held() const noexcept { return held_; }
  void release() noexcept {
    hold_point_ = HoldPoint::None;
    held_ = false;
  }

  /// From now on every read fails without touching the transport: the session is to end.
  void refuse_reads() noexcept { refused_ = true; }

  /// As refuse_reads(), and nothing is written any more either.
  void abandon() noexcept {
    refuse_reads();
    refuses_writes_ = true;
  }

  /// Said by the message watch at the ServerHello: what will protect the peer's records once they are protected.
  void set_next_read_cipher(CipherKind kind) noexcept { next_read_cipher_ = kind; }
  /// From now on the records of that direction are protected.
  void set_read_protected() noexcept {
    read_protected_ = true;
    failure_.read_cipher = next_read_cipher_;
  }
  void set_write_protected() noexcept { write_protected_ = true; }

  /// Said by the message watch, for datagrams: OpenSSL processes this message of the peer now.
  virtual void note_processed(HandshakeType /*type*/, std::uint16_t /*message_seq*/) noexcept {}

  /// Whether a read that OpenSSL gave up might go on at once: it stopped for a reason of its own, not because the
  /// transport was empty.
  [[nodiscard]] virtual bool may_have_more() const noexcept { return false; }

  /// Sends an alert in the clear, where OpenSSL cannot be made to. Does nothing once our records are protected,
  /// or when a fatal alert went out already.
  void send_plaintext_alert(Alert alert, AlertLevel level = AlertLevel::Fatal);

  /// Offers what is queued to the transport. Ok if nothing is left.
  [[nodiscard]] virtual IoStatus flush() = 0;
  [[nodiscard]] virtual bool has_queued_output() const noexcept = 0;
  /// How writing failed for good; Ok if it did not.
  [[nodiscard]] IoStatus write_failure() const noexcept { return write_failure_; }

 protected:
  /// As BIO_read and BIO_write: bytes moved, or -1 with the retry flag saying whether to try again.
  virtual int read(std::span<std::uint8_t> buffer) = 0;
  virtual int write(std::span<const std::uint8_t> bytes) = 0;
  virtual void write_alert_record(AlertMessage alert) = 0;

  int stop_at_hold_point() noexcept;
  /// Makes OpenSSL try again later.
  void want_retry() noexcept;
  /// Our side of the connection broke earlier, and a read found nothing more: notes that, and says so.
  [[nodiscard]] bool ends_by_broken_write();
  void note_transport_failure(IoStatus status, std::int32_t code, bool in_header);
  void note_write_result(const IoResult& result) noexcept;
  void note_received(std::span<const std::uint8_t> bytes);

  Transport& transport_;
  Failure& failure_;
  HoldPoint hold_point_ = HoldPoint::None;
  bool held_ = false;
  bool refused_ = false;
  bool read_protected_ = false;
  bool write_protected_ = false;
  CipherKind next_read_cipher_ = CipherKind::None;
  IoStatus write_failure_ = IoStatus::Ok;

 private:
  friend struct TransportBioCallbacks;

  BIO* bio_ = nullptr;  ///< Borrowed: the BIO owned by the SSL object.
  bool refuses_writes_ = false;
  std::int32_t write_failure_code_ = 0;
};

/// The header and up to 64 bytes more, to name another protocol.
inline constexpr std::size_t kFirstBytesKept = 69;

/// The least that a record of TLS 1.2 has under an AEAD suite: tag, and the explicit nonce of GCM and CCM (RFC 5288,
/// RFC 6655; RFC 7905 has none). Newer releases of OpenSSL 3.0 answer a shorter one with internal_error(80), as if the
/// fault were ours, and over datagrams they end the session where they should drop it.
[[nodiscard]] std::size_t aead_overhead(std::uint16_t cipher_suite) noexcept;

inline constexpr std::size_t kMaxCiphertext = 16384 + 2048;  // RFC 5246 section 6.2.3.
inline constexpr std::size_t kMaxPlaintext = 16384;  // RFC 8446 section 5.1: "The length MUST NOT exceed 2^14 bytes."

}  // namespace securetransport::ossl
