// SPDX-License-Identifier: Apache-2.0
// Leaves OpenSSL's error queue as it was found.
#pragma once

#include <openssl/err.h>

namespace securetransport::trust {

/// Trust is judged inside SSL_do_handshake, and SSL_get_error reads whatever a look-up or a parser left in the queue
/// as a failure of the connection. Every function here that calls OpenSSL for more than a getter holds one of these.
class ErrorMark {
 public:
  ErrorMark() noexcept { ERR_set_mark(); }
  ~ErrorMark() { ERR_pop_to_mark(); }
  ErrorMark(const ErrorMark&) = delete;
  ErrorMark& operator=(const ErrorMark&) = delete;
};

}  // namespace securetransport::trust
