// SPDX-License-Identifier: Apache-2.0
#include "ossl/ssl_call.hpp"

namespace securetransport::ossl {
namespace {

constexpr std::size_t kErrorsKept = 16;

std::string text_of(unsigned long error) {
  const char* const library = ERR_lib_error_string(error);
  const char* const reason = ERR_reason_error_string(error);
  const std::string reason_text = reason != nullptr ? reason : "reason " + std::to_string(ERR_GET_REASON(error));
  return (library != nullptr ? std::string(library) + ": " : std::string()) + reason_text;
}

void drain_queue(Failure& failure) {
  while (const unsigned long error = ERR_get_error()) {
    if (failure.errors.size() == kErrorsKept) failure.errors.erase(failure.errors.begin());
    failure.errors.push_back({ERR_GET_LIB(error), ERR_GET_REASON(error), text_of(error)});
  }
}

}  // namespace

CallStatus interpret(SSL& ssl, int return_value, Failure& failure) {
  switch (SSL_get_error(&ssl, return_value)) {
    case SSL_ERROR_NONE: return CallStatus::Done;
    case SSL_ERROR_WANT_READ: return CallStatus::WantRead;
    case SSL_ERROR_WANT_WRITE: return CallStatus::WantWrite;
    case SSL_ERROR_WANT_RETRY_VERIFY: return CallStatus::WantRetryVerify;
    case SSL_ERROR_WANT_X509_LOOKUP: return CallStatus::WantCertificate;
    case SSL_ERROR_WANT_CLIENT_HELLO_CB: return CallStatus::WantClientHello;
    case SSL_ERROR_ZERO_RETURN: return CallStatus::Closed;
    default: drain_queue(failure); return CallStatus::Failed;
  }
}

}  // namespace securetransport::ossl
