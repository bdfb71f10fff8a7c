// SPDX-License-Identifier: Apache-2.0
// Application data after the handshake.
#include "tls/engine.hpp"

namespace securetransport {

using ossl::CallStatus;

namespace {

bool is_break(CallStatus status) noexcept {
  return status == CallStatus::WantRetryVerify || status == CallStatus::WantCertificate;
}

}  // namespace

/// Why read() and write() cannot go on; nullopt if they can.
std::optional<Error> Session::Engine::unusable() const {
  if (state_ == SessionState::Aborted) {
    return Error{ResultCode::ClosedAbort, "the session has failed before: " + diagnosis_.detail};
  }
  if (state_ != SessionState::Closed) return std::nullopt;
  // An orderly end repeats itself; after a close of our own there is nothing more to come either.
  return final_error_.value_or(Error{ResultCode::ClosedGraceful, "the session was closed here"});
}

Result<Transfer> Session::Engine::read(std::span<std::uint8_t> buffer) {
  if (std::optional<Error> error = unusable()) return *std::move(error);
  if (state_ != SessionState::Connected) {
    const Result<Progress> progress = handshake();
    if (!progress) return progress.error();
    // Also while the last flight waits: the peer's data come after it.
    if (*progress != Progress::Done) return Transfer{0, *progress};
  }
  paused_at_.reset();
  static_cast<void>(bio_->flush());  // A blocked write must not keep us from reading.
  std::size_t total = 0;
  while (total < buffer.size()) {
    std::size_t count = 0;
    const std::span<std::uint8_t> rest = buffer.subspan(total);
    const CallStatus status =
        ossl::ssl_call(*ssl_, failure_, [&](SSL* ssl) { return SSL_read_ex(ssl, rest.data(), rest.size(), &count); });
    total += count;
    if (status != CallStatus::Done) {
      if (!due_breaks_.empty() && is_break(status)) return Transfer{total, pause_renegotiation()};
      if (total > 0) break;  // Data first; the news comes with the next call.
      const bool goes_on = status == CallStatus::WantRead || (status == CallStatus::Failed && is_dropped_datagram());
      if (!goes_on) return fail();
      if (!bio_->may_have_more()) return Transfer{0, Progress::WantRead};
      continue;
    }
    if (failure_.datagram) break;  // One record a read: the program sees where the peer's writes end.
    // What is decrypted is handed out at once: another record might never come.
    if (SSL_pending(ssl_.get()) == 0) break;
  }
  return Transfer{total, Progress::Done};
}

Result<Transfer> Session::Engine::write(std::span<const std::uint8_t> data) {
  if (std::optional<Error> error = unusable()) return *std::move(error);
  if (state_ != SessionState::Connected) {
    const Result<Progress> progress = handshake();
    if (!progress) return progress.error();
    if (state_ != SessionState::Connected) return Transfer{0, *progress};
  }
  // Nothing new is taken while something old waits: the queue stays as small as one write.
  if (bio_->flush() == IoStatus::WouldBlock) return Transfer{0, Progress::WantWrite};
  if (failure_.datagram && data.size() > ossl::kMaxPlaintext) {
    // A datagram is one record, and the session goes on without it.
    return Error{ResultCode::IllegalParam,
                 "a datagram carries at most " + std::to_string(ossl::kMaxPlaintext) + " bytes of data"};
  }
  std::size_t count = 0;
  while (count < data.size() && bio_->write_failure() == IoStatus::Ok) {
    const std::span<const std::uint8_t> piece = count == 0 && splits_records() ? data.first(1) : data.subspan(count);
    std::size_t written = 0;
    const CallStatus status = ossl::ssl_call(
        *ssl_, failure_, [&](SSL* ssl) { return SSL_write_ex(ssl, piece.data(), piece.size(), &written); });
    // In a renegotiation, whose messages come first.
    if (status == CallStatus::WantRead && count == 0) return Transfer{0, Progress::WantRead};
    if (!due_breaks_.empty() && is_break(status)) return Transfer{0, pause_renegotiation()};
    if (status != CallStatus::Done) return fail();
    count += written;
  }
  if (bio_->write_failure() != IoStatus::Ok) return fail_on_broken_write();
  return Transfer{count, bio_->has_queued_output() ? Progress::WantWrite : Progress::Done};
}

/// BEAST guesses what comes after a record whose last block is known, so the first byte goes alone.
bool Session::Engine::splits_records() const noexcept {
  if (!common().split_first_byte || failure_.version != TLS1_VERSION) return false;
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl_.get());
  return cipher != nullptr && SSL_CIPHER_get_cipher_nid(cipher) != NID_undef;  // All suites of TLS 1.0 left are CBC.
}

Result<Progress> Session::Engine::flush() {
  const Result<Transfer> written = write({});
  if (!written) return written.error();
  return written->progress;
}

/// The transport takes no more. The peer may have said why before it went: look for its alert first.
Error Session::Engine::fail_on_broken_write() {
  std::uint8_t unused = 0;
  std::size_t count = 0;
  static_cast<void>(
      ossl::ssl_call(*ssl_, failure_, [&](SSL* ssl) { return SSL_peek_ex(ssl, &unused, sizeof unused, &count); }));
  if (failure_.transport == IoStatus::Ok) {
    failure_.transport = bio_->write_failure();
    failure_.transport_failed_on_write = true;
  }
  return fail();
}

std::size_t Session::Engine::buffered() const noexcept {
  return static_cast<std::size_t>(std::max(SSL_pending(ssl_.get()), 0));
}

}  // namespace securetransport
