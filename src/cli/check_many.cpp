// SPDX-License-Identifier: Apache-2.0
// Checks many targets side by side.
#include "cli/check_many.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace securetransport::cli {
namespace {

/// What the workers share.
struct Pool {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;            ///< The first request that nobody has taken.
  std::size_t done = 0;            ///< Requests that are over.
  std::exception_ptr first_error;  ///< Out of memory and the like; rethrown where the caller can see it.
};

void work(Pool& pool, std::span<const CheckRequest> requests, std::vector<CheckReport>& reports) {
  for (;;) {
    std::size_t index = 0;
    {
      const std::lock_guard lock(pool.mutex);
      if (pool.next == requests.size()) return;
      index = pool.next++;
    }
    std::exception_ptr error;
    try {
      reports[index] = check_target(requests[index]);
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(pool.mutex);
    ++pool.done;
    if (error && !pool.first_error) pool.first_error = error;
    pool.changed.notify_one();
  }
}

}  // namespace

std::vector<CheckReport> check_many(std::span<const CheckRequest> requests, std::size_t jobs,
                                    const std::function<void(std::size_t done)>& progress) {
  std::vector<CheckReport> reports(requests.size());
  Pool pool;
  std::vector<std::jthread> threads;
  const std::size_t count = std::min(std::max<std::size_t>(jobs, 1), requests.size());
  for (std::size_t i = 0; i < count; ++i) {
    try {
      threads.emplace_back([&] { work(pool, requests, reports); });
    } catch (const std::system_error&) {
      if (threads.empty()) throw;
      break;  // The system gives no more threads; those there are do the work.
    }
  }
  {
    std::unique_lock lock(pool.mutex);
    while (pool.done < requests.size()) {
      pool.changed.wait_for(lock, std::chrono::milliseconds(100));
      const std::size_t done = pool.done;
      lock.unlock();
      if (progress) progress(done);
      lock.lock();
    }
  }
  threads.clear();
  if (pool.first_error) std::rethrow_exception(pool.first_error);
  return reports;
}

std::vector<CheckReport> check_many(std::span<const CheckRequest> requests, std::size_t jobs) {
  const bool is_watched = isatty(STDERR_FILENO) == 1;
  const auto start = std::chrono::steady_clock::now();
  bool is_shown = false;
  auto reports = check_many(requests, jobs, [&](std::size_t done) {
    if (!is_watched || std::chrono::steady_clock::now() - start < std::chrono::seconds(1)) return;
    is_shown = true;
    fmt::print(stderr, "\rchecked {} of {} ...\x1b[K", done, requests.size());
    std::fflush(stderr);
  });
  if (is_shown) fmt::print(stderr, "\r\x1b[K");
  return reports;
}

}  // namespace securetransport::cli
