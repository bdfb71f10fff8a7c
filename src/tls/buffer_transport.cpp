// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/buffer_transport.hpp"

#include <algorithm>

namespace securetransport {

std::size_t BufferTransport::read_available(std::span<std::uint8_t> buffer) noexcept {
  const std::size_t count = std::min(buffer.size(), unread());
  std::copy_n(incoming_.begin() + static_cast<std::ptrdiff_t>(read_), count, buffer.begin());
  read_ += count;
  if (read_ == incoming_.size()) {
    incoming_.clear();
    read_ = 0;
  }
  return count;
}

IoResult BufferTransport::read(std::span<std::uint8_t> buffer) noexcept {
  const std::size_t count = read_available(buffer);
  return {count, count == buffer.size() ? IoStatus::Ok : end_};
}

IoResult BufferTransport::write(std::span<const std::uint8_t> bytes) noexcept {
  outgoing_.insert(outgoing_.end(), bytes.begin(), bytes.end());
  return {bytes.size(), IoStatus::Ok};
}

}  // namespace securetransport
