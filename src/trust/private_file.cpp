// SPDX-License-Identifier: Apache-2.0
// Files that only their owner may read, written whole or not at all.
#include "trust/private_file.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace securetransport::trust {
namespace {

constexpr std::size_t kMaxBytes = 64'000'000;

/// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { static_cast<void>(close()); }

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool close() noexcept {
    if (number_ < 0) return true;
    const bool is_closed = ::close(number_) == 0;
    number_ = -1;
    return is_closed;
  }

 private:
  int number_;
};

/// Takes a file away in the end, unless it has found its place.
class Leftover {
 public:
  explicit Leftover(const std::string& path) noexcept : path_(path) {}
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;
  ~Leftover() {
    const int cause = errno;
    if (is_there_) ::unlink(path_.c_str());
    errno = cause;
  }
  void forget() noexcept { is_there_ = false; }

 private:
  const std::string& path_;
  bool is_there_ = true;
};

bool write_all(int file, std::span<const std::uint8_t> bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) return std::nullopt;
  if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > kMaxBytes) {
    errno = EINVAL;
    return std::nullopt;
  }
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

bool write_file(const std::string& path, std::span<const std::uint8_t> bytes, Existing existing) {
  std::string beside = path + ".XXXXXX";
  Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));  // Makes it with mode 0600.
  if (file.number() < 0) return false;
  Leftover leftover(beside);
  if (!write_all(file.number(), bytes) || ::fsync(file.number()) != 0 || !file.close()) return false;
  // A link fails where a file is already; a move takes its place.
  if (existing == Existing::Keep) return ::link(beside.c_str(), path.c_str()) == 0;
  if (::rename(beside.c_str(), path.c_str()) != 0) return false;
  leftover.forget();
  return true;
}

}  // namespace securetransport::trust
