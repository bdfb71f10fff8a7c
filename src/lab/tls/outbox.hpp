// SPDX-License-Identifier: Apache-2.0
// The send path of a scripted peer: honest messages go in, and the fault is applied at its step, here alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "lab/tls/fault.hpp"
#include "lab/tls/record_channel.hpp"
#include "lab/tls/transcript.hpp"

namespace securetransport::lab {

class Outbox {
 public:
  /// Borrows all of them.
  Outbox(RecordChannel& channel, Transcript& transcript, const PeerOptions& options, const Fault& fault, Observed& seen)
      : channel_(channel), transcript_(transcript), options_(options), fault_(fault), seen_(seen) {}

  // All of these return false if the fault has ended the script: nothing more may be sent.

  [[nodiscard]] bool message(Step step, std::uint8_t type, ByteView body);
  /// The keys that come into force after it; null in TLS 1.3, where none do.
  [[nodiscard]] bool change_cipher_spec(const RecordCipher* next);
  [[nodiscard]] bool record(Step step, std::uint8_t type, ByteView payload);
  [[nodiscard]] bool pass(Step step);  ///< A step without a message.

  /// The fault, if it lies inside the message that is due at the step; else one without a lie.
  [[nodiscard]] const Fault& lie_at(Step step);

  /// Puts queued handshake messages into records: before the keys change, and before anything is read.
  void close_flight();
  void protect(RecordCipher cipher);

  /// Whether the fault has ended the script, and so decided how the stream ends.
  [[nodiscard]] bool has_ended() const noexcept { return has_ended_; }

  /// On no step, untouched by the fault.
  void alert(std::uint8_t level, std::uint8_t number);

 private:
  /// One thing to send.
  struct Unit {
    std::uint8_t type = 0;  ///< Of content.
    Bytes bytes;            ///< A handshake message with its header, or a payload.
    RecordShape shape;
    bool is_raw = false;  ///< Not in a record.
    bool is_shaped = false;
    bool is_enrolled = false;             ///< Datagrams: has its place in the sequence and in the transcript.
    Action fragmentation = Action::None;  ///< Datagrams.
  };

  [[nodiscard]] bool send(Step step, Unit unit);
  [[nodiscard]] bool is_due(Step step) const;
  [[nodiscard]] bool finish();
  void emit(Unit unit);
  void emit_datagrams(const Unit& unit);
  void enroll(Unit& unit);
  [[nodiscard]] Bytes encode(std::uint8_t type, ByteView body) const;
  void insert();
  void send_altered(Unit unit);
  void repair(Unit unit);
  void alter_message(Unit& unit) const;
  void shape_record(Unit& unit);

  RecordChannel& channel_;
  Transcript& transcript_;
  const PeerOptions& options_;
  const Fault& fault_;
  Observed& seen_;
  std::array<std::uint8_t, 32> passages_{};  // By step.
  Bytes flight_;                             // Handshake messages not yet in a record.
  std::optional<Unit> held_;                 // By SwapWithNext and DelayRecord.
  std::uint16_t next_message_ = 0;           // Datagrams: message_seq.
  bool is_losing_ = false;                   // Datagrams: what is sent does not arrive, until something is read.
  bool has_ended_ = false;
};

}  // namespace securetransport::lab
