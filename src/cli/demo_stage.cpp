// SPDX-License-Identifier: Apache-2.0
// The stage of the demo: one temporary folder and the programs that run in it, gone together.
#include "cli/demo_stage.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <thread>

#include "cli/input_file.hpp"
#include "net/tcp_listener.hpp"
#include "net/tcp_stream.hpp"

namespace securetransport::cli {
namespace {

constexpr auto kStartTime = std::chrono::seconds(10);
constexpr auto kBetweenTries = std::chrono::milliseconds(10);

bool accepts(std::uint16_t port) {
  const auto endpoint = net::parse_address("127.0.0.1", port);
  return net::TcpStream::connect({&*endpoint, 1}, net::within(std::chrono::seconds(1))).has_value();
}

std::string last_line_of(const std::string& path) {
  std::string text;
  if (read_input(path, text)) return "it left no log";
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace

std::optional<Complaint> DemoStage::open() {
  std::error_code error;
  std::string pattern = (std::filesystem::temp_directory_path(error) / "securetransport-demo-XXXXXX").string();
  const std::lock_guard lock(mutex_);
  if (error || mkdtemp(pattern.data()) == nullptr) {
    const std::string reason = error ? error.message() : std::generic_category().message(errno);
    return Complaint{ExitCode::Unavailable, fmt::format("no temporary folder can be made: {}", reason)};
  }
  folder_ = pattern;
  return std::nullopt;
}

std::string DemoStage::write(std::string_view name, std::string_view text) {
  const std::lock_guard lock(mutex_);
  std::string path = fmt::format("{}/{}", folder_, name);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  return file ? path : std::string();
}

std::optional<Complaint> DemoStage::start(const std::vector<Performer>& performers) {
  {
    const std::lock_guard lock(mutex_);
    for (const Performer& performer : performers) {
      if (is_cleared_) break;
      auto child =
          ChildProcess::start(performer.path, performer.args, fmt::format("{}/{}.log", folder_, performer.name));
      if (!child) return Complaint{ExitCode::Internal, fmt::format("{} cannot be started", performer.name)};
      children_.push_back(std::move(*child));
    }
  }
  for (std::size_t i = 0; i < performers.size(); ++i) {
    if (auto complaint = wait_for(performers[i], i)) return complaint;
  }
  return std::nullopt;
}

std::optional<Complaint> DemoStage::wait_for(const Performer& performer, std::size_t index) {
  const net::Deadline deadline = net::within(kStartTime);
  for (const std::uint16_t port : performer.ports) {
    while (!accepts(port)) {
      bool is_running = false;
      {
        const std::lock_guard lock(mutex_);
        is_running = index < children_.size() && children_[index].is_running();
      }
      if (!is_running || net::remaining(deadline) == net::Deadline::duration::zero()) {
        return Complaint{ExitCode::Internal,
                         fmt::format("{} does not start: {}", performer.name,
                                     last_line_of(fmt::format("{}/{}.log", folder_, performer.name)))};
      }
      std::this_thread::sleep_for(kBetweenTries);
    }
  }
  return std::nullopt;
}

void DemoStage::end_programs() {
  const std::lock_guard lock(mutex_);
  children_.clear();
}

void DemoStage::clear() {
  const std::lock_guard lock(mutex_);
  is_cleared_ = true;
  children_.clear();
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  folder_.clear();
}

std::vector<std::uint16_t> free_ports(std::size_t count) {
  // All are held until the last one is known, so that none is given out twice.
  std::vector<net::TcpListener> held;
  std::vector<std::uint16_t> ports;
  while (held.size() < count) {
    auto listener = net::TcpListener::bind("127.0.0.1", 0);
    if (!listener) return {};
    ports.push_back(listener->local_port());
    held.push_back(std::move(listener).value());
  }
  return ports;
}

}  // namespace securetransport::cli
