// SPDX-License-Identifier: Apache-2.0
// Records over a TCP stream, in both directions; those that go out may be misshapen.
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
};

class RecordChannel {
 public:
  /// Borrows all three. `seen` gets the counts and the end of the stream.
  RecordChannel(net::TcpStream& stream, net::Deadline deadline, const std::stop_token& stop, Observed& seen)
      : stream_(stream), deadline_(deadline), stop_(stop), seen_(seen) {}

  /// Of the headers to come.
  void use_version(std::uint16_t version) noexcept { version_ = version; }

  void protect_writes(RecordCipher cipher) { write_ = std::move(cipher); }
  void protect_reads(RecordCipher cipher) { read_ = std::move(cipher); }
  /// What is read from here on cannot be understood.
  void lose_reads() noexcept { has_lost_reads_ = true; }
  [[nodiscard]] bool writes_are_protected() const noexcept { return write_.kind != CipherKind::None; }
  [[nodiscard]] bool reads_are_protected() const noexcept { return read_.kind != CipherKind::None; }

  /// Queues one record, whatever its size. Nothing is sent before flush().
  void write(std::uint8_t type, ByteView payload, const RecordShape& shape = {});
  void write_raw(ByteView bytes);

  /// Sends the queue. Failures are remembered and make later calls do nothing: what the other side has sent before
  /// it left is still to be read.
  void flush();
  void shut_down();  ///< flush(), then FIN.
  void reset();      ///< flush(), then RST; nothing is read after it.

  /// The next record that can be understood; flushes first. Nullopt: the stream has ended (Observed::end says how),
  /// the deadline has passed or a stop was asked for. In TLS 1.3 ChangeCipherSpec records are dropped, and alerts in
  /// the clear are accepted: the other side may have failed before it had keys.
  [[nodiscard]] std::optional<Record> read();

 private:
  [[nodiscard]] bool fill(std::size_t count);
  [[nodiscard]] std::optional<Record> understand(const RecordHeader& header, Bytes body);

  net::TcpStream& stream_;
  net::Deadline deadline_;
  const std::stop_token& stop_;
  Observed& seen_;
  RecordCipher write_;
  RecordCipher read_;
  std::uint16_t version_ = kTls12;
  Bytes out_;
  Bytes in_;
  bool cannot_write_ = false;
  bool has_ended_ = false;
  bool has_lost_reads_ = false;
};

}  // namespace securetransport::lab
