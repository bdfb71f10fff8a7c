// SPDX-License-Identifier: Apache-2.0
// The BIO between OpenSSL and a Transport: exact reads, one plaintext handshake message per record, hold points.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ossl/transport_bio.hpp"

namespace securetransport::ossl {

/// Feeds one SSL object from a transport. It reads five bytes of header, then the body, never more; judges the
/// first header before OpenSSL sees it; and re-frames plaintext handshake records to one message each, because a
/// flight that came in one record could not be held back in the middle. Nothing authenticates the framing of
/// plaintext records, so OpenSSL cannot tell.
class RecordBio final : public TransportBio {
 public:
  using TransportBio::TransportBio;

  [[nodiscard]] IoStatus flush() override;
  [[nodiscard]] bool has_queued_output() const noexcept override { return sent_ < queue_.size(); }

 private:
  int read(std::span<std::uint8_t> buffer) override;
  int write(std::span<const std::uint8_t> bytes) override;
  void write_alert_record(AlertMessage alert) override;
  std::size_t offer(std::span<const std::uint8_t> bytes);

  bool fill(std::span<std::uint8_t> target, std::size_t& have, bool is_header);
  bool begin_record();
  bool judge_first_header();
  void stretch_record();
  bool begin_chunk();
  bool begin_first_alert();
  int serve_header(std::span<std::uint8_t> buffer);
  [[nodiscard]] bool reaches_hold_point() const noexcept;
  [[nodiscard]] bool is_of(ContentType type) const noexcept { return header_[0] == static_cast<std::uint8_t>(type); }

  // Reading. A record passes in the stages Header -> (Body | Reframe) -> Header.
  enum class Stage : std::uint8_t { Header, ServeHeader, Body, Reframe, ServeChunk };
  static constexpr std::size_t kHeaderSize = 5;
  Stage stage_ = Stage::Header;
  std::array<std::uint8_t, kHeaderSize> header_{};
  std::size_t header_have_ = 0;    ///< Bytes of header_ filled.
  std::size_t header_served_ = 0;  ///< Bytes of header_ handed to OpenSSL.
  std::size_t body_left_ = 0;      ///< Bytes of the body that OpenSSL has still to fetch (stage Body).
  bool any_record_ = false;

  // Re-framing: body_ holds one plaintext handshake record, chunk is the part of one message within it.
  std::vector<std::uint8_t> body_;
  std::size_t body_have_ = 0;
  std::size_t stretched_size_ = 0;  ///< Of a protected record that is too short to be one; 0: it is not.
  std::size_t chunk_begin_ = 0;
  std::size_t chunk_end_ = 0;
  std::array<std::uint8_t, 4> message_header_{};
  std::size_t message_header_have_ = 0;
  std::size_t message_left_ = 0;  ///< Bytes of the current message's body that were not seen yet.
  bool client_certificate_served_ = false;

  // Writing.
  std::vector<std::uint8_t> queue_;
  std::size_t sent_ = 0;  ///< Bytes of queue_ that the transport took.
};

}  // namespace securetransport::ossl
