// SPDX-License-Identifier: Apache-2.0
// Moves bytes between two descriptors and a connected session, in one thread, as poll() says.
#include "cli/relay.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <vector>

namespace securetransport::cli {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kBlock = 16384;
// poll() promises room for this much in a pipe; more could block the only thread there is.
constexpr std::size_t kPipeRoom = 4096;

class Relay {
 public:
  Relay(const RelayEnds& ends, std::chrono::steady_clock::duration idle) : ends_(ends), idle_(idle) {}

  RelayEnd run() {
    for (;;) {
      if (const auto end = move_session()) return *end;
      if (const auto end = wait()) return *end;
    }
  }

 private:
  /// Everything that needs no waiting: queued output of the session, then what the peer has sent.
  std::optional<RelayEnd> move_session() {
    if (!from_input_.empty() || needs_flush_) {
      if (!push()) return RelayEnd::Failed;
    }
    if (!to_output_.empty() || is_peer_done_) return finished();
    to_output_.resize(kBlock);
    const Result<Transfer> got = ends_.session.read(to_output_);
    to_output_.resize(got ? got->bytes : 0);
    if (got) {
      needs_flush_ = needs_flush_ || got->progress == Progress::WantWrite;
      return std::nullopt;
    }
    if (got.error().code != ResultCode::ClosedGraceful) return RelayEnd::Failed;
    is_peer_done_ = true;
    return finished();
  }

  [[nodiscard]] std::optional<RelayEnd> finished() const {
    return is_peer_done_ && to_output_.empty() ? std::optional(RelayEnd::PeerClosed) : std::nullopt;
  }

  bool push() {
    if (!from_input_.empty()) {
      const Result<Transfer> sent = ends_.session.write(from_input_);
      if (!sent) return false;
      if (sent->bytes > 0) from_input_.clear();
      needs_flush_ = sent->progress == Progress::WantWrite;
      return true;
    }
    const Result<Progress> flushed = ends_.session.flush();
    if (!flushed) return false;
    needs_flush_ = *flushed == Progress::WantWrite;
    return true;
  }

  std::optional<RelayEnd> wait() {
    const bool wants_input = is_input_open_ && from_input_.empty() && !needs_flush_ && !is_peer_done_;
    short socket_events = 0;
    if (to_output_.empty() && !is_peer_done_) socket_events = POLLIN;
    if (needs_flush_ || !from_input_.empty()) socket_events = static_cast<short>(socket_events | POLLOUT);
    // A negative descriptor is one that poll() leaves out.
    std::array<pollfd, 3> descriptors{{{wants_input ? ends_.input : -1, POLLIN, 0},
                                       {to_output_.empty() ? -1 : ends_.output, POLLOUT, 0},
                                       {socket_events != 0 ? ends_.socket : -1, socket_events, 0}}};
    const int limit = milliseconds_to_wait();
    const int ready = poll(descriptors.data(), descriptors.size(), limit);
    if (ready < 0) return errno == EINTR ? std::nullopt : std::optional(RelayEnd::InputFailed);
    if (ready == 0) return limit == 0 ? std::nullopt : std::optional(RelayEnd::Idle);
    if (descriptors[1].revents != 0) {
      if (const auto end = write_output()) return end;
    }
    if (descriptors[0].revents != 0) return read_input();
    return std::nullopt;
  }

  [[nodiscard]] int milliseconds_to_wait() const {
    // Decrypted bytes are not seen by poll(); there may be more of them than one block.
    if (to_output_.empty() && ends_.session.buffered() > 0) return 0;
    // A person may think as long as they like; only after the end of input is silence the end.
    if (is_input_open_ || !to_output_.empty()) return -1;
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(idle_).count();
    return static_cast<int>(std::clamp<std::int64_t>(limit, 1, INT32_MAX));
  }

  std::optional<RelayEnd> write_output() {
    const ssize_t count = ::write(ends_.output, to_output_.data(), std::min(to_output_.size(), kPipeRoom));
    if (count < 0) {
      if (errno == EINTR || errno == EAGAIN) return std::nullopt;
      return errno == EPIPE ? RelayEnd::OutputClosed : RelayEnd::InputFailed;
    }
    to_output_.erase(to_output_.begin(), to_output_.begin() + count);
    return std::nullopt;
  }

  std::optional<RelayEnd> read_input() {
    from_input_.resize(std::min(kBlock, ends_.largest_write));
    const ssize_t count = ::read(ends_.input, from_input_.data(), from_input_.size());
    from_input_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (count == 0) is_input_open_ = false;
    if (count < 0 && errno != EINTR && errno != EAGAIN) return RelayEnd::InputFailed;
    return std::nullopt;
  }

  RelayEnds ends_;
  std::chrono::steady_clock::duration idle_;
  Bytes from_input_;  ///< Read from the input, not yet taken by the session.
  Bytes to_output_;   ///< Decrypted, not yet written out.
  bool needs_flush_ = false;
  bool is_input_open_ = true;
  bool is_peer_done_ = false;
};

}  // namespace

RelayEnd relay(const RelayEnds& ends, std::chrono::steady_clock::duration idle) {
  const RelayEnd end = Relay(ends, idle).run();
  if (end != RelayEnd::Failed) static_cast<void>(ends.session.close());
  return end;
}

}  // namespace securetransport::cli
