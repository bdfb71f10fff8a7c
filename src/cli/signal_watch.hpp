// SPDX-License-Identifier: Apache-2.0
// SIGINT, SIGTERM and SIGHUP as a call in an ordinary thread, where locks and files may be used.
#pragma once

#include <functional>
#include <thread>

namespace securetransport::cli {

/// While it lives, these signals do not end the process; the first one calls `on_signal` with its number, in a thread
/// of its own. Make it before any other thread: threads inherit that the signals are blocked.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void(int signal)> on_signal);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  std::jthread thread_;
};

/// Between fork and exec: a program started from here gets its signals as usual.
void unblock_signals() noexcept;

}  // namespace securetransport::cli
