// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/key_log_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace securetransport {
namespace {

class KeyLogFile {
 public:
  explicit KeyLogFile(std::string path) : path_(std::move(path)) {}
  KeyLogFile(const KeyLogFile&) = delete;
  KeyLogFile& operator=(const KeyLogFile&) = delete;
  ~KeyLogFile() {
    if (file_ >= 0) close(file_);
  }

  void append(std::string_view line) {
    const std::lock_guard lock(mutex_);
    constexpr mode_t kOwnerOnly = 0600;
    if (file_ < 0) file_ = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (file_ < 0) return;
    const std::string text = std::string(line) + '\n';
    // Who reads the log misses a line if this fails; the session does not.
    if (::write(file_, text.data(), text.size()) < 0) return;
  }

 private:
  const std::string path_;
  std::mutex mutex_;
  int file_ = -1;
};

}  // namespace

std::function<void(std::string_view)> key_log_file() {
  const char* const path = std::getenv("SSLKEYLOGFILE");
  if (path == nullptr || *path == '\0') return {};
  return [file = std::make_shared<KeyLogFile>(path)](std::string_view line) { file->append(line); };
}

}  // namespace securetransport
