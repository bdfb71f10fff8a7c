// SPDX-License-Identifier: Apache-2.0
// A session's transport over a TCP connection: waits up to a deadline, or not at all.
#include "cli/stream_transport.hpp"

#include "securetransport/core/result_code.hpp"

namespace securetransport::cli {
namespace {

IoResult after_failure(std::size_t moved, net::NetError what, bool waits) noexcept {
  switch (what) {
    case net::NetError::TimedOut: return {moved, waits ? IoStatus::TimedOut : IoStatus::WouldBlock};
    case net::NetError::EndOfStream: return {moved, IoStatus::EndOfStream};
    case net::NetError::Reset: return {moved, IoStatus::Reset};
    case net::NetError::BadTarget:
    case net::NetError::Unresolvable:
    case net::NetError::Refused:
    case net::NetError::Unreachable:
    case net::NetError::Closed:
    case net::NetError::Other: break;
  }
  return {moved, IoStatus::Failed, static_cast<std::int32_t>(ResultCode::ClosedAbort)};
}

}  // namespace

void StreamTransport::wait_until(net::Deadline deadline) noexcept {
  deadline_ = deadline;
  waits_ = true;
}

IoResult StreamTransport::read(std::span<std::uint8_t> buffer) noexcept {
  std::size_t moved = 0;
  while (moved < buffer.size()) {
    const auto rest = buffer.subspan(moved);
    const auto count = waits_ ? stream_.read_some(rest, deadline_) : stream_.read_available(rest);
    if (!count) return after_failure(moved, count.error().what, waits_);
    if (*count == 0) return {moved, IoStatus::WouldBlock};
    moved += *count;
  }
  return {moved, IoStatus::Ok};
}

IoResult StreamTransport::write(std::span<const std::uint8_t> bytes) noexcept {
  std::size_t moved = 0;
  while (moved < bytes.size()) {
    // A deadline in the past means: try once.
    const auto count = stream_.write_some(bytes.subspan(moved), waits_ ? deadline_ : net::Deadline::min());
    if (!count) return after_failure(moved, count.error().what, waits_);
    moved += *count;
  }
  return {moved, IoStatus::Ok};
}

std::size_t StreamTransport::read_available(std::span<std::uint8_t> buffer) noexcept {
  const auto count = stream_.read_available(buffer);
  return count ? *count : 0;
}

}  // namespace securetransport::cli
