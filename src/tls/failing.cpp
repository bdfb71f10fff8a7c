// SPDX-License-Identifier: Apache-2.0
// The first failure: classified, diagnosed, and kept.
#include <cassert>

#include "ossl/classify.hpp"
#include "tls/diagnose.hpp"
#include "tls/engine.hpp"

namespace securetransport {

Error Session::Engine::fail() {
  const ossl::Verdict verdict = ossl::classify(failure_);
  diagnosis_ = tls::diagnose(failure_, verdict, trust(), watch_.ignored_alerts());
  tls::describe_exchange(diagnosis_, common(), client_config(), info(), client_hello());
  final_error_ = Error{common().dialect == Dialect::Published ? diagnosis_.published : verdict.code, verdict.detail};
  paused_at_.reset();

  const ResultInfo* const row = find_result(verdict.code);
  const bool in_order = row != nullptr && row->outcome == Outcome::Closed;
  if (in_order && state_ == SessionState::Connected) {
    // RFC 5246 section 7.2.1: "The other party MUST respond with a close_notify alert of its own".
    static_cast<void>(ossl::ssl_call(*ssl_, failure_, SSL_shutdown));
  }
  if (!in_order && !cache_key_.empty()) {
    // RFC 5246 section 7.2: a fatal alert makes the session identifier invalid.
    client_config()->session_cache->impl().remove(cache_key_);
  }
  static_cast<void>(bio_->flush());
  move(in_order ? tls::Event::PeerClosed : tls::Event::Fatal);
  return *final_error_;
}

void Session::Engine::move(tls::Event event) {
  const std::optional<SessionState> next = tls::next_state(state_, event);
  assert(next.has_value());
  state_ = next.value_or(SessionState::Aborted);
}

}  // namespace securetransport
