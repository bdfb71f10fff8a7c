// SPDX-License-Identifier: Apache-2.0
// SIGINT, SIGTERM and SIGHUP as a call in an ordinary thread, where locks and files may be used.
#include "cli/signal_watch.hpp"

#include <csignal>
#include <ctime>

namespace securetransport::cli {
namespace {

sigset_t watched() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

SignalWatch::SignalWatch(std::function<void(int signal)> on_signal) {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::jthread([call = std::move(on_signal)](const std::stop_token& stop) {
    const sigset_t waited_for = watched();
    constexpr timespec kLookAgain{0, 50'000'000};
    while (!stop.stop_requested()) {
      const int signal = sigtimedwait(&waited_for, nullptr, &kLookAgain);
      if (signal > 0) return call(signal);
    }
  });
}

SignalWatch::~SignalWatch() {
  thread_.request_stop();
  thread_.join();
  unblock_signals();
}

void unblock_signals() noexcept {
  const sigset_t set = watched();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace securetransport::cli
