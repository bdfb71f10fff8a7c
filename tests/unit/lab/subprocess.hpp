// SPDX-License-Identifier: Apache-2.0
// Runs another program beside a test, with its standard streams in pipes.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::lab::test {

/// A child process; output and errors come together. The destructor kills it.
class Subprocess {
 public:
  explicit Subprocess(std::vector<std::string> command) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDERR_FILENO);
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (::posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    to_child_ = in[1];
    from_child_ = out[0];
  }
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;
  ~Subprocess() {
    ::close(to_child_);
    ::close(from_child_);
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  void write(std::string_view text) const { (void)!::write(to_child_, text.data(), text.size()); }

  /// Reads until the output holds the text, the program closes its output, or 15 seconds have passed without either.
  /// Returns all output so far.
  const std::string& read_until(std::string_view text) {
    read_while([&] { return output_.find(text) == std::string::npos; });
    return output_;
  }

  /// Reads up to the line that begins in this way, and returns the rest of that line; empty if there is none.
  std::string rest_of_line(std::string_view beginning) {
    std::size_t start = 0;
    std::size_t end = std::string::npos;
    read_while([&] {
      start = output_.find(beginning);
      end = start == std::string::npos ? start : output_.find('\n', start);
      return end == std::string::npos;
    });
    if (end == std::string::npos) return {};
    return output_.substr(start + beginning.size(), end - start - beginning.size());
  }

 private:
  template <class Predicate>
  void read_while(Predicate&& wants_more) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    std::array<char, 4096> buffer{};
    while (wants_more() && std::chrono::steady_clock::now() < deadline) {
      pollfd waiting{from_child_, POLLIN, 0};
      if (::poll(&waiting, 1, 100) <= 0) continue;
      const ssize_t count = ::read(from_child_, buffer.data(), buffer.size());
      if (count <= 0) break;
      output_.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

  pid_t pid_ = -1;
  int to_child_ = -1;
  int from_child_ = -1;
  std::string output_;
};

}  // namespace securetransport::lab::test
