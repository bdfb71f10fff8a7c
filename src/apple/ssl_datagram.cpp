// SPDX-License-Identifier: Apache-2.0
// What only datagram contexts have.
#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

constexpr std::size_t kLongestCookie = 32;
constexpr std::size_t kSmallestDatagram = 256;
constexpr std::size_t kLargestDatagram = 16384;

template <class Call>
OSStatus with_datagram(SSLContextRef ref, Call&& call) noexcept {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.is_datagram()) return errSecParam;
    return call(context);
  });
}

/// The most that a CBC suite with a long MAC leaves of a datagram: a header, whole blocks, an IV, a byte of padding.
std::size_t write_size(std::size_t datagram) noexcept {
  constexpr std::size_t kHeader = 13;
  constexpr std::size_t kBlock = 16;
  constexpr std::size_t kMac = 32;
  return (datagram - kHeader) / kBlock * kBlock - kBlock - 1 - kMac;
}

}  // namespace

OSStatus SSLSetDatagramHelloCookie(SSLContextRef ref, const void* cookie, size_t size) {
  return with_datagram(ref, [&](SSLContext& context) -> OSStatus {
    if (size > kLongestCookie || (cookie == nullptr && size != 0)) return errSecParam;
    if (context.is_active()) return errSecBadReq;
    const std::span<const std::uint8_t> bytes = bytes_at(cookie, size);
    context.server.hello_cookie.assign(bytes.begin(), bytes.end());
    return errSecSuccess;
  });
}

OSStatus SSLSetMaxDatagramRecordSize(SSLContextRef ref, size_t size) {
  return with_datagram(ref, [&](SSLContext& context) -> OSStatus {
    if (size >= kSmallestDatagram) context.common().maximum_datagram_size = std::min(size, kLargestDatagram);
    return errSecSuccess;
  });
}

OSStatus SSLGetMaxDatagramRecordSize(SSLContextRef ref, size_t* size) {
  if (size == nullptr) return errSecParam;
  return with_datagram(ref, [&](SSLContext& context) -> OSStatus {
    *size = context.common().maximum_datagram_size;
    return errSecSuccess;
  });
}

OSStatus SSLGetDatagramWriteSize(SSLContextRef ref, size_t* size) {
  if (size == nullptr) return errSecParam;
  return with_datagram(ref, [&](SSLContext& context) -> OSStatus {
    *size = write_size(context.common().maximum_datagram_size);
    return errSecSuccess;
  });
}
