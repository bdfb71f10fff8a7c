// SPDX-License-Identifier: Apache-2.0
// Records in both directions, over a TCP stream or over datagrams; those that go out may be misshapen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>

#include "lab/tls/faulty_peer.hpp"
#include "lab/tls/record_cipher.hpp"

namespace securetransport::lab {

struct Record {
  std::uint8_t type = 0;
  bool is_protected = false;
  Bytes payload;
};

/// How a record differs from a correct one.
struct RecordShape {
  std::optional<std::uint8_t> outer_type;
  std::optional<std::uint16_t> version;
  std::optional<std::uint16_t> claimed_length;
  std::optional<std::size_t> cut;     ///< Bytes of it that are sent.
  std::optional<std::size_t> shrink;  ///< The body, if it is protected.
  bool flips_last_byte = false;
  bool is_plain = false;
  Tamper tamper = Tamper::None;

  // Datagrams.
  std::optional<std::uint16_t> epoch;
  std::size_t copies = 1;     ///< How often the very same bytes are sent: 0 is a loss.
  bool is_sent_again = true;  ///< Part of what a retransmission repeats (in its right shape).
};

/// Records in both directions, whatever carries them.
class RecordChannel {
 public:
  virtual ~RecordChannel() = default;
  RecordChannel(const RecordChannel&) = delete;
  RecordChannel& operator=(const RecordChannel&) = delete;

  /// Of the headers to come.
  void use_version(std::uint16_t version) noexcept { version_ = version; }

  virtual void protect_writes(RecordCipher cipher) { write_ = std::move(cipher); }
  virtual void protect_reads(RecordCipher cipher) { read_ = std::move(cipher); }
  /// What is read from here on cannot be understood.
  void lose_reads() noexcept { has_lost_reads_ = true; }
  [[nodiscard]] bool writes_are_protected() const noexcept { return write_.kind != CipherKind::None; }

  /// Queues one record, whatever its size. Nothing is sent before flush().
  virtual void write(std::uint8_t type, ByteView payload, const RecordShape& shape) = 0;
  void write(std::uint8_t type, ByteView payload) { write(type, payload, {}); }
  virtual void write_raw(ByteView bytes) = 0;

  /// Sends the queue. Failures are remembered and make later calls do nothing: what the other side has sent before
  /// it left is still to be read.
  virtual void flush() = 0;
  virtual void shut_down() = 0;    ///< flush(), then an end that the other side can see, if there is such a thing.
  virtual void reset() = 0;        ///< flush(), then RST; nothing is read after it.
  virtual void fall_silent() = 0;  ///< flush(), then nothing more.

  /// Both Finished are through.
  virtual void handshake_done() {}
  /// Nothing more will be written: what comes now is only watched.
  virtual void script_done() {}

  /// The next record that can be understood; flushes first. Nullopt: the stream has ended (Observed::end says how),
  /// the deadline has passed or a stop was asked for. In TLS 1.3 ChangeCipherSpec records are dropped, and alerts in
  /// the clear are accepted: the other side may have failed before it had keys.
  [[nodiscard]] virtual std::optional<Record> read() = 0;

 protected:
  RecordChannel(net::Deadline deadline, const std::stop_token& stop, Observed& seen)
      : deadline_(deadline), stop_(stop), seen_(seen) {}

  [[nodiscard]] std::optional<Record> understand(const RecordHeader& header, Bytes body);

  net::Deadline deadline_;
  const std::stop_token& stop_;
  Observed& seen_;
  RecordCipher write_;
  RecordCipher read_;
  std::uint16_t version_ = kTls12;
  bool has_lost_reads_ = false;
};

/// Over TCP.
class StreamChannel final : public RecordChannel {
 public:
  /// Borrows all three. `seen` gets the counts and the end of the stream.
  StreamChannel(net::TcpStream& stream, net::Deadline deadline, const std::stop_token& stop, Observed& seen)
      : RecordChannel(deadline, stop, seen), stream_(stream) {}

  using RecordChannel::write;
  void write(std::uint8_t type, ByteView payload, const RecordShape& shape) override;
  void write_raw(ByteView bytes) override;
  void flush() override;
  void shut_down() override;
  void reset() override;
  void fall_silent() override;
  [[nodiscard]] std::optional<Record> read() override;

 private:
  [[nodiscard]] bool fill(std::size_t count);

  net::TcpStream& stream_;
  Bytes out_;
  Bytes in_;
  bool cannot_write_ = false;
  bool has_ended_ = false;
};

}  // namespace securetransport::lab
