// SPDX-License-Identifier: Apache-2.0
// The stage of the demo: one temporary folder and the programs that run in it, gone together.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/child_process.hpp"
#include "cli/command_line.hpp"

namespace securetransport::cli {

/// A program of another maker and what it must answer to.
struct Performer {
  std::string path;
  std::vector<std::string> args;
  std::string name;                  ///< Of the log file, and for complaints.
  std::vector<std::uint16_t> ports;  ///< Ready once all of these accept connections.
};

/// Thread-safe: clear() may come from the thread that watches for signals.
class DemoStage {
 public:
  DemoStage() = default;
  ~DemoStage() { clear(); }
  DemoStage(const DemoStage&) = delete;
  DemoStage& operator=(const DemoStage&) = delete;

  /// Makes the folder, private to this user.
  [[nodiscard]] std::optional<Complaint> open();

  /// Writes a file into the folder and says where it is; "" if it cannot be written.
  [[nodiscard]] std::string write(std::string_view name, std::string_view text);

  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

  /// Starts the programs and waits until they listen. The complaint quotes the last words of one that does not.
  [[nodiscard]] std::optional<Complaint> start(const std::vector<Performer>& performers);

  /// Ends the programs that start() started.
  void end_programs();

  /// Ends the programs and removes the folder, for good.
  void clear();

 private:
  [[nodiscard]] std::optional<Complaint> wait_for(const Performer& performer, std::size_t index);

  std::mutex mutex_;
  std::string folder_;
  std::vector<ChildProcess> children_;
  bool is_cleared_ = false;
};

/// Free ports of 127.0.0.1, all different.
[[nodiscard]] std::vector<std::uint16_t> free_ports(std::size_t count);

}  // namespace securetransport::cli
