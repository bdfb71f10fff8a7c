// SPDX-License-Identifier: Apache-2.0
#include "cli/line_reader.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace securetransport::cli {

std::optional<LineReader::Line> LineReader::next() {
  Line line;
  std::size_t searched = start_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      line.is_too_long = line.is_too_long || end - start_ > longest_;
      if (!line.is_too_long) line.text = buffer_.substr(start_, end - start_);
      start_ = end + 1;
      return line;
    }
    if (buffer_.size() - start_ > longest_) {
      // Its end is all that matters now.
      line.is_too_long = true;
      buffer_.clear();
      start_ = 0;
    }
    searched = buffer_.size();
    if (start_ > 0) {
      buffer_.erase(0, start_);
      searched -= start_;
      start_ = 0;
    }
    if (fill()) continue;
    if (buffer_.empty() && !line.is_too_long) return std::nullopt;
    if (!line.is_too_long) line.text = std::move(buffer_);
    buffer_.clear();
    return line;
  }
}

bool LineReader::fill() {
  if (is_at_end_) return false;
  std::array<char, 65536> bytes{};
  ssize_t count = 0;
  do {
    count = read(descriptor_, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) error_ = errno;
  if (count <= 0) {
    is_at_end_ = true;
    return false;
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

}  // namespace securetransport::cli
