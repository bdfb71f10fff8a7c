// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/datagram_buffer_transport.hpp"

#include <algorithm>

namespace securetransport {

void DatagramBufferTransport::feed(std::span<const std::uint8_t> datagram) {
  if (!datagram.empty()) incoming_.emplace_back(datagram.begin(), datagram.end());
}

IoResult DatagramBufferTransport::read(std::span<std::uint8_t> buffer) noexcept {
  constexpr std::size_t kHeaderSize = 13;  // RFC 6347 section 4.1; its last two bytes are the body's length.
  const bool is_body = std::exchange(in_record_, false);
  if (incoming_.empty()) return {0, end_};
  const std::vector<std::uint8_t>& datagram = incoming_.front();
  const std::size_t count = std::min(buffer.size(), datagram.size() - read_);
  std::copy_n(datagram.begin() + static_cast<std::ptrdiff_t>(read_), count, buffer.begin());
  read_ += count;
  const bool is_complete = count == buffer.size();
  in_record_ = !is_body && is_complete && count == kHeaderSize && (buffer[11] != 0 || buffer[12] != 0);
  // After a header the datagram stays, even if it ends there: the body must not be taken from the next one.
  if (!is_complete || (read_ == datagram.size() && !in_record_)) {
    incoming_.pop_front();
    read_ = 0;
  }
  return {count, is_complete ? IoStatus::Ok : IoStatus::WouldBlock};
}

IoResult DatagramBufferTransport::write(std::span<const std::uint8_t> bytes) noexcept {
  outgoing_.emplace_back(bytes.begin(), bytes.end());
  return {bytes.size(), IoStatus::Ok};
}

}  // namespace securetransport
