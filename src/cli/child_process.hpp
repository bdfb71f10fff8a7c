// SPDX-License-Identifier: Apache-2.0
// Other people's programs as children that cannot outlive us.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace securetransport::cli {

/// The full path of a program in PATH or one of the usual folders for servers; empty if there is none.
[[nodiscard]] std::string find_program(const std::string& name);

/// A running program. The destructor kills it and waits until it is gone; if this process dies first, the kernel
/// kills it. Move-only; to be started by the main thread (to the kernel, the parent is the thread that forked).
class ChildProcess {
 public:
  /// Starts `path` with these arguments; no input, its output goes to the file `log`. Nullopt if fork() fails; a
  /// program that cannot be run exits with 127.
  [[nodiscard]] static std::optional<ChildProcess> start(const std::string& path, const std::vector<std::string>& args,
                                                         const std::string& log);

  ChildProcess(ChildProcess&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  ChildProcess& operator=(ChildProcess&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~ChildProcess() { end(); }

  /// False once the program has ended by itself.
  [[nodiscard]] bool is_running() noexcept;

  /// Kills it and waits. Harmless if repeated.
  void end() noexcept;

 private:
  explicit ChildProcess(pid_t id) noexcept : id_(id) {}
  pid_t id_;
};

}  // namespace securetransport::cli
