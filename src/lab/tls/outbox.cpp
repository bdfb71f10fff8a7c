// SPDX-License-Identifier: Apache-2.0
// Applies the fault: an insertion, a change of the message, or a change of the record that carries it.
#include "lab/tls/outbox.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lab/tls/byte_writer.hpp"
#include "lab/tls/fragments.hpp"

namespace securetransport::lab {
namespace {

constexpr std::size_t kMaxFragment = 16384;
constexpr std::size_t kMessageHeader = 4;
constexpr std::size_t kDatagramFragment = 1200;  // Fits into any network's datagrams (RFC 6347 section 4.1.1).

bool is_insertion(Action action) { return action >= Action::SendAlert && action <= Action::SendRaw; }

std::uint8_t low_byte(std::uint32_t number) { return static_cast<std::uint8_t>(number); }

}  // namespace

Bytes Outbox::encode(std::uint8_t type, ByteView body) const {
  if (options_.is_datagram) return datagram_message(type, 0, body);
  return ByteWriter().u8(type).opaque24(body).take();
}

bool Outbox::is_due(Step step) const {
  // Called before the passage is counted.
  return step != Step::None && fault_.step == step &&
         passages_[static_cast<std::size_t>(step)] + 1 == fault_.occurrence;
}

const Fault& Outbox::lie_at(Step step) {
  static const Fault kHonest;
  if (fault_.lie == Lie::None || !is_due(step)) return kHonest;
  return fault_;
}

bool Outbox::message(Step step, std::uint8_t type, ByteView body) {
  return send(step, {content::kHandshake, encode(type, body), {}});
}

bool Outbox::record(Step step, std::uint8_t type, ByteView payload) {
  return send(step, {type, Bytes(payload.begin(), payload.end()), {}});
}

bool Outbox::change_cipher_spec(const RecordCipher* next) {
  const bool stays_plain =
      is_due(Step::ChangeCipherSpec) && fault_.action == Action::Omit && fault_.protection == Protection::Plain;
  if (!record(Step::ChangeCipherSpec, content::kChangeCipherSpec, Bytes{1})) return false;
  if (next != nullptr && !stays_plain) protect(*next);
  return true;
}

bool Outbox::pass(Step step) {
  const bool due = is_due(step);
  ++passages_[static_cast<std::size_t>(step)];
  if (!due || fault_.lie != Lie::None) return true;
  if (fault_.action != Action::None && !is_insertion(fault_.action)) return true;
  seen_.fault_applied = true;
  if (fault_.action != Action::None) insert();
  return finish();
}

bool Outbox::send(Step step, Unit unit) {
  const bool due = is_due(step);
  ++passages_[static_cast<std::size_t>(step)];
  if (!due) {
    emit(unit);
    if (held_) emit(*std::exchange(held_, std::nullopt));
    return true;
  }
  seen_.fault_applied = true;
  const bool is_only_an_end =
      fault_.action == Action::None && fault_.lie == Lie::None && fault_.protection == Protection::AsDue;
  if (!is_only_an_end && !is_insertion(fault_.action)) {
    if (fault_.then == Then::Repair) {
      repair(std::move(unit));
    } else {
      send_altered(std::move(unit));
    }
    return finish();
  }
  if (fault_.place == Place::After) emit(unit);
  if (is_insertion(fault_.action)) insert();
  if (!finish()) return false;
  if (fault_.place == Place::Before) emit(unit);
  return true;
}

bool Outbox::finish() {
  has_ended_ = fault_.then != Then::GoOn && fault_.then != Then::Repair;
  switch (fault_.then) {
    case Then::GoOn:
    case Then::Repair: return true;
    case Then::Close:
      close_flight();
      channel_.shut_down();
      return false;
    case Then::Reset:
      close_flight();
      channel_.reset();
      return false;
    case Then::Silence:
      close_flight();
      channel_.fall_silent();
      return false;
  }
  return true;
}

void Outbox::enroll(Unit& unit) {
  if (unit.type != content::kHandshake || unit.is_raw || unit.is_enrolled) return;
  if (options_.is_datagram) renumber(unit.bytes, next_message_++);
  unit.is_enrolled = options_.is_datagram;  // Over a stream a message that is sent twice is two messages.
  // RFC 5246 section 7.4.1.1 on HelloRequest: "This message MUST NOT be included in the message hashes".
  const bool counts =
      options_.version >= kTls13 || unit.bytes.empty() || unit.bytes.front() != handshake::kHelloRequest;
  if (counts) transcript_.add(unit.bytes);
}

/// Each record is a datagram of its own, unless the channel packs them.
void Outbox::emit_datagrams(const Unit& unit) {
  RecordShape shape = unit.shape;
  if (is_losing_) shape.copies = 0;
  if (unit.is_raw) {
    channel_.write_raw(unit.bytes);
  } else if (unit.type != content::kHandshake || unit.is_shaped) {
    channel_.write(unit.type, unit.bytes, shape);
  } else {
    const bool is_fine = options_.framing == Framing::Fragmented;
    const std::size_t limit = is_fine ? std::max<std::size_t>(options_.fragment_size, 1) : kDatagramFragment;
    for (const Bytes& fragment : fragments_of(unit.bytes, limit, unit.fragmentation)) {
      channel_.write(unit.type, fragment, shape);
    }
  }
}

void Outbox::emit(Unit unit) {
  enroll(unit);
  if (options_.is_datagram) {
    emit_datagrams(unit);
    return;
  }
  if (unit.is_raw) {
    close_flight();
    channel_.write_raw(unit.bytes);
    return;
  }
  if (unit.type != content::kHandshake) {
    close_flight();
    channel_.write(unit.type, unit.bytes, unit.shape);
    return;
  }
  if (unit.is_shaped) {
    close_flight();
    channel_.write(unit.type, unit.bytes, unit.shape);
    return;
  }
  append(flight_, unit.bytes);
  if (options_.framing != Framing::Coalesced) close_flight();
}

void Outbox::close_flight() {
  is_losing_ = false;
  const Bytes flight = std::exchange(flight_, {});
  const std::size_t limit = options_.framing == Framing::Fragmented
                                ? std::clamp<std::size_t>(options_.fragment_size, 1, kMaxFragment)
                                : kMaxFragment;
  for (ByteView rest = flight; !rest.empty();) {
    const ByteView fragment = rest.first(std::min(rest.size(), limit));
    channel_.write(content::kHandshake, fragment);
    rest = rest.subspan(fragment.size());
  }
}

void Outbox::protect(RecordCipher cipher) {
  if (!options_.is_datagram) close_flight();
  channel_.protect_writes(std::move(cipher));
}

void Outbox::alert(std::uint8_t level, std::uint8_t number) {
  close_flight();
  channel_.write(content::kAlert, Bytes{level, number});
}

void Outbox::insert() {
  Unit unit;
  unit.is_shaped = true;
  unit.shape.is_plain = fault_.protection == Protection::Plain;
  switch (fault_.action) {
    case Action::SendAlert:
      unit.type = content::kAlert;
      unit.bytes = {fault_.level, low_byte(fault_.number)};
      break;
    case Action::SendMessage:
      unit.type = content::kHandshake;
      unit.bytes = encode(low_byte(fault_.number), fault_.bytes);
      unit.is_shaped = unit.shape.is_plain;  // Framed like the others.
      break;
    case Action::SendRecord: {
      // Straight to the channel: even if the type is that of handshake messages these bytes need not be any.
      close_flight();
      const Bytes payload = fault_.size != 0 ? Bytes(std::size_t{fault_.size}) : fault_.bytes;
      unit.shape.is_sent_again = false;
      for (std::uint32_t i = 0; i < fault_.count; ++i) channel_.write(low_byte(fault_.number), payload, unit.shape);
      return;
    }
    case Action::SendRaw:
      unit.is_raw = true;
      unit.bytes = fault_.bytes;
      break;
    default: return;
  }
  emit(unit);
}

void Outbox::send_altered(Unit unit) {
  switch (fault_.action) {
    case Action::Omit: return;
    case Action::Duplicate:
      if (options_.is_datagram) enroll(unit);
      emit(unit);
      emit(unit);
      return;
    case Action::SwapWithNext:
      // Its protection stays that of its own time, should the keys change in between.
      unit.is_shaped = true;
      unit.shape.is_plain = !channel_.writes_are_protected();
      held_ = std::move(unit);
      return;
    case Action::DelayRecord:
      enroll(unit);
      unit.is_shaped = true;
      unit.shape.is_plain = !channel_.writes_are_protected();
      held_ = std::move(unit);
      return;
    case Action::ReplaceRaw:
      unit.is_raw = true;
      unit.bytes = fault_.bytes;
      break;
    default:
      alter_message(unit);
      shape_record(unit);
      break;
  }
  emit(unit);
}

/// Wrong first, then right: both are the same message.
void Outbox::repair(Unit unit) {
  if (options_.is_datagram) enroll(unit);
  Unit wrong = unit;
  shape_record(wrong);
  wrong.shape.is_sent_again = false;
  emit(std::move(wrong));
  emit(std::move(unit));
}

void Outbox::alter_message(Unit& unit) const {
  const std::size_t header_size = options_.is_datagram ? kDatagramMessageHeader : kMessageHeader;
  const bool has_header = unit.type == content::kHandshake && unit.bytes.size() >= header_size;
  std::uint8_t type = has_header ? unit.bytes.front() : std::uint8_t{0};
  const ByteView old_body = ByteView(unit.bytes).subspan(has_header ? header_size : 0);
  Bytes body(old_body.begin(), old_body.end());
  std::optional<std::uint32_t> claimed;
  switch (fault_.action) {
    case Action::ReplaceBody: body = fault_.bytes; break;
    case Action::ReplaceType: type = low_byte(fault_.number); break;
    case Action::Truncate:
      body.erase(body.end() - std::min<std::ptrdiff_t>(std::ssize(body), fault_.size), body.end());
      break;
    case Action::Append: append(body, fault_.bytes); break;
    case Action::Flip: {
      const auto size = static_cast<std::int64_t>(body.size());
      const std::int64_t at = fault_.offset < 0 ? size + fault_.offset : fault_.offset;
      if (at >= 0 && at < size) body[static_cast<std::size_t>(at)] ^= low_byte(fault_.number);
      break;
    }
    case Action::ClaimLength: claimed = fault_.number; break;
    default: return;
  }
  if (!has_header) {
    unit.bytes = body;
  } else if (options_.is_datagram) {
    unit.bytes = datagram_message(type, 0, body, claimed);
  } else {
    unit.bytes = ByteWriter().u8(type).u24(claimed.value_or(body.size())).bytes(body).take();
  }
}

void Outbox::shape_record(Unit& unit) {
  RecordShape& shape = unit.shape;
  shape.is_plain = fault_.protection == Protection::Plain;
  unit.is_shaped = shape.is_plain;
  switch (fault_.action) {
    case Action::RecordType:
      if (fault_.protection == Protection::Inner) {
        // The channel puts the unit's type inside; the transcript has to see the message all the same.
        if (unit.type == content::kHandshake) transcript_.add(unit.bytes);
        unit.type = low_byte(fault_.number);
      } else {
        shape.outer_type = low_byte(fault_.number);
      }
      break;
    case Action::RecordVersion: shape.version = static_cast<std::uint16_t>(fault_.number); break;
    case Action::RecordLength: shape.claimed_length = static_cast<std::uint16_t>(fault_.number); break;
    case Action::CutRecord: shape.cut = fault_.size; break;
    case Action::CorruptRecord: shape.flips_last_byte = true; break;
    case Action::CorruptMac: shape.tamper = Tamper::Mac; break;
    case Action::CorruptPadding: shape.tamper = Tamper::Padding; break;
    case Action::ShrinkRecord: shape.shrink = fault_.size; break;
    case Action::RecordEpoch: shape.epoch = static_cast<std::uint16_t>(fault_.number); break;
    case Action::RepeatRecord: shape.copies = 2; break;
    case Action::LoseFlight: is_losing_ = true; return;
    case Action::LoseRecord: shape.copies = 0; break;
    case Action::ReverseFragments:
    case Action::OverlapFragments:
    case Action::EmptyFragment:
    case Action::FragmentBeyondEnd:
    case Action::FragmentsDisagree: unit.fragmentation = fault_.action; return;
    default: return;
  }
  unit.is_shaped = true;
}

}  // namespace securetransport::lab
