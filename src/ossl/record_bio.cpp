// SPDX-License-Identifier: Apache-2.0
#include "ossl/record_bio.hpp"

#include <algorithm>
#include <cstring>

namespace securetransport::ossl {
namespace {

constexpr std::size_t kMaxPlaintext = 16384;  // RFC 8446 section 5.1: "The length MUST NOT exceed 2^14 bytes."
constexpr std::size_t kFirstBytesKept = 69;   // The header and up to 64 bytes more, to name another protocol.

bool is_text(std::uint8_t byte) noexcept { return (byte >= 0x20 && byte < 0x7f) || byte == '\r' || byte == '\n'; }

bool is_content_type(std::uint8_t type) noexcept {
  return type >= static_cast<std::uint8_t>(ContentType::ChangeCipherSpec) &&
         type <= static_cast<std::uint8_t>(ContentType::Heartbeat);
}

/// Whether a record of this type must have content, application data being the exception.
bool carries_messages(std::uint8_t type) noexcept {
  return type >= static_cast<std::uint8_t>(ContentType::ChangeCipherSpec) &&
         type <= static_cast<std::uint8_t>(ContentType::Handshake);
}

std::size_t read_u16(std::span<const std::uint8_t> bytes) noexcept {
  return static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
}

}  // namespace

struct RecordBioCallbacks {
  static RecordBio& self(BIO* bio) { return *static_cast<RecordBio*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    return self(bio).read({reinterpret_cast<std::uint8_t*>(data), static_cast<std::size_t>(size)});
  }

  static int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    return self(bio).write({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
  }

  static long control(BIO*, int command, long, void*) {
    // Writes go to the transport as they come, so a flush has nothing left to do.
    return command == BIO_CTRL_FLUSH ? 1 : 0;
  }

  static const BIO_METHOD* method() {
    static const BioMethodPtr kMethod = [] {
      BioMethodPtr made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "securetransport record"));
      if (made) {
        BIO_meth_set_read(made.get(), read);
        BIO_meth_set_write(made.get(), write);
        BIO_meth_set_ctrl(made.get(), control);
      }
      return made;
    }();
    return kMethod.get();
  }
};

BioPtr RecordBio::make_bio() {
  BioPtr bio(BIO_new(RecordBioCallbacks::method()));
  if (!bio) return bio;
  BIO_set_data(bio.get(), this);
  BIO_set_init(bio.get(), 1);
  bio_ = bio.get();
  return bio;
}

int RecordBio::read(std::span<std::uint8_t> buffer) {
  while (!refused_) {
    switch (stage_) {
      case Stage::Header:
        if (hold_point_ == HoldPoint::AfterClientCertificate && client_certificate_served_) {
          held_ = true;
          BIO_set_retry_read(bio_);
          return -1;
        }
        if (!fill(header_, header_have_, true)) return -1;
        if (!begin_record()) return -1;
        break;

      case Stage::ServeHeader: {
        const int served = serve_header(buffer);
        if (header_served_ == kHeaderSize) stage_ = body_left_ == 0 ? Stage::Header : Stage::Body;
        return served;
      }

      case Stage::Body: {
        // Straight into OpenSSL's buffer: the bulk of all data takes this path, without a copy.
        std::size_t have = 0;
        const std::span<std::uint8_t> target = buffer.first(std::min(buffer.size(), body_left_));
        const bool complete = fill(target, have, false);
        body_left_ -= have;
        failure_.missing = body_left_;
        if (body_left_ == 0) stage_ = Stage::Header;
        return complete || have > 0 ? static_cast<int>(have) : -1;
      }

      case Stage::Reframe:
        if (!fill(body_, body_have_, false)) return -1;
        if (!begin_chunk()) return -1;
        break;

      case Stage::ServeChunk: {
        if (header_served_ < kHeaderSize) return serve_header(buffer);
        const std::size_t count = std::min(buffer.size(), chunk_end_ - chunk_begin_);
        std::memcpy(buffer.data(), body_.data() + chunk_begin_, count);
        chunk_begin_ += count;
        if (chunk_begin_ == chunk_end_) stage_ = chunk_end_ == body_.size() ? Stage::Header : Stage::Reframe;
        return static_cast<int>(count);
      }
    }
  }
  return -1;
}

