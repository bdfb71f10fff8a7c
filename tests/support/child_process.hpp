// SPDX-License-Identifier: Apache-2.0
// Another maker's program beside the test: fed, listened to, and never left behind.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace securetransport::test {

/// A running program whose input and outputs are pipes. A thread of its own moves the bytes, so that neither side
/// ever waits for the other. The destructor kills the program and waits until it is gone; should this process die
/// first, the kernel kills it. To the kernel the parent is the thread that made the object.
class ChildProcess {
 public:
  /// words[0] is searched for in PATH and in the folders of servers. Throws std::runtime_error, which fails the
  /// test with its text, if the program is not installed.
  explicit ChildProcess(std::vector<std::string> words);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Queues this for the program's standard input; never waits.
  void write(std::string_view text);

  /// Ends the program's input after what was queued.
  void close_input();

  [[nodiscard]] std::string out() const;  ///< Standard output so far.
  [[nodiscard]] std::string err() const;  ///< Standard error so far.
  void forget_output();                   ///< Frees what both have said so far.
  [[nodiscard]] bool is_running() const;

  /// Waits until standard output or standard error holds this text; false if the program ends or the time passes
  /// without it.
  [[nodiscard]] bool wait_for(std::string_view text, std::chrono::seconds limit = std::chrono::seconds(10)) const;

  /// Waits until standard output has this many bytes; false if the program ends or the time passes before.
  [[nodiscard]] bool wait_for_bytes(std::size_t count, std::chrono::seconds limit = std::chrono::seconds(10)) const;

  /// Waits for the program's end and returns its exit code, 128 plus the signal's number if one ended it, or -1
  /// if it is still running after this time.
  [[nodiscard]] int wait_for_end(std::chrono::seconds limit = std::chrono::seconds(10)) const;

  /// Everything it said, for the message of a failing test.
  [[nodiscard]] std::string story() const;

 private:
  void pump();
  void wake() const;

  std::string name_;
  pid_t id_ = -1;
  int input_ = -1;
  int out_ = -1;
  int err_ = -1;
  int wake_ = -1;

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::string queued_;
  std::string said_;
  std::string complained_;
  std::optional<int> exit_code_;
  bool input_ends_ = false;
  bool is_stopping_ = false;

  std::thread pump_;  // Last: it uses everything above.
};

/// The program's path; throws std::runtime_error that names the missing program. A name with a slash is a path.
[[nodiscard]] std::string find_program(const std::string& name);

}  // namespace securetransport::test
