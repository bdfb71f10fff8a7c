// SPDX-License-Identifier: Apache-2.0
// What only datagram sessions have: the size of datagrams and the retransmission of lost ones.
#include <openssl/err.h>
#include <sys/time.h>

#include <algorithm>

#include "tls/engine.hpp"

namespace securetransport {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// OpenSSL takes a timer for expired when this much of it is left. We ask for as much more.
constexpr microseconds kExpiresEarly(15'000);

constexpr unsigned kMostSends = 10;
constexpr milliseconds kLongestWait(60'000);  // RFC 6347 section 4.2.4.1: "no less than ... 60 seconds".

constexpr std::size_t kSmallestMaximum = 256;
constexpr std::size_t kLargestMaximum = 16384;
/// OpenSSL collects the datagrams of a flight in a buffer of this size and cuts what is larger anywhere.
constexpr std::size_t kFlightBuffer = 4096;

constexpr std::size_t kLargestCookie = 255;  // RFC 6347 section 4.2.1: "opaque cookie<0..2^8-1>".

}  // namespace

Result<void> Session::Engine::set_up_datagrams() {
  if (!failure_.datagram) return {};
  const std::size_t maximum = common().maximum_datagram_size;
  if (maximum < kSmallestMaximum || maximum > kLargestMaximum) {
    return Error{ResultCode::ConfigurationFailed, "the maximum datagram size must be from 256 to 16384 bytes"};
  }
  // The transport cannot be asked for its MTU. With encrypt-then-MAC (RFC 7366) OpenSSL 3.0 ends a DTLS session over
  // one forged record, where without it the record is dropped as RFC 6347 section 4.1.2.7 wants.
  SSL_set_options(ssl_.get(), SSL_OP_NO_QUERY_MTU | SSL_OP_NO_ENCRYPT_THEN_MAC);
  if (SSL_set_mtu(ssl_.get(), static_cast<long>(std::min(maximum, kFlightBuffer))) == 0) {
    return Error{ResultCode::Internal, "the TLS engine refuses the maximum datagram size"};
  }
  tls::use_timer(*ssl_);
  const ServerConfig* const server = server_config();
  if (server == nullptr || server->hello_cookie.empty()) return {};
  if (server->hello_cookie.size() > kLargestCookie) {
    return Error{ResultCode::ConfigurationFailed, "a cookie has at most 255 bytes"};
  }
  SSL_set_options(ssl_.get(), SSL_OP_COOKIE_EXCHANGE);
  return {};
}

std::optional<milliseconds> Session::Engine::next_timeout() const {
  // While the program judges the peer, it is not the peer who lets us wait.
  if (!failure_.datagram || state_ != SessionState::Handshake || paused_at_) return std::nullopt;
  timeval left{};
  if (DTLSv1_get_timeout(ssl_.get(), &left) != 1) return std::nullopt;
  const microseconds wait = std::chrono::seconds(left.tv_sec) + microseconds(left.tv_usec) - kExpiresEarly;
  return std::chrono::ceil<milliseconds>(std::max(wait, microseconds(0)));
}

Result<Progress> Session::Engine::handle_timeout() {
  if (final_error_) return *final_error_;
  if (!failure_.datagram || state_ != SessionState::Handshake) return Progress::Done;
  if (paused_at_) return *paused_at_;
  // 0: not yet due; 1: sent again; OpenSSL itself would give up later than on_timer() does.
  const int outcome = static_cast<int>(DTLSv1_handle_timeout(ssl_.get()));
  if (outcome < 0) static_cast<void>(ossl::interpret(*ssl_, outcome, failure_));
  if (outcome < 0 || failure_.finding != ossl::Finding::None) return fail();
  return Progress::WantRead;
}

unsigned Session::Engine::on_timer(unsigned previous) noexcept {
  if (previous == 0) {
    flight_sends_ = 1;
    flight_timeout_ = std::clamp(common().retransmission_timeout, milliseconds(1), kLongestWait);
  } else if (++flight_sends_ > kMostSends) {
    // This runs where OpenSSL is about to send; it may have got there from within any call.
    failure_.find(ossl::Finding::NoAnswer);
    bio_->abandon();
  } else {
    flight_timeout_ = std::min(flight_timeout_ * 2, kLongestWait);
  }
  return static_cast<unsigned>((microseconds(flight_timeout_) + kExpiresEarly).count());
}

/// OpenSSL gives up a call over some unusable fragments without failing: nothing is in its queue, and the next call
/// goes on with the next record.
bool Session::Engine::is_dropped_datagram() const noexcept {
  return failure_.datagram && failure_.errors.empty() && failure_.finding == ossl::Finding::None &&
         failure_.transport == IoStatus::Ok && !failure_.alert_received && !failure_.alert_sent;
}

}  // namespace securetransport
