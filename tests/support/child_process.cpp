// SPDX-License-Identifier: Apache-2.0
// Another maker's program beside the test: fed, listened to, and never left behind.
#include "support/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace securetransport::test {
namespace {

struct Pipe {
  int reading = -1;
  int writing = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return {ends[0], ends[1]};
}

void close_one(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

/// Runs in the child, where only async-signal-safe calls are allowed.
[[noreturn]] void become(const char* path, char* const* words, int in, int out, int err, pid_t parent) noexcept {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // The parent died before the line above.
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::signal(SIGPIPE, SIG_DFL);
  execv(path, words);
  _exit(127);
}

/// Moves what is there; closes the descriptor at its end.
std::string take_from(int& descriptor) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count > 0) return {buffer.data(), static_cast<std::size_t>(count)};
  close_one(descriptor);
  return {};
}

}  // namespace

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody here sets variables.
  const std::string folders = std::string(path != nullptr ? path : "") + ":/usr/sbin:/usr/local/sbin:/sbin";
  for (std::size_t start = 0; start < folders.size();) {
    const std::size_t end = std::min(folders.find(':', start), folders.size());
    std::string candidate = folders.substr(start, end - start) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    start = end + 1;
  }
  throw std::runtime_error("the program " + name + " is not installed; ./test installs what the tests need");
}

ChildProcess::ChildProcess(std::vector<std::string> words) : name_(words.at(0)) {
  std::signal(SIGPIPE, SIG_IGN);  // The program may end before it has read its input.
  const std::string path = find_program(name_);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  const pid_t parent = getpid();
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("fork failed");
  if (id_ == 0) become(path.c_str(), arguments.data(), in.reading, out.writing, err.writing, parent);
  close(in.reading);
  close(out.writing);
  close(err.writing);
  input_ = in.writing;
  out_ = out.reading;
  err_ = err.reading;
  fcntl(input_, F_SETFL, O_NONBLOCK);
  wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  pump_ = std::thread([this] { pump(); });
}

ChildProcess::~ChildProcess() {
  {
    const std::lock_guard lock(mutex_);
    if (!exit_code_) kill(id_, SIGKILL);
    is_stopping_ = true;
  }
  wake();
  pump_.join();
  close_one(input_);
  close_one(out_);
  close_one(err_);
  close_one(wake_);
}

void ChildProcess::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
}

void ChildProcess::write(std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    queued_ += text;
  }
  wake();
}

void ChildProcess::close_input() {
  {
    const std::lock_guard lock(mutex_);
    input_ends_ = true;
  }
  wake();
}

/// Runs until the program is gone and both of its outputs have been read to their ends.
void ChildProcess::pump() {
  for (;;) {
    bool has_input = false;
    {
      const std::lock_guard lock(mutex_);
      if (is_stopping_) break;
      if (out_ < 0 && err_ < 0) break;
      if (queued_.empty() && input_ends_) close_one(input_);
      has_input = !queued_.empty() && input_ >= 0;
    }
    // A negative descriptor is skipped. An idle pipe is not watched: its other end may be closed for long.
    std::array<pollfd, 4> watched{
        {{has_input ? input_ : -1, POLLOUT, 0}, {out_, POLLIN, 0}, {err_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    if (poll(watched.data(), watched.size(), -1) < 0) continue;
    const std::string said = watched[1].revents != 0 ? take_from(out_) : std::string();
    const std::string complained = watched[2].revents != 0 ? take_from(err_) : std::string();
    if (watched[3].revents != 0) {
      std::uint64_t count = 0;
      [[maybe_unused]] const ssize_t got = read(wake_, &count, sizeof count);
    }
    const std::lock_guard lock(mutex_);
    said_ += said;
    complained_ += complained;
    if (watched[0].revents != 0) {
      const ssize_t count = ::write(input_, queued_.data(), queued_.size());
      if (count > 0) queued_.erase(0, static_cast<std::size_t>(count));
      if (count < 0 && errno != EAGAIN) close_one(input_);
    }
    changed_.notify_all();
  }
  siginfo_t ended{};  // Waits without reaping: while the lock is free, kill() must find this program and no other.
  while (waitid(P_PID, static_cast<id_t>(id_), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
  }
  const std::lock_guard lock(mutex_);
  int status = 0;
  waitpid(id_, &status, 0);
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  changed_.notify_all();
}

std::string ChildProcess::out() const {
  const std::lock_guard lock(mutex_);
  return said_;
}

std::string ChildProcess::err() const {
  const std::lock_guard lock(mutex_);
  return complained_;
}

void ChildProcess::forget_output() {
  const std::lock_guard lock(mutex_);
  std::string().swap(said_);
  std::string().swap(complained_);
}

bool ChildProcess::is_running() const {
  const std::lock_guard lock(mutex_);
  return !exit_code_.has_value();
}

bool ChildProcess::wait_for(std::string_view text, std::chrono::seconds limit) const {
  std::unique_lock lock(mutex_);
  const auto has_it = [&] {
    return said_.find(text) != std::string::npos || complained_.find(text) != std::string::npos;
  };
  changed_.wait_for(lock, limit, [&] { return exit_code_.has_value() || has_it(); });
  return has_it();
}

bool ChildProcess::wait_for_bytes(std::size_t count, std::chrono::seconds limit) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return exit_code_.has_value() || said_.size() >= count; });
  return said_.size() >= count;
}

int ChildProcess::wait_for_end(std::chrono::seconds limit) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return exit_code_.has_value(); });
  return exit_code_.value_or(-1);
}

std::string ChildProcess::story() const {
  static constexpr std::size_t kEnough = 6000;  // The end of it: that is where the trouble is.
  const auto tail = [](const std::string& text) { return text.substr(text.size() - std::min(text.size(), kEnough)); };
  const std::lock_guard lock(mutex_);
  return name_ + " said:\n" + tail(said_) + "\n" + name_ + " complained:\n" + tail(complained_);
}

}  // namespace securetransport::test
