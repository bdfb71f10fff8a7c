// SPDX-License-Identifier: Apache-2.0
// Frames, seals and sends; receives, unframes and opens.
#include "lab/tls/record_channel.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "lab/tls/byte_writer.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

constexpr std::chrono::milliseconds kGlance(20);  // How long a stop may go unnoticed.
constexpr std::size_t kHeaderSize = 5;

}  // namespace

void StreamChannel::write(std::uint8_t type, ByteView payload, const RecordShape& shape) {
  RecordCipher none;
  RecordCipher& cipher = shape.is_plain ? none : write_;
  RecordHeader header{type, shape.version.value_or(version_)};
  // RFC 8446 section 5.2: "The outer opaque_type field of a TLSCiphertext record is always set to the value 23".
  if (cipher.kind == CipherKind::Gcm13) header.type = content::kApplicationData;
  if (shape.outer_type) header.type = *shape.outer_type;
  Bytes body = seal(cipher, header, type, payload, shape.tamper);
  if (shape.shrink && cipher.kind != CipherKind::None) body.resize(std::min(body.size(), *shape.shrink));
  if (shape.flips_last_byte && !body.empty()) body.back() ^= 0xff;
  Bytes record = ByteWriter()
                     .u8(header.type)
                     .u16(header.version)
                     .u16(shape.claimed_length.value_or(body.size()))
                     .bytes(body)
                     .take();
  if (shape.cut) record.resize(std::min(record.size(), *shape.cut));
  write_raw(record);
}

void StreamChannel::write_raw(ByteView bytes) { append(out_, bytes); }

void StreamChannel::flush() {
  const Bytes data = std::exchange(out_, {});
  ByteView rest = data;
  while (!rest.empty() && !cannot_write_ && !stop_.stop_requested()) {
    const net::Deadline glance = std::min(deadline_, net::within(kGlance));
    const net::NetResult<std::size_t> count = stream_.write_some(rest, glance);
    if (count) {
      seen_.bytes_sent += *count;
      rest = rest.subspan(*count);
    } else if (count.error().what != net::NetError::TimedOut || net::remaining(deadline_).count() == 0) {
      cannot_write_ = true;
    }
  }
}

void StreamChannel::shut_down() {
  flush();
  (void)stream_.shutdown_send();  // If the other side has already gone, reading will tell.
  cannot_write_ = true;
}

void StreamChannel::reset() {
  flush();
  stream_.reset();
  seen_.end = StreamEnd::Ours;
  cannot_write_ = true;
  has_ended_ = true;
}

void StreamChannel::fall_silent() {
  flush();
  cannot_write_ = true;
}

bool StreamChannel::fill(std::size_t count) {
  std::array<std::uint8_t, 4096> buffer{};
  while (in_.size() < count && !has_ended_ && !stop_.stop_requested()) {
    const net::Deadline glance = std::min(deadline_, net::within(kGlance));
    const net::NetResult<std::size_t> got = stream_.read_some(buffer, glance);
    if (got) {
      seen_.bytes_received += *got;
      append(in_, ByteView(buffer).first(*got));
      continue;
    }
    if (got.error().what == net::NetError::TimedOut) {
      if (net::remaining(deadline_).count() == 0) return false;
      continue;
    }
    has_ended_ = true;
    seen_.end = got.error().what == net::NetError::EndOfStream ? StreamEnd::EndOfStream : StreamEnd::Reset;
  }
  return in_.size() >= count;
}

std::optional<Record> StreamChannel::read() {
  flush();
  for (;;) {
    if (!fill(kHeaderSize)) return std::nullopt;
    ByteReader reader(ByteView(in_).first(kHeaderSize));
    RecordHeader header;
    header.type = reader.u8();
    header.version = reader.u16();
    const std::size_t size = reader.u16();
    if (!fill(kHeaderSize + size)) return std::nullopt;
    const auto body = in_.begin() + kHeaderSize;
    const auto end = body + static_cast<std::ptrdiff_t>(size);
    Bytes taken(body, end);
    in_.erase(in_.begin(), end);
    std::optional<Record> record = understand(header, std::move(taken));
    if (record) return record;
  }
}

std::optional<Record> RecordChannel::understand(const RecordHeader& header, Bytes body) {
  const bool is_13 = read_.kind == CipherKind::Gcm13;
  if (is_13 && header.type == content::kChangeCipherSpec) return std::nullopt;
  const bool is_plain_alert = is_13 && header.type == content::kAlert;
  if (read_.kind == CipherKind::None || is_plain_alert) {
    if (!has_lost_reads_ || is_plain_alert) return Record{header.type, false, std::move(body)};
  } else if (std::optional<Opened> opened = open(read_, header, body)) {
    return Record{opened->type, true, std::move(opened->payload)};
  }
  ++seen_.unreadable_records;
  return std::nullopt;
}

}  // namespace securetransport::lab
