// SPDX-License-Identifier: Apache-2.0
// Runs one SSL_* call. OpenSSL's error queue and SSL_get_error are read nowhere else.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cstdint>

#include "ossl/failure.hpp"

namespace securetransport::ossl {

enum class CallStatus : std::uint8_t {
  Done,
  WantRead,
  WantWrite,
  WantRetryVerify,  ///< A client's verify callback suspended the handshake.
  WantCertificate,  ///< A client's certificate callback suspended the handshake.
  WantClientHello,  ///< A server's ClientHello callback suspended the handshake.
  Closed,           ///< close_notify was received.
  Failed,           ///< The queue has been moved into the Failure record.
};

/// Interprets the return value of a call just made, and drains the queue into `failure` if it failed.
[[nodiscard]] CallStatus interpret(SSL& ssl, int return_value, Failure& failure);

/// `call` takes an SSL* and returns what OpenSSL's function returned.
template <class Call>
[[nodiscard]] CallStatus ssl_call(SSL& ssl, Failure& failure, Call&& call) {
  // SSL_get_error inspects the queue: stale entries would be misread. Clearing an empty one is not free.
  if (ERR_peek_error() != 0) ERR_clear_error();
  return interpret(ssl, call(&ssl), failure);
}

}  // namespace securetransport::ossl