/// Reads until `target` is full. False if that is not possible now (retry is set) or ever (the failure is noted).
bool RecordBio::fill(std::span<std::uint8_t> target, std::size_t& have, bool is_header) {
  if (have == target.size()) return true;
  const std::span<std::uint8_t> rest = target.subspan(have);
  const IoResult result = transport_.read(rest);
  const std::size_t moved = std::min(result.moved, rest.size());
  note_received(rest.first(moved));
  have += moved;
  failure_.missing = target.size() - have;
  if (have == target.size()) {
    failure_.missing = 0;
    return true;
  }
  if (is_header && have == 0) failure_.missing = 0;  // Between records nothing is missing.
  if (write_failure_ != IoStatus::Ok) {
    // Our side of the connection broke earlier. The peer's last words, if any, have been read by now.
    failure_.transport_failed_on_write = true;
    note_transport_failure(write_failure_, write_failure_code_, false);
    return false;
  }
  if (result.status == IoStatus::WouldBlock) {
    BIO_set_retry_read(bio_);
    return false;
  }
  // A transport that says Ok and moves less has no more to give: treating that as end of stream cannot spin.
  const IoStatus status = result.status == IoStatus::Ok ? IoStatus::EndOfStream : result.status;
  note_transport_failure(status, result.code, is_header);
  return false;
}

/// Looks at a complete header and chooses how the body travels. False if the session must end here.
bool RecordBio::begin_record() {
  const std::size_t length = read_u16(std::span(header_).subspan(3));
  failure_.last_record = RecordHeader{header_[0], static_cast<std::uint16_t>(read_u16(std::span(header_).subspan(1))),
                                      static_cast<std::uint16_t>(length)};
  failure_.last_inner_type.reset();
  header_have_ = 0;
  header_served_ = 0;
  if (!any_record_ && !judge_first_header()) return false;
  any_record_ = true;

  if (!read_protected_ && length == 0 && carries_messages(header_[0])) {
    // RFC 8446 section 5.1: "Implementations MUST NOT send zero-length fragments of Handshake types", and
    // section 5.1 again for alerts: "a record with an Alert type MUST contain exactly one message".
    failure_.find(Finding::EmptyRecord, "a record of type " + std::to_string(header_[0]) + " has no content");
    send_plaintext_alert(Alert::UnexpectedMessage);
    refuse_reads();
    return false;
  }

  if (!read_protected_ && header_[0] == static_cast<std::uint8_t>(ContentType::Handshake) && length <= kMaxPlaintext) {
    body_.resize(length);
    body_have_ = 0;
    chunk_end_ = 0;
    stage_ = Stage::Reframe;
    failure_.missing = length;
    return true;
  }
  body_left_ = length;
  failure_.missing = length;
  stage_ = Stage::ServeHeader;
  return true;
}

/// Tells TLS from everything else by the first five bytes, which OpenSSL does for HTTP alone.
bool RecordBio::judge_first_header() {
  if (is_content_type(header_[0]) && header_[1] == 3) return true;
  if (std::all_of(header_.begin(), header_.end(), is_text)) {
    std::array<std::uint8_t, kFirstBytesKept - kHeaderSize> more{};
    const std::size_t count = std::min(transport_.read_available(more), more.size());
    note_received(std::span(more).first(count));
    failure_.find(Finding::PlainTextPeer);
    send_plaintext_alert(Alert::RecordOverflow);
  } else {
    failure_.find(Finding::NotTls);
    send_plaintext_alert(Alert::UnexpectedMessage);
  }
  refuse_reads();
  return false;
}

/// Cuts the next piece off the record in body_: as much of it as belongs to one message. False at a hold point.
bool RecordBio::begin_chunk() {
  chunk_begin_ = chunk_end_;
  if (reaches_hold_point()) {
    held_ = true;
    BIO_set_retry_read(bio_);
    return false;
  }
  std::size_t position = chunk_begin_;
  bool message_complete = false;
  while (position < body_.size() && !message_complete) {
    if (message_left_ > 0) {
      const std::size_t taken = std::min(message_left_, body_.size() - position);
      position += taken;
      message_left_ -= taken;
      message_complete = message_left_ == 0;
      continue;
    }
    message_header_.at(message_header_have_++) = body_[position++];
    if (message_header_have_ == message_header_.size()) {
      message_header_have_ = 0;
      message_left_ = static_cast<std::size_t>(message_header_[1]) << 16 |
                      static_cast<std::size_t>(message_header_[2]) << 8 | message_header_[3];
      message_complete = message_left_ == 0;
    }
  }
  if (message_complete && message_header_[0] == static_cast<std::uint8_t>(HandshakeType::Certificate)) {
    client_certificate_served_ = true;
  }
  chunk_end_ = position;
  const std::size_t length = chunk_end_ - chunk_begin_;
  header_[3] = static_cast<std::uint8_t>(length >> 8);
  header_[4] = static_cast<std::uint8_t>(length & 0xff);
  header_served_ = 0;
  stage_ = Stage::ServeChunk;
  return true;
}

