// SPDX-License-Identifier: Apache-2.0
#include "ossl/datagram_bio.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace securetransport::ossl {
namespace {

constexpr std::uint16_t kDtls10 = 0xFEFF;
constexpr std::uint16_t kDtls12 = 0xFEFD;

std::uint8_t number_of(ContentType type) noexcept { return static_cast<std::uint8_t>(type); }

std::span<std::uint8_t, DatagramHeader::kSize> header_of(std::vector<std::uint8_t>& record) noexcept {
  return std::span(record).first<DatagramHeader::kSize>();
}

/// Well-formed, and not one of the warnings that change nothing: OpenSSL 3.0 would end the session over one of those.
bool is_alert_to_heed(std::span<const std::uint8_t> body) noexcept {
  if (body.size() != 2) return false;
  const AlertMessage alert{Alert{body[1]}, AlertLevel{body[0]}};
  if (alert.level == AlertLevel::Fatal) return true;
  return alert.level == AlertLevel::Warning && alert.description != Alert::UnrecognizedName &&
         has_row_of_its_own(alert.description);
}

bool is_plain_handshake(const DatagramHeader& header) noexcept {
  return header.epoch == 0 && header.type == number_of(ContentType::Handshake);
}

}  // namespace

int DatagramBio::read(std::span<std::uint8_t> buffer) {
  // OpenSSL drops what does not decrypt, but leaves the errors in its queue, where SSL_get_error would find them.
  ERR_clear_error();
  ran_dry_ = false;
  while (!refused_) {
    if (reaches_hold_point()) return stop_at_hold_point();
    if (held_back_ && hold_point_ == HoldPoint::None) {
      ready_.push_front(*std::move(held_back_));
      held_back_.reset();
    }
    if (ready_.empty()) {
      if (!receive()) return -1;
      continue;
    }
    Record record = std::move(ready_.front());
    ready_.pop_front();
    if (holds_back(record)) continue;
    if (record.size() <= buffer.size()) return serve(record, buffer);
    skip();
  }
  return -1;
}

/// Datagrams may come in any order, and OpenSSL keeps those that come too early: the judgement is due when
/// ServerHelloDone is the next message that it wants, not when it comes.
bool DatagramBio::reaches_hold_point() const noexcept {
  switch (hold_point_) {
    case HoldPoint::None: return false;
    case HoldPoint::BeforeServerHelloDone:
      return held_back_ && (*held_back_)[DatagramHeader::kSize + 4] == next_message_ >> 8 &&
             (*held_back_)[DatagramHeader::kSize + 5] == (next_message_ & 0xff);
    case HoldPoint::AfterClientCertificate:
      // Messages that came too early may be processed without a read, but ChangeCipherSpec is never kept: nothing
      // of ours leaves before one more read.
      return client_certificate_processed_;
  }
  return false;
}

bool DatagramBio::holds_back(Record& record) {
  if (hold_point_ != HoldPoint::BeforeServerHelloDone || !is_plain_handshake(DatagramHeader::parse(header_of(record))))
    return false;
  if (record[DatagramHeader::kSize] != static_cast<std::uint8_t>(HandshakeType::ServerHelloDone)) return false;
  held_back_ = std::move(record);  // A retransmission replaces what was held.
  return true;
}

int DatagramBio::serve(Record& record, std::span<std::uint8_t> buffer) {
  DatagramHeader header = DatagramHeader::parse(header_of(record));
  if (header.epoch == 0) {
    header.sequence = next_plain_in_++;
    header.write(header_of(record));
  }
  std::copy(record.begin(), record.end(), buffer.begin());
  return static_cast<int>(record.size());
}

/// Reads one record; true if the reader may look again. False if the transport has none now (retry is set) or will
/// have no more (the failure is noted).
bool DatagramBio::receive() {
  HeaderBytes header{};
  const IoResult result = transport_.read(header);
  const bool has_failed = result.status != IoStatus::Ok && result.status != IoStatus::WouldBlock;
  if (result.moved < header.size() && has_failed) {
    if (!ends_by_broken_write()) note_transport_failure(result.status, result.code, true);
    return false;
  }
  if (result.moved == 0) {
    ran_dry_ = true;
    if (!ends_by_broken_write()) want_retry();
    return false;
  }
  if (result.moved < header.size()) {
    skip();  // The end of a datagram. The rest of it will never come.
    return true;
  }
  note_received(header);
  // Also after a header that makes no sense: it is how the transport gets past the rest of the datagram.
  std::vector<std::uint8_t> body(DatagramHeader::parse(header).length);
  if (!receive_body(body)) return !refused_;
  take_in(header, body);
  return true;
}

bool DatagramBio::receive_body(std::span<std::uint8_t> body) {
  if (body.empty()) return true;
  const IoResult result = transport_.read(body);
  note_received(body.first(std::min(result.moved, body.size())));
  if (result.moved >= body.size()) return true;
  if (result.status == IoStatus::Ok || result.status == IoStatus::WouldBlock) {
    skip();  // Cut off, and never waited for.
  } else {
    note_transport_failure(result.status, result.code, false);
  }
  return false;
}

void DatagramBio::take_in(const HeaderBytes& header_bytes, std::span<const std::uint8_t> body) {
  const DatagramHeader header = DatagramHeader::parse(header_bytes);
  if (!is_acceptable(header, body)) {
    skip();
    return;
  }
  failure_.last_record = RecordHeader{header.type, header.version, header.length};
  failure_.last_inner_type.reset();
  if (is_plain_handshake(header)) {
    take_in_handshake(header, body);
    return;
  }
  Record record(header_bytes.begin(), header_bytes.end());
  record.insert(record.end(), body.begin(), body.end());
  ready_.push_back(std::move(record));
}

