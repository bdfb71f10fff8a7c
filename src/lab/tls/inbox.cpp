// SPDX-License-Identifier: Apache-2.0
// Takes records apart into messages, alerts and data.
#include "lab/tls/inbox.hpp"

#include "lab/tls/byte_writer.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

bool ends_connection(const SeenAlert& alert, std::uint16_t version) {
  // RFC 8446 section 6: "All the alerts listed in Section 6.2 MUST be sent with AlertLevel=fatal and MUST be treated
  // as error alerts when received regardless of the AlertLevel in the message."
  // After no_renegotiation there is no handshake to go on with.
  return alert.level != 1 || alert.number == 0 || alert.number == 100 || version >= kTls13;
}

}  // namespace

std::optional<Message> Inbox::take_message() {
  ByteReader reader(incoming_);
  Message message;
  message.type = reader.u8();
  constexpr std::size_t kOfFragments = 8;  // The whole length, the number and the offset: the channel saw to them.
  if (is_datagram_) static_cast<void>(reader.bytes(kOfFragments));
  const ByteView body = reader.vector24();
  if (!reader.ok()) return std::nullopt;
  message.body.assign(body.begin(), body.end());
  const auto end = incoming_.end() - static_cast<std::ptrdiff_t>(reader.left());
  message.encoded.assign(incoming_.begin(), end);
  incoming_.erase(incoming_.begin(), end);
  seen_.handshake_types.push_back(message.type);
  if (version_ >= kTls13 && message.type == handshake::kFinished && next_keys_) change_keys();
  return message;
}

void Inbox::change_keys() {
  if (next_keys_) {
    channel_.protect_reads(*std::exchange(next_keys_, std::nullopt));
  } else {
    channel_.lose_reads();
  }
}

Event Inbox::event_of(const Record& record) {
  Event event;
  switch (record.type) {
    case content::kAlert: {
      ByteReader reader(record.payload);
      const std::size_t first = seen_.alerts.size();
      while (reader.left() >= 2) {
        const std::uint8_t level = reader.u8();
        seen_.alerts.push_back({level, reader.u8(), record.is_protected});
      }
      if (seen_.alerts.size() == first) break;
      event.kind = Event::Kind::Alert;
      event.alert = seen_.alerts[first];
      break;
    }
    case content::kApplicationData:
      event.kind = Event::Kind::Data;
      seen_.application_data.append(record.payload.begin(), record.payload.end());
      break;
    case content::kChangeCipherSpec:
      event.kind = Event::Kind::ChangeCipherSpec;
      if (version_ < kTls13) change_keys();
      break;
    default: break;
  }
  return event;
}

std::optional<Event> Inbox::next() {
  for (;;) {
    if (std::optional<Message> message = take_message()) {
      return Event{Event::Kind::Message, *std::move(message), {}};
    }
    const std::optional<Record> record = channel_.read();
    if (!record) return std::nullopt;
    if (record->type != content::kHandshake) return event_of(*record);
    append(incoming_, record->payload);
  }
}

std::optional<Event> Inbox::next_of_handshake() {
  while (std::optional<Event> event = next()) {
    switch (event->kind) {
      case Event::Kind::Alert:
        if (ends_connection(event->alert, version_)) return std::nullopt;
        continue;
      case Event::Kind::ChangeCipherSpec:
        if (version_ >= kTls13) continue;
        break;
      case Event::Kind::Message:
        if (version_ < kTls13 && event->message.type == handshake::kHelloRequest) continue;
        break;
      case Event::Kind::Data:
      case Event::Kind::Other: break;
    }
    return event;
  }
  return std::nullopt;
}

}  // namespace securetransport::lab
