// SPDX-License-Identifier: Apache-2.0
// The BIO between OpenSSL and a Transport of datagrams: one record a read, one datagram a write, hold points.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ossl/datagram_record.hpp"
#include "ossl/transport_bio.hpp"

namespace securetransport::ossl {

/// Feeds one DTLS object from a transport. It reads 13 bytes of header, then the body, and hands OpenSSL one record
/// at a time as if each had come in a datagram of its own.
///
/// What is not a record that may come now is skipped and counted: RFC 6347 section 4.1.2.7, "Unlike TLS, DTLS is
/// resilient in the face of invalid records". OpenSSL does so for most of it, but ends a handshake over some.
///
/// Plaintext handshake records are cut into one fragment each and get sequence numbers of our own, so that any
/// message can be held back and delivered after later ones. Nothing authenticates either in epoch 0.
class DatagramBio final : public TransportBio {
 public:
  /// As TransportBio. Records are packed into datagrams of at most `maximum_size` bytes; a longer one goes alone.
  DatagramBio(Transport& transport, Failure& failure, std::size_t maximum_size) noexcept
      : TransportBio(transport, failure), maximum_size_(maximum_size) {}

  void note_processed(HandshakeType type, std::uint16_t message_seq) noexcept override;
  [[nodiscard]] bool may_have_more() const noexcept override { return !ran_dry_ && !held_ && !refused_; }

  /// A datagram that the transport does not take now is lost, as datagrams are: there is never a queue.
  [[nodiscard]] IoStatus flush() override { return write_failure_; }
  [[nodiscard]] bool has_queued_output() const noexcept override { return false; }

 private:
  using Record = std::vector<std::uint8_t>;
  using HeaderBytes = std::array<std::uint8_t, DatagramHeader::kSize>;

  int read(std::span<std::uint8_t> buffer) override;
  int write(std::span<const std::uint8_t> records) override;
  void send(std::span<const std::uint8_t> datagram);
  void write_alert_record(AlertMessage alert) override;

  [[nodiscard]] bool reaches_hold_point() const noexcept;
  bool holds_back(Record& record);
  int serve(Record& record, std::span<std::uint8_t> buffer);
  bool receive();
  bool receive_body(std::span<std::uint8_t> body);
  void take_in(const HeaderBytes& header_bytes, std::span<const std::uint8_t> body);
  void take_in_handshake(const DatagramHeader& header, std::span<const std::uint8_t> body);
  [[nodiscard]] bool is_acceptable(const DatagramHeader& header, std::span<const std::uint8_t> body);
  [[nodiscard]] std::size_t least_protected_size() const noexcept;
  [[nodiscard]] bool contradicts(const HandshakeFragment& fragment);
  void skip() noexcept { ++failure_.skipped; }

  const std::size_t maximum_size_;
  std::deque<Record> ready_;         ///< For the next reads: the pieces of one record of the wire.
  std::optional<Record> held_back_;  ///< The server's ServerHelloDone, until release().
  std::uint16_t next_message_ = 0;   ///< message_seq of the message that OpenSSL wants next.
  std::map<std::uint16_t, std::uint32_t> message_lengths_;  ///< Of messages of which there are fragments.
  std::uint64_t next_plain_in_ = 0;  ///< Our sequence number for the next record of epoch 0 that is delivered.
  std::uint64_t next_plain_out_ = 0;
  std::array<ReplayWindow, 2> windows_;  ///< One for each epoch: there is no renegotiation.
  bool client_certificate_processed_ = false;
  bool ran_dry_ = false;
};

}  // namespace securetransport::ossl
