// SPDX-License-Identifier: Apache-2.0
// What cannot be used is skipped, as RFC 6347 section 4.1.2.7 wants; what is not answered is sent again.
#include "lab/tls/datagram_channel.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "lab/tls/byte_writer.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kGlance(20);         // How long a stop may go unnoticed.
constexpr milliseconds kFirstTimeout(400);  // RFC 6347 section 4.2.4.1 says one second; this one is for loopback.
constexpr milliseconds kLongestTimeout(3200);
constexpr milliseconds kLinger(1000);      // For what still comes once the script is over.
constexpr std::size_t kPackedSize = 1400;  // Of a datagram with several records.
constexpr std::size_t kMostEarly = 32;
constexpr unsigned kEpochShift = 48;

}  // namespace

void DatagramChannel::protect_writes(RecordCipher cipher) {
  write_ = std::move(cipher);
  write_.sequence = std::uint64_t{1} << kEpochShift;
}

void DatagramChannel::protect_reads(RecordCipher cipher) {
  read_ = std::move(cipher);
  read_epoch_ = 1;
  Bytes records;
  for (const Bytes& record : std::exchange(early_, {})) append(records, record);
  append(records, in_);
  in_ = std::move(records);
}

Bytes DatagramChannel::frame(std::uint8_t type, ByteView payload, bool is_plain, const RecordShape& shape) {
  RecordCipher& cipher = is_plain ? plain_ : write_;
  std::uint64_t number = cipher.sequence;
  if (cipher.kind == CipherKind::None) ++cipher.sequence;  // Else seal() counts.
  const RecordHeader header{shape.outer_type.value_or(type), shape.version.value_or(version_)};
  Bytes body = seal(cipher, header, type, payload, shape.tamper);
  if (shape.shrink && cipher.kind != CipherKind::None) body.resize(std::min(body.size(), *shape.shrink));
  if (shape.flips_last_byte && !body.empty()) body.back() ^= 0xff;
  if (shape.epoch) number = (number << 16U >> 16U) | std::uint64_t{*shape.epoch} << kEpochShift;
  const std::size_t length = shape.claimed_length.value_or(body.size());
  Bytes record = ByteWriter().u8(header.type).u16(header.version).u64(number).u16(length).bytes(body).take();
  if (shape.cut) record.resize(std::min(record.size(), *shape.cut));
  return record;
}

void DatagramChannel::write(std::uint8_t type, ByteView payload, const RecordShape& shape) {
  const bool is_plain = shape.is_plain || !writes_are_protected();
  const bool is_of_handshake = type == content::kHandshake || type == content::kChangeCipherSpec;
  if (is_of_handshake && shape.is_sent_again) keep({type, Bytes(payload.begin(), payload.end()), is_plain});
  const Bytes record = frame(type, payload, is_plain, shape);
  for (std::size_t i = 0; i < shape.copies; ++i) queue(record);
}

void DatagramChannel::queue(ByteView record) {
  if (packs_ && !out_.empty() && out_.back().size() + record.size() <= kPackedSize) {
    append(out_.back(), record);
  } else {
    out_.emplace_back(record.begin(), record.end());
  }
}

void DatagramChannel::write_raw(ByteView bytes) { out_.emplace_back(bytes.begin(), bytes.end()); }

void DatagramChannel::keep(Kept record) {
  if (std::exchange(is_answered_, false)) flight_.clear();
  flight_.push_back(std::move(record));
  timeout_ = kFirstTimeout;
  resend_at_ = is_waited_for_ ? net::within(timeout_) : net::kNever;
}

void DatagramChannel::resend() {
  for (const Kept& one : flight_) queue(frame(one.type, one.payload, one.is_plain, {}));
  timeout_ = std::min(2 * timeout_, kLongestTimeout);
  if (is_waited_for_) resend_at_ = net::within(timeout_);
  flush();
}

void DatagramChannel::flush() {
  for (const Bytes& datagram : std::exchange(out_, {})) {
    if (is_silent_) continue;
    pipe_.send(datagram);
    seen_.bytes_sent += datagram.size();
  }
}

void DatagramChannel::fall_silent() {
  flush();
  is_silent_ = true;
}

void DatagramChannel::handshake_done() {
  // Whoever sent the last flight does not know whether it arrived. The other side will ask for it again if not.
  is_waited_for_ = false;
  resend_at_ = net::kNever;
}

void DatagramChannel::script_done() { quiet_at_ = net::within(kLinger); }

bool DatagramChannel::receive() {
  for (;;) {
    const bool is_over = stop_.stop_requested();
    // A stop says that nothing more will be sent; what was sent before it may still be on its way.
    const net::Deadline limit = std::min({deadline_, resend_at_, quiet_at_, net::within(kGlance)});
    net::NetResult<Bytes> datagram = pipe_.receive(limit);
    if (datagram) {
      seen_.bytes_received += datagram->size();
      in_ = *std::move(datagram);
      if (quiet_at_ != net::kNever) quiet_at_ = net::within(kLinger);
      return true;
    }
    if (datagram.error().what != net::NetError::TimedOut) {
      seen_.end = StreamEnd::Reset;
      return false;
    }
    const auto now = std::chrono::steady_clock::now();
    if (is_over || now >= deadline_ || now >= quiet_at_) return false;
    if (now >= resend_at_) resend();
  }
}

std::optional<Record> DatagramChannel::read() {
  flush();
  for (;;) {
    if (!ready_.empty()) {
      Record record = std::move(ready_.front());
      ready_.pop_front();
      return record;
    }
    if (in_.empty() && !receive()) return std::nullopt;
    take_record();
  }
}

void DatagramChannel::take_record() {
  ByteReader reader(in_);
  RecordHeader header;
  header.type = reader.u8();
  header.version = reader.u16();
  const std::uint16_t epoch = reader.u16();
  const std::uint64_t sequence = std::uint64_t{reader.u24()} << 24U | reader.u24();
  const ByteView body = reader.vector16();
  if (!reader.ok() || header.version >> 8 != kDtls12 >> 8) {
    in_.clear();  // Nothing after it can be found.
    return;
  }
  const Bytes record(in_.begin(), in_.end() - static_cast<std::ptrdiff_t>(reader.left()));
  const Bytes text(body.begin(), body.end());
  in_.erase(in_.begin(), in_.begin() + std::ssize(record));
  if (epoch > read_epoch_ && !has_lost_reads_) {
    if (early_.size() < kMostEarly) early_.push_back(record);
    return;
  }
  if (epoch == 0) {
    take_content(header.type, false, text);
    return;
  }
  read_.sequence = std::uint64_t{epoch} << kEpochShift | sequence;
  const std::optional<Opened> opened = has_lost_reads_ ? std::nullopt : open(read_, header, text);
  if (opened) {
    take_content(opened->type, true, opened->payload);
  } else {
    ++seen_.unreadable_records;
  }
}

void DatagramChannel::take_content(std::uint8_t type, bool is_protected, ByteView payload) {
  const bool is_late = !is_protected && read_epoch_ > 0;
  if (type != content::kHandshake) {
    // A ChangeCipherSpec that comes late is a repetition.
    if (is_late && type != content::kAlert) return;
    if (type == content::kChangeCipherSpec) is_answered_ = true;
    ready_.push_back({type, is_protected, Bytes(payload.begin(), payload.end())});
    return;
  }
  if (!reassembly_.take(payload)) resend();
  while (std::optional<Bytes> message = reassembly_.next()) {
    is_answered_ = true;
    resend_at_ = net::kNever;
    ready_.push_back({type, is_protected, *std::move(message)});
  }
}

}  // namespace securetransport::lab
