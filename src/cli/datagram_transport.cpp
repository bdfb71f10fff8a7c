// SPDX-License-Identifier: Apache-2.0
#include "cli/datagram_transport.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace securetransport::cli {

bool DatagramTransport::receive(net::Deadline deadline) {
  net::NetResult<net::Datagram> datagram = pipe_.receive(deadline);
  if (datagram) {
    has_heard_ = true;
    queue_.feed(*datagram);
    return true;
  }
  if (datagram.error().what == net::NetError::TimedOut) return false;
  failure_ = std::move(datagram).error();
  queue_.end(IoStatus::EndOfStream);
  return true;
}

bool DatagramTransport::wait(net::Deadline deadline) { return failure_ || queue_.unread() > 0 || receive(deadline); }

IoResult DatagramTransport::read(std::span<std::uint8_t> buffer) noexcept {
  if (!wait(deadline_.value_or(net::Deadline::min()))) {
    return {0, deadline_ ? IoStatus::TimedOut : IoStatus::WouldBlock};
  }
  return queue_.read(buffer);
}

IoResult DatagramTransport::write(std::span<const std::uint8_t> bytes) noexcept {
  pipe_.send(bytes);
  return {bytes.size(), IoStatus::Ok};
}

Result<Progress> shake_hands(Session& session, DatagramTransport& transport, net::Deadline deadline) {
  transport.never_wait();
  for (;;) {
    Result<Progress> done = session.handshake();
    while (done && *done == Progress::WantRead) {
      const auto timeout = session.next_timeout();
      if (transport.wait(timeout ? std::min(deadline, net::within(*timeout)) : deadline)) break;
      if (net::remaining(deadline).count() == 0) {
        transport.wait_until(deadline);  // It has passed: the session is told so.
        done = session.handshake();
        transport.never_wait();
        return done;
      }
      done = session.handle_timeout();
    }
    if (!done || *done != Progress::WantRead) return done;
  }
}

}  // namespace securetransport::cli
