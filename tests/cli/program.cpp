// SPDX-License-Identifier: Apache-2.0
// Programs as a test runs them: with input, with a time limit, and never left behind.
#include "cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace securetransport::test {
namespace {

using std::chrono::steady_clock;

void close_one(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return ends;
}

/// Appends what is there; closes the descriptor at its end.
void read_into(std::string& text, int& descriptor) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  } else {
    close_one(descriptor);
  }
}

}  // namespace

Program::Program(std::vector<std::string> words) {
  std::signal(SIGPIPE, SIG_IGN);  // A program may end before it has read its input.
  const auto input = make_pipe();
  const auto out = make_pipe();
  const auto err = make_pipe();
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("fork failed");
  if (id_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(input[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  close(input[0]);
  close(out[1]);
  close(err[1]);
  input_ = input[1];
  out_ = out[0];
  err_ = err[0];
}

Program::~Program() {
  close_one(input_);
  close_one(out_);
  close_one(err_);
  if (id_ < 0) return;
  kill(id_, SIGKILL);
  waitpid(id_, nullptr, 0);
}

void Program::write(const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count = ::write(input_, text.data() + sent, text.size() - sent);
    if (count < 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

void Program::close_input() { close_one(input_); }

bool Program::pump(std::chrono::milliseconds wait) {
  std::array<pollfd, 2> descriptors{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
  if (out_ < 0 && err_ < 0) return false;
  poll(descriptors.data(), descriptors.size(), static_cast<int>(wait.count()));
  if (descriptors[0].revents != 0) read_into(finished_.out, out_);
  if (descriptors[1].revents != 0) read_into(finished_.err, err_);
  return true;
}

bool Program::wait_for_output(const std::string& text) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(60);
  while (finished_.out.find(text) == std::string::npos) {
    if (steady_clock::now() > deadline || out_ < 0) return false;
    pump(std::chrono::milliseconds(100));
  }
  return true;
}

void Program::send_signal(int signal) const { kill(id_, signal); }

Finished Program::finish(std::chrono::seconds limit) {
  const auto deadline = steady_clock::now() + limit;
  close_input();
  bool is_late = false;
  while (pump(std::chrono::milliseconds(50))) {
    if (steady_clock::now() < deadline) continue;
    is_late = true;
    kill(id_, SIGKILL);
    break;
  }
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = -1;
  finished_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (is_late) finished_.exit_code = -1;
  return finished_;
}

Finished run_program(std::vector<std::string> words, const std::string& input) {
  Program program(std::move(words));
  program.write(input);
  return program.finish();
}

Finished securetransport(std::vector<std::string> words, const std::string& input) {
  return run_program(securetransport_words(std::move(words)), input);
}

std::vector<std::string> securetransport_words(std::vector<std::string> words) {
  words.insert(words.begin(), ST_COMMAND);
  return words;
}

}  // namespace securetransport::test
