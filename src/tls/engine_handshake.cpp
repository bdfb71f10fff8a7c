// SPDX-License-Identifier: Apache-2.0
// Driving the handshake: break points, the hold point, the end; and closing.
#include "tls/engine.hpp"

namespace securetransport {

using ossl::CallStatus;
using tls::Event;

Result<Progress> Session::Engine::handshake() {
  if (final_error_) return *final_error_;
  if (state_ == SessionState::Closed) return Error{ResultCode::ClosedGraceful, "the session was closed here"};
  if (state_ == SessionState::Connected) {
    // The last flight may still wait: nobody would send it while the program waits for the peer's answer to it.
    return bio_->flush() == IoStatus::WouldBlock ? Progress::WantWrite : Progress::Done;
  }
  if (state_ == SessionState::Idle) {
    move(Event::Start);
    if (failure_.finding == ossl::Finding::SessionNotFound) return fail();
  }
  paused_at_.reset();  // Calling again accepts what the break was about.

  for (;;) {
    // A blocked write must not lead to a read that the peer's missing bytes can never satisfy.
    if (bio_->flush() == IoStatus::WouldBlock) return Progress::WantWrite;
    switch (ossl::ssl_call(*ssl_, failure_, SSL_do_handshake)) {
      case CallStatus::Done: return finish_handshake();
      case CallStatus::WantRead:
        if (bio_->is_held()) {
          if (std::optional<Result<Progress>> outcome = act_at_judgement_point()) return *std::move(outcome);
          break;
        }
        if (bio_->may_have_more()) break;
        return bio_->flush() == IoStatus::WouldBlock ? Progress::WantWrite : Progress::WantRead;
      case CallStatus::WantCertificate:
        if (std::optional<Result<Progress>> outcome = act_at_judgement_point()) return *std::move(outcome);
        break;
      case CallStatus::WantRetryVerify:
      case CallStatus::WantClientHello: return pause_at_next_break();
      case CallStatus::Failed:
        if (!is_dropped_datagram()) return fail();
        if (!bio_->may_have_more()) return Progress::WantRead;
        break;
      case CallStatus::WantWrite:
      case CallStatus::Closed: return fail();
    }
  }
}

Progress Session::Engine::pause_at_next_break() {
  paused_at_ = due_breaks_.front();
  due_breaks_.pop_front();
  static_cast<void>(bio_->flush());
  return *paused_at_;
}

/// A renegotiation that the server asked for runs within read() until it comes to a break.
Progress Session::Engine::pause_renegotiation() {
  failure_.connected = false;
  move(Event::Start);
  return pause_at_next_break();
}

/// TLS 1.2 and below, stopped in the middle of the peer's flight. nullopt: the way is free, go on.
std::optional<Result<Progress>> Session::Engine::act_at_judgement_point() {
  switch (judge_peer()) {
    case Judgement::Accepted: bio_->release(); return std::nullopt;
    case Judgement::Rejected:
      // The verify callback said yes long ago; until ChangeCipherSpec an alert in the clear is as good as OpenSSL's.
      bio_->send_plaintext_alert(rejection_alert_);
      return Result<Progress>(fail());
    case Judgement::BreakDue: break;
  }
  return pause_at_next_break();
}

Result<Progress> Session::Engine::finish_handshake() {
  if (server_config() != nullptr) {
    // A TLS 1.3 server learns of the client's certificate and Finished in one go; the program's break is here,
    // before any data or ticket leaves.
    switch (judge_peer()) {
      case Judgement::Accepted: break;
      case Judgement::Rejected: return fail();
      case Judgement::BreakDue: return pause_at_next_break();
    }
  }
  if (!is_judged_or_needs_no_judgement()) {
    failure_.find(ossl::Finding::Unjudged);
    return fail();
  }
  take_over_resumed_judgement();
  keep_fresh_session();
  judged_ = judgement_reached_ = true;  // Also of a session without certificates; a renegotiation may bring some.
  failure_.connected = true;
  move(Event::Finished);
  return bio_->flush() == IoStatus::WouldBlock ? Progress::WantWrite : Progress::Done;
}

Result<Progress> Session::Engine::renegotiate() {
  Result<Progress> started = start_renegotiation();
  if (!started || client_config() == nullptr) return started;
  return handshake();
}

Result<Progress> Session::Engine::start_renegotiation() {
  const ClientConfig* const client = client_config();
  const bool allowed = client != nullptr
                           ? client->allow_renegotiation
                           : server_config()->allow_renegotiation || server_config()->may_request_renegotiation;
  if (state_ != SessionState::Connected || failure_.is_tls13() || failure_.datagram || !allowed) {
    return Error{ResultCode::IllegalParam, "renegotiation is not possible in this state, version or configuration"};
  }
  if (client == nullptr) SSL_clear_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION);
  if (ossl::ssl_call(*ssl_, failure_, SSL_renegotiate) != CallStatus::Done) return fail();
  if (client == nullptr) {
    // Sends HelloRequest; the client may answer now, later, or never.
    if (ossl::ssl_call(*ssl_, failure_, SSL_do_handshake) != CallStatus::Done) return fail();
    return bio_->flush() == IoStatus::WouldBlock ? Progress::WantWrite : Progress::Done;
  }
  failure_.connected = false;
  move(Event::Start);
  return Progress::Done;
}

Result<Progress> Session::Engine::close() {
  if (state_ != SessionState::Closed) {
    if (paused_at_ == Progress::PeerAuthCompleted) {
      refuse_peer(Alert::CertificateUnknown);
    } else if (state_ == SessionState::Connected) {
      // Once: OpenSSL sends close_notify at the first call and remembers. What it says about the peer's
      // close_notify is of no interest here.
      static_cast<void>(ossl::ssl_call(*ssl_, failure_, SSL_shutdown));
    } else if (state_ == SessionState::Handshake) {
      take_leave_of_handshake();
    }
    move(Event::LocalClose);
  }
  return bio_->flush() == IoStatus::WouldBlock ? Progress::WantWrite : Progress::Done;
}

Result<Progress> Session::Engine::close_with(Alert alert) {
  if (paused_at_ == Progress::PeerAuthCompleted) {
    refuse_peer(alert);
    move(Event::LocalClose);
  } else if (state_ == SessionState::Handshake && failure_.version != 0) {
    bio_->send_plaintext_alert(alert);  // Nothing, once our records are protected.
  }
  return close();
}

/// The program closes at a trust break: the peer learns that it was refused.
void Session::Engine::refuse_peer(Alert alert) {
  refusing_peer_ = true;
  rejection_alert_ = alert;
  paused_at_.reset();
  if (!failure_.is_tls13() && !judges_anew_) {
    bio_->send_plaintext_alert(alert);
  } else if (client_config() != nullptr) {
    static_cast<void>(ossl::ssl_call(*ssl_, failure_, SSL_do_handshake));
  } else {
    // A TLS 1.3 server has finished the handshake by now, and OpenSSL sends no other alert after that.
    static_cast<void>(ossl::ssl_call(*ssl_, failure_, SSL_shutdown));
  }
}

/// RFC 8446 section 6.1: user_canceled "notifies the recipient that the sender is canceling the handshake for some
/// reason unrelated to a protocol failure", and is followed by close_notify. OpenSSL sends nothing at this stage.
void Session::Engine::take_leave_of_handshake() {
  if (failure_.version == 0) return;  // The peer has not agreed to TLS yet.
  bio_->send_plaintext_alert(Alert::UserCanceled, AlertLevel::Warning);
  bio_->send_plaintext_alert(Alert::CloseNotify, AlertLevel::Warning);
}

}  // namespace securetransport
