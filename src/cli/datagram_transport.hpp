// SPDX-License-Identifier: Apache-2.0
// A session's transport over datagrams, and what drives a handshake there: waiting, and sending again.
#pragma once

#include <optional>

#include "net/datagram_pipe.hpp"
#include "securetransport/tls/datagram_buffer_transport.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::cli {

/// Waits up to a deadline, or not at all. Where a peer's machine says that nothing listens, the datagrams end.
class DatagramTransport final : public Transport {
 public:
  /// Borrows the pipe. Calls do not wait until told to.
  explicit DatagramTransport(net::DatagramPipe& pipe) noexcept : pipe_(pipe) {}

  /// From now on calls wait until that moment, then answer TimedOut.
  void wait_until(net::Deadline deadline) noexcept { deadline_ = deadline; }
  /// From now on calls never wait.
  void never_wait() noexcept { deadline_.reset(); }

  /// Waits for something to read, be it that there will be nothing more. False: the deadline passed.
  [[nodiscard]] bool wait(net::Deadline deadline);

  /// Why nothing more will come; nullopt as long as something may.
  [[nodiscard]] const std::optional<net::NetFailure>& failure() const noexcept { return failure_; }
  [[nodiscard]] bool has_heard_anything() const noexcept { return has_heard_; }

  IoResult read(std::span<std::uint8_t> buffer) noexcept override;
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override;

 private:
  [[nodiscard]] bool receive(net::Deadline deadline);

  net::DatagramPipe& pipe_;
  DatagramBufferTransport queue_;
  std::optional<net::Deadline> deadline_;
  std::optional<net::NetFailure> failure_;
  bool has_heard_ = false;
};

/// Session::handshake() until it is done, pauses at a break or fails; sends flights again when their time has come.
/// After the deadline the session fails with errSSLNetworkTimeout. The transport does not wait afterwards.
[[nodiscard]] Result<Progress> shake_hands(Session& session, DatagramTransport& transport, net::Deadline deadline);

}  // namespace securetransport::cli
