// SPDX-License-Identifier: Apache-2.0
// Words for network failures, and the one translation of errno.
#include "net/error.hpp"

#include <cerrno>
#include <system_error>

#include "net/system_failure.hpp"

namespace securetransport::net {
namespace {

NetError kind_of(int error_number) noexcept {
  switch (error_number) {
    case ECONNREFUSED: return NetError::Refused;
    case ECONNRESET:
    case ECONNABORTED:
    case EPIPE: return NetError::Reset;
    case ETIMEDOUT: return NetError::TimedOut;
    case EHOSTUNREACH:
    case EHOSTDOWN:
    case ENETUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT: return NetError::Unreachable;
    case EBADF: return NetError::Closed;
    default: return NetError::Other;
  }
}

}  // namespace

std::string_view to_string(NetError error) noexcept {
  switch (error) {
    case NetError::BadTarget: return "not a valid target";
    case NetError::Unresolvable: return "name cannot be resolved";
    case NetError::Refused: return "connection refused";
    case NetError::Unreachable: return "host unreachable";
    case NetError::TimedOut: return "timed out";
    case NetError::Reset: return "connection reset";
    case NetError::EndOfStream: return "end of stream";
    case NetError::Closed: return "closed on this side";
    case NetError::Other: return "system error";
  }
  return "unknown";  // Reached only by a value forged with a cast.
}

NetFailure failure_while(std::string_view doing, NetError what) {
  return {what, std::string(doing).append(": ").append(to_string(what))};
}

NetFailure system_failure(std::string_view doing, int error_number) {
  const NetError kind = kind_of(error_number);
  if (kind != NetError::Other && kind != NetError::Unreachable) return failure_while(doing, kind);
  return {kind, std::string(doing).append(": ").append(std::generic_category().message(error_number))};
}

}  // namespace securetransport::net
