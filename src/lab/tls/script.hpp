// SPDX-License-Identifier: Apache-2.0
// One connection of a scripted peer: messages go out through the fault, and what comes in is written down.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "lab/tls/fault.hpp"
#include "lab/tls/faulty_peer.hpp"
#include "lab/tls/record_channel.hpp"

namespace securetransport::lab {

/// The handshake messages as they travelled, headers included.
class Transcript {
 public:
  void add(ByteView message);
  void clear() noexcept { all_.clear(); }
  [[nodiscard]] Bytes hash(Hash hash) const { return digest(hash, all_); }
  [[nodiscard]] const Bytes& all() const noexcept { return all_; }

  /// RFC 8446 section 4.4.1: after a HelloRetryRequest a message_hash message stands for the first ClientHello.
  void replace_by_hash();

 private:
  Bytes all_;
};

struct Message {
  std::uint8_t type = 0;
  Bytes body;
  Bytes encoded;  ///< With the header. Received messages are not yet in the transcript.
};

/// Something that has come in.
struct Event {
  enum class Kind : std::uint8_t { Message, ChangeCipherSpec, Alert, Data, Other };
  Kind kind = Kind::Other;
  Message message;
  SeenAlert alert;
};

/// All senders and readers return false or nullopt once the script is over: the fault ended it, the other side went
/// away, or fail() was called. Then only watch() is left to do.
class Script {
 public:
  Script(net::TcpStream& stream, const PeerOptions& options, const Fault& fault, net::Deadline deadline,
         const std::stop_token& stop, Observed& seen);
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  // Sending. The fault acts in these and nowhere else.
  [[nodiscard]] bool send_message(Step step, std::uint8_t type, ByteView body);
  [[nodiscard]] bool send_change_cipher_spec(const RecordCipher* next);  ///< Null in TLS 1.3: no keys change.
  [[nodiscard]] bool send_record(Step step, std::uint8_t type, ByteView payload);
  [[nodiscard]] bool pass(Step step);  ///< A step without a message.

  /// The fault, if its lie concerns the message that is about to be sent at the step; else an empty one.
  [[nodiscard]] const Fault& lie_at(Step step);

  // Receiving.
  [[nodiscard]] std::optional<Event> next();
  /// The next message, which must be of the type. Skips warning alerts.
  [[nodiscard]] std::optional<Message> expect(std::uint8_t type);
  /// The next message, of whatever type.
  [[nodiscard]] std::optional<Message> next_message();
  [[nodiscard]] bool expect_change_cipher_spec();
  /// Reads to the end of the stream, and understands as much as it can. `finished_keys`: see set_keys_after_finished.
  void watch();
  /// TLS 1.3: keys for reading that come into force with the Finished of the other side.
  void set_keys_after_finished(RecordCipher cipher) { keys_after_finished_ = std::move(cipher); }

  /// The peer gives up of its own accord: sends the alert and ends the script. Returns false.
  bool fail(std::uint8_t alert, std::string problem);
  /// A bare alert, on no step.
  void send_alert(std::uint8_t level, std::uint8_t number);

  [[nodiscard]] const PeerOptions& options() const noexcept { return options_; }
  [[nodiscard]] Observed& seen() noexcept { return seen_; }
  [[nodiscard]] RecordChannel& channel() noexcept { return channel_; }
  [[nodiscard]] Transcript& transcript() noexcept { return transcript_; }

  /// Puts queued handshake bytes into records. Before keys change and before anything is read.
  void close_flight();

 private:
  struct Unit;
  [[nodiscard]] bool send(Unit unit);
  [[nodiscard]] bool is_due(Step step);
  [[nodiscard]] bool finish();
  void emit(const Unit& unit);
  void insert();
  void alter(Unit unit);
  void alter_message(Unit& unit) const;
  void shape_record(Unit& unit) const;
  [[nodiscard]] std::optional<Event> read_event();
  [[nodiscard]] std::optional<Message> take_message();

  const PeerOptions& options_;
  const Fault& fault_;
  Observed& seen_;
  RecordChannel channel_;
  Transcript transcript_;
  std::optional<RecordCipher> keys_after_finished_;
  std::array<std::uint8_t, 32> passages_{};  // By step.
  Bytes flight_;                             // Handshake bytes not yet in a record.
  Bytes incoming_;                           // Handshake bytes not yet a whole message.
  bool incoming_is_protected_ = false;
  struct Held;
  std::optional<std::pair<std::uint8_t, Bytes>> held_;  // SwapWithNext: content type and bytes.
  bool held_is_plain_ = false;
  bool is_over_ = false;
};

}  // namespace securetransport::lab
