// SPDX-License-Identifier: Apache-2.0
// What comes in from the other side, message by message; all of it is written down in Observed.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "lab/tls/record_channel.hpp"

namespace securetransport::lab {

struct Message {
  std::uint8_t type = 0;
  Bytes body;
  Bytes encoded;  ///< With the header.
};

struct Event {
  enum class Kind : std::uint8_t { Message, ChangeCipherSpec, Alert, Data, Other };
  Kind kind = Kind::Other;
  Message message;
  SeenAlert alert;
};

class Inbox {
 public:
  /// Borrows all three.
  Inbox(RecordChannel& channel, Observed& seen, const PeerOptions& options)
      : channel_(channel), seen_(seen), version_(options.version), is_datagram_(options.is_datagram) {}

  /// Nullopt: nothing more will come.
  [[nodiscard]] std::optional<Event> next();

  /// The next event that matters to a handshake. Skips warning alerts before TLS 1.3, the ChangeCipherSpec of TLS 1.3
  /// and HelloRequest; an alert that ends the connection counts as its end.
  [[nodiscard]] std::optional<Event> next_of_handshake();

  /// Keys for reading that come into force with the other side's ChangeCipherSpec, or, in TLS 1.3, its Finished.
  /// Known beforehand, so that alerts are understood even if the script has come to its end by then.
  void set_next_keys(RecordCipher cipher) { next_keys_ = std::move(cipher); }

 private:
  [[nodiscard]] std::optional<Message> take_message();
  [[nodiscard]] Event event_of(const Record& record);
  void change_keys();

  RecordChannel& channel_;
  Observed& seen_;
  std::uint16_t version_;
  bool is_datagram_;
  std::optional<RecordCipher> next_keys_;
  Bytes incoming_;  // Handshake bytes that are not yet a whole message.
};

}  // namespace securetransport::lab
