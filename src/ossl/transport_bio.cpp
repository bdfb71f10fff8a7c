// SPDX-License-Identifier: Apache-2.0
#include "ossl/transport_bio.hpp"

#include <algorithm>

namespace securetransport::ossl {

struct TransportBioCallbacks {
  static TransportBio& self(BIO* bio) { return *static_cast<TransportBio*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    return self(bio).read({reinterpret_cast<std::uint8_t*>(data), static_cast<std::size_t>(size)});
  }

  static int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) return 0;
    if (self(bio).refuses_writes_) return size;
    return self(bio).write({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
  }

  static long control(BIO*, int command, long, void*) {
    // Writes go to the transport as they come, so a flush has nothing left to do. Whatever datagram sessions ask
    // besides, about MTU and timeouts, they have been told by other ways.
    return command == BIO_CTRL_FLUSH ? 1 : 0;
  }

  static const BIO_METHOD* method() {
    static const BioMethodPtr kMethod = [] {
      BioMethodPtr made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "securetransport"));
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

BioPtr TransportBio::make_bio() {
  BioPtr bio(BIO_new(TransportBioCallbacks::method()));
  if (!bio) return bio;
  BIO_set_data(bio.get(), this);
  BIO_set_init(bio.get(), 1);
  bio_ = bio.get();
  return bio;
}

int TransportBio::stop_at_hold_point() noexcept {
  held_ = true;
  want_retry();
  return -1;
}

void TransportBio::want_retry() noexcept { BIO_set_retry_read(bio_); }

bool TransportBio::ends_by_broken_write() {
  if (write_failure_ == IoStatus::Ok) return false;
  // The peer's last words, if any, have been read by now.
  failure_.transport_failed_on_write = true;
  note_transport_failure(write_failure_, write_failure_code_, false);
  return true;
}

void TransportBio::note_transport_failure(IoStatus status, std::int32_t code, bool in_header) {
  failure_.transport = status;
  failure_.transport_code = code;
  failure_.transport_failed_in_header = in_header;
  refuse_reads();
}

/// A broken transport is reported by the next read, which may first bring the alert that tells why.
void TransportBio::note_write_result(const IoResult& result) noexcept {
  if (result.status == IoStatus::Ok || result.status == IoStatus::WouldBlock) return;
  write_failure_ = result.status == IoStatus::EndOfStream ? IoStatus::Reset : result.status;
  write_failure_code_ = result.code;
  failure_.transport_code = result.code;
}

void TransportBio::note_received(std::span<const std::uint8_t> bytes) {
  const std::size_t room = kFirstBytesKept - failure_.first_bytes.size();
  const std::span<const std::uint8_t> kept = bytes.first(std::min(bytes.size(), room));
  failure_.first_bytes.insert(failure_.first_bytes.end(), kept.begin(), kept.end());
}

void TransportBio::send_plaintext_alert(Alert alert, AlertLevel level) {
  const bool fatal_sent = failure_.alert_sent && failure_.alert_sent->level == AlertLevel::Fatal;
  if (write_protected_ || fatal_sent) return;
  const AlertMessage message{alert, level};
  write_alert_record(message);
  // RFC 8446 section 6.2: "MUST close the connection without sending or receiving any additional data." OpenSSL does
  // not know of an alert that did not come from it.
  refuses_writes_ = level == AlertLevel::Fatal;
  failure_.alert_sent = message;
}

std::size_t aead_overhead(std::uint16_t cipher_suite) noexcept {
  constexpr std::size_t kTag = 16;
  constexpr std::size_t kExplicitNonce = 8;
  const bool is_chacha = cipher_suite >= 0xcca8 && cipher_suite <= 0xccae;
  // TLS_RSA_WITH_AES_128_CCM_8 and its kin.
  const bool has_short_tag = (cipher_suite >= 0xc0a0 && cipher_suite <= 0xc0a3) ||
                             (cipher_suite >= 0xc0a8 && cipher_suite <= 0xc0ab) ||
                             (cipher_suite >= 0xc0ae && cipher_suite <= 0xc0af);
  return is_chacha || has_short_tag ? kTag : kTag + kExplicitNonce;
}

}  // namespace securetransport::ossl