void DatagramBio::take_in_handshake(const DatagramHeader& header, std::span<const std::uint8_t> body) {
  const std::optional<std::vector<HandshakeFragment>> fragments = split_handshake(body);
  if (!fragments) {
    skip();
    return;
  }
  for (const HandshakeFragment& fragment : *fragments) {
    if (contradicts(fragment)) {
      skip();
      continue;
    }
    DatagramHeader own = header;
    own.length = static_cast<std::uint16_t>(fragment.bytes.size());
    Record record(DatagramHeader::kSize);
    own.write(header_of(record));
    record.insert(record.end(), fragment.bytes.begin(), fragment.bytes.end());
    ready_.push_back(std::move(record));
  }
}

/// Whether an earlier fragment gave the message another length. OpenSSL would end the handshake over it, although
/// nobody knows which of the two was forged: the first one counts.
bool DatagramBio::contradicts(const HandshakeFragment& fragment) {
  constexpr std::uint16_t kFarthest = 16;  // OpenSSL drops what is further ahead than ten messages.
  const bool is_to_come = static_cast<std::uint16_t>(fragment.message_seq - next_message_) < kFarthest;
  if (!is_to_come) return false;
  const auto known = message_lengths_.emplace(fragment.message_seq, fragment.message_length).first;
  return known->second != fragment.message_length;
}

/// Of a record with keys. What comes before they are chosen OpenSSL keeps for later; only Finished can be meant, whose
/// message alone has 24 bytes.
std::size_t DatagramBio::least_protected_size() const noexcept {
  constexpr std::size_t kFinished = HandshakeFragment::kHeaderSize + 12;
  switch (next_read_cipher_) {
    case CipherKind::None: return kFinished;
    case CipherKind::Aead: return aead_overhead(failure_.cipher_suite);
    case CipherKind::MacAndEncrypt: break;
  }
  return 0;
}

bool DatagramBio::is_acceptable(const DatagramHeader& header, std::span<const std::uint8_t> body) {
  const bool is_alert = header.type == number_of(ContentType::Alert);
  if (header.type < number_of(ContentType::ChangeCipherSpec) || header.type > number_of(ContentType::ApplicationData))
    return false;
  if (header.version != kDtls10 && header.version != kDtls12) return false;
  // An alert may come from a peer that does not know the version yet.
  if (failure_.version != 0 && header.version != failure_.version && !is_alert) return false;
  if (header.epoch >= windows_.size() || body.empty() || body.size() > kMaxCiphertext) return false;
  const bool is_repeated = windows_.at(header.epoch).is_repeated(header.sequence);
  if (header.epoch > 0) {
    // Anybody can write a sequence number: OpenSSL, which can authenticate it, tells forgeries from repetitions.
    if (is_repeated) skip();
    // RFC 6347 section 4.1.2.7: "In general, invalid records SHOULD be silently discarded".
    return body.size() >= least_protected_size();
  }
  if (is_repeated || failure_.connected || body.size() > kMaxPlaintext) return false;
  switch (ContentType{header.type}) {
    case ContentType::ChangeCipherSpec: return body.size() == 1 && body[0] == 1;
    case ContentType::Alert: return is_alert_to_heed(body);
    case ContentType::Handshake: return true;
    default: return false;  // Application data is never sent in the clear.
  }
}

void DatagramBio::note_processed(HandshakeType type, std::uint16_t message_seq) noexcept {
  if (type == HandshakeType::HelloRequest) return;  // Not part of the sequence that OpenSSL keeps.
  next_message_ = static_cast<std::uint16_t>(message_seq + 1);
  message_lengths_.erase(message_lengths_.begin(), message_lengths_.lower_bound(next_message_));
  if (type == HandshakeType::Certificate) client_certificate_processed_ = true;
}

/// OpenSSL packs the records of a flight into datagrams, and forgets two headers in its sum: up to 24 bytes too much.
int DatagramBio::write(std::span<const std::uint8_t> records) {
  std::span<const std::uint8_t> datagram = records;
  std::size_t taken = 0;
  while (datagram.size() - taken >= DatagramHeader::kSize) {
    const std::span<const std::uint8_t> rest = datagram.subspan(taken);
    const DatagramHeader header = DatagramHeader::parse(rest.first<DatagramHeader::kSize>());
    if (header.epoch == 0) next_plain_out_ = std::max(next_plain_out_, header.sequence + 1);
    const std::size_t size = std::min(rest.size(), DatagramHeader::kSize + header.length);
    if (taken > 0 && taken + size > maximum_size_) {
      send(datagram.first(taken));
      datagram = rest;
      taken = 0;
    }
    taken += size;
  }
  send(datagram);
  return static_cast<int>(records.size());
}

void DatagramBio::send(std::span<const std::uint8_t> datagram) {
  if (write_failure_ == IoStatus::Ok) note_write_result(transport_.write(datagram));
}

void DatagramBio::write_alert_record(AlertMessage alert) {
  constexpr std::uint16_t kSize = 2;
  const DatagramHeader header{number_of(ContentType::Alert), failure_.version != 0 ? failure_.version : kDtls10, 0,
                              next_plain_out_, kSize};
  std::vector<std::uint8_t> record(DatagramHeader::kSize);
  header.write(header_of(record));
  record.push_back(static_cast<std::uint8_t>(alert.level));
  record.push_back(static_cast<std::uint8_t>(alert.description));
  write(record);
}

}  // namespace securetransport::ossl