bool RecordBio::reaches_hold_point() const noexcept {
  const bool message_starts = message_left_ == 0 && message_header_have_ == 0;
  if (!message_starts) return false;
  switch (hold_point_) {
    case HoldPoint::None: return false;
    case HoldPoint::BeforeServerHelloDone:
      return body_[chunk_begin_] == static_cast<std::uint8_t>(HandshakeType::ServerHelloDone);
    case HoldPoint::AfterClientCertificate: return client_certificate_served_;
  }
  return false;
}

int RecordBio::serve_header(std::span<std::uint8_t> buffer) {
  const std::size_t count = std::min(buffer.size(), kHeaderSize - header_served_);
  std::memcpy(buffer.data(), header_.data() + header_served_, count);
  header_served_ += count;
  return static_cast<int>(count);
}

void RecordBio::note_received(std::span<const std::uint8_t> bytes) {
  const std::size_t room = kFirstBytesKept - failure_.first_bytes.size();
  const std::span<const std::uint8_t> kept = bytes.first(std::min(bytes.size(), room));
  failure_.first_bytes.insert(failure_.first_bytes.end(), kept.begin(), kept.end());
}

void RecordBio::note_transport_failure(IoStatus status, std::int32_t code, bool in_header) {
  failure_.transport = status;
  failure_.transport_code = code;
  failure_.transport_failed_in_header = in_header;
  refuse_reads();
}

int RecordBio::write(std::span<const std::uint8_t> bytes) {
  // RFC 8446 section 6.2: "MUST close the connection without sending or receiving any additional data." OpenSSL does
  // not know of an alert that did not come from it.
  if (said_goodbye_) return static_cast<int>(bytes.size());
  // Straight from OpenSSL's buffer; only what the transport does not take is copied.
  const std::size_t taken = has_queued_output() ? 0 : offer(bytes);
  if (write_failure_ == IoStatus::Ok)
    queue_.insert(queue_.end(), bytes.begin() + static_cast<std::ptrdiff_t>(taken), bytes.end());
  // A broken transport is reported by the next read, which may first bring the alert that tells why.
  return static_cast<int>(bytes.size());
}

IoStatus RecordBio::flush() {
  if (has_queued_output()) sent_ += offer(std::span<const std::uint8_t>(queue_).subspan(sent_));
  if (has_queued_output() && write_failure_ == IoStatus::Ok) return IoStatus::WouldBlock;
  queue_.clear();
  sent_ = 0;
  return write_failure_;
}

/// Gives bytes to the transport until it takes no more; returns how many it took. Notes a failure.
std::size_t RecordBio::offer(std::span<const std::uint8_t> bytes) {
  std::size_t taken = 0;
  while (write_failure_ == IoStatus::Ok && taken < bytes.size()) {
    const IoResult result = transport_.write(bytes.subspan(taken));
    const std::size_t moved = std::min(result.moved, bytes.size() - taken);
    taken += moved;
    if (result.status == IoStatus::WouldBlock || (result.status == IoStatus::Ok && moved == 0)) break;
    if (result.status == IoStatus::Ok) continue;
    write_failure_ = result.status == IoStatus::EndOfStream ? IoStatus::Reset : result.status;
    write_failure_code_ = result.code;
  }
  return taken;
}

void RecordBio::send_plaintext_alert(Alert alert, AlertLevel level) {
  const bool fatal_sent = failure_.alert_sent && failure_.alert_sent->level == AlertLevel::Fatal;
  if (write_protected_ || fatal_sent) return;
  // RFC 8446 section 5.1: the version of a record is at most that of TLS 1.2; it is the lowest before one is agreed on.
  const auto version = std::clamp<std::uint16_t>(failure_.version, 0x0301, 0x0303);
  const std::array<std::uint8_t, 7> record{static_cast<std::uint8_t>(ContentType::Alert),
                                           static_cast<std::uint8_t>(version >> 8),
                                           static_cast<std::uint8_t>(version & 0xff),
                                           0,
                                           2,
                                           static_cast<std::uint8_t>(level),
                                           static_cast<std::uint8_t>(alert)};
  write(record);
  said_goodbye_ = level == AlertLevel::Fatal;
  failure_.alert_sent = AlertMessage{alert, level};
}

}  // namespace securetransport::ossl
