// SPDX-License-Identifier: Apache-2.0
// Programs as a test runs them: with input, with a time limit, and never left behind.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace securetransport::test {

/// How a program ended and what it said.
struct Finished {
  int exit_code = -1;  ///< 128 and more: ended by a signal, -1: by us, since it took too long.
  std::string out;
  std::string err;

  [[nodiscard]] std::string first_line() const { return out.substr(0, out.find('\n')); }
};

/// A program that runs beside the test. Killed when it goes out of scope.
class Program {
 public:
  /// words[0] is searched for in PATH.
  explicit Program(std::vector<std::string> words);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void write(const std::string& text);
  void close_input();

  /// Waits until standard output holds this text; false if the program ends or a minute passes first.
  bool wait_for_output(const std::string& text);

  /// What standard output held so far.
  [[nodiscard]] const std::string& output() const noexcept { return finished_.out; }

  void send_signal(int signal) const;

  /// Waits for the end; kills the program if it takes longer.
  Finished finish(std::chrono::seconds limit = std::chrono::seconds(100));

 private:
  /// Reads whatever is there; false once both outputs have ended.
  bool pump(std::chrono::milliseconds wait);

  pid_t id_ = -1;
  int input_ = -1;
  int out_ = -1;
  int err_ = -1;
  Finished finished_;
};

/// Runs a program to its end with this on its standard input.
[[nodiscard]] Finished run_program(std::vector<std::string> words, const std::string& input = {});

/// Runs `securetransport` with these words.
[[nodiscard]] Finished securetransport(std::vector<std::string> words, const std::string& input = {});

/// The same beside the test: {ST_COMMAND, words...}.
[[nodiscard]] std::vector<std::string> securetransport_words(std::vector<std::string> words);

}  // namespace securetransport::test
