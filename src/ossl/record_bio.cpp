// SPDX-License-Identifier: Apache-2.0
#include "ossl/record_bio.hpp"

#include <algorithm>
#include <cstring>

namespace securetransport::ossl {
namespace {

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

constexpr std::size_t kAlertSize = 2;

std::size_t read_u16(std::span<const std::uint8_t> bytes) noexcept {
  return static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
}

}  // namespace

int RecordBio::read(std::span<std::uint8_t> buffer) {
  while (!refused_) {
    switch (stage_) {
      case Stage::Header:
        if (hold_point_ == HoldPoint::AfterClientCertificate && client_certificate_served_) return stop_at_hold_point();
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
        if (stretched_size_ != 0) {
          stretch_record();
          break;
        }
        if (is_of(ContentType::Alert) ? !begin_first_alert() : !begin_chunk()) return -1;
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
  if (ends_by_broken_write()) return false;
  if (result.status == IoStatus::WouldBlock) {
    want_retry();
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
  const bool is_first = !any_record_;
  if (is_first && !judge_first_header()) return false;
  any_record_ = true;

  if (!read_protected_ && length == 0 && carries_messages(header_[0])) {
    // RFC 8446 section 5.1: "Implementations MUST NOT send zero-length fragments of Handshake types", and
    // section 5.1 again for alerts: "a record with an Alert type MUST contain exactly one message".
    failure_.find(Finding::EmptyRecord, "a record of type " + std::to_string(header_[0]) + " has no content");
    send_plaintext_alert(Alert::UnexpectedMessage);
    refuse_reads();
    return false;
  }

  const bool is_protected = read_protected_;  // This record; the one after a ChangeCipherSpec may be the first.
  // RFC 8446 appendix D.4: in TLS 1.3, and before the version is known, a ChangeCipherSpec changes nothing.
  if (is_of(ContentType::ChangeCipherSpec) && failure_.version != 0 && !failure_.is_tls13()) {
    set_read_protected();  // OpenSSL tells nobody of a ChangeCipherSpec that it receives.
  }

  stretched_size_ = 0;
  if (is_protected && failure_.read_cipher == CipherKind::Aead && !failure_.is_tls13() &&
      length < aead_overhead(failure_.cipher_suite)) {
    stretched_size_ = aead_overhead(failure_.cipher_suite);
    body_.resize(length);
    body_have_ = 0;
    stage_ = Stage::Reframe;
    failure_.missing = length;
    return true;
  }
  if (!is_protected && length > kMaxPlaintext && length <= kMaxCiphertext) {
    // RFC 8446 section 5.1: 2^14 is the most. OpenSSL takes the limit of protected records, and would first wait for
    // all the bytes; a length that no record has makes it judge the header.
    header_[3] = header_[4] = 0xff;
  }
  const bool is_first_alert = is_first && is_of(ContentType::Alert) && length == kAlertSize;
  if (!read_protected_ && ((is_of(ContentType::Handshake) && length <= kMaxPlaintext) || is_first_alert)) {
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

/// An alert before anything else. OpenSSL's server takes it for an unexpected message and never reads what it says.
/// False if it ends the session.
bool RecordBio::begin_first_alert() {
  const AlertMessage alert{Alert{body_[1]}, AlertLevel{body_[0]}};
  const bool is_ignorable = !has_row_of_its_own(alert.description) || alert.description == Alert::UnrecognizedName;
  const bool is_ending = alert.level == AlertLevel::Fatal || (alert.level == AlertLevel::Warning && !is_ignorable);
  if (failure_.role == Role::Server && is_ending) {
    failure_.alert_received = alert;
    refuse_reads();
    return false;
  }
  chunk_begin_ = 0;
  chunk_end_ = body_.size();
  stage_ = Stage::ServeChunk;
  return true;
}

/// A protected record too short to be one goes on as one that cannot be authentic: RFC 5246 section 7.2.2 has
/// bad_record_mac for both, and a peer must not learn the difference.
void RecordBio::stretch_record() {
  body_.resize(stretched_size_);
  header_[3] = 0;
  header_[4] = static_cast<std::uint8_t>(stretched_size_);
  header_served_ = 0;
  chunk_begin_ = 0;
  chunk_end_ = body_.size();
  stage_ = Stage::ServeChunk;
}

/// Cuts the next piece off the record in body_: as much of it as belongs to one message. False at a hold point.
bool RecordBio::begin_chunk() {
  chunk_begin_ = chunk_end_;
  if (reaches_hold_point()) {
    stop_at_hold_point();
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

int RecordBio::write(std::span<const std::uint8_t> bytes) {
  // Straight from OpenSSL's buffer; only what the transport does not take is copied.
  const std::size_t taken = has_queued_output() ? 0 : offer(bytes);
  if (write_failure_ == IoStatus::Ok)
    queue_.insert(queue_.end(), bytes.begin() + static_cast<std::ptrdiff_t>(taken), bytes.end());
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
    note_write_result(result);
  }
  return taken;
}

void RecordBio::write_alert_record(AlertMessage alert) {
  // RFC 8446 section 5.1: the version of a record is at most that of TLS 1.2; it is the lowest before one is agreed on.
  const auto version = std::clamp<std::uint16_t>(failure_.version, 0x0301, 0x0303);
  const std::array<std::uint8_t, 7> record{static_cast<std::uint8_t>(ContentType::Alert),
                                           static_cast<std::uint8_t>(version >> 8),
                                           static_cast<std::uint8_t>(version & 0xff),
                                           0,
                                           2,
                                           static_cast<std::uint8_t>(alert.level),
                                           static_cast<std::uint8_t>(alert.description)};
  write(record);
}

}  // namespace securetransport::ossl
