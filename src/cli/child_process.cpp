// SPDX-License-Identifier: Apache-2.0
// Other people's programs as children that cannot outlive us.
#include "cli/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "cli/signal_watch.hpp"
#include "cli/tls_options.hpp"

namespace securetransport::cli {
namespace {

/// Runs in the child, where only async-signal-safe calls are allowed: other threads' locks may be held for ever.
[[noreturn]] void become(char* const* words, const char* log, pid_t parent) noexcept {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // The parent died before the line above.
  const int input = open("/dev/null", O_RDONLY);
  const int output = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (input < 0 || output < 0) _exit(127);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::signal(SIGPIPE, SIG_DFL);
  unblock_signals();
  execv(words[0], words);
  _exit(127);
}

}  // namespace

std::string find_program(const std::string& name) {
  const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody here sets variables.
  for (const std::string& folder :
       split(std::string(path != nullptr ? path : "") + ":/usr/sbin:/usr/local/sbin:/sbin", ":")) {
    std::string candidate = folder + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

std::optional<ChildProcess> ChildProcess::start(const std::string& path, const std::vector<std::string>& args,
                                                const std::string& log) {
  std::vector<char*> words{const_cast<char*>(path.c_str())};
  for (const std::string& arg : args) words.push_back(const_cast<char*>(arg.c_str()));
  words.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) return std::nullopt;
  if (child == 0) become(words.data(), log.c_str(), parent);
  return ChildProcess(child);
}

bool ChildProcess::is_running() noexcept {
  if (id_ < 0) return false;
  if (waitpid(id_, nullptr, WNOHANG) == 0) return true;
  id_ = -1;
  return false;
}

void ChildProcess::end() noexcept {
  if (id_ < 0) return;
  kill(id_, SIGKILL);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
}

}  // namespace securetransport::cli
