// SPDX-License-Identifier: Apache-2.0
// The BIO between OpenSSL and a Transport: exact reads, one plaintext handshake message per record, hold points.
#pragma once

#include <openssl/bio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ossl/failure.hpp"
#include "ossl/handles.hpp"

namespace securetransport::ossl {

/// Where the BIO stops delivering plaintext handshake messages until release(), so that the session can act at a
/// moment for which OpenSSL has no callback.
enum class HoldPoint : std::uint8_t { None, BeforeServerHelloDone, AfterClientCertificate };

/// Feeds one SSL object from a transport. It reads five bytes of header, then the body, never more; judges the
/// first header before OpenSSL sees it; and re-frames plaintext handshake records to one message each, because a
/// flight that came in one record could not be held back in the middle. Nothing authenticates the framing of
/// plaintext records, so OpenSSL cannot tell.
class RecordBio {
 public:
  /// Both are borrowed and must outlive this object, which must outlive the BIO and must not move.
  RecordBio(Transport& transport, Failure& failure) noexcept : transport_(transport), failure_(failure) {}
  RecordBio(const RecordBio&) = delete;
  RecordBio& operator=(const RecordBio&) = delete;

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

  /// Said by the message watch when OpenSSL switched keys in that direction.
  void set_read_protected() noexcept { read_protected_ = true; }
  void set_write_protected() noexcept { write_protected_ = true; }

  /// Sends an alert in the clear, where OpenSSL cannot be made to. Does nothing once our records are protected,
  /// or when a fatal alert went out already.
  void send_plaintext_alert(Alert alert, AlertLevel level = AlertLevel::Fatal);

  /// Offers the queue to the transport. Ok if nothing is left.
  [[nodiscard]] IoStatus flush();
  /// How writing failed for good; Ok if it did not.
  [[nodiscard]] IoStatus write_failure() const noexcept { return write_failure_; }
  [[nodiscard]] bool has_queued_output() const noexcept { return sent_ < queue_.size(); }

 private:
  friend struct RecordBioCallbacks;

  int read(std::span<std::uint8_t> buffer);
  int write(std::span<const std::uint8_t> bytes);
  std::size_t offer(std::span<const std::uint8_t> bytes);

  bool fill(std::span<std::uint8_t> target, std::size_t& have, bool is_header);
  bool begin_record();
  bool judge_first_header();
  bool begin_chunk();
  int serve_header(std::span<std::uint8_t> buffer);
  void note_transport_failure(IoStatus status, std::int32_t code, bool in_header);
  void note_received(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool reaches_hold_point() const noexcept;

  Transport& transport_;
  Failure& failure_;
  BIO* bio_ = nullptr;  ///< Borrowed: the BIO owned by the SSL object.

  // Reading. A record passes in the stages Header -> (Body | Reframe) -> Header.
  enum class Stage : std::uint8_t { Header, ServeHeader, Body, Reframe, ServeChunk };
  static constexpr std::size_t kHeaderSize = 5;
  Stage stage_ = Stage::Header;
  std::array<std::uint8_t, kHeaderSize> header_{};
  std::size_t header_have_ = 0;    ///< Bytes of header_ filled.
  std::size_t header_served_ = 0;  ///< Bytes of header_ handed to OpenSSL.
  std::size_t body_left_ = 0;      ///< Bytes of the body that OpenSSL has still to fetch (stage Body).
  bool any_record_ = false;
  bool read_protected_ = false;
  bool refused_ = false;

  // Re-framing: body_ holds one plaintext handshake record, chunk is the part of one message within it.
  std::vector<std::uint8_t> body_;
  std::size_t body_have_ = 0;
  std::size_t chunk_begin_ = 0;
  std::size_t chunk_end_ = 0;
  std::array<std::uint8_t, 4> message_header_{};
  std::size_t message_header_have_ = 0;
  std::size_t message_left_ = 0;  ///< Bytes of the current message's body that were not seen yet.
  bool client_certificate_served_ = false;
  HoldPoint hold_point_ = HoldPoint::None;
  bool held_ = false;

  // Writing.
  std::vector<std::uint8_t> queue_;
  std::size_t sent_ = 0;  ///< Bytes of queue_ that the transport took.
  IoStatus write_failure_ = IoStatus::Ok;
  std::int32_t write_failure_code_ = 0;
  bool write_protected_ = false;
  bool said_goodbye_ = false;  ///< A fatal alert went out in the clear: nothing follows it.
};

}  // namespace securetransport::ossl
